"""Who may do what over HTTP, written down a second time: the services' access.py is what the tests are about."""

from collections.abc import Mapping

INTAKE, WEIGHING, DIRECTOR = "intake_officer", "weighing_team", "process_director"
COORDINATOR, MANAGER, READER = "aftercare_coordinator", "chain_manager", "reader"
OPERATOR, OFFICER, PRIVACY = "operator", "parking_officer", "privacy_officer"
INFORMATION = "information_coordinator"

NAMES = {"kind", "municipality", "familyName", "givenNames", "birthDate", "sex"}
TOLD: Mapping[tuple[str, str], set[str]] = {
    (INTAKE, "intake"): NAMES | {"bsn", "identifiers"},
    (WEIGHING, "briefing"): NAMES,
    (INFORMATION, "briefing"): NAMES,
    (DIRECTOR, "focus"): NAMES,
    (DIRECTOR, "top60"): NAMES,
    (DIRECTOR, "aftercare"): NAMES,
    (COORDINATOR, "aftercare"): NAMES | {"bsn"},
}
"""What Hollands Midden tells a role of somebody for a purpose; of any other purpose it tells nothing."""
SEES_NAMES = {INTAKE, INFORMATION, WEIGHING, DIRECTOR, COORDINATOR}
SEES_AGENDA = {INFORMATION, WEIGHING}
BOOKKEEPING = {COORDINATOR, MANAGER}
OPERATORS = {OPERATOR, OFFICER}
RELATIONS: Mapping[str, Mapping[str, set[str]]] = {
    "intake": {"asked": {"municipal_contact"}},
    "weighing": {
        "referred": {"municipal_contact", "case_holder", "participant", "zsm_desk"},
        "asked": {"municipal_contact"},
    },
    "meetings": {
        "holds": {"case_holder"},
        "agreed": {"municipal_contact", "case_holder", "participant", "zsm_desk"},
    },
    "aftercare": {"home": {"municipal_contact"}, "returns": {"bij_mandate"}, "provides": {"provider"}},
}
"""Which functions of a partner's people use which relations of their organisation to a case."""
OF_PARTNERS = sorted(set().union(*(functions for those in RELATIONS.values() for functions in those.values())))
ANYBODY: set[str] = set()
"""Without a token too."""


def partners_of(service: str) -> set[str]:
    """The functions that use any relation of the service."""
    return set().union(*RELATIONS[service].values())


OF_EVERY_SERVICE: Mapping[str, set[str]] = {
    "GET /health/live": ANYBODY,
    "GET /health/ready": ANYBODY,
    "GET /metrics": ANYBODY,
    "GET /openapi.json": ANYBODY,
    "GET /v1/audit": {PRIVACY},
    "GET /v1/parked-messages": OPERATORS,
    "GET /v1/parked-message-groups": OPERATORS,
    "POST /v1/parked-message-groups/replays": OPERATORS,
    "POST /v1/parked-message-groups/discards": OPERATORS,
    "GET /v1/parked-messages/{id}": OPERATORS,
    "POST /v1/parked-messages/{id}/openings": {OFFICER},
    "POST /v1/parked-messages/{id}/corrections": {OFFICER},
    "POST /v1/parked-messages/{id}/replays": OPERATORS,
    "POST /v1/parked-messages/{id}/discards": OPERATORS,
}
BY_SERVICE: Mapping[str, Mapping[str, set[str]]] = {
    "intake": {
        "GET /v1/work": {INTAKE} | OPERATORS,
        "GET /v1/cases/{caseId}": SEES_NAMES,
        "POST /v1/referrals": {INTAKE},
        "GET /v1/referrals/{referralId}": SEES_NAMES,
        "POST /v1/subjects/names": SEES_NAMES | RELATIONS["intake"]["asked"],
        "GET /v1/subjects/{subjectId}": SEES_NAMES,
        "GET /v1/subjects/{subjectId}/alike": SEES_NAMES,
        "GET /v1/identity-conflicts": {INTAKE},
        "GET /v1/identity-conflicts/{referralId}": {INTAKE},
        "POST /v1/identity-conflicts/{referralId}/decision": {INTAKE},
    },
    "weighing": {
        "GET /v1/work": SEES_AGENDA | OPERATORS | RELATIONS["weighing"]["asked"],
        "GET /v1/cases/{caseId}": SEES_AGENDA | partners_of("weighing"),
        "GET /v1/agenda": SEES_AGENDA,
        "GET /v1/briefings": SEES_AGENDA,
        "GET /v1/briefings/{briefingOn}/decisions": SEES_AGENDA,
        "POST /v1/briefings/{briefingOn}/decisions": {WEIGHING},
        "POST /v1/suggestions": SEES_AGENDA,
        "GET /v1/referrals/{referralId}": SEES_AGENDA,
        "POST /v1/referrals/{referralId}/decisions": {WEIGHING},
        "POST /v1/referrals/{referralId}/decisions/{tabling}/correction": {WEIGHING},
        "POST /v1/referrals/{referralId}/decisions/{tabling}/withdrawal": {WEIGHING},
    },
    "meetings": {
        "GET /v1/work": {DIRECTOR} | OPERATORS | partners_of("meetings"),
        "GET /v1/cases/{caseId}": {DIRECTOR} | partners_of("meetings"),
        "GET /v1/monitoring-moments": {DIRECTOR},
        "GET /v1/repeats": {DIRECTOR},
        "POST /v1/action-plans/{actionPlanId}/correction": {DIRECTOR},
        "POST /v1/action-plans/{actionPlanId}/withdrawal": {DIRECTOR},
        "GET /v1/sessions": {DIRECTOR},
        "POST /v1/sessions": {DIRECTOR},
        "GET /v1/sessions/{sessionId}": {DIRECTOR},
        "POST /v1/sessions/{sessionId}/move": {DIRECTOR},
        "POST /v1/sessions/{sessionId}/holding": {DIRECTOR},
        "POST /v1/sessions/{sessionId}/cancellation": {DIRECTOR},
        "POST /v1/sessions/{sessionId}/correction": {DIRECTOR},
        "POST /v1/sessions/{sessionId}/withdrawal": {DIRECTOR},
        "GET /v1/table-cases": {DIRECTOR},
        "GET /v1/table-cases/{tableCaseId}": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/action-plan": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/closing": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/closing/correction": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/closing/withdrawal": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/monitoring-moments/{code}/answer": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/monitoring-moments/{code}/answer/correction": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/monitoring-moments/{code}/answer/withdrawal": {DIRECTOR},
    },
    "aftercare": {
        "GET /v1/work": {COORDINATOR, DIRECTOR} | OPERATORS | RELATIONS["aftercare"]["provides"],
        "GET /v1/cases/{caseId}": {COORDINATOR} | partners_of("aftercare"),
        "GET /v1/accounts/{fund}/{year}": BOOKKEEPING,
        "GET /v1/accounts/{fund}/{year}/csv": BOOKKEEPING,
        "GET /v1/accounts/{fund}/{year}/workbook": BOOKKEEPING,
        "GET /v1/advances": BOOKKEEPING,
        "POST /v1/advances/{advanceId}/repayments": {COORDINATOR},
        "POST /v1/advances/{advanceId}/write-offs": {MANAGER},
        "GET /v1/breaches": {COORDINATOR, DIRECTOR},
        "POST /v1/breaches/{releaseId}/confirmation": {COORDINATOR, DIRECTOR},
        "GET /v1/commitments": BOOKKEEPING,
        "POST /v1/commitments/{commitmentId}/releases": {COORDINATOR},
        "POST /v1/commitments/{commitmentId}/spendings": {COORDINATOR},
        "POST /v1/conversations/{conversationId}/report": {COORDINATOR},
        "GET /v1/detentions": {COORDINATOR},
        "GET /v1/detentions/{detentionId}": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/conversations": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/follow-ups": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/follow-ups/correction": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/follow-ups/withdrawal": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/plan": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/plan/correction": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/plan/withdrawal": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/refusals": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/refusals/correction": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/refusals/withdrawal": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/release-dates": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/withdrawal": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/withdrawal/withdrawal": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/notices/{noticeId}/separation": {COORDINATOR},
        "GET /v1/funds/{fund}/{year}": BOOKKEEPING,
        "POST /v1/funds/{fund}/{year}/advances": {COORDINATOR},
        "POST /v1/funds/{fund}/{year}/allotments": {MANAGER},
        "POST /v1/funds/{fund}/{year}/allotments/correction": {MANAGER},
        "POST /v1/funds/{fund}/{year}/budgets": {MANAGER},
        "POST /v1/funds/{fund}/{year}/closing": {MANAGER},
        "POST /v1/funds/{fund}/{year}/commitments": {COORDINATOR},
        "POST /v1/funds/{fund}/{year}/contributions": {MANAGER},
        "POST /v1/funds/{fund}/{year}/scenarios": BOOKKEEPING,
        "GET /v1/invoices": BOOKKEEPING,
        "GET /v1/ledger-entries": BOOKKEEPING,
        "POST /v1/ledger-entries/{entryId}/correction": {MANAGER},
        "GET /v1/preparations": {COORDINATOR, DIRECTOR},
        "GET /v1/reconciliations/{year}": BOOKKEEPING,
        "GET /v1/stays": {COORDINATOR},
        "POST /v1/stays": {COORDINATOR},
        "POST /v1/stays/{stayId}/beginning": {COORDINATOR},
        "POST /v1/stays/{stayId}/ending": {COORDINATOR},
        "POST /v1/stays/{stayId}/withdrawal": {COORDINATOR},
        "GET /v1/trajectories": {COORDINATOR},
        "POST /v1/trajectories": {COORDINATOR},
        "GET /v1/trajectories/{trajectoryId}": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/ending": {COORDINATOR},
        "POST /v1/conversations/{conversationId}/report/correction": {COORDINATOR},
        "POST /v1/conversations/{conversationId}/report/withdrawal": {COORDINATOR},
        "GET /v1/stays/{stayId}": {COORDINATOR},
        "POST /v1/stays/{stayId}/beginning/correction": {COORDINATOR},
        "POST /v1/stays/{stayId}/beginning/withdrawal": {COORDINATOR},
        "POST /v1/stays/{stayId}/ending/correction": {COORDINATOR},
        "POST /v1/stays/{stayId}/ending/withdrawal": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/ending/correction": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/ending/withdrawal": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/stages": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/transports/correction": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/transports/withdrawal": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/stages/correction": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/stages/withdrawal": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/transports": {COORDINATOR},
        "GET /v1/trajectory-outcomes": BOOKKEEPING,
        "GET /v1/transition-houses": {COORDINATOR},
        "POST /v1/watch-rounds": {COORDINATOR},
    },
    "reporting": {
        "GET /v1/work": OPERATORS,
        "GET /v1/factsheets/{year}": {DIRECTOR, READER},
        "GET /v1/management-reports/{year}": {READER},
        "GET /v1/operations": OPERATORS,
        "GET /v1/operations/throughput": OPERATORS,
        "GET /v1/operations/partner-days": OPERATORS,
        "GET /v1/operations/problems": OPERATORS,
        "GET /v1/operations/processes": OPERATORS,
        "GET /v1/operations/manual": OPERATORS,
        "GET /v1/operations/parked-message-groups": OPERATORS,
        "GET /v1/operations/parked-messages": OPERATORS,
        "GET /v1/operations/parked-messages/{service}": OPERATORS,
        "GET /v1/operations/parked-messages/{service}/{id}": OPERATORS,
        "POST /v1/operations/parked-message-groups/{service}/{step}": OPERATORS,
        "POST /v1/operations/parked-messages/{service}/{id}/{step}": OPERATORS,
    },
}
