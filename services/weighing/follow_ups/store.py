"""Follow-ups and what was reported of them."""

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from psycopg.types.json import Json

from services.weighing.follow_ups.messages import MOST_OPEN, FollowUpsQuery, FollowUpView, OpenFollowUp
from services.weighing.follow_ups.rules import AgreedFollowUp, FollowUp, LastDecision, State
from shared.postgres import Row, as_row, load_queries
from shared.sealed_texts import SealedText, StoreWithTexts

AGREED = ("what", "owner", "other_partner", "destination", "question", "asked_of", "due_on")


class FollowUpStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_follow_ups(self, follow_ups: Iterable[FollowUp]) -> None:
        rows = [as_row(follow_up) | as_row(follow_up.agreed) for follow_up in follow_ups]
        # as JSON: rows hold lists, and PostgreSQL has no array of lists of different lengths
        self.execute("add_follow_ups", {"follow_ups": Json(rows, dumps=orjson.dumps)})

    def standing(self, referral_id: UUID, tabling: int) -> list[FollowUp]:
        """Those of the decision at one tabling that did not lapse."""
        return self.fetch_all("standing", {"referral_id": referral_id, "tabling": tabling}, _follow_up)

    def lapse(self, follow_ups: Collection[FollowUp]) -> None:
        self.execute("lapse", {"follow_up_ids": [follow_up.follow_up_id for follow_up in follow_ups]})

    def referral_of(self, house: str, follow_up_id: UUID) -> UUID | None:
        row = self.fetch_one("referral_of", {"house": house, "follow_up_id": follow_up_id})
        return row["referral_id"] if row else None

    def follow_up(self, follow_up_id: UUID) -> FollowUp:
        """One that there is."""
        [found] = self.fetch_all("follow_up", {"follow_up_id": follow_up_id}, _follow_up)
        return found

    def report(self, follow_up: FollowUp, by: str, remark: SealedText | None) -> None:
        """by: who says so."""
        if remark:
            self._texts.write(remark)
        columns = {name: getattr(follow_up, name) for name in ("follow_up_id", "state", "reported_on")}
        self.execute("report", columns | {"recorded_by": by, "remark_text": remark.text_id if remark else None})

    def hand_over(self, follow_up_id: UUID, person: str | None) -> None:
        self.execute("hand_over", {"follow_up_id": follow_up_id, "person": person})

    def move(self, follow_up_id: UUID, owner: str) -> None:
        self.execute("move", {"follow_up_id": follow_up_id, "owner": owner})

    def referrals_overdue(self, house: str, today: date, most: int) -> list[UUID]:
        """The referrals with follow-ups that become overdue, of the so many that were due first."""
        rows = self.fetch_all("referrals_overdue", {"house": house, "today": today, "limit": most})
        return [row["referral_id"] for row in rows]

    def become_overdue(self, referral_ids: Collection[UUID], today: date) -> list[FollowUp]:
        wanted = {"referral_ids": list(referral_ids), "today": today}
        return self.fetch_all("become_overdue", wanted, _follow_up)

    def keep_withdrawn_detention(self, referral_id: UUID, told_by: UUID, *, withdrawn: bool) -> None:
        """referral_id: of the notice. told_by: the event; of two the greater id counts."""
        told = {"referral_id": referral_id, "withdrawn": withdrawn, "told_by": told_by}
        self.execute("keep_withdrawn_detention", told)

    def last_decisions(self, referral_ids: Collection[UUID]) -> list[LastDecision]:
        return self.fetch_all("last_decisions", {"referral_ids": list(referral_ids)}, LastDecision)

    def follow_ups(self, house: str, owner: str | None, query: FollowUpsQuery) -> list[FollowUpView]:
        """One more than the page holds, if there is a next page. owner: None for those of all partners."""
        wanted = {"house": house, "owner": owner, "after": query.cursor, "limit": query.limit + 1}
        return self._views(
            house, self.fetch_all("reported_follow_ups" if query.reported else "open_follow_ups", wanted)
        )

    def open_of_person(self, house: str, case_id: UUID) -> list[OpenFollowUp]:
        """Those of the person of a case, what is due first on top."""
        return self.fetch_all("open_of_person", {"house": house, "case_id": case_id, "limit": MOST_OPEN}, OpenFollowUp)

    def follow_ups_about(self, house: str, subject_ids: Collection[UUID]) -> list[FollowUpView]:
        rows = self.fetch_all("follow_ups_about", {"house": house, "subject_ids": list(subject_ids)})
        return self._views(house, rows)

    def _views(self, house: str, rows: Collection[Row]) -> list[FollowUpView]:
        written = [row["remark_text"] for row in rows if row["remark_text"]]
        texts = self._texts.newest(house, written) if written else {}
        return [_view(remark=texts.get(row.pop("remark_text")), **row) for row in rows]


def _follow_up(*, life_domains: list[str], state: str, **columns: Any) -> FollowUp:
    about: Row = {name: columns.pop(name) for name in AGREED}
    agreed = AgreedFollowUp(life_domains=tuple(life_domains), **about)
    return FollowUp(agreed=agreed, state=State(state), **columns)


def _view(*, life_domains: list[str], state: str, **columns: Any) -> FollowUpView:
    return FollowUpView(life_domains=tuple(life_domains), state=State(state), **columns)
