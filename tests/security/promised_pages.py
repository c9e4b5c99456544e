"""Who gets which page of the desk, and which of its forms, written down a second time: the desk and the services'
access.py are what the test is about."""

import re
from collections.abc import Mapping
from typing import Any

from desk.tests.given import HOUSE
from desk.tests.given_briefing import FIRST, ON, SECOND
from desk.tests.given_contact import MOMENT
from desk.tests.given_questions import OPEN as OPEN_QUESTION
from desk.tests.test_bij_questions import QUESTION as BIJ
from desk.tests.test_cases import CASE
from desk.tests.test_contact_cards import CARD
from desk.tests.test_feedback import OWED
from desk.tests.test_forgettings import FORGETTING
from desk.tests.test_matches import MATCH
from desk.tests.test_relations import RELATION
from desk.tests.test_relations import SUBJECT as RELATED
from desk.tests.test_repeats import QUESTION
from desk.tests.test_zsm_advices import ADVICE, TABLE_CASE
from tests.security.promised_access import (
    COORDINATOR,
    DIRECTOR,
    INFORMATION,
    INTAKE,
    MANAGER,
    OF_PARTNERS,
    OFFICER,
    OPERATORS,
    OWNERS,
    PRIVACY,
    RELATIONS,
    SEES_AGENDA,
    SEES_NAMES,
    THEME,
    WEIGHING,
)

OPEN: Mapping[str, int] = {
    "GET /health/live": 200,
    "GET /health/ready": 200,
    "GET /metrics": 200,
    "GET /static/<filename>": 200,
    "GET /sign-in": 303,
    "GET /signed-in": 400,
    "GET /signed-out": 200,
    "POST /back-channel-logout": 400,
    "POST /drafts": 200,
}
"""To anybody, with the status for somebody who has not begun to sign in and is not the provider. The token of a form
says whose draft it is."""
WITH_A_SESSION: Mapping[str, int] = {
    "GET /": 303,
    "GET /work": 200,
    "GET /about-me": 200,
    "GET /house": 200,
    "POST /house": 303,
    "POST /drafts/discard": 303,
    "POST /sign-out": 303,
    "POST /sign-out-everywhere": 303,
}
BY_FUNCTION: Mapping[str, set[str]] = {
    "GET /briefings": SEES_AGENDA | {MANAGER},
    "GET /briefings/<sub_region>/<on>": SEES_AGENDA,
    "POST /briefings/<sub_region>/<on>": {WEIGHING},
    "GET /briefings/<sub_region>/<on>/running": SEES_AGENDA,
    "POST /briefings/<sub_region>/<on>/running": SEES_AGENDA,
    "POST /briefings/<sub_region>/<on>/running to open it": {WEIGHING},
    "GET /briefings/<sub_region>/<on>/guards/<referral_id>/<guard>": SEES_AGENDA | {MANAGER},
    "POST /briefings/<sub_region>/<on>/guards/<referral_id>/<guard>": {WEIGHING},
    "POST /briefings/<sub_region>/<on>/guards/<referral_id>/<guard>/withdrawal": {WEIGHING},
    "GET /briefings/<sub_region>/<on>/marks/<referral_id>": SEES_AGENDA,
    "POST /briefings/<sub_region>/<on>/marks/<referral_id>": SEES_AGENDA,
    "GET /briefings/<sub_region>/<on>/settled": SEES_AGENDA,
    "POST /briefings/<sub_region>/<on>/settled": {WEIGHING},
    "GET /briefings/<sub_region>/extra": SEES_AGENDA,
    "POST /briefings/<sub_region>/extra": SEES_AGENDA,
    "GET /briefings/<sub_region>/<on>/decisions": SEES_AGENDA | {MANAGER},
    "GET /briefings/<sub_region>/<on>/decisions/<referral_id>/<tabling>": SEES_AGENDA | {MANAGER},
    "POST /briefings/<sub_region>/<on>/decisions/<referral_id>/<tabling>": SEES_AGENDA | {MANAGER},
    "POST /briefings/<sub_region>/<on>/decisions/<referral_id>/<tabling> to withdraw": SEES_AGENDA | {MANAGER},
    "GET /identity-conflicts/<referral_id>": {INTAKE},
    "POST /identity-conflicts/<referral_id>": {INTAKE},
    "GET /referrals/<referral_id>/withdrawal": {INTAKE},
    "POST /referrals/<referral_id>/withdrawal": {INTAKE},
    "GET /referrals/<referral_id>/sealing": {THEME},
    "POST /referrals/<referral_id>/sealing": {THEME},
    "GET /theme-inbox": {THEME},
    "POST /theme-inbox": {THEME},
    "GET /theme-inbox/<referral_id>": {THEME},
    "POST /theme-inbox/<referral_id>": {THEME},
    "GET /referrals/<referral_id>/worry": {INTAKE, INFORMATION},
    "POST /referrals/<referral_id>/worry": {INTAKE, INFORMATION},
    "GET /contact-moments": {INTAKE},
    "GET /contact-moments/new": {INTAKE},
    "POST /contact-moments/new": {INTAKE},
    "POST /contact-moments/like": {INTAKE, *SEES_NAMES},
    "GET /contact-moments/<contact_moment_id>": {INTAKE},
    "POST /contact-moments/<contact_moment_id>": {INTAKE},
    "POST /contact-moments/<contact_moment_id> to answer": {INTAKE},
    "POST /contact-moments/<contact_moment_id> to withdraw": {INTAKE},
    "GET /cases/<case_id>": {INTAKE, INFORMATION, WEIGHING, DIRECTOR, COORDINATOR, THEME, *OF_PARTNERS},
    "GET /disclosures": {PRIVACY},
    "GET /disclosures/<case_id>": {PRIVACY},
    "GET /forgettings": {INTAKE, PRIVACY},
    "GET /forgettings/<forgetting_id>": {INTAKE, PRIVACY},
    "POST /forgettings/<forgetting_id>": {INTAKE, PRIVACY},
    "GET /subjects/<subject_id>/forgetting": {INTAKE, PRIVACY},
    "POST /subjects/<subject_id>/forgetting": {INTAKE, PRIVACY},
    "GET /matches": {INTAKE},
    "POST /matches/search": {INTAKE, *SEES_NAMES},
    "POST /matches/pair": {INTAKE},
    "GET /matches/<match_id>": {INTAKE},
    "POST /matches/<match_id>": {INTAKE},
    "GET /subjects/<subject_id>/relations": {INTAKE, *SEES_NAMES},
    "POST /subjects/<subject_id>/relations": {INTAKE},
    "GET /subjects/<subject_id>/relations/<relation_id>": {INTAKE, *SEES_NAMES},
    "POST /subjects/<subject_id>/relations/<relation_id>": {INTAKE},
    "GET /feedback": {INTAKE, INFORMATION},
    "GET /feedback/<feedback_id>": {INTAKE, INFORMATION},
    "POST /feedback/<feedback_id>": {INTAKE, INFORMATION},
    "POST /feedback/<feedback_id>/withdrawal": {INTAKE, INFORMATION},
    "GET /questions": {INFORMATION, *RELATIONS["weighing"]["asked"]},
    "GET /questions/<request_id>": {INFORMATION, *RELATIONS["weighing"]["asked"]},
    "POST /questions/<request_id>": {INFORMATION, *RELATIONS["weighing"]["asked"]},
    "POST /questions/<request_id>/late-information/<information_id>": {INFORMATION},
    "GET /questions/about/<referral_id>": SEES_AGENDA | {MANAGER},
    "POST /questions/about/<referral_id>": {INFORMATION},
    "GET /contact-cards": SEES_NAMES | RELATIONS["intake"]["contact of"],
    "GET /contact-cards/new": {INTAKE, INFORMATION} | RELATIONS["intake"]["contact of"],
    "POST /contact-cards/new": {INTAKE, INFORMATION} | RELATIONS["intake"]["contact of"],
    "GET /contact-cards/<contact_card_id>": {INTAKE, INFORMATION} | RELATIONS["intake"]["contact of"],
    "POST /contact-cards/<contact_card_id>": {INTAKE, INFORMATION} | RELATIONS["intake"]["contact of"],
    "POST /contact-cards/<contact_card_id>/removal": {INTAKE, INFORMATION} | RELATIONS["intake"]["contact of"],
    "GET /zsm-advices/on/<table_case_id>": {DIRECTOR} | RELATIONS["meetings"]["holds"],
    "POST /zsm-advices/on/<table_case_id>": {DIRECTOR} | RELATIONS["meetings"]["holds"],
    "GET /zsm-advices/<advice_id>": {DIRECTOR} | RELATIONS["meetings"]["holds"] | RELATIONS["meetings"]["advised"],
    "GET /bij-questions": {DIRECTOR, COORDINATOR} | RELATIONS["intake"]["mandated"],
    "POST /bij-questions": RELATIONS["intake"]["mandated"],
    "GET /bij-questions/<bij_id>": {DIRECTOR, COORDINATOR} | RELATIONS["intake"]["mandated"],
    "POST /bij-questions/<bij_id>": {DIRECTOR, COORDINATOR},
    "POST /bij-questions/<bij_id>/correction": {DIRECTOR, COORDINATOR},
    "GET /discussed": RELATIONS["intake"]["prosecutes"],
    "POST /discussed": RELATIONS["intake"]["prosecutes"],
    "GET /follow-ups": SEES_AGENDA | OWNERS,
    "POST /follow-ups/<follow_up_id>": SEES_AGENDA | OWNERS,
    "POST /follow-ups/<follow_up_id>/person": SEES_AGENDA | OWNERS,
    "POST /follow-ups/<follow_up_id>/owner": SEES_AGENDA | OWNERS,
    "POST /follow-ups/people": OWNERS,
    "POST /follow-ups/departures": SEES_AGENDA | OWNERS,
    "GET /repeats": {DIRECTOR, *RELATIONS["meetings"]["holds"]},
    "GET /cases/<case_id>/late-information/<information_id>": {DIRECTOR, *RELATIONS["meetings"]["holds"]},
    "POST /cases/<case_id>/late-information/<information_id>": {DIRECTOR, *RELATIONS["meetings"]["holds"]},
    "GET /cases/<case_id>/trajectories/<follow_up_id>": {COORDINATOR},
    "POST /cases/<case_id>/trajectories/<follow_up_id>": {COORDINATOR},
    "POST /repeats/<question_id>": {DIRECTOR, *RELATIONS["meetings"]["holds"]},
    "GET /operations": OPERATORS,
    "GET /operations/partners": OPERATORS,
    "GET /operations/processes": OPERATORS,
    "GET /operations/problems": OPERATORS,
    "GET /operations/manual": OPERATORS,
    "GET /operations/parked": OPERATORS,
    "POST /operations/parked": OPERATORS,
    "GET /operations/parked/<service>": OPERATORS,
    "GET /operations/parked/<service>/<id>": OPERATORS,
    "POST /operations/parked/<service>/<id>": OPERATORS,
    "POST /operations/parked/<service>/<id> to open it": {OFFICER},
    "POST /operations/parked/<service>/<id>/correction": {OFFICER},
}
"""In the capacity in which somebody acts. Whoever is admitted gets a page, and after a form the way to one."""
SHOWN_AFTER_THE_FORM = {
    "POST /operations/parked/<service>/<id> to open it",
    "POST /contact-moments/like",
    "POST /matches/search",
    "POST /discussed",
}
OF_THE_HOUSE = {
    route
    for route in BY_FUNCTION
    if re.search("<(sub_region|case_id|contact_moment_id)>|/identity-conflicts/|/referrals/|/theme-inbox/", route)
}
"""About something of HOUSE, which does not exist for whoever acts for another."""
IN_ANY_CAPACITY = WITH_A_SESSION.keys() - {"GET /"}
"""For which nobody has to choose one of several houses first, or whether to stand in."""
IN_THE_NAVIGATION = (
    "/work",
    "/contact-moments",
    "/matches",
    "/briefings",
    "/follow-ups",
    "/repeats",
    "/feedback",
    "/questions",
    "/contact-cards",
    "/theme-inbox",
    "/bij-questions",
    "/discussed",
    "/disclosures",
    "/forgettings",
    "/operations",
    "/about-me",
)

WHY = {"why": "De fout is hersteld"}
GROUP = f"intake|{HOUSE}|{HOUSE}.halt|unexpected|unexpected_error|4711"
BECAUSE = {"because": "Verkeerd aangeklikt.", "recorded_at": f"{ON}T09:05:00Z"}
CALL = {"text": "Hij slaapt in zijn auto.", "consent": "not_asked", "channel": "phone", "sorted_as": ""}
TEAM = {"attendees": ["nationale-politie", "openbaar-ministerie"], "legal_ground": "covenant"}
FOLLOW_UP = "618f2c3e-7a4b-7c1d-9e2f-000000000002"
IN_PATHS = {"sub_region": "Holland Rijnland", "on": ON, "case_id": CASE, "referral_id": SECOND, "tabling": "1"}
IN_PATHS |= {"guard": "local_approach"}
IN_PATHS |= {"feedback_id": OWED, "match_id": MATCH, "request_id": OPEN_QUESTION}
IN_PATHS |= {"contact_moment_id": MOMENT, "table_case_id": TABLE_CASE, "advice_id": ADVICE}
IN_PATHS |= {"contact_card_id": CARD}
IN_PATHS |= {"subject_id": RELATED, "relation_id": RELATION}
IN_PATHS |= {"follow_up_id": FOLLOW_UP, "forgetting_id": FORGETTING}
IN_PATHS |= {"question_id": QUESTION, "bij_id": BIJ, "information_id": FIRST}
IN_PATHS |= {"service": "intake", "id": "4711", "filename": "desk.css"}
FORMS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "POST /house": ("", {"capacity": HOUSE}),
    "POST /drafts": ("trial/7", {"words": "typed"}),
    "POST /drafts/discard": ("trial/7", {}),
    "POST /identity-conflicts/<referral_id>": (
        f"identity-conflict/{SECOND}",
        {"person": "other", "because": "Gebeld."},
    ),
    "POST /referrals/<referral_id>/withdrawal": (f"referral-withdrawal/{SECOND}", {"because": "Per vergissing."}),
    "POST /referrals/<referral_id>/sealing": (
        f"sealing/{SECOND}",
        {"theme": "radicalisation", "because": "Werft."},
    ),
    "POST /theme-inbox": ("theme-inbox", {}),
    "POST /theme-inbox/<referral_id>": (f"unsealing/{SECOND}", {"because": "Een ander."}),
    "POST /referrals/<referral_id>/worry": (f"worry/{SECOND}", {"worrying": "yes"}),
    "POST /contact-moments/new": ("contact-moment", CALL),
    "POST /contact-moments/like": ("contact-moment", {"family_name": "Jansen"}),
    "POST /contact-moments/<contact_moment_id>": (f"contact-moment/{MOMENT}", {**CALL, "version": "1"}),
    "POST /contact-moments/<contact_moment_id> to answer": (
        f"contact-moment/{MOMENT}/answer",
        {"answer-answer": "De wijkagent kent hem.", "answer-version": "1"},
    ),
    "POST /contact-moments/<contact_moment_id> to withdraw": (
        f"contact-moment/{MOMENT}/withdrawal",
        {"withdrawal-because": "Dubbel.", "withdrawal-version": "1"},
    ),
    "POST /briefings/<sub_region>/<on>": (
        f"briefing/Holland Rijnland/{ON}",
        {f"{FIRST}-decision": "bilateral", **TEAM},
    ),
    "POST /briefings/<sub_region>/<on>/running": (
        f"running/Holland Rijnland/{ON}/move",
        {"move-to": "2026-11-25", "move-because": "Verbouwing."},
    ),
    "POST /briefings/<sub_region>/<on>/running to open it": (f"running/Holland Rijnland/{ON}/holding", {}),
    "POST /briefings/<sub_region>/<on>/guards/<referral_id>/<guard>": (f"guard/{SECOND}/local_approach", BECAUSE),
    "POST /briefings/<sub_region>/<on>/guards/<referral_id>/<guard>/withdrawal": (
        f"guard/{SECOND}/local_approach/withdrawal",
        {},
    ),
    "POST /briefings/<sub_region>/<on>/marks/<referral_id>": (f"marks/{SECOND}", {"urgent": "y"}),
    "POST /briefings/<sub_region>/<on>/settled": (
        f"settled/Holland Rijnland/{ON}",
        {"decision": "bilateral", **TEAM},
    ),
    "POST /briefings/<sub_region>/extra": (
        "extra/Holland Rijnland",
        {"on": "2026-11-25", "because": "Spoed.", "referral_ids": FIRST},
    ),
    "POST /briefings/<sub_region>/<on>/decisions/<referral_id>/<tabling>": (
        f"decision/{SECOND}/1/correction",
        {"decision": "bilateral", **BECAUSE, **TEAM},
    ),
    "POST /briefings/<sub_region>/<on>/decisions/<referral_id>/<tabling> to withdraw": (
        f"decision/{SECOND}/1/withdrawal",
        {f"withdrawal-{name}": value for name, value in BECAUSE.items()},
    ),
    "POST /zsm-advices/on/<table_case_id>": (
        f"zsm-advice/{TABLE_CASE}",
        {"sketch": "Woont bij zijn moeder.", "measures": "Locatieverbod."},
    ),
    "POST /bij-questions": ("bij-question", {"about": "Zeno Quispelaar", "question": "Is hij bekend?"}),
    "POST /bij-questions/<bij_id>": (
        f"bij-question/{BIJ}",
        {"advice": "Laat de wijkagent langsgaan.", "supports": "yes"},
    ),
    "POST /bij-questions/<bij_id>/correction": (
        f"bij-question/{BIJ}/correction",
        {"advice": "Laat hem met rust.", "supports": "no", **BECAUSE},
    ),
    "POST /discussed": ("discussed", {"bsn": "999990019", "why": "custody"}),
    "POST /contact-cards/new": ("contact-card", {"partner": "gemeente-leiden", "name": "Els Bos", "phone": "0182-1"}),
    "POST /contact-cards/<contact_card_id>": (
        f"contact-card/{CARD}",
        {"name": "Els Bos", "phone": "0182-1", "version": "3"},
    ),
    "POST /contact-cards/<contact_card_id>/removal": ("", {}),
    "POST /matches/search": ("match-search", {"family_name": "Jansen"}),
    "POST /matches/pair": ("match-pair", {"subject_ids": [MATCH, FIRST]}),
    "POST /forgettings/<forgetting_id>": (f"forgetting-decision/{FORGETTING}", {"decision": "forget"}),
    "POST /subjects/<subject_id>/forgetting": (f"forgetting/{RELATED}", {"ground": "unlawful"}),
    "POST /matches/<match_id>": (f"match/{MATCH}", {"version": "1", "decision": "merge", "because": "Zelfde adres."}),
    "POST /subjects/<subject_id>/relations": (
        f"relation/{RELATED}",
        {"step": "record", "family_name": "Jansen", "chosen": FIRST, "role": "parent"},
    ),
    "POST /subjects/<subject_id>/relations/<relation_id>": (f"relation-end/{RELATION}", {"until": ON}),
    "POST /feedback/<feedback_id>": (f"feedback/{OWED}", {"told_on": ON}),
    "POST /feedback/<feedback_id>/withdrawal": (
        f"feedback/{OWED}/withdrawal",
        {"because": BECAUSE["because"]},
    ),
    "POST /questions/<request_id>": (f"question/{OPEN_QUESTION}", {"answer_housing": "known", "contact_name": "Bram"}),
    "POST /questions/<request_id>/late-information/<information_id>": ("", {}),
    "POST /questions/about/<referral_id>": (f"asking/{SECOND}", {"partner": "gemeente-gouda"}),
    "POST /follow-ups/<follow_up_id>": ("", {"state": "done"}),
    "POST /follow-ups/<follow_up_id>/person": ("", {"person": ""}),
    "POST /follow-ups/people": ("", {}),
    "POST /follow-ups/<follow_up_id>/owner": ("", {"owner": "gemeente-gouda"}),
    "POST /follow-ups/departures": ("", {"partner": "nationale-politie", "person": "7c1f"}),
    "POST /cases/<case_id>/late-information/<information_id>": ("", {}),
    "POST /cases/<case_id>/trajectories/<follow_up_id>": (f"no-trajectory/{FOLLOW_UP}", {"because": "Wil niet meer."}),
    "POST /repeats/<question_id>": ("", {"answer": "plan_stands"}),
    "POST /operations/parked": (
        "parked/waiting",
        {"state": "waiting", "step": "replays", "groups": GROUP, **WHY},
    ),
    "POST /operations/parked/<service>/<id>": ("parked/intake/4711", {"step": "replays", **WHY}),
    "POST /operations/parked/<service>/<id> to open it": ("parked/intake/4711", {"step": "openings", **WHY}),
    "POST /operations/parked/<service>/<id>/correction": (
        "correction/intake/4711",
        {"correction-body": "{}", "correction-why": WHY["why"]},
    ),
}
"""What a form is called, and what somebody has filled in."""
