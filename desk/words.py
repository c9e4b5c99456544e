"""Words for codes that are the same in every house. What a house calls something stands in its profile."""

from collections.abc import Iterable

from desk.language import lazy
from shared.functions import kind_of

AGE_CLASSES = {
    "under_18": lazy("younger than 18"),
    "18_to_23": lazy("18 to 23"),
    "23_and_over": lazy("23 or older"),
    "unknown": lazy("age unknown"),
}
FAMILY = lazy("family")
ROLES = {
    "member": lazy("member"),
    "family": lazy("family or group"),
    "parent": lazy("parent"),
    "child": lazy("child"),
    "sibling": lazy("brother or sister"),
    "partner": lazy("partner"),
    "ex_partner": lazy("former partner"),
}
"""What somebody is to somebody else."""
TEXTS = {
    "concern": lazy("Concern"),
    "offence": lazy("Offence"),
    "risks": lazy("Risks"),
    "urgent_because": lazy("Why it can't wait"),
    "answer": lazy("Answer"),
    "remark": lazy("Remark"),
    "outcome": lazy("Outcome of a conversation"),
}
"""What is written about somebody."""
PURPOSES = {
    "intake": lazy("Intake"),
    "briefing": lazy("Briefing"),
    "information_request": lazy("Information request"),
    "trajectory": lazy("Trajectory"),
    "conversation": lazy("Conversation in prison"),
    "late_information": lazy("Told after the decision"),
    "own": lazy("Its own text"),
    "zsm_settlement": lazy("ZSM: settlement"),
    "zsm_custody": lazy("ZSM: custody"),
    "zsm_conditions": lazy("ZSM: conditions"),
    "zsm_advice": lazy("ZSM advice"),
}
"""For what somebody is told who a person is; the others are tables of the house."""
ANSWERS = {
    "known": lazy("Known"),
    "nothing_known": lazy("Nothing known"),
    "may_not_share": lazy("May not share"),
}
"""What a service of a partner answers."""
CONTRA_INDICATIONS = {
    "red_rag": lazy("contact with organisations works like a red rag"),
    "safety_risk": lazy("the talk is a risk to somebody's safety"),
}
"""What speaks against the client at the table."""
FUNCTIONS = {
    "intake_officer": lazy("intake officer"),
    "information_coordinator": lazy("information coordinator"),
    "weighing_team": lazy("member of the weighing team"),
    "process_director": lazy("process director"),
    "aftercare_coordinator": lazy("aftercare coordinator"),
    "budget_holder": lazy("budget holder"),
    "chain_manager": lazy("chain manager"),
    "reader": lazy("reader"),
    "operator": lazy("operator"),
    "parking_officer": lazy("parking officer"),
    "privacy_officer": lazy("privacy officer"),
    "theme_role": lazy("officer for a sealed theme"),
    "municipal_contact": lazy("contact of the municipality"),
    "partner_contact": lazy("contact of a partner"),
    "case_holder": lazy("case holder"),
    "participant": lazy("participant"),
    "provider": lazy("provider of care"),
    "zsm_desk": lazy("ZSM desk"),
    "bij_mandate": lazy("BIJ mandate"),
}
"""How people call their functions."""


def functions_named(functions: Iterable[str]) -> str:
    """`lid van het weegteam, procesregisseur`."""
    return ", ".join(sorted(str(FUNCTIONS[each]) for each in {*map(kind_of, functions)}))
