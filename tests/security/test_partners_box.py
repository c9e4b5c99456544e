"""What a partner does in another's name, or too much of, stays its own: against the real intake."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker, NackError

from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from services.intake.tests.given import INDEX_KEY, MASTER_KEY
from services.intake.tests.partner_system import HOUSE, ROOT, PartnerSystem, system_of
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.setup import RunningBroker
from shared.testing.waiting import wait_until
from tests.security.conftest import FULL_AT
from tests.security.two_houses import NEIGHBOUR

EXAMPLES = ROOT / "services/intake/messages/examples/partners"
POLICE, HALT = "nationale-politie", "halt"
FLOODER, OTHER_FLOODER = f"{NEIGHBOUR}.halt", f"{NEIGHBOUR}.dji"
"""Of the house whose messages nobody reads here: what they send stays where it came."""


@pytest.fixture(scope="module")
def intake(start_service: ServiceStarter) -> RunningService:
    callers = {"director": {"house": HOUSE.id, "roles": ["process_director"]}}
    return start_service(Intake, callers, IntakeSettings, master_key=MASTER_KEY, index_key=INDEX_KEY)


@pytest.fixture
def police(intake: RunningService) -> Iterator[PartnerSystem]:
    with system_of(POLICE, intake.broker) as system:
        yield system


@pytest.fixture
def halt(intake: RunningService) -> Iterator[PartnerSystem]:
    with system_of(HALT, intake.broker) as system:
        yield system


def referral(sender: PartnerSystem, **attributes: Any) -> dict[str, Any]:
    document = json.loads((EXAMPLES / "current-referrals.submitted.v1.json").read_text(encoding="utf-8"))
    return {**document, "id": str(uuid4()), "source": sender.partner.source, **attributes}


def answers(intake: RunningService, partner: PartnerSystem, message_id: str, count: int = 1) -> list[dict[str, Any]]:
    """What the partner is told about a message, once that is as much as expected or five seconds have passed."""

    def told() -> list[dict[str, Any]]:
        return [each for each in intake.announced(partner.user) if each["data"].get("messageId") == message_id]

    wait_until(lambda: len(told()) >= count, 5)
    return told()


def types(envelopes: list[dict[str, Any]]) -> list[str]:
    return [envelope["type"].removeprefix("nl.ketenhuis.") for envelope in envelopes]


def test_a_forged_source_takes_no_effect_and_only_the_forger_hears_of_it(
    intake: RunningService, police: PartnerSystem, halt: PartnerSystem
) -> None:
    registered = len(intake.announced("referrals.registered.v1"))
    forged = referral(halt, source=police.partner.source)
    halt.send(forged)
    [refusal] = answers(intake, halt, forged["id"])
    assert refusal["data"]["problems"] == [
        {"field": "source", "reason": "is not the source agreed with the house", "code": "wrong_source"}
    ]
    assert answers(intake, police, forged["id"], count=0) == []
    assert len(intake.announced("referrals.registered.v1")) == registered


def test_an_id_that_another_partner_used_means_nothing_to_either(
    intake: RunningService, police: PartnerSystem, halt: PartnerSystem
) -> None:
    first = referral(police)
    police.send(first)
    [receipt] = answers(intake, police, first["id"])
    halt.send(referral(halt, id=first["id"]))
    [others_receipt] = answers(intake, halt, first["id"])
    police.send(first)
    assert types([receipt, others_receipt]) == ["messages.accepted.v1"] * 2
    assert receipt["data"]["referralId"] != others_receipt["data"]["referralId"]
    assert [each["data"] for each in answers(intake, police, first["id"], count=2)] == [receipt["data"]] * 2


def test_a_flood_fills_the_senders_own_queue_and_the_others_notice_nothing(
    intake: RunningService, police: PartnerSystem
) -> None:
    flood_until_refused(FLOODER, intake.broker)
    assert filled(intake.broker) == {ingress_of(FLOODER)}
    assert_answered(intake, police)


def test_a_flood_of_messages_that_expire_ends_too(intake: RunningService, police: PartnerSystem) -> None:
    """They become dead letters. When there is no more room for these, they count as the sender's own again."""
    intake.broker.purge()
    flood_until_refused(OTHER_FLOODER, intake.broker, expiration="0")
    assert filled(intake.broker) - {ingress_of(OTHER_FLOODER)} == {f"partner.{OTHER_FLOODER}.dead"}
    assert_answered(intake, police)


@pytest.mark.parametrize("header", ["CC", "BCC"])
def test_a_copy_that_is_asked_for_in_the_headers_goes_nowhere(intake: RunningService, header: str) -> None:
    intake.broker.purge()
    everywhere = [*intake.broker.setup.queues, *intake.broker.setup.passwords, "referrals.registered.v1"]
    with channel_of(FLOODER, intake.broker) as channel:
        channel.basic_publish(f"partner.{FLOODER}.in", "", b"", pika.BasicProperties(headers={header: everywhere}))
    assert filled(intake.broker) == {ingress_of(FLOODER)}
    assert waiting(intake.broker)[ingress_of(FLOODER)] == 1


def test_an_answer_that_a_partner_rejects_goes_where_no_operator_reads(intake: RunningService) -> None:
    broker, out = intake.broker, f"partner.{FLOODER}.out"
    broker.purge()
    with channel_of("intake-relay", broker) as relay:
        relay.basic_publish("partners", FLOODER, b"Jansen", pika.BasicProperties(delivery_mode=2), mandatory=True)
    with channel_of(FLOODER, broker) as partner:
        method, _, body = partner.basic_get(out)
        assert (method and body) == b"Jansen"
        partner.basic_reject(method.delivery_tag, requeue=False)
        assert wait_until(lambda: filled(broker) == {f"partner.{FLOODER}.dead"}, 5)
    with channel_of("operator", broker) as operator, pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        assert operator.basic_get("dead-letters") == (None, None, None)
        operator.basic_get(f"partner.{FLOODER}.dead")


def assert_answered(intake: RunningService, partner: PartnerSystem) -> None:
    document = referral(partner)
    partner.send(document)
    assert types(answers(intake, partner, document["id"])) == ["messages.accepted.v1"]


@contextmanager
def channel_of(user: str, broker: RunningBroker) -> Iterator[BlockingChannel]:
    connection = pika.BlockingConnection(pika.URLParameters(broker.url(user)))
    channel = connection.channel()
    channel.confirm_delivery()
    yield channel
    connection.close()


def flood_until_refused(user: str, broker: RunningBroker, **properties: Any) -> None:
    """Fails when as much as twenty times what its queue may hold gets in."""
    with channel_of(user, broker) as channel, pytest.raises(NackError):
        for _ in range(20 * FULL_AT):
            channel.basic_publish(f"partner.{user}.in", "", b"", pika.BasicProperties(user_id=user, **properties))


def ingress_of(user: str) -> str:
    return f"intake.from.{user}"


def filled(broker: RunningBroker) -> set[str]:
    return {queue for queue, count in waiting(broker).items() if count}


def waiting(broker: RunningBroker) -> dict[str, int]:
    """How many messages are ready in each queue."""
    connection = pika.BlockingConnection(pika.URLParameters(broker.administrator_url))
    channel = connection.channel()
    counts = {queue: channel.queue_declare(queue, passive=True).method.message_count for queue in broker.setup.queues}
    connection.close()
    return counts
