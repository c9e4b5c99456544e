import json
from pathlib import Path

from services.meetings.plans.rules import ActionPlan
from services.meetings.service import PUBLISHES
from services.meetings.table_cases.messages import ReferralWeighed
from services.meetings.table_cases.rules import Closing
from shared.messaging.envelope import envelope_of
from shared.schemas import MessageSchema, StrictSchema, schema_of

EXAMPLES = Path(__file__).resolve().parents[1] / "messages" / "examples"


def test_every_published_event_has_an_example_and_no_example_is_left_over() -> None:
    examples = (json.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES.iterdir())
    assert {envelope_of(example, "services").type for example in examples} == set(PUBLISHES)


WEIGHED = {
    "referralId": "8d1f1a34-0f0c-4b7a-9d24-6f2b8e1c5d03",
    "subjectId": "c2a9f6de-93a1-4a37-8a52-3b6a5c4a9d02",
    "municipality": "Leiden",
    "subRegion": "Holland Rijnland",
    "briefingOn": "2015-03-10",
    "decision": "focus",
}


def test_a_weighed_referral_may_hold_what_the_meetings_do_not_know() -> None:
    more = {"opensTable": "focus", "attendees": ["nationale-politie"]}
    assert schema_of(ReferralWeighed, MessageSchema).load(WEIGHED | more).opens_table == "focus"


def test_a_weighed_referral_opens_no_table_unless_it_says_so() -> None:
    assert schema_of(ReferralWeighed, MessageSchema).load(WEIGHED).opens_table is None


def test_a_plan_has_at_least_one_agreement_and_exactly_one_case_holder() -> None:
    wrong = schema_of(ActionPlan, StrictSchema).validate(
        {"agreedOn": "2015-03-17", "agreements": [], "caseHolder": ["one", "two"]}
    )
    assert set(wrong) == {"agreements", "caseHolder"}


def test_an_outcome_names_its_questions_as_fields() -> None:
    closing = schema_of(Closing, StrictSchema).load({"closedOn": "2015-09-17", "outcome": {"progressMade": True}})
    assert closing.outcome == {"progress_made": True}
