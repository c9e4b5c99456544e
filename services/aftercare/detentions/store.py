"""Detentions with their notices, and each release date that was known of them."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.detentions.messages import RunningDetention
from services.aftercare.detentions.rules import (
    Detention,
    Notice,
    RecordedNotice,
    RecordedWithdrawal,
    ReleaseDate,
    ToldReleaseDate,
    UnknownDetention,
    Withdrawal,
)
from shared.postgres import Statements, as_row, load_queries
from shared.sealed_texts import StoreWithTexts, TextStore


class DetentionStore(StoreWithTexts):
    """Knows the detentions of the cases that its transaction has read, including those that it added itself.

    With `load_cases` a batch reads all cases that it is going to ask for at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because", "withdrawn_because")
    written_later = ("add_detention", "add_notice", "add_release_date")

    def __init__(self, statements: Statements, texts: TextStore) -> None:
        super().__init__(statements, texts)
        self._of_case: dict[UUID, dict[UUID, Detention]] = {}

    def load_cases(self, case_ids: Collection[UUID]) -> None:
        """Read the detentions of these cases that are not withdrawn."""
        self._of_case |= {case_id: {} for case_id in case_ids}
        for detention in self.fetch_all("detentions_of_cases", {"case_ids": list(case_ids)}, detention_of):
            self._remember(detention)

    def detentions_of_case(self, house: str, case_id: UUID) -> list[Detention]:
        """The detentions of a case that are not withdrawn."""
        if case_id not in self._of_case:
            self.load_cases([case_id])
        return [detention for detention in self._of_case[case_id].values() if detention.house == house]

    def detained_now(self, house: str, case_ids: Collection[UUID], today: date) -> list[RunningDetention]:
        wanted = {"house": house, "case_ids": list(case_ids), "today": today}
        return self.fetch_all("detained_now", wanted, RunningDetention)

    def add_detention(self, detention: Detention) -> None:
        self.later("add_detention", as_row(detention))
        self._remember(detention)

    def add_notice(self, detention: Detention, notice: Notice) -> None:
        about = {"house": detention.house, "detention_id": detention.detention_id}
        self.later("add_notice", as_row(notice) | about)

    def add_release_date(self, detention: Detention, release_date: ToldReleaseDate) -> None:
        """detention: with the release date that counts, this one or one that was told later."""
        about = {"house": detention.house, "detention_id": detention.detention_id}
        self.later("add_release_date", about | as_row(release_date))
        self._remember(detention)

    def change_detention(self, detention: Detention) -> None:
        """Record what the detention's notices tell."""
        self.execute("change_detention", as_row(detention))
        self._remember(detention)

    def withdraw_detention(self, detention: Detention, because: str, by: str) -> None:
        row = as_row(detention) | self._sealed(detention, {"because": because, "by": by})
        self.execute("withdraw_detention", row)
        self.execute("add_withdrawal", row)

    def restore_detention(self, detention: Detention, because: str, by: str) -> None:
        about = {"detention_id": detention.detention_id} | self._sealed(detention, {"because": because, "by": by})
        self.execute("restore_detention", about)
        self.execute("withdraw_withdrawal", about)

    def withdrawals(self, detention_id: UUID) -> list[RecordedWithdrawal]:
        """Each withdrawal of a detention, a slip or not, in the order in which they were recorded."""
        return self.fetch_all("withdrawals", {"detention_id": detention_id}, _withdrawal)

    def withdraw_notice(self, detention: Detention, notice_id: UUID, because: str, by: str) -> None:
        """The notice stands with this detention no more."""
        about = {"detention_id": detention.detention_id, "notice_id": notice_id, "because": because, "by": by}
        self.execute("withdraw_notice", self._sealed(detention, about))

    def detention_to_change(self, house: str, detention_id: UUID) -> Detention:
        """Locked, so that of two commands the second sees the effect of the first. Raises UnknownDetention."""
        self.ask("lock_detention", {"house": house, "detention_id": detention_id})
        detention = self.detention(house, detention_id)
        if not detention:
            raise UnknownDetention
        return detention

    def detention(self, house: str, detention_id: UUID) -> Detention | None:
        return self.fetch_one("detention", {"house": house, "detention_id": detention_id}, detention_of)

    def detention_begun(self, house: str, case_id: UUID | None, detained_on: date) -> UUID | None:
        """The id of the detention of a case of which a notice says that it began on a day."""
        row = self.fetch_one("detention_begun", {"house": house, "case_id": case_id, "detained_on": detained_on})
        return row["detention_id"] if row else None

    def detention_of_notice(self, house: str, notice_id: UUID) -> UUID | None:
        """The id of the detention that a notice is of."""
        row = self.fetch_one("detention_of_notice", {"house": house, "notice_id": notice_id})
        return row["detention_id"] if row else None

    def notices(self, detention_id: UUID) -> list[Notice]:
        """Those that are not separated from the detention, in the order in which they came."""
        return [notice.told for notice in self.all_notices(detention_id) if not notice.withdrawn_at]

    def all_notices(self, detention_id: UUID, most: int | None = None) -> list[RecordedNotice]:
        """In the order in which they came. most: the last so many."""
        return self.fetch_all("notices", {"detention_id": detention_id, "limit": most}, RecordedNotice)

    def release_dates(self, detention_id: UUID, most: int | None = None) -> list[ToldReleaseDate]:
        """All that were told, the one told last at the end. most: the last so many."""
        return self.fetch_all("release_dates", {"detention_id": detention_id, "limit": most}, ToldReleaseDate)

    def _remember(self, detention: Detention) -> None:
        if detention.case_id in self._of_case:
            self._of_case[detention.case_id][detention.detention_id] = detention


def detention_of(
    *, release_on: date | None, source: str | None, changed_on: date, withdrawal: str | None, **columns: Any
) -> Detention:
    """A row of a detention with the release date that counts, whose columns are null if none was ever told."""
    release_date = ReleaseDate(release_on=release_on, source=source, changed_on=changed_on) if source else None
    return Detention(**columns, release_date=release_date, withdrawal=Withdrawal(withdrawal) if withdrawal else None)


def _withdrawal(*, reason: str, **columns: Any) -> RecordedWithdrawal:
    return RecordedWithdrawal(**columns, reason=Withdrawal(reason))
