"""Table cases, and the referrals that brought them to their table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.table_cases.messages import ReferralWeighed, Repeat, TableCasesQuery
from services.meetings.table_cases.rules import Closing, Outcome, Running, Subject, TableCase, UnknownTableCase
from shared.postgres import Row, Statements, Store, as_row, load_queries
from shared.sealed_texts import StoreWithTexts, TextStore
from shared.web import PageQuery

CLOSING_TEXTS = ("running_on_reason", "without_plan_because")


class TableCaseStore(StoreWithTexts):
    """Knows which table cases of the subjects that its transaction has read run, including those that it opened itself.

    With `load_running` a batch reads all subjects that it is going to ask for at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("open_table_cases", "add_referral", "add_repeat")
    sealed_columns = CLOSING_TEXTS

    def __init__(self, statements: Statements, texts: TextStore) -> None:
        super().__init__(statements, texts)
        self._running: dict[Subject, dict[str, UUID]] = {}

    def lock_people(self, people: Collection[UUID]) -> None:
        """Until the transaction ends nobody else brings a record of these people to a table."""
        self.execute("lock_people", {"people": sorted(people)})

    def load_running(self, subjects: Collection[Subject]) -> None:
        """Read which table cases of these subjects run; none of them is closed before the transaction ends."""
        columns = {name: [getattr(subject, name) for subject in subjects] for name in Subject._fields}
        self._running |= {subject: {} for subject in subjects}
        for row in self.fetch_all("running_table_cases", columns, prepare=False):
            self._running[Subject(row["house"], row["subject_id"])][row["table"]] = row["table_case_id"]

    def open_table_case(self, table_case: TableCase) -> bool:
        """Returns False if the subject has a running case at that table.

        The database decides: at once or, if this transaction has read that nothing runs there, when it ends. If another
        transaction has opened one meanwhile, this one fails.
        """
        running = self._running.get(table_case.seat.subject)
        if running is None:
            return self.fetch_one("open_table_case", as_row(table_case)) is not None
        if table_case.table in running:
            return False
        running[table_case.table] = table_case.table_case_id
        self.later("open_table_cases", as_row(table_case))
        return True

    def running_table_cases(self, subject: Subject) -> Mapping[str, UUID]:
        """The running table cases of a subject, by table."""
        if subject not in self._running:
            self.load_running([subject])
        return self._running[subject]

    def add_referral(self, table_case_id: UUID, weighed: ReferralWeighed) -> None:
        which = {"table_case_id": table_case_id, "referral_id": weighed.referral_id}
        self.later("add_referral", which | {"referred_on": weighed.briefing_on, "tabling": weighed.tabling})

    def add_repeat(self, house: str, running: Running, weighed: ReferralWeighed) -> None:
        """Record with a running table case that another referral on its subject was weighed."""
        which = {"house": house, "table_case_id": running.table_case_id, "referral_id": weighed.referral_id}
        told = {"decision": weighed.decision, "weighed_on": weighed.briefing_on, "tabling": weighed.tabling}
        self.later("add_repeat", which | told | {"for_table": running.table == weighed.opens_table})

    def brought(self, house: str, referral_id: UUID, tabling: int | None = None) -> list[TableCase]:
        """The table cases that a referral opened or found running, locked. tabling: first at this one.

        If meetings does not know at which, the only one is meant.
        """
        wanted = {"house": house, "referral_id": referral_id, "tabling": tabling}
        return self.fetch_all("brought", wanted, _table_case)

    def is_untouched(self, table_case_id: UUID) -> bool:
        """Whether a table case has no plan, no session, no other referral and no closing."""
        return self.fetch_one("is_untouched", {"table_case_id": table_case_id}) is not None

    def withdraw_table_case(self, table_case: TableCase, on: date) -> None:
        self.execute("withdraw_table_case", {"table_case_id": table_case.table_case_id, "on": on})
        self._running.pop(table_case.seat.subject, None)

    def withdraw_referral(self, table_case_id: UUID, referral_id: UUID, on: date) -> None:
        which = {"table_case_id": table_case_id, "referral_id": referral_id}
        self.execute("withdraw_referral", which | {"on": on})

    def withdraw_repeats(self, house: str, referral_id: UUID, on: date, tabling: int | None = None) -> set[UUID]:
        """The table cases that the decision found running at its table. tabling: as in `brought`."""
        which = {"house": house, "referral_id": referral_id, "tabling": tabling}
        withdrawn = self.fetch_all("withdraw_repeats", which | {"on": on})
        return {row["table_case_id"] for row in withdrawn} - {None}

    def referred_on(self, table_case_id: UUID, referral_id: UUID) -> date | None:
        """When the referral found the table case running at its table last; None if it did not."""
        [row] = self.fetch_all("referred_on", {"table_case_id": table_case_id, "referral_id": referral_id})
        found: date | None = row["referred_on"]
        return found

    def mark_decision(self, table_case_id: UUID, corrected_on: date | None) -> None:
        """corrected_on: when the decision that opened the table case was corrected; None if the decision is right."""
        self.execute("mark_decision", {"table_case_id": table_case_id, "on": corrected_on})

    def table_case_to_change(self, house: str, table_case_id: UUID) -> TableCase:
        """Locked, so that of two commands the second sees what the first did. Raises UnknownTableCase."""
        found = self.table_cases_to_change(house, [table_case_id])
        if table_case_id not in found:
            raise UnknownTableCase
        return found[table_case_id]

    def table_cases_to_change(self, house: str, table_case_ids: Sequence[UUID]) -> dict[UUID, TableCase]:
        """Those of the house among them, locked."""
        wanted = {"house": house, "table_case_ids": list(table_case_ids)}
        found = self.fetch_all("table_cases_to_change", wanted, _table_case)
        return {table_case.table_case_id: table_case for table_case in found}

    def table_cases(self, house: str, query: TableCasesQuery) -> list[TableCase]:
        """One more than the page holds, if there is a next page."""
        wanted = {
            "house": house,
            "table": query.table,
            "state": query.state,
            "decision_corrected": query.decision_corrected,
            "release_on": query.release_on,
            "meeting_wanted": query.meeting_wanted,
            "referral_id": query.referral_id,
            "after": query.cursor,
            "limit": query.limit + 1,
        }
        return self.fetch_all("table_cases", wanted, _table_case)

    def referrals(self, table_case_id: UUID) -> list[Row]:
        """Each referral that opened the table case or found it running: the columns of `TableCaseReferral`."""
        return self.fetch_all("referrals", {"table_case_id": table_case_id})

    def repeats_of_case(self, table_case_id: UUID) -> list[Row]:
        """Each referral that was weighed while the table case ran: the columns of `TableCaseRepeat`."""
        return self.fetch_all("repeats_of_case", {"table_case_id": table_case_id})

    def repeats(self, house: str, query: PageQuery) -> list[Repeat]:
        """One more than the page holds, if there is a next page."""
        wanted = {"house": house, "after": query.cursor, "limit": query.limit + 1}
        return self.fetch_all("repeats", wanted, Repeat)

    def is_repeat(self, house: str, repeat_id: UUID) -> bool:
        return self.fetch_one("is_repeat", {"house": house, "repeat_id": repeat_id}) is not None

    def table_cases_of_case(self, house: str, case_id: UUID, most: int) -> list[TableCase]:
        """The newest first."""
        wanted = {"house": house, "case_id": case_id, "limit": most}
        return self.fetch_all("table_cases_of_case", wanted, _table_case)

    def table_case(self, house: str, table_case_id: UUID) -> TableCase | None:
        return self.fetch_one("table_case", {"house": house, "table_case_id": table_case_id}, _table_case)


class MergedDecisionStore(Store):
    """Decisions on people with several records, taken up again when the records are separated."""

    queries = TableCaseStore.queries

    def forget_decisions(self, subject_id: UUID) -> None:
        """Those that wait for a separation of this record."""
        self.execute("forget_decisions", {"subject_id": subject_id})

    def keep_decision(self, house: str, case_id: UUID, weighed: ReferralWeighed) -> None:
        """Keep a decision on somebody with several records, to take it up again if they are separated."""
        self.execute("keep_decision", as_row(weighed) | {"house": house, "case_id": case_id})

    def forget_decision(self, referral_id: UUID, tabling: int | None) -> None:
        """The decision at this tabling waits for no separation."""
        self.execute("forget_decision", {"referral_id": referral_id, "tabling": tabling})

    def decisions_elsewhere(self, house: str, subject_ids: Collection[UUID]) -> list[tuple[UUID, ReferralWeighed]]:
        """Those on these subjects that stand with a table case of somebody else, each with its own case."""
        return self.fetch_all("decisions_elsewhere", {"house": house, "subject_ids": list(subject_ids)}, _decided)


def _decided(*, case_id: UUID, **columns: Any) -> tuple[UUID, ReferralWeighed]:
    return case_id, ReferralWeighed(**columns)


def _table_case(
    *,
    closed_on: date | None,
    outcome: Outcome | None,
    running_on_reason: str | None,
    without_plan_because: str | None,
    **columns: Any,
) -> TableCase:
    if not closed_on or columns["withdrawn_on"]:
        return TableCase(**columns)
    closing = Closing(
        closed_on=closed_on,
        outcome=outcome,
        running_on_reason=running_on_reason,
        without_plan_because=without_plan_because,
    )
    return TableCase(**columns, closing=closing)
