"""Where aftercare keeps texts about somebody. A text of the books is about no case: its entry stands in for one."""

from shared.sealed_texts.plain import TextColumns

OF_DETENTION = "SELECT house, case_id FROM detentions AS about WHERE about.detention_id = {table}.detention_id"
OF_PLAN = (
    "SELECT about.house, case_id FROM plans JOIN detentions AS about USING (detention_id) "
    "WHERE plan_id = {table}.plan_id"
)
OF_CONVERSATION = (
    "SELECT about.house, case_id FROM conversations JOIN detentions AS about USING (detention_id) "
    "WHERE conversation_id = {table}.conversation_id"
)
OF_RELEASE = (
    "SELECT about.house, case_id FROM releases JOIN detentions AS about USING (detention_id) "
    "WHERE release_id = {table}.release_id"
)
OF_STAY = "SELECT house, case_id FROM stays WHERE stay_id = {table}.stay_id"
OF_TRAJECTORY = "SELECT house, case_id FROM trajectories WHERE trajectory_id = {table}.trajectory_id"
OF_ENTRY = "SELECT {table}.house, {table}.entry_id AS case_id"
TEXT_COLUMNS = (
    TextColumns("plans", ("withdrawn_because",), OF_DETENTION),
    TextColumns("plan_domains", ("need", "agreement", "owner", "referred_to"), OF_PLAN),
    TextColumns("refusals", ("reason", "withdrawn_because"), OF_DETENTION),
    TextColumns("follow_ups", ("withdrawn_because",), OF_DETENTION),
    TextColumns("conversations", ("outcome",), OF_DETENTION),
    TextColumns("conversation_reports", ("outcome", "withdrawn_because"), OF_CONVERSATION),
    TextColumns("detentions", ("withdrawn_because",), OF_DETENTION),
    TextColumns("detention_withdrawals", ("because", "withdrawn_because"), OF_DETENTION),
    TextColumns("notices", ("withdrawn_because",), OF_DETENTION),
    TextColumns("breach_confirmations", ("because",), OF_RELEASE),
    TextColumns("stay_steps", ("withdrawn_because",), OF_STAY),
    TextColumns("trajectory_stages", ("withdrawn_because",), OF_TRAJECTORY),
    TextColumns("trajectory_ends", ("withdrawn_because",), OF_TRAJECTORY),
    TextColumns("trajectory_transports", ("withdrawn_because",), OF_TRAJECTORY),
    TextColumns("entries", ("because",), OF_ENTRY),
)
