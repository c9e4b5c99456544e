"""Who may do what over HTTP, written down a second time: the services' access.py is what the tests are about."""

from collections.abc import Mapping

INTAKE, WEIGHING, DIRECTOR = "intake_officer", "weighing_team", "process_director"
COORDINATOR, MANAGER, READER = "aftercare_coordinator", "chain_manager", "reader"
OPERATOR, OFFICER = "operator", "parking_officer"

SEES_NAMES = {INTAKE, WEIGHING, DIRECTOR, COORDINATOR}
BOOKKEEPING = {COORDINATOR, MANAGER}
OPERATORS = {OPERATOR, OFFICER}
ANYBODY: set[str] = set()
"""Without a token too."""

OF_EVERY_SERVICE: Mapping[str, set[str]] = {
    "GET /health/live": ANYBODY,
    "GET /health/ready": ANYBODY,
    "GET /metrics": ANYBODY,
    "GET /openapi.json": ANYBODY,
    "GET /v1/parked-messages": OPERATORS,
    "GET /v1/parked-messages/{id}": OPERATORS,
    "POST /v1/parked-messages/{id}/openings": {OFFICER},
    "POST /v1/parked-messages/{id}/corrections": {OFFICER},
    "POST /v1/parked-messages/{id}/replays": OPERATORS,
    "POST /v1/parked-messages/{id}/discards": OPERATORS,
}
BY_SERVICE: Mapping[str, Mapping[str, set[str]]] = {
    "intake": {
        "POST /v1/referrals": {INTAKE},
        "GET /v1/referrals/{referralId}": SEES_NAMES,
        "GET /v1/subjects/{subjectId}": SEES_NAMES,
    },
    "weighing": {
        "GET /v1/agenda": {WEIGHING},
        "GET /v1/briefings": {WEIGHING},
        "POST /v1/briefings/{briefingOn}/decisions": {WEIGHING},
        "GET /v1/referrals/{referralId}": {WEIGHING},
        "POST /v1/referrals/{referralId}/decisions": {WEIGHING},
        "POST /v1/referrals/{referralId}/decisions/{tabling}/correction": {WEIGHING},
        "POST /v1/referrals/{referralId}/decisions/{tabling}/withdrawal": {WEIGHING},
    },
    "meetings": {
        "GET /v1/monitoring-moments": {DIRECTOR},
        "POST /v1/sessions": {DIRECTOR},
        "GET /v1/table-cases": {DIRECTOR},
        "GET /v1/table-cases/{tableCaseId}": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/action-plan": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/closing": {DIRECTOR},
        "POST /v1/table-cases/{tableCaseId}/monitoring-moments/{code}/answer": {DIRECTOR},
    },
    "aftercare": {
        "GET /v1/accounts/{fund}/{year}": BOOKKEEPING,
        "GET /v1/accounts/{fund}/{year}/csv": BOOKKEEPING,
        "GET /v1/accounts/{fund}/{year}/workbook": BOOKKEEPING,
        "GET /v1/advances": BOOKKEEPING,
        "POST /v1/advances/{advanceId}/repayments": {COORDINATOR},
        "GET /v1/breaches": {COORDINATOR, DIRECTOR},
        "GET /v1/commitments": BOOKKEEPING,
        "POST /v1/commitments/{commitmentId}/releases": {COORDINATOR},
        "POST /v1/commitments/{commitmentId}/spendings": {COORDINATOR},
        "POST /v1/conversations/{conversationId}/report": {COORDINATOR},
        "GET /v1/detentions": {COORDINATOR},
        "GET /v1/detentions/{detentionId}": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/conversations": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/follow-ups": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/plan": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/refusals": {COORDINATOR},
        "POST /v1/detentions/{detentionId}/release-dates": {COORDINATOR},
        "GET /v1/funds/{fund}/{year}": BOOKKEEPING,
        "POST /v1/funds/{fund}/{year}/advances": {COORDINATOR},
        "POST /v1/funds/{fund}/{year}/allotments": {MANAGER},
        "POST /v1/funds/{fund}/{year}/budgets": {MANAGER},
        "POST /v1/funds/{fund}/{year}/closing": {MANAGER},
        "POST /v1/funds/{fund}/{year}/commitments": {COORDINATOR},
        "POST /v1/funds/{fund}/{year}/contributions": {MANAGER},
        "POST /v1/funds/{fund}/{year}/scenarios": BOOKKEEPING,
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
        "POST /v1/trajectories/{trajectoryId}/stages": {COORDINATOR},
        "POST /v1/trajectories/{trajectoryId}/transports": {COORDINATOR},
        "GET /v1/trajectory-outcomes": BOOKKEEPING,
        "GET /v1/transition-houses": {COORDINATOR},
        "POST /v1/watch-rounds": {COORDINATOR},
    },
    "reporting": {
        "GET /operations": ANYBODY,
        "GET /operations/{name}": ANYBODY,
        "GET /v1/factsheets/{year}": {DIRECTOR, READER},
        "GET /v1/management-reports/{year}": {READER},
        "GET /v1/operations": OPERATORS,
        "GET /v1/operations/parked-messages": OPERATORS,
        "GET /v1/operations/parked-messages/{service}/{id}": OPERATORS,
        "POST /v1/operations/parked-messages/{service}/{id}/{step}": OPERATORS,
    },
}
