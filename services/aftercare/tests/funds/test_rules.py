from decimal import Decimal
from uuid import UUID

import pytest

from services.aftercare.commitments.rules import Commitment, spent_on
from services.aftercare.funds.rules import (
    Allotment,
    Applicant,
    BelowThreshold,
    CoFinancingShort,
    CommitmentsOpen,
    NothingForTheHouse,
    allot,
    allotment_postings,
    check_closing,
)
from services.aftercare.house import FundYear
from services.aftercare.ledger.rules import AccountKind, LedgerAccount, Posting, co_financing_short
from services.aftercare.trajectories.rules import UnknownMunicipality
from shared.rules import BrokenRule

YEAR = FundYear(
    year=2015,
    reference_year=2013,
    amount_per_outflow=Decimal("71.43"),
    single_from=Decimal(5000),
    co_financing_percent=Decimal(25),
)
REGION = {"Gouda", "Leiden", "Lisse"}
COMMITMENT = Commitment(commitment_id=UUID(int=1), line="trajectories", provider="goodwork")


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
    assert allotment_postings(allotments) == (
        Posting(account=LedgerAccount(AccountKind.GRANT, municipality="Gouda"), amount=Decimal("-5000.10")),
        Posting(account=LedgerAccount(AccountKind.UNASSIGNED), amount=Decimal("5000.10")),
    )
    with pytest.raises(NothingForTheHouse):
        allotment_postings(each for each in allotments if each.applies is Applicant.MUNICIPALITY)


def test_a_year_closes_when_nothing_is_open_and_municipalities_brought_in_their_part() -> None:
    contribution = LedgerAccount(AccountKind.CONTRIBUTION, municipality="Gouda")
    spent = {spent_on(COMMITMENT): Decimal(100)}
    check_closing(spent | {contribution: Decimal(-25)}, Decimal(25))
    assert co_financing_short(spent, Decimal(25)) == 25
    with pytest.raises(CoFinancingShort, match=r"€ 0\.01 short"):
        check_closing(spent | {contribution: Decimal("-24.99")}, Decimal(25))
    open_commitment = {LedgerAccount(AccountKind.COMMITMENT, line="trajectories", about=UUID(int=1)): Decimal(3)}
    with pytest.raises(CommitmentsOpen, match=r"€ 3\.00 committed"):
        check_closing(open_commitment, Decimal(0))
