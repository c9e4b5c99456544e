"""What the services tell and take, for every page and form of the desk: what the access of a person is tried on."""

from typing import Any

from desk.services import Done, Missing, Refused
from desk.tests.given_briefing import (
    DECISIONS,
    FIRST,
    ON,
    SECOND,
    answers,
    decided,
    decision,
    guard,
    mark,
    page_of,
    referral,
)
from desk.tests.given_contact import CONFLICT, HELD, REFERRAL, held, kept
from desk.tests.given_contact import LIST as CONTACT_LIST
from desk.tests.given_contact import PATH as CONTACT_PATH
from desk.tests.given_contact import answers as contact_answers
from desk.tests.given_questions import OPEN as OPEN_QUESTION
from desk.tests.given_questions import answers as of_questions
from desk.tests.operations.told import ANSWERS, REPORTING
from desk.tests.test_bij_questions import QUESTION as BIJ
from desk.tests.test_bij_questions import answers as of_bij
from desk.tests.test_cases import CASE, TOLD
from desk.tests.test_contact_cards import CARD
from desk.tests.test_contact_cards import answers as of_cards
from desk.tests.test_disclosures import answers as of_disclosures
from desk.tests.test_feedback import OWED
from desk.tests.test_feedback import answers as of_feedback
from desk.tests.test_forgettings import FORGETTING
from desk.tests.test_forgettings import answers as of_forgettings
from desk.tests.test_matches import MATCH
from desk.tests.test_matches import answers as of_matches
from desk.tests.test_relations import RELATION
from desk.tests.test_relations import answers as of_relations
from desk.tests.test_repeats import QUESTION
from desk.tests.test_theme_inbox import answers as of_theme
from desk.tests.test_zsm_advices import TABLE_CASE
from desk.tests.test_zsm_advices import answers as of_advices
from tests.security.promised_pages import FOLLOW_UP

Result = Done | Refused | Missing
PARKED = "/v1/operations/parked-messages/intake/4711"


def told() -> dict[tuple[str, str], Any]:
    """The answer of each service to each look."""
    told = {(REPORTING, f"/v1/operations{path}"): answer for path, answer in ANSWERS.items()}
    told |= {(service, f"/v1/cases/{CASE}"): answer for service, answer in TOLD.items()}
    told |= of_feedback() | of_forgettings() | of_matches() | of_relations() | of_questions() | of_advices() | of_bij()
    told |= of_disclosures() | of_theme(SECOND) | of_cards()
    told |= {("weighing", "/v1/follow-ups"): page_of(), ("weighing", "/v1/people"): {"items": []}}
    told |= {("meetings", path): page_of() for path in ("/v1/repeat-questions", "/v1/table-cases")}
    return told | contact_answers() | _of_contact() | _at_briefing()


def _of_contact() -> dict[tuple[str, str], Any]:
    known = contact_answers()
    return {
        ("intake", f"/v1/referrals/{SECOND}"): known[REFERRAL],
        ("intake", f"/v1/identity-conflicts/{SECOND}"): known[CONFLICT],
        HELD: {"waiting": [held(referralId=SECOND)], "notWorrying": []},
    }


def _at_briefing() -> dict[tuple[str, str], Any]:
    item = referral(SECOND, earlierDecisions=[decision(SECOND)], guards=[guard()])
    return answers(referral(FIRST), referral(SECOND), done=[decided(SECOND)]) | {
        ("weighing", f"/v1/referrals/{SECOND}"): item,
        ("weighing", "/v1/marks"): {"items": [mark(FIRST, settledBeforehand="Is geregeld.")]},
    }


def results() -> dict[tuple[str, str], Result]:
    """What each service says to each command."""
    explained = {("aftercare", f"/v1/wanted-trajectories/{FOLLOW_UP}/explanation"): Done({})}
    return _of_intake() | _of_weighing() | _of_meetings() | _of_reporting() | explained


def _of_intake() -> dict[tuple[str, str], Result]:
    return {
        ("intake", f"/v1/information-requests/{OPEN_QUESTION}/answer"): Done({}),
        ("intake", f"/v1/matches/{MATCH}/decisions"): Done(None),
        ("intake", "/v1/bij-questions"): Done({}),
        ("intake", f"/v1/bij-questions/{BIJ}/answer"): Done({}),
        ("intake", f"/v1/bij-questions/{BIJ}/answer/correction"): Done({}),
        ("intake", "/v1/contact-cards"): Done({}),
        ("intake", f"/v1/contact-cards/{CARD}/changes"): Done({}),
        ("intake", f"/v1/contact-cards/{CARD}/removal"): Done(None),
        ("intake", "/v1/subjects/discussed"): Done({"discussed": False, "askFor": None, "adviceId": None}),
        ("intake", "/v1/forgettings"): Done({"forgettingId": FORGETTING}),
        ("intake", f"/v1/forgettings/{FORGETTING}/decision"): Done(None),
        ("intake", "/v1/matches"): Done({"matchId": MATCH}),
        ("intake", "/v1/relations"): Done({"relationId": RELATION}),
        ("intake", f"/v1/relations/{RELATION}/end"): Done(None),
        ("intake", f"/v1/feedback/{OWED}/outcome"): Done(None),
        ("intake", f"/v1/feedback/{OWED}/outcome/withdrawal"): Done(None),
        CONTACT_LIST: Done(kept()),
        ("intake", f"/v1/identity-conflicts/{SECOND}/decision"): Done({}),
        ("intake", f"/v1/referrals/{SECOND}/withdrawal"): Done(None),
        ("intake", "/v1/sealed-referrals"): Done(None),
        ("intake", "/v1/sealed-messages/replays"): Done(None),
        ("intake", f"/v1/sealed-referrals/{SECOND}/unsealing"): Done({"referralId": FIRST}),
        ("intake", f"/v1/referrals/{SECOND}/worry"): Done(None),
        ("intake", f"{CONTACT_PATH}/answer"): Done(kept()),
        ("intake", f"{CONTACT_PATH}/changes"): Done(kept()),
        ("intake", f"{CONTACT_PATH}/withdrawal"): Done(kept()),
    }


def _of_weighing() -> dict[tuple[str, str], Result]:
    return {
        ("weighing", DECISIONS): Done({"items": []}),
        ("weighing", f"/v1/referrals/{SECOND}/decisions/1/correction"): Done({}),
        ("weighing", f"/v1/referrals/{SECOND}/decisions/1/withdrawal"): Done({}),
        ("weighing", f"/v1/referrals/{SECOND}/guards/local_approach/override"): Done(None),
        ("weighing", f"/v1/referrals/{SECOND}/guards/local_approach/override/withdrawal"): Done(None),
        **{("weighing", path): Done({"on": ON}) for path in ("/v1/briefings", f"/v1/briefings/{ON}/move")},
        ("weighing", f"/v1/briefings/{ON}/holding"): Done({"on": ON}),
        ("weighing", f"/v1/referrals/{SECOND}/information-requests"): Done({}),
        ("weighing", f"/v1/referrals/{SECOND}/marks"): Done(None),
        ("weighing", f"/v1/follow-ups/{FOLLOW_UP}/report"): Done({}),
        ("weighing", f"/v1/follow-ups/{FOLLOW_UP}/person"): Done({}),
        ("weighing", f"/v1/follow-ups/{FOLLOW_UP}/owner"): Done({}),
        ("weighing", "/v1/people"): Done({}),
        ("weighing", "/v1/people/departures"): Done({}),
    }


def _of_meetings() -> dict[tuple[str, str], Result]:
    return {
        ("meetings", f"/v1/repeat-questions/{QUESTION}/answer"): Done({}),
        ("meetings", f"/v1/late-information/{FIRST}/reading"): Done({}),
        ("weighing", f"/v1/late-information/{FIRST}/reading"): Done({}),
        ("meetings", f"/v1/table-cases/{TABLE_CASE}/zsm-advices"): Done({}),
    }


def _of_reporting() -> dict[tuple[str, str], Result]:
    return {
        (REPORTING, "/v1/operations/parked-message-groups/intake/replays"): Done(
            {"done": 1, "leftOut": 0, "next": None}
        ),
        (REPORTING, f"{PARKED}/replays"): Done(None),
        (REPORTING, f"{PARKED}/openings"): Done({"body": "{}"}),
        (REPORTING, f"{PARKED}/corrections"): Done(None),
    }
