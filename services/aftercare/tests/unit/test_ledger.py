from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.domain.errors import (
    AlreadyCorrected,
    BelowThreshold,
    BrokenRule,
    CoFinancingShort,
    CommitmentsOpen,
    InstalmentsDiffer,
    NotForCorrection,
    NothingForTheHouse,
    Overdrawn,
    UnknownMunicipality,
)
from services.aftercare.domain.funds import Allotment, Applicant, FundYear, allot, co_financing_of
from services.aftercare.domain.ledger import (
    Account,
    AccountKind,
    Booked,
    Commitment,
    Entry,
    EntryKind,
    Instalment,
    Posting,
    book,
    check_closing,
    check_instalments,
    co_financing_short,
    correct,
    of_allotments,
    of_budget,
    of_commitment,
    of_spending,
    overdue,
    spent_on,
)

YEAR = FundYear(
    year=2015,
    reference_year=2013,
    amount_per_outflow=Decimal("71.43"),
    single_from=Decimal(5000),
    co_financing_percent=Decimal(25),
)
REGION = {"Gouda", "Leiden", "Lisse"}
COMMITMENT = Commitment(commitment_id=UUID(int=1), line="trajectories", provider="goodwork")
LINE = Account(AccountKind.AVAILABLE, line="trajectories")
BOOKED = Booked(booked_on=date(2015, 3, 4), booked_by="somebody", decision="B-1")
cents = st.integers(1, 10**9).map(lambda number: Decimal(number) / 100)


def entry(*postings: Posting, kind: EntryKind = EntryKind.COMMITMENT) -> Entry:
    return Entry(entry_id=UUID(int=9), kind=kind, booked=BOOKED, postings=postings)


def test_each_municipality_is_allotted_by_its_outflow() -> None:
    told = allot({"Leiden": 100, "Gouda": 70}, {"Leiden"}, YEAR, REGION)
    assert told == (
        Allotment(municipality="Gouda", outflow=70, amount=Decimal("5000.10"), applies=Applicant.HOUSE),
        Allotment(municipality="Leiden", outflow=100, amount=Decimal("7143.00"), applies=Applicant.MUNICIPALITY),
    )


@pytest.mark.parametrize(
    ("outflow", "single", "rule"),
    [
        ({"Gouda": 69}, {"Gouda"}, BelowThreshold),
        ({"Utrecht": 100}, set(), UnknownMunicipality),
        ({"Gouda": 100}, {"Utrecht"}, UnknownMunicipality),
    ],
)
def test_who_cannot_be_allotted_is_refused(outflow: dict[str, int], single: set[str], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        allot(outflow, single, YEAR, REGION)


def test_what_a_municipality_asks_for_by_itself_does_not_come_in() -> None:
    allotments = allot({"Leiden": 100, "Gouda": 70}, {"Leiden"}, YEAR, REGION)
    assert of_allotments(allotments) == (
        Posting(Account(AccountKind.GRANT, municipality="Gouda"), Decimal("-5000.10")),
        Posting(Account(AccountKind.UNASSIGNED), Decimal("5000.10")),
    )
    with pytest.raises(NothingForTheHouse):
        of_allotments(each for each in allotments if each.applies is Applicant.MUNICIPALITY)


@given(cents, cents)
def test_an_account_gives_what_it_has_and_no_more(has: Decimal, gives: Decimal) -> None:
    promised = entry(*of_commitment(COMMITMENT, gives))
    if gives > has:
        with pytest.raises(Overdrawn, match=f"is € {gives - has} more than is available on the line"):
            book(promised, {LINE: has})
    else:
        after = book(promised, {LINE: has})
        assert after[LINE] == has - gives
        assert sum(after.values()) == has


def test_spending_comes_out_of_the_commitment() -> None:
    after = book(entry(*of_commitment(COMMITMENT, Decimal(10))), {LINE: Decimal(10)})
    assert book(entry(*of_spending(COMMITMENT, Decimal(4))), after)[spent_on(COMMITMENT)] == 4
    with pytest.raises(Overdrawn, match="is left of the commitment"):
        book(entry(*of_spending(COMMITMENT, Decimal("10.01"))), after)


def test_a_correction_is_the_counter_entry_and_comes_once() -> None:
    first = entry(*of_budget("trajectories", Decimal(10)), kind=EntryKind.BUDGET)
    counter = correct(first, uuid4(), BOOKED, is_corrected=False)
    assert (counter.kind, counter.corrects) == (EntryKind.CORRECTION, first.entry_id)
    assert [posting.amount for posting in counter.postings] == [10, -10]
    with pytest.raises(AlreadyCorrected):
        correct(first, uuid4(), BOOKED, is_corrected=True)
    with pytest.raises(NotForCorrection):
        correct(counter, uuid4(), BOOKED, is_corrected=False)


def plan(*instalments: tuple[int, str]) -> list[Instalment]:
    return [Instalment(due_on=date(2015, 5, day), amount=Decimal(amount)) for day, amount in instalments]


@pytest.mark.parametrize("wrong", [plan((1, "60")), plan((1, "50"), (1, "50")), plan((2, "50"), (1, "50"))])
def test_instalments_add_up_and_come_one_after_another(wrong: list[Instalment]) -> None:
    check_instalments(Decimal(100), plan((1, "40"), (2, "60")))
    with pytest.raises(InstalmentsDiffer):
        check_instalments(Decimal(100), wrong)


@pytest.mark.parametrize(
    ("day", "outstanding", "late"), [(1, "100", 0), (2, "100", 40), (2, "60", 0), (2, "70", 10), (3, "70", 70)]
)
def test_what_is_late_is_what_should_have_been_paid_back_by_then(day: int, outstanding: str, late: int) -> None:
    assert overdue(plan((1, "40"), (2, "60")), Decimal(outstanding), date(2015, 5, day)) == late


def test_a_part_of_a_cent_less_would_not_be_enough() -> None:
    assert co_financing_of(Decimal("0.05"), Decimal(25)) == Decimal("0.02")


def test_a_year_closes_when_nothing_is_open_and_municipalities_brought_in_their_part() -> None:
    contribution = Account(AccountKind.CONTRIBUTION, municipality="Gouda")
    spent = {spent_on(COMMITMENT): Decimal(100)}
    check_closing(spent | {contribution: Decimal(-25)}, Decimal(25))
    assert co_financing_short(spent, Decimal(25)) == 25
    with pytest.raises(CoFinancingShort, match=r"€ 0\.01 short"):
        check_closing(spent | {contribution: Decimal("-24.99")}, Decimal(25))
    open_commitment = {Account(AccountKind.COMMITMENT, line="trajectories", about=UUID(int=1)): Decimal(3)}
    with pytest.raises(CommitmentsOpen, match=r"€ 3\.00 committed"):
        check_closing(open_commitment, Decimal(0))
