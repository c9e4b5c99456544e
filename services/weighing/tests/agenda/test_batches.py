"""Referrals that come together: which are on record is read at once, and referrals and requests are written at once."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from services.weighing.service import LISTENS
from services.weighing.tests.briefing import HOUSE, Briefing
from shared.messaging import Delivery, Reader
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import Batch
from shared.messaging.envelope import Envelope, encode
from shared.testing.service import RunningService


def registered(referral_id: UUID, municipality: str = "Leiden") -> Delivery:
    """The registration of a referral, under an event id of its own."""
    envelope = Envelope(
        id=uuid4(),
        source="urn:nld:ketenhuis:intake",
        type="referrals.registered.v1",
        subject=uuid4(),
        time=datetime(2015, 3, 5, 9, tzinfo=UTC),
        house=HOUSE,
        data={
            "referralId": referral_id,
            "subjectId": uuid4(),
            "kind": "arrest_notice",
            "referrer": "nationale-politie",
            "receivedOn": "2015-03-05",
            "municipality": municipality,
            "subRegion": "Holland Rijnland",
            "sex": "man",
            "ageClass": "23_and_over",
        },
    )
    return Delivery(queue="weighing", body=encode(envelope))


def take(weighing: RunningService, *deliveries: Delivery) -> None:
    """One batch."""
    batch = Batch(Reader(LISTENS), ["weighing"], list(deliveries), Brake())
    weighing.units.take(batch)
    assert batch.settled


def test_a_batch_puts_each_of_its_referrals_on_the_agenda_once_and_asks_about_each(
    briefing: Briefing, weighing: RunningService
) -> None:
    first, second, outside, before = (uuid4() for _ in range(4))
    take(weighing, registered(before))
    take(
        weighing,
        registered(first),
        registered(outside, "Geen GBA"),
        registered(first),
        registered(before),
        registered(second),
    )
    assert sorted(briefing.agenda()) == sorted(map(str, (first, second, outside, before)))
    assert [event["data"]["referralId"] for event in briefing.asked()] == [str(before), str(first), str(second)]
    for referral_id in (first, second, before):
        assert len(briefing.referral(str(referral_id)).body["informationRequests"]) == 1
    assert weighing.parked() == []


def test_a_wrong_referral_is_parked_and_the_rest_of_its_batch_comes_on_the_agenda(
    briefing: Briefing, weighing: RunningService
) -> None:
    first, second = uuid4(), uuid4()
    take(weighing, registered(first), registered(uuid4(), "Atlantis"), registered(second))
    assert sorted(briefing.agenda()) == sorted(map(str, (first, second)))
    assert weighing.parked() == [[["municipality", "is not a municipality or residence of this house"]]]
