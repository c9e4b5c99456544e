import json
from pathlib import Path

from services.aftercare.detentions.messages import DetentionRegistered
from services.aftercare.detentions.rules import ReleaseDate
from services.aftercare.plans.messages import MakePlan
from services.aftercare.reconciliation.messages import OwnDetention
from services.aftercare.service import PUBLISHES
from services.aftercare.tests.cases import DETENTION
from shared.messaging.envelope import envelope_of
from shared.schemas import MessageSchema, StrictSchema, schema_of

EXAMPLES = Path(__file__).resolve().parents[1] / "messages" / "examples"


def test_every_published_event_has_an_example_and_no_example_is_left_over() -> None:
    examples = (json.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES.iterdir())
    assert {envelope_of(example, "services").type for example in examples} == set(PUBLISHES)


def test_a_detention_may_come_without_release_date_and_without_referral() -> None:
    loaded = schema_of(DetentionRegistered, MessageSchema).load(
        {
            "detentionId": "d4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f70",
            "subjectId": "c1a5f0de-9d2b-4f63-a1b7-5e0d3c2b1a09",
            "municipality": "Katwijk",
            "institution": "pi_alphen_aan_den_rijn",
            "detainedOn": "2015-03-02",
            "ownAftercare": True,
            "registeredOn": "2015-03-03",
            "somethingNewer": 1,
        }
    )
    assert (loaded.expected_release_on, loaded.referral_id) == (None, None)


def test_who_gave_a_release_date_is_a_code_and_no_text_about_people() -> None:
    wrong = schema_of(ReleaseDate, StrictSchema).validate(
        {"releaseOn": "2015-07-01", "source": "de moeder", "changedOn": "2015-05-04"}
    )
    assert set(wrong) == {"source"}


def test_a_bottleneck_is_yes_no_or_unknown() -> None:
    wrong = schema_of(MakePlan, StrictSchema).validate(
        {"madeOn": "2015-06-01", "domains": [{"domain": "care", "bottleneck": "maybe"}]}
    )
    assert set(wrong["domains"][0]) == {"bottleneck"}


def test_a_detention_without_a_release_date_stands_in_a_reconciliation_without_one() -> None:
    own = OwnDetention.of(DETENTION)
    assert schema_of(OwnDetention, StrictSchema).dump(own)["releaseOn"] is None
