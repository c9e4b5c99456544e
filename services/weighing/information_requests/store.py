"""Information requests with their answers."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from psycopg.types.json import Jsonb

from services.weighing.information_requests.rules import AskedService, InformationRequest, ServiceAnswer, Supplement
from services.weighing.referrals.store import ReferralStore
from shared.postgres import Store, as_row, load_queries

ABOUT = (
    *("case_id", "subject_id", "kind", "received_on", "municipality", "sub_region", "table_on"),
    *("decided_on", "decision", "reason", "comes_back_on", "rerouted_to"),
)


class DueRequest(NamedTuple):
    """A request that is nearly due, with its case."""

    case_id: UUID
    referral_id: UUID
    request_id: UUID
    partner: str
    answer_by: date


class FoundRequest(NamedTuple):
    """A request with columns of its referral, and of the last decision on it."""

    request: InformationRequest
    about: dict[str, Any]


class InformationRequestStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_information_request",)
    written_after = (ReferralStore,)

    def add_information_request(self, house: str, request: InformationRequest) -> None:
        asked = None if request.asked is None else _json(request.asked)
        self.later("add_information_request", as_row(request) | {"house": house, "asked": asked})

    def information_request_to_answer(
        self, house: str, request_id: UUID, partner: str
    ) -> tuple[InformationRequest | None, bool]:
        """The request that this partner of a house was sent, locked, and whether the team is done with the referral."""
        wanted = {"house": house, "request_id": request_id, "partner": partner}
        if not (row := self.fetch_one("information_request_to_answer", wanted)):
            return None, False
        decided: bool = row.pop("decided")
        return _information_request(**row), decided

    def answer_information_request(self, request: InformationRequest) -> None:
        services = None if request.services is None else _json(request.services)
        told = {"involved": list(request.involved or ()), "services": services}
        self.execute("answer_information_request", as_row(request) | told)

    def supplement_information_request(self, request_id: UUID, supplement: Supplement) -> None:
        self.execute("supplement_information_request", {"request_id": request_id, "supplement": _json([supplement])})

    def reschedule(self, referral_ids: Collection[UUID], since: date, answer_by: date) -> list[InformationRequest]:
        """The requests about these referrals that were due on `since` or later, and are open until answer_by now."""
        wanted = {"referral_ids": list(referral_ids), "since": since, "answer_by": answer_by}
        return self.fetch_all("reschedule", wanted, _information_request)

    def void(self, referral_ids: Collection[UUID], today: date) -> list[InformationRequest]:
        """Nobody waits any more for the answers about some referrals: the requests that were still open."""
        return self.fetch_all("void", {"referral_ids": list(referral_ids), "today": today}, _information_request)

    def remind(self, house: str, on: date, due_by: date, most: int) -> list[DueRequest]:
        """Mark requests that were put before a day and are due by another as reminded of; each is given once."""
        return self.fetch_all("remind", {"house": house, "on": on, "due_by": due_by, "limit": most}, DueRequest)

    def open_requests(self, house: str, partner: str | None, most: int) -> list[UUID]:
        """Those that a partner has not answered, or that nobody has if None, the earliest day first."""
        wanted = {"house": house, "partner": partner, "limit": most}
        return [row["request_id"] for row in self.fetch_all("open_requests", wanted)]

    def closed_requests(self, house: str, partner: str | None, since: date, most: int) -> list[UUID]:
        """Those that are answered or needed no more and were due since that day, the latest first."""
        wanted = {"house": house, "partner": partner, "since": since, "limit": most}
        return [row["request_id"] for row in self.fetch_all("closed_requests", wanted)]

    def asked_referrals(self, house: str, partner: str | None, request_ids: Sequence[UUID]) -> list[FoundRequest]:
        """These requests of a partner, or of any if None, in this order."""
        wanted = {"house": house, "partner": partner, "request_ids": list(request_ids)}
        found = {each.request.request_id: each for each in self.fetch_all("asked_referrals", wanted, _found)}
        return [found[request_id] for request_id in request_ids if request_id in found]

    def answered_about(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, InformationRequest]]:
        """What was answered about the people of some subjects, on whichever referral that stands, the earliest day to
        answer first; each with the given subject.
        """
        wanted = {"house": house, "subject_ids": list(subject_ids)}
        rows = self.fetch_all("answered_about", wanted)
        return [(row.pop("given"), _information_request(**row)) for row in rows]

    def information_requests(self, referral_ids: Collection[UUID]) -> list[InformationRequest]:
        """The requests about some referrals, the earliest day to answer first."""
        return self.fetch_all("information_requests", {"referral_ids": list(referral_ids)}, _information_request)


def _json(kept: Sequence[AskedService | ServiceAnswer | Supplement]) -> Jsonb:
    return Jsonb(kept, dumps=orjson.dumps)


def _information_request(
    *, asked: Any, involved: list[str] | None, services: Any, supplements: Any, **columns: Any
) -> InformationRequest:
    return InformationRequest(
        **columns,
        asked=None if asked is None else tuple(AskedService(**each) for each in asked),
        involved=None if involved is None else tuple(involved),
        services=None if services is None else _services(services),
        supplements=tuple(_supplement(**each) for each in supplements or ()),
    )


def _found(**columns: Any) -> FoundRequest:
    about = {name: columns.pop(name) for name in ABOUT}
    return FoundRequest(_information_request(**columns), about)


def _services(kept: Any) -> tuple[ServiceAnswer, ...]:
    return tuple(_service(**each) for each in kept)


def _service(*, contribution_id: str | None = None, **fields: Any) -> ServiceAnswer:
    return ServiceAnswer(**fields, contribution_id=_id(contribution_id))


def _supplement(*, supplemented_on: str, services: Any, late: bool, contact_id: str | None = None) -> Supplement:
    return Supplement(
        supplemented_on=date.fromisoformat(supplemented_on),
        services=_services(services),
        late=late,
        contact_id=_id(contact_id),
    )


def _id(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None
