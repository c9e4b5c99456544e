"""Whatever is booked, and at whatever moment: the books balance, nothing is overdrawn, the account is the ledger."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import eventlet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.aftercare.accounts.lookups import account
from services.aftercare.accounts.rules import Dimension
from services.aftercare.advances.handlers import lend, repay, write_off
from services.aftercare.advances.rules import Advance, Instalment
from services.aftercare.commitments.handlers import commit, release, spend
from services.aftercare.commitments.rules import Commitment
from services.aftercare.funds.handlers import allot, budget, contribute
from services.aftercare.house import CostKind, Fund, FundYear, House, Provider
from services.aftercare.ledger.handlers import correct_entry
from services.aftercare.ledger.rules import AccountKind, Booking, FundYearKey, LedgerAccount
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.money.rules import shares
from services.aftercare.table_cases.store import TableCaseStore
from shared.messaging import Rejected
from shared.testing.service import RunningService
from shared.unit import Unit

LINES = ("trajectories", "more", "advances")
SUPPORT, NEEDS = LINES[:2], ("housing", "care", "debts")
YEAR = FundYear(
    year=2015,
    reference_year=2013,
    amount_per_outflow=Decimal("71.43"),
    single_from=Decimal(5000),
    co_financing_percent=Decimal(25),
)
FUND = Fund(
    code="fund",
    lines=dict.fromkeys(SUPPORT, CostKind.TRAJECTORY) | {"advances": CostKind.ADVANCE},
    years={2015: YEAR},
)
HOUSE = House(
    life_domains=NEEDS,
    aftercare_tables=frozenset(),
    municipalities=frozenset({"Gouda", "Leiden"}),
    providers={code: Provider(code=code) for code in ("goodwork", "exodus")},
    funds={"fund": FUND},
)
BOOKING = Booking(booked_on=date(2015, 3, 4), booked_by="somebody", decision="B-1")
AT_ONCE = 5
amounts = st.integers(1, 40_000).map(lambda cents: Decimal(cents) / 100)
lines = st.sampled_from(LINES)
ASSIGNMENTS = tuple(
    (UUID(int=number), provider, municipality)
    for number, (provider, municipality) in enumerate(
        (("goodwork", "Gouda"), ("exodus", "Leiden"), ("exodus", "Gouda"))
    )
)
"""The trajectories that commitments pay: id, provider and municipality."""
promises = st.builds(
    lambda assignment, line, needs: Commitment(
        commitment_id=uuid4(),
        line=line,
        provider=assignment[1],
        municipality=assignment[2],
        assignment_id=assignment[0],
        needs=tuple(needs),
    ),
    st.sampled_from(ASSIGNMENTS),
    lines,
    st.lists(st.sampled_from(NEEDS), unique=True),
)


@dataclass
class Promise:
    """A commitment or an advance as the model knows it: what is left of it, and what was spent or written off."""

    id: UUID
    line: str
    left: Decimal
    of: Commitment | None = None
    spent: Decimal = Decimal()

    @property
    def provider(self) -> str | None:
        return self.of.provider if self.of else None

    @property
    def municipality(self) -> str | None:
        return self.of.municipality if self.of else "Gouda"

    @property
    def domains(self) -> dict[str | None, Decimal]:
        """What was spent, by life domain."""
        needs = sorted(self.of.needs, key=NEEDS.index) if self.of else ()
        parts: list[Decimal] = shares(self.spent, [1] * len(needs)) if needs else []
        return dict(zip(needs, parts, strict=True)) or {None: self.spent}


@dataclass
class Model:
    """One year: what is on each line, and what was promised and lent."""

    granted: Decimal = Decimal()
    brought_in: Decimal = Decimal()
    unassigned: Decimal = Decimal()
    available: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(LINES, Decimal()))
    commitments: list[Promise] = field(default_factory=list)
    advances: list[Promise] = field(default_factory=list)
    correctable: dict[UUID, Callable[[], bool]] = field(default_factory=dict)


class Books(RuleBasedStateMachine):
    """A house of its own with one fund, and the model beside it."""

    aftercare: RunningService

    def __init__(self) -> None:
        super().__init__()
        self.key = FundYearKey(f"house-{uuid4()}", "fund", 2015)
        self.model = Model()
        self.case_id = uuid4()
        with self.unit() as unit:
            unit.store(TableCaseStore).open_table_case(self.key.house, self.case_id, uuid4(), date(2015, 1, 1))

    @contextmanager
    def unit(self) -> Iterator[Unit[House]]:
        with self.aftercare.begin() as unit:
            of_this_house = replace(unit, houses={self.key.house: HOUSE})
            yield of_this_house
            of_this_house.flush()

    def done(self, command: Callable[..., Any], *arguments: Any) -> Any:
        """What became of a command; None when it was refused."""
        try:
            with self.unit() as unit:
                return command(*arguments, BOOKING, unit)
        except Rejected:
            return None

    @initialize(outflow=st.integers(1, 20))
    def allot(self, outflow: int) -> None:
        assert self.done(allot, self.key, {"Gouda": outflow, "Leiden": 0}, set())
        assert self.done(allot, self.key, {"Gouda": outflow}, set()) is None
        with self.unit() as unit:
            for id, provider, municipality in ASSIGNMENTS:
                unit.connection.execute(
                    "INSERT INTO trajectories (trajectory_id, house, case_id, municipality, provider, kind, starts_on) "
                    "VALUES (%s, %s, %s, %s, %s, 'guidance', '2015-03-04') ON CONFLICT (trajectory_id) DO UPDATE "
                    "SET house = excluded.house",
                    (id, self.key.house, uuid4(), municipality, provider),
                )
        self.model.granted = self.model.unassigned = outflow * YEAR.amount_per_outflow

    @rule(amount=amounts)
    def contribute(self, amount: Decimal) -> None:
        assert self.done(contribute, self.key, "Leiden", amount)
        self.model.brought_in += amount
        self.model.unassigned += amount

    @rule(line=lines, amount=amounts)
    def budget(self, line: str, amount: Decimal) -> None:
        entry = self.done(budget, self.key, line, amount)
        assert bool(entry) == (amount <= self.model.unassigned)
        if entry:
            self.model.unassigned -= amount
            self.model.available[line] += amount
            self.model.correctable[entry.entry_id] = lambda: self._take_back(line, amount)

    @rule(promised=promises, amount=amounts)
    def commit(self, promised: Commitment, amount: Decimal) -> None:
        line = promised.line
        entry = self.done(commit, self.key, promised, amount)
        assert bool(entry) == (line in SUPPORT and amount <= self.model.available[line])
        if entry:
            self.model.available[line] -= amount
            self.model.commitments.append(Promise(entry.about, line, amount, promised))

    @rule(promised=promises, amount=amounts)
    def commit_for_somebody_else(self, promised: Commitment, amount: Decimal) -> None:
        for wrong in ({"provider": "nobody"}, {"municipality": None}, {"assignment_id": uuid4()}):
            assert self.done(commit, self.key, replace(promised, **wrong), amount) is None

    @rule(line=st.sampled_from(SUPPORT), amount=amounts)
    def commit_at_the_same_moment(self, line: str, amount: Decimal) -> None:
        moment = [eventlet.spawn(self.done, commit, self.key, self._commitment(line), amount) for _ in range(AT_ONCE)]
        made = [entry for entry in (each.wait() for each in moment) if entry]
        assert len(made) == min(AT_ONCE, self.model.available[line] // amount)
        for entry in made:
            self.model.available[line] -= amount
            self.model.commitments.append(Promise(entry.about, line, amount, self._commitment(line)))

    @precondition(lambda self: self.model.commitments)
    @rule(data=st.data(), amount=amounts, spends=st.booleans())
    def spend_or_release(self, data: st.DataObject, amount: Decimal, spends: bool) -> None:
        promise = data.draw(st.sampled_from(self.model.commitments))
        entry = self.done(spend if spends else release, self.key.house, promise.id, amount)
        assert bool(entry) == (amount <= promise.left)
        if entry:
            promise.left -= amount
            if spends:
                promise.spent += amount
            else:
                self.model.available[promise.line] += amount

    @precondition(lambda self: self.model.commitments)
    @rule(data=st.data(), amount=amounts)
    def spend_at_the_same_moment(self, data: st.DataObject, amount: Decimal) -> None:
        promise = data.draw(st.sampled_from(self.model.commitments))
        moment = [eventlet.spawn(self.done, spend, self.key.house, promise.id, amount) for _ in range(AT_ONCE)]
        paid = len([entry for entry in (each.wait() for each in moment) if entry])
        assert paid == min(AT_ONCE, promise.left // amount)
        promise.left -= paid * amount
        promise.spent += paid * amount

    @rule(line=lines, amount=amounts, first=st.integers(0, 40_000))
    def lend(self, line: str, amount: Decimal, first: int) -> None:
        parts = [part for part in (min(Decimal(first) / 100, amount), amount) if part]
        plan = [Instalment(due_on=date(2015, 5, 1), amount=parts[0])]
        if parts[0] < amount:
            plan.append(Instalment(due_on=date(2015, 6, 1), amount=amount - parts[0]))
        lent = Advance(
            advance_id=uuid4(), line=line, case_id=self.case_id, municipality="Gouda", instalments=tuple(plan)
        )
        entry = self.done(lend, self.key, lent, amount)
        assert bool(entry) == (line not in SUPPORT and amount <= self.model.available[line])
        if entry:
            self.model.available[line] -= amount
            self.model.advances.append(Promise(lent.advance_id, line, amount))

    @precondition(lambda self: self.model.advances)
    @rule(data=st.data(), amount=amounts, comes_back=st.booleans())
    def repay_or_write_off(self, data: st.DataObject, amount: Decimal, comes_back: bool) -> None:
        lent = data.draw(st.sampled_from(self.model.advances))
        entry = self.done(repay if comes_back else write_off, self.key.house, lent.id, amount)
        assert bool(entry) == (amount <= lent.left)
        if entry:
            lent.left -= amount
            if comes_back:
                self.model.available[lent.line] += amount
            else:
                lent.spent += amount

    @precondition(lambda self: self.model.correctable)
    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        entry_id = data.draw(st.sampled_from(list(self.model.correctable)))
        corrected = self.done(correct_entry, self.key.house, entry_id)
        assert bool(corrected) == self.model.correctable[entry_id]()
        if corrected:
            del self.model.correctable[entry_id]
            assert self.done(correct_entry, self.key.house, entry_id) is None
            assert self.done(correct_entry, self.key.house, corrected.entry_id) is None

    @invariant()
    def the_accounts_are_those_of_the_model(self) -> None:
        with self.unit() as unit:
            balances = {
                account: amount for account, amount in unit.store(LedgerStore).balances(self.key).items() if amount
            }
        assert balances == {account: amount for account, amount in self._expected() if amount}
        assert sum(balances.values()) == 0

    @invariant()
    def the_account_of_the_year_is_the_ledger(self) -> None:
        with self.unit() as unit:
            found = account(self.key, unit)
        promised = [*self.model.commitments, *self.model.advances]
        spent: dict[tuple[Dimension, str | None], Decimal] = defaultdict(Decimal)
        for each in promised:
            spent[Dimension.LINE, each.line] += each.spent
            spent[Dimension.PROVIDER, each.provider] += each.spent
            spent[Dimension.MUNICIPALITY, each.municipality] += each.spent
            for domain, amount in each.domains.items():
                spent[Dimension.DOMAIN, domain] += amount
        shown = {
            (dimension, value): part.amount
            for dimension in (Dimension.LINE, Dimension.PROVIDER, Dimension.MUNICIPALITY, Dimension.DOMAIN)
            for (value,), part in found.sums(dimension).items()
        }
        assert shown == {key: amount for key, amount in spent.items() if amount}
        assert found.total.amount == sum(each.spent for each in promised)
        assert found.advances.outstanding == sum(each.left for each in self.model.advances)

    @invariant()
    def each_balance_is_the_sum_of_its_postings(self) -> None:
        with self.aftercare.units.read() as connection:
            wrong = connection.execute(
                "SELECT account_id FROM accounts LEFT JOIN postings USING (account_id) "
                "GROUP BY account_id HAVING balance <> coalesce(sum(amount), 0)"
            ).fetchall()
        assert not wrong

    def _expected(self) -> Iterator[tuple[LedgerAccount, Decimal]]:
        yield LedgerAccount(AccountKind.GRANT, municipality="Gouda"), -self.model.granted
        yield LedgerAccount(AccountKind.CONTRIBUTION, municipality="Leiden"), -self.model.brought_in
        yield LedgerAccount(AccountKind.UNASSIGNED), self.model.unassigned
        for line, amount in self.model.available.items():
            yield LedgerAccount(AccountKind.AVAILABLE, line=line), amount
        for each in self.model.commitments:
            yield LedgerAccount(AccountKind.COMMITMENT, line=each.line, about=each.id), each.left
            yield LedgerAccount(AccountKind.SPENT, line=each.line, about=each.id), each.spent
        for each in self.model.advances:
            yield LedgerAccount(AccountKind.ADVANCE, line=each.line, about=each.id), each.left
            yield LedgerAccount(AccountKind.SPENT, line=each.line, about=each.id), each.spent

    def _commitment(self, line: str) -> Commitment:
        return Commitment(commitment_id=uuid4(), line=line, provider="goodwork")

    def _take_back(self, line: str, amount: Decimal) -> bool:
        """Undo a budget, if what it assigned is still there."""
        if self.model.available[line] < amount:
            return False
        self.model.available[line] -= amount
        self.model.unassigned += amount
        return True


def test_the_books_hold_whatever_is_booked_and_at_whatever_moment(aftercare: RunningService) -> None:
    class Here(Books):
        pass

    Here.aftercare = aftercare
    quick = settings(max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=quick)
