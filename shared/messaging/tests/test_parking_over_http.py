"""The endpoints for parked messages, of a running service with a real database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import psycopg
import pytest
import requests
from nameko.containers import ServiceContainer

from shared.configuration import Address, ServiceSettings
from shared.messaging import Delivery, Problem, Reader, Rejected, UnitOfWork
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.sealing import Sealer
from shared.messaging.taking import Taker
from shared.messaging.tests import ledger
from shared.messaging.tests.ledger import Place, body
from shared.messaging.units import Units
from shared.runner import nameko_config
from shared.testing.callers import token_file
from shared.testing.waiting import free_ports
from shared.web import COMMON, PARKING, Health, serve

CALLERS = {
    "operator": {"house": "another-house", "roles": ["operator"]},
    "officer": {"house": "test-house", "roles": ["parking_officer"]},
    "officer-elsewhere": {"house": "another-house", "roles": ["parking_officer"]},
    "reader": {"house": "test-house", "roles": ["reader"]},
}
WHY = {"why": "agreed with the sender"}
STEPS = ["openings", "corrections", "replays", "discards"]


class PartnersReader(Reader):
    """A reader whose sender is the user checked by the broker, as with partners."""

    def sender_of(self, delivery: Delivery) -> str:
        if delivery.user_id is None:
            raise Rejected(Problem("user_id", "is required", "required"))
        return delivery.user_id


@dataclass(frozen=True)
class Desk:
    """Sends requests; a caller's token is its name."""

    url: str
    place: Place
    sealer: Sealer

    def get(self, path: str = "", caller: str = "operator", **query: Any) -> requests.Response:
        return self._request("GET", path, caller, params=query)

    def post(self, path: str, content: Any = WHY, caller: str = "operator") -> requests.Response:
        return self._request("POST", path, caller, json=content)

    def _request(self, method: str, path: str, caller: str, **content: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {caller}", "Connection": "close"}
        url = f"{self.url}/v1/parked-messages{path}"
        return requests.request(method, url, headers=headers, timeout=10, **content)

    def park(self, content: bytes, user_id: str | None = None, reader: Reader | None = None) -> int:
        """Park a message; returns its number."""
        delivery = Delivery(queue=self.place.name, body=content, user_id=user_id)
        with psycopg.connect(self.place.database_url, autocommit=True) as connection:
            self._taker(reader or Reader(ledger.ROUTES)).take(connection, [delivery], Brake())
        return int(self.place.query("SELECT max(id) FROM parked")[0][0])

    def take_replayed(self) -> int:
        """Take replayed messages, like a worker; returns the number of done messages."""
        with psycopg.connect(self.place.database_url, autocommit=True) as connection:
            tally = self._taker(Reader(ledger.ROUTES)).take_postponed(connection, [self.place.name])
        return tally[self.place.name, "done"]

    def _taker(self, reader: Reader) -> Taker:
        return Taker(reader, self.sealer, self._unit)

    def _unit(self, connection: Any, correlation_id: Any) -> UnitOfWork:
        publishing = ledger.publishing(self.sealer)
        return UnitOfWork(connection=connection, publishing=publishing, correlation_id=correlation_id)

    def log(self) -> list[tuple[Any, ...]]:
        return self.place.query("SELECT what, who, why FROM parking_log ORDER BY id")


@pytest.fixture
def desk(place: Place, settings: ServiceSettings, tmp_path: Path) -> Iterator[Desk]:
    idle = f"{place.name}-idle"
    place.channel.queue_declare(idle)

    class Ledger:
        name = "ledger"
        health = Health()
        answer = serve(COMMON | PARKING)
        units = Units(ledger.unit_factory, ledger.PUBLISHES, sealing_fields={"secret"})

        @consume(lambda settings: [idle], ledger.ROUTES)
        def take(self, batch: Batch) -> None:
            self.units.take(batch)

    address = Address("127.0.0.1", free_ports(1)[0])
    own = replace(settings, http_address=address, api_tokens=token_file(tmp_path, CALLERS))
    container = ServiceContainer(Ledger, nameko_config(own))
    container.start()
    yield Desk(f"http://{address}", place, Sealer(settings.message_key))
    container.stop()
    place.channel.queue_delete(idle)


def test_the_list_tells_what_is_parked_and_nothing_of_what_is_in_it(desk: Desk) -> None:
    message_id = uuid4()
    id = desk.park(body(-77, message_id=message_id))
    [message] = desk.get().json()["items"]
    assert message.pop("parkedAt")
    assert message == {
        "id": id,
        "kind": "rejected",
        "queue": desk.place.name,
        "sender": "services",
        "messageId": str(message_id),
        "problems": [{"field": "amount", "reason": "must not be negative", "code": "negative_amount"}],
    }


def test_a_long_list_comes_in_pages(desk: Desk) -> None:
    ids = [desk.park(body(-1)) for _ in range(3)]
    first = desk.get(limit=2).json()
    second = desk.get(limit=2, after=first["next"]).json()
    assert [each["id"] for page in (first, second) for each in page["items"]] == ids
    assert second["next"] is None


def test_an_operator_of_any_house_sees_its_structure_and_its_history(desk: Desk) -> None:
    id = desk.park(body("seven hundred"))
    desk.post(f"/{id}/openings", caller="officer")
    shown = desk.get(f"/{id}")
    assert shown.json()["structure"]["data"] == {"amount": "text of 13"}
    assert "seven" not in shown.text
    [done] = shown.json()["history"]
    assert (done["what"], done["who"], done["why"]) == ("looked", "officer (test-house)", "agreed with the sender")


def test_what_can_not_be_read_is_told_by_its_size_and_the_reason(desk: Desk) -> None:
    shown = desk.get(f"/{desk.park(b'{Jansen')}").json()
    assert (shown["size"], shown["structure"], shown["unreadable"]) == (7, None, "is not JSON")


def test_an_officer_of_its_house_reads_the_message_itself_and_that_is_kept(desk: Desk) -> None:
    sent = body(-5)
    id = desk.park(sent)
    assert desk.get(f"/{id}", "officer").json()["mayOpen"] is True
    assert desk.post(f"/{id}/openings", caller="officer").json() == {"body": sent.decode()}
    assert desk.log() == [("looked", "officer (test-house)", "agreed with the sender")]


@pytest.mark.parametrize("caller", ["operator", "officer-elsewhere"])
def test_nobody_else_reads_or_corrects_it(desk: Desk, caller: str) -> None:
    id = desk.park(body(-5))
    assert desk.post(f"/{id}/openings", caller=caller).status_code == 403
    assert desk.post(f"/{id}/corrections", {**WHY, "message": {}}, caller).status_code == 403
    assert desk.get(f"/{id}", caller).json()["mayOpen"] is False
    assert desk.log() == []


def test_a_partners_message_is_of_the_house_of_the_partners_user_whatever_it_says(desk: Desk) -> None:
    id = desk.park(body(-5), "another-house.police", PartnersReader(ledger.ROUTES))
    assert desk.post(f"/{id}/openings", caller="officer").status_code == 403
    assert desk.post(f"/{id}/openings", caller="officer-elsewhere").status_code == 200


@pytest.mark.parametrize("reader", [Reader(ledger.ROUTES), PartnersReader(ledger.ROUTES)])
def test_a_message_of_which_nothing_tells_the_house_is_read_with_the_command_only(desk: Desk, reader: Reader) -> None:
    content = body(1) if isinstance(reader, PartnersReader) else body(1)[:-1]
    id = desk.park(content, reader=reader)
    assert desk.post(f"/{id}/openings", caller="officer").status_code == 403
    assert desk.post(f"/{id}/discards").status_code == 204


@pytest.mark.parametrize("content", [body(1)[:-1] + b', "secret": "no', body(-5)[:-1] + b', "secret": null}'])
def test_a_message_about_a_sealed_matter_is_opened_and_corrected_with_the_command_only(
    desk: Desk, content: bytes
) -> None:
    id = desk.park(content, "test-house.police", PartnersReader(ledger.ROUTES))
    assert desk.post(f"/{id}/openings", caller="officer").status_code == 403
    assert desk.post(f"/{id}/openings", {**WHY, "original": True}, "officer").status_code == 403
    assert desk.post(f"/{id}/corrections", {**WHY, "message": {}}, "officer").status_code == 403
    assert desk.get(f"/{id}", "officer").json()["mayOpen"] is False
    assert desk.log() == []


def test_a_message_that_is_corrected_and_replayed_takes_effect_once(desk: Desk) -> None:
    message_id = uuid4()
    sent = body(-5, message_id=message_id)
    id = desk.park(sent)
    correction = {**WHY, "message": orjson.loads(body(5, message_id=message_id)) | {"comment": None}}
    assert desk.post(f"/{id}/corrections", correction, "officer").status_code == 204
    original = desk.post(f"/{id}/openings", {**WHY, "original": True}, "officer").json()
    assert original == {"body": sent.decode()}
    assert desk.post(f"/{id}/replays").status_code == 204
    assert (desk.take_replayed(), desk.take_replayed()) == (1, 0)
    assert desk.place.query("SELECT amount FROM entry") == [(5,)]
    assert desk.get().json()["items"] == []
    assert [what for what, *_ in desk.log()] == ["corrected", "looked", "replayed"]


def test_a_correction_can_not_move_a_message_to_another_house(desk: Desk) -> None:
    message_id = uuid4()
    id = desk.park(body(-5, message_id=message_id))
    moved = orjson.loads(body(5, message_id=message_id)) | {"house": "another-house"}
    refused = desk.post(f"/{id}/corrections", {**WHY, "message": moved}, "officer")
    assert refused.status_code == 409
    assert refused.json()["errors"] == [
        {
            "field": "",
            "reason": "the correction is of another house than the message",
            "code": "not_possible_now",
        },
    ]


def test_a_discarded_message_is_gone(desk: Desk) -> None:
    id = desk.park(body(-5))
    assert desk.post(f"/{id}/discards").status_code == 204
    assert desk.get(f"/{id}").status_code == 404
    assert desk.post(f"/{id}/replays").status_code == 404
    assert desk.log() == [("discarded", "operator (another-house)", "agreed with the sender")]


def test_every_step_needs_a_reason(desk: Desk) -> None:
    id = desk.park(body(-5))
    reasons: list[dict[str, str]] = [{}, {"why": " "}, {"why": "x" * 501}]
    for refused in (desk.post(f"/{id}/{step}", reason, "officer") for step in STEPS for reason in reasons):
        assert refused.status_code == 400
        assert "why" in {error["field"] for error in refused.json()["errors"]}
    assert desk.log() == []


def test_only_operators_get_in(desk: Desk) -> None:
    id = desk.park(body(-5))
    answers = [desk.get(caller="reader"), desk.get(f"/{id}", "reader")]
    answers += [desk.post(f"/{id}/{step}", caller="reader") for step in STEPS]
    assert {answer.status_code for answer in answers} == {403}
    assert desk.get(caller="nobody").status_code == 401
