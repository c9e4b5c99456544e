"""Whatever is booked, and at whatever moment: the books balance, nothing is overdrawn, the account is the ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_UP, Decimal
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
from services.aftercare.accounts.rules import Account
from services.aftercare.advances.handlers import lend, repay, write_off
from services.aftercare.advances.rules import Advance, Instalment
from services.aftercare.commitments.handlers import commit, release, spend
from services.aftercare.commitments.rules import Commitment
from services.aftercare.funds.handlers import allot, budget, close_year, contribute, revise_allotment
from services.aftercare.house import Fund, House
from services.aftercare.invoices.handlers import take_invoice
from services.aftercare.invoices.messages import InvoiceReceived
from services.aftercare.ledger.handlers import correct_entry
from services.aftercare.ledger.rules import UNASSIGNED, AccountKind, Booking, FundYearKey, available_on
from services.aftercare.ledger.store import LedgerStore
from services.aftercare.money.rules import CENT
from services.aftercare.table_cases.store import Heard, TableCaseStore
from services.aftercare.tests.ledger.fund import (
    ASSIGNMENTS,
    AT_ONCE,
    BOOKINGS,
    BROUGHT_IN,
    DEARER,
    DIMENSIONS,
    FUND,
    GRANT,
    HOUSE,
    LINES,
    SUPPORT,
    YEAR,
    amounts,
    lines,
    outflows,
    part_of,
    portions,
    promise_of,
    promises,
)
from services.aftercare.tests.ledger.model import NEEDS, Model, Move, Promise
from shared.messaging import Event, Rejected
from shared.testing.service import RunningService
from shared.unit import Unit


class Books(RuleBasedStateMachine):
    """A house of its own with one fund, and the model beside it: of 2015, and of 2016 once 2015 is closed."""

    aftercare: RunningService

    def __init__(self) -> None:
        super().__init__()
        self.key = FundYearKey(f"house-{uuid4()}", "fund", 2015)
        self.models = {year: Model() for year in FUND.years}
        self.model = self.models[2015]
        self.invoices = 0
        self.case_id = uuid4()
        with self.unit() as unit:
            heard = Heard(house=self.key.house, case_id=self.case_id, table_case_id=uuid4(), told_by=uuid4())
            unit.store(TableCaseStore).open_table_case(heard, date(2015, 1, 1))

    @contextmanager
    def unit(self, fund: Fund = FUND) -> Iterator[Unit[House]]:
        with self.aftercare.begin() as unit:
            of_this_house = replace(unit, houses={self.key.house: replace(HOUSE, funds={"fund": fund})})
            yield of_this_house
            of_this_house.flush()

    def done(self, command: Callable[..., Any], *arguments: Any, year: int = 2015) -> Any:
        """What became of a command; None when it was refused."""
        try:
            with self.unit() as unit:
                return command(*arguments, BOOKINGS[year], unit)
        except Rejected:
            return None

    def booked(self, move: Move, command: Callable[..., Any], *arguments: Any, may: bool = True) -> Any:
        """The entry of a command that moves an amount, if the model takes it. may: what else the command depends on."""
        year = next(year for year, model in self.models.items() if not model.is_closed)
        entry = self.done(command, *arguments, year=year)
        assert bool(entry) == (may and self.models[year].takes(move))
        if entry:
            self.models[year].book(move)
            self.models[year].correctable[entry.entry_id] = (move,)
        return entry

    @initialize(outflow=outflows)
    def allot(self, outflow: int) -> None:
        assert self.done(allot, self.key, {"Gouda": outflow, "Leiden": 0}, set())
        assert self.done(allot, self.key, {"Gouda": outflow}, set()) is None
        self.model.book(Move(outflow * YEAR.amount_per_outflow, GRANT, UNASSIGNED))
        with self.unit() as unit:
            for id, provider, municipality in ASSIGNMENTS:
                unit.connection.execute(
                    "INSERT INTO trajectories (trajectory_id, house, case_id, municipality, provider, kind, starts_on) "
                    "VALUES (%s, %s, %s, %s, %s, 'guidance', '2015-03-04') ON CONFLICT (trajectory_id) DO UPDATE "
                    "SET house = excluded.house",
                    (id, self.key.house, uuid4(), municipality, provider),
                )
        for line in LINES:
            amount = outflow * Decimal(20)
            assert self.booked(Move(amount, UNASSIGNED, available_on(line)), budget, self.key, line, amount)
        for line, needs in zip(SUPPORT, (NEEDS, NEEDS[:1]), strict=True):
            self.commit(promised=promise_of(ASSIGNMENTS[0], line, needs), amount=Decimal("70.10"))
        self.lend(line="advances", amount=Decimal(90), first=3000)

    @rule(outflow=outflows)
    def revise(self, outflow: int) -> None:
        """The difference comes in, or goes out of what is not assigned and then of what is available on lines."""
        more = outflow * YEAR.amount_per_outflow + self.model.balances[GRANT]
        free = self.model.balances[UNASSIGNED] + self.model.total(AccountKind.AVAILABLE)
        entry = self.done(revise_allotment, self.key, {"Gouda": outflow}, set())
        assert bool(entry) == (not self.model.is_closed and more != 0 and -more <= free)
        if entry:
            moved = {posting.account: posting.amount for posting in entry.postings if posting.account != GRANT}
            assert moved.get(UNASSIGNED, 0) == max(more, -self.model.balances[UNASSIGNED])
            assert sum(moved.values()) == more
            self.model.book(*(Move(amount, GRANT, into) for into, amount in moved.items()))

    @precondition(lambda self: not self.model.is_closed)
    @rule(amount=amounts)
    def contribute(self, amount: Decimal) -> None:
        self.booked(Move(amount, BROUGHT_IN, UNASSIGNED), contribute, self.key, "Leiden", amount)

    @precondition(lambda self: not self.model.is_closed)
    @rule(line=lines, amount=amounts)
    def budget(self, line: str, amount: Decimal) -> None:
        self.booked(Move(amount, UNASSIGNED, available_on(line)), budget, self.key, line, amount)

    @precondition(lambda self: not self.model.is_closed)
    @rule(promised=promises, amount=amounts)
    def commit(self, promised: Commitment, amount: Decimal) -> None:
        promise = Promise(promised.commitment_id, promised.line, promised)
        move = Move(amount, promise.available, promise.left)
        if self.booked(move, commit, self.key, promised, amount, may=promised.line in SUPPORT):
            self.model.commitments.append(promise)

    @rule(promised=promises, amount=amounts)
    def commit_for_somebody_else(self, promised: Commitment, amount: Decimal) -> None:
        for wrong in ({"provider": "nobody"}, {"municipality": None}, {"assignment_id": uuid4()}):
            assert self.done(commit, self.key, replace(promised, **wrong), amount) is None

    @precondition(lambda self: not self.model.is_closed)
    @rule(line=st.sampled_from(SUPPORT), amount=amounts)
    def commit_at_the_same_moment(self, line: str, amount: Decimal) -> None:
        wanted = [Commitment(commitment_id=uuid4(), line=line, provider="goodwork") for _ in range(AT_ONCE)]
        moment = [eventlet.spawn(self.done, commit, self.key, each, amount) for each in wanted]
        made = [entry.about for entry in (each.wait() for each in moment) if entry]
        assert len(made) == min(AT_ONCE, self.model.balances[available_on(line)] // amount)
        for promise in (Promise(each.commitment_id, line, each) for each in wanted if each.commitment_id in made):
            self.model.book(Move(amount, promise.available, promise.left))
            self.model.commitments.append(promise)

    @precondition(lambda self: self.model.commitments and not self.model.is_closed)
    @rule(data=st.data(), portion=portions, spends=st.booleans())
    def spend_or_release(self, data: st.DataObject, portion: int, spends: bool) -> None:
        promise = data.draw(st.sampled_from(self.model.commitments))
        amount = part_of(self.model.balances[promise.left], portion)
        move = Move(amount, promise.left, promise.spent if spends else promise.available)
        self.booked(move, spend if spends else release, self.key.house, promise.id, amount)

    @precondition(lambda self: self.model.commitments and not self.model.is_closed)
    @rule(data=st.data(), amount=amounts)
    def spend_at_the_same_moment(self, data: st.DataObject, amount: Decimal) -> None:
        promise = data.draw(st.sampled_from(self.model.commitments))
        moment = [eventlet.spawn(self.done, spend, self.key.house, promise.id, amount) for _ in range(AT_ONCE)]
        paid = len([entry for entry in (each.wait() for each in moment) if entry])
        assert paid == min(AT_ONCE, self.model.balances[promise.left] // amount)
        self.model.book(Move(paid * amount, promise.left, promise.spent))

    @precondition(lambda self: self.model.commitments)
    @rule(assignment=st.sampled_from((ASSIGNMENTS[0], *ASSIGNMENTS)), portion=portions)
    def invoice(self, assignment: tuple[UUID, str, str], portion: int) -> None:
        """Paid from all commitments for the assignment, the oldest first, or refused as a whole."""
        promised = [each for each in self.model.commitments if each.of and each.of.assignment_id == assignment[0]]
        left = sum((self.model.balances[each.left] for each in promised), Decimal())
        moves, rest = [], (amount := part_of(left, portion))
        for promise in promised:
            part = min(rest, self.model.balances[promise.left])
            moves += [Move(part, promise.left, promise.spent)] if part else []
            rest -= part
        self.invoices += 1
        paid = self._invoiced(assignment, amount, f"F-{self.invoices}")
        assert bool(paid) == (not rest and not self.model.is_closed)
        if paid:
            self.model.book(*moves)
            self.model.correctable |= {entry_id: (move,) for entry_id, move in zip(paid, moves, strict=True)}
            assert not self._invoiced(assignment, Decimal("0.01"), f" f–{self.invoices}")

    def _invoiced(self, assignment: tuple[UUID, str, str], amount: Decimal, number: str) -> list[UUID] | None:
        """The entries that paid the invoice; None when it was refused."""
        invoice = InvoiceReceived(
            message_id=uuid4(),
            partner=f"partner-{assignment[1]}",
            assignment_id=assignment[0],
            number=number,
            amount=amount,
            invoiced_on=date(2015, 4, 1),
        )
        now = datetime(2015, 4, 1, tzinfo=UTC)
        event = Event(uuid4(), "invoices.received.v1", "services", self.key.house, None, now, uuid4(), invoice)

        def pay(_: Booking, unit: Unit[House]) -> list[UUID]:
            take_invoice(event, unit)
            paid = (
                "SELECT entry_id FROM invoices JOIN entries USING (entry_id) WHERE number = %s AND entries.house = %s "
            )
            found = unit.connection.execute(paid + "ORDER BY position", (number, self.key.house)).fetchall()
            return [entry_id for (entry_id,) in found]

        entries: list[UUID] | None = self.done(pay)
        return entries

    @precondition(lambda self: not self.model.is_closed)
    @rule(line=lines, amount=amounts, first=st.integers(0, 40_000))
    def lend(self, line: str, amount: Decimal, first: int) -> None:
        parts = [part for part in (min(Decimal(first) / 100, amount), amount) if part]
        plan = [Instalment(due_on=date(2015, 5, 1), amount=parts[0])]
        if parts[0] < amount:
            plan.append(Instalment(due_on=date(2015, 6, 1), amount=amount - parts[0]))
        lent = Advance(
            advance_id=uuid4(), line=line, case_id=self.case_id, municipality="Gouda", instalments=tuple(plan)
        )
        promise = Promise(lent.advance_id, line)
        move = Move(amount, promise.available, promise.left)
        if self.booked(move, lend, self.key, lent, amount, may=line not in SUPPORT):
            self.model.advances.append(promise)

    @precondition(lambda self: self.model.advances)
    @rule(data=st.data(), portion=portions, comes_back=st.booleans())
    def repay_or_write_off(self, data: st.DataObject, portion: int, comes_back: bool) -> None:
        """In the year that holds the advance: 2016 once 2015 is closed."""
        lent = data.draw(st.sampled_from(self.model.advances))
        held = self.models[2016 if self.model.is_closed else 2015]
        amount = part_of(held.balances[lent.left], portion)
        move = Move(amount, lent.left, lent.available if comes_back else lent.spent)
        self.booked(move, repay if comes_back else write_off, self.key.house, lent.id, amount)

    @precondition(lambda self: any(model.correctable for model in self.models.values()))
    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        year = data.draw(st.sampled_from([year for year, model in self.models.items() if model.correctable]))
        model = self.models[year]
        entry_id = data.draw(st.sampled_from(list(model.correctable)))
        back = [move.back for move in model.correctable[entry_id]]
        corrected = self.done(correct_entry, self.key.house, entry_id, year=2016)
        assert bool(corrected) == model.takes(*back)
        if corrected:
            model.book(*back)
            del model.correctable[entry_id]
            assert self.done(correct_entry, self.key.house, entry_id, year=2016) is None
            assert self.done(correct_entry, self.key.house, corrected.entry_id, year=2016) is None

    @precondition(lambda self: len(self.model.correctable) > 12 and not self.model.is_closed)
    @rule()
    def settle_and_close(self) -> None:
        """Only without open commitments and with all co-financing; the account is then the same for good."""
        for promise in (each for each in self.model.commitments if self.model.balances[each.left]):
            assert not self._closes()
            left = self.model.balances[promise.left]
            self.booked(Move(left, promise.left, promise.available), release, self.key.house, promise.id, left)
        needed = (self.model.total(AccountKind.SPENT) * 25 / 100).quantize(CENT, ROUND_UP)
        if (short := needed + self.model.balances[BROUGHT_IN]) > 0:
            assert not self._closes()
            self.booked(Move(short, BROUGHT_IN, UNASSIGNED), contribute, self.key, "Leiden", short)
        before = self._account(2015)
        assert self._closes()
        self._carry_over()
        for fund in (FUND, DEARER):
            assert replace(self._account(2015, fund), advances=before.advances) == before

    def _closes(self) -> bool:
        def closed(booking: Booking, unit: Unit[House]) -> bool:
            close_year(self.key, booking, unit)
            return True

        return bool(self.done(closed, year=2016))

    def _carry_over(self) -> None:
        following = self.models[2016]
        for advance in self.model.advances:
            if left := self.model.balances[advance.left]:
                self.model.book(Move(left, advance.left, advance.account(AccountKind.CARRIED_OVER)))
                following.book(Move(left, advance.account(AccountKind.CARRIED_IN), advance.left))
                following.advances.append(advance)
        self.model.is_closed = True

    @invariant()
    def the_accounts_are_those_of_the_model(self) -> None:
        for year, model in self.models.items():
            with self.unit() as unit:
                found = unit.store(LedgerStore).balances(self.key._replace(year=year))
            standing = {account: amount for account, amount in found.items() if amount}
            assert standing == model.standing()
            assert sum(standing.values()) == 0

    @invariant()
    def the_account_of_a_year_is_the_ledger(self) -> None:
        for year, model in self.models.items():
            found = self._account(year)
            shown = {
                (dimension, value): part.amount
                for dimension in DIMENSIONS
                for (value,), part in found.sums(dimension).items()
            }
            assert shown == model.spent()
            assert found.total.amount == model.total(AccountKind.SPENT)
            assert found.advances.outstanding == model.total(AccountKind.ADVANCE)
            assert (found.allotted, found.co_financing) == (-model.balances[GRANT], -model.balances[BROUGHT_IN])
            assert found.co_financing_surplus - found.co_financing_shortfall == (
                found.co_financing - found.co_financing_needed
            )

    @invariant()
    def each_balance_is_the_sum_of_its_postings(self) -> None:
        with self.aftercare.units.read() as connection:
            wrong = connection.execute(
                "SELECT account_id FROM accounts LEFT JOIN postings USING (account_id) "
                "GROUP BY account_id HAVING balance <> coalesce(sum(amount), 0)"
            ).fetchall()
        assert not wrong

    def _account(self, year: int, fund: Fund = FUND) -> Account:
        with self.unit(fund) as unit:
            return account(self.key._replace(year=year), unit)


def test_the_books_hold_whatever_is_booked_and_at_whatever_moment(aftercare: RunningService) -> None:
    class Here(Books):
        pass

    Here.aftercare = aftercare
    quick = settings(max_examples=25, stateful_step_count=35, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=quick)
