"""Partners' reports that were handed on to aftercare, and how aftercare judged them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.messaging import Problem
from shared.postgres import Store, load_queries
from shared.validation import INVALID


class HandedOn(NamedTuple):
    """A report that was handed on. `reference` and `ids_as_sent` are sealed. problems: None while it is not judged."""

    case_id: UUID | None
    reference: bytes
    ids_as_sent: bytes | None
    problems: tuple[Problem, ...] | None


class HandedOnStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_handed_on(
        self, house: str, partner: str, message_id: UUID, *, case_id: UUID | None, reference: bytes, ids_as_sent: bytes
    ) -> None:
        which = {"house": house, "partner": partner, "message_id": message_id}
        self.execute("add_handed_on", which | {"case_id": case_id, "reference": reference, "ids_as_sent": ids_as_sent})

    def handed_on(self, house: str, partner: str, message_id: UUID) -> HandedOn | None:
        which = {"house": house, "partner": partner, "message_id": message_id}
        return self.fetch_one("handed_on", which, _handed_on)

    def judge(self, house: str, partner: str, message_id: UUID, problems: Sequence[Problem]) -> None:
        which = {"house": house, "partner": partner, "message_id": message_id}
        self.execute("judge", which | {"problems": Jsonb([problem._asdict() for problem in problems])})


def _handed_on(*, problems: list[dict[str, str]] | None, **columns: Any) -> HandedOn:
    judged = None if problems is None else tuple(Problem(**{"code": INVALID} | problem) for problem in problems)
    return HandedOn(problems=judged, **columns)
