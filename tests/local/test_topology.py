"""The broker's topology: what each user may do, and what each event reaches. Against a real broker."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import ChannelClosedByBroker, ProbableAuthenticationError, UnroutableError
from pika.spec import Basic

from deploy.topology import BadProfile, Topology
from shared.testing.setup import RunningBroker
from shared.testing.waiting import wait_until

ROOT = Path(__file__).parents[2]
TOPOLOGY = Topology.load(ROOT / "houses")
EVENTS = TOPOLOGY.file["events"]
PARTNER = "hollands-midden.halt"


@pytest.fixture
def channel_of(empty_queues: RunningBroker) -> Iterator["Channels"]:
    channels = Channels(empty_queues)
    yield channels
    channels.close()


class Channels:
    """Opens a channel, with confirms, for any of the broker's users."""

    def __init__(self, broker: RunningBroker) -> None:
        self.broker = broker
        self.connections: list[pika.BlockingConnection] = []

    def __call__(self, user: str) -> BlockingChannel:
        self.connections.append(pika.BlockingConnection(pika.URLParameters(self.broker.url(user))))
        channel = self.connections[-1].channel()
        channel.confirm_delivery()
        return channel

    def close(self) -> None:
        for connection in self.connections:
            connection.close()


def test_the_events_are_those_of_the_architecture() -> None:
    rows = re.findall(r"^\| `([a-z.-]+\.v\d+)` \| (\w+) \| ([\w, ]+) \|$", _text("docs/architecture.md"), re.MULTILINE)
    documented = {key: {"publisher": who, "consumers": readers.split(", ")} for key, who, readers in rows}
    assert documented == EVENTS


@pytest.mark.parametrize("key", EVENTS)
def test_an_event_reaches_each_of_its_consumers_and_nobody_else(channel_of: Channels, key: str) -> None:
    publisher = EVENTS[key]["publisher"]
    with_its_slice = pika.BasicProperties(headers={"CC": ["slice.7"]})
    channel_of(f"{publisher}-relay").basic_publish(publisher, key, b"{}", with_its_slice, mandatory=True)
    reached = [name for name in TOPOLOGY.services if _waiting(channel_of(name), name)]
    assert sorted(reached) == sorted(EVENTS[key]["consumers"])


def test_a_relay_cannot_publish_another_services_event(channel_of: Channels) -> None:
    with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        channel_of("weighing-relay").basic_publish("intake", "referrals.registered.v1", b"{}")
    with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        channel_of("weighing-relay").basic_publish("weighing", "referrals.registered.v1", b"{}")


@pytest.mark.parametrize("user", ["intake", "intake-relay", "operator", PARTNER])
def test_nobody_can_write_past_the_exchanges(channel_of: Channels, user: str) -> None:
    with pytest.raises(ChannelClosedByBroker, match=r"ACCESS_REFUSED.*amq\.default"):
        channel_of(user).basic_publish("", "weighing", b"{}")


def test_a_worker_publishes_nothing_and_reads_only_its_own_queue(channel_of: Channels) -> None:
    with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        channel_of("weighing").basic_publish("weighing", "referrals.weighed.v1", b"{}")
    with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        _first(channel_of("weighing"), "meetings")


def test_nobody_can_make_a_queue(channel_of: Channels) -> None:
    for user in ("weighing", "weighing-relay", PARTNER):
        with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
            channel_of(user).queue_declare("mine")


def test_a_partners_message_reaches_intake(channel_of: Channels) -> None:
    channel_of(PARTNER).basic_publish(f"partner.{PARTNER}.in", "anything", b"{}", mandatory=True)
    assert _waiting(channel_of("intake"), f"intake.from.{PARTNER}") == 1


def test_intakes_answer_reaches_that_partner_only(channel_of: Channels) -> None:
    relay = channel_of("intake-relay")
    relay.basic_publish("partners", PARTNER, b"{}", mandatory=True)
    assert _waiting(channel_of(PARTNER), f"partner.{PARTNER}.out") == 1
    with pytest.raises(UnroutableError):
        relay.basic_publish("partners", "hollands-midden.nobody", b"{}", mandatory=True)


def test_a_partner_gets_at_no_other_partners_queues(channel_of: Channels) -> None:
    other = "hollands-midden.dji"
    with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        channel_of(PARTNER).basic_publish(f"partner.{other}.in", "", b"{}")
    with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
        _first(channel_of(PARTNER), f"partner.{other}.out")


def test_a_partner_cannot_write_in_another_users_name(channel_of: Channels) -> None:
    forged = pika.BasicProperties(user_id="hollands-midden.dji")
    with pytest.raises(ChannelClosedByBroker, match="PRECONDITION_FAILED"):
        channel_of(PARTNER).basic_publish(f"partner.{PARTNER}.in", "", b"{}", forged)


def test_there_is_no_guest(empty_queues: RunningBroker) -> None:
    guest = empty_queues.node.url("guest", "guest", TOPOLOGY.virtual_host)
    with pytest.raises(ProbableAuthenticationError):
        pika.BlockingConnection(pika.URLParameters(guest))


def test_a_refused_message_is_kept_among_the_dead_letters(channel_of: Channels) -> None:
    channel_of("intake-relay").basic_publish("intake", "referrals.registered.v1", b"{}")
    worker = channel_of("weighing")
    delivery, _ = _first(worker, "weighing")
    worker.basic_reject(delivery.delivery_tag, requeue=False)
    assert _first(channel_of("operator"), "dead-letters")[1] == b"{}"


def test_what_a_partner_rejects_lies_where_nobody_reads_under_the_name_of_the_partner(channel_of: Channels) -> None:
    channel_of("intake-relay").basic_publish("partners", PARTNER, b"a name")
    partner = channel_of(PARTNER)
    delivery, _ = _first(partner, f"partner.{PARTNER}.out")
    partner.basic_reject(delivery.delivery_tag, requeue=False)
    assert_dead_letters_of_partner(channel_of, 1)


def test_an_expired_message_stays_with_the_partner_that_sent_it_whatever_its_routing_key(channel_of: Channels) -> None:
    expiring = pika.BasicProperties(expiration="1", delivery_mode=2)
    for key in ("", "hollands-midden.ggd", "made.up"):
        channel_of(PARTNER).basic_publish(f"partner.{PARTNER}.in", key, b"a name", expiring)
    assert_dead_letters_of_partner(channel_of, 3)


def assert_dead_letters_of_partner(channel_of: Channels, count: int) -> None:
    """They lie in the partner's queue, no other dead letters do, and nobody can read them."""
    dead = f"partner.{PARTNER}.dead"
    assert wait_until(lambda: _waiting(channel_of("operator"), dead) == count, 10)
    others = {f"partner.{TOPOLOGY.user_of(partner)}.dead" for partner in TOPOLOGY.partners} - {dead}
    reader = channel_of("operator")
    assert [name for name in (*others, "dead-letters") if _waiting(reader, name)] == []
    for user in ("operator", PARTNER, "intake"):
        with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
            channel_of(user).basic_get(dead)


def test_names_match_only_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('house = "a"\n[[partners]]\nid = "b"\n')
    definitions = Topology.load(tmp_path).definitions(_Anything())
    reads = {entry["user"]: entry["read"] for entry in definitions["permissions"]}
    assert re.search(reads["intake"], "intake.from.a.b")
    for other in ("intake-from.a.b", "intake.from.a", "intake.from.a.b.c", "intake.from.a.b-", "xintake", "weighing"):
        assert not re.search(reads["intake"], other)
    assert re.search(reads["a.b"], "partner.a.b.out")
    assert not re.search(reads["a.b"], "partner.a.bc.out")


def test_no_pattern_grows_with_the_partners(tmp_path: Path) -> None:
    """RabbitMQ refuses a user whose pattern it can't compile, which are those of some 650 names."""

    def longest(partners: int) -> int:
        profile = "".join(f'[[partners]]\nid = "partner-{number}"\n' for number in range(partners))
        (tmp_path / "a.toml").write_text(f'house = "a"\n{profile}')
        definitions = Topology.load(tmp_path).definitions(_Anything())
        permissions = [entry["read"] for entry in definitions["permissions"]]
        return max(map(len, [*permissions, *(policy["pattern"] for policy in definitions["policies"])]))

    assert longest(5) == longest(10)


@pytest.mark.parametrize("shards", [2, 3, 16])
def test_each_slice_of_a_services_events_has_one_queue_and_each_queue_its_part(shards: int) -> None:
    bindings = Topology.load(ROOT / "houses", shards).definitions(_Anything())["bindings"]
    queues = {each["routing_key"]: each["destination"] for each in bindings if each["source"] == "weighing.in"}
    assert queues.keys() == {f"slice.{number}" for number in range(1, 17)}
    assert len([each for each in bindings if each["source"] == "weighing.in"]) == 16
    sizes = Counter(queues.values())
    assert sizes.keys() == {f"weighing.{number}" for number in range(1, shards + 1)}
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_with_shards_a_reader_gets_the_events_that_it_gets_without() -> None:
    plain, sharded = (Topology.load(ROOT / "houses", shards).definitions(_Anything()) for shards in (1, 2))
    into = {(each["source"], each["routing_key"], each["destination"]) for each in plain["bindings"]}
    entries = set(Topology.load(ROOT / "houses").services)
    expected = {(source, key, f"{queue}.in") for source, key, queue in into if queue in entries}
    found = [each for each in sharded["bindings"] if each["destination_type"] == "exchange"]
    assert {(each["source"], each["routing_key"], each["destination"]) for each in found} == expected
    reads = {entry["user"]: entry["read"] for entry in sharded["permissions"]}
    assert re.search(reads["weighing"], "weighing.2")
    assert not re.search(reads["weighing"], "weighing")


@pytest.mark.parametrize("partner", ["", "Halt", "a.b", "a*", "a b"])
def test_a_partner_whose_name_could_mean_something_else_is_refused(tmp_path: Path, partner: str) -> None:
    (tmp_path / "a.toml").write_text(f'house = "a"\n[[partners]]\nid = "{partner}"\n')
    with pytest.raises(BadProfile, match=r"a\.toml"):
        Topology.load(tmp_path)


def _waiting(channel: BlockingChannel, queue: str) -> int:
    return int(channel.queue_declare(queue, passive=True).method.message_count)


def _first(channel: BlockingChannel, queue: str) -> tuple[Basic.Deliver, bytes]:
    for delivery, _, body in channel.consume(queue, inactivity_timeout=10):
        assert delivery is not None, f"nothing came from {queue}"
        return delivery, body
    raise AssertionError(f"{queue} was closed")


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "password"


def _text(path: str) -> str:
    return (ROOT / path).read_text()
