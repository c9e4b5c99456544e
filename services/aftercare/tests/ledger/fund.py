"""A fund of an invented house, and what people may promise, bring in and ask for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_UP, Decimal
from uuid import UUID, uuid4

from hypothesis import strategies as st

from services.aftercare.accounts.rules import Dimension
from services.aftercare.commitments.rules import Commitment
from services.aftercare.house import CostKind, Fund, FundYear, House, Provider
from services.aftercare.ledger.rules import AccountKind, Booking, LedgerAccount
from services.aftercare.money.rules import CENT
from services.aftercare.tests.ledger.model import NEEDS

LINES = ("trajectories", "more", "advances")
SUPPORT = LINES[:2]
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
    years={2015: YEAR, 2016: replace(YEAR, year=2016)},
)
HOUSE = House(
    life_domains=NEEDS,
    aftercare_tables=frozenset(),
    municipalities=frozenset({"Gouda", "Leiden"}),
    providers={code: Provider(code=code, partner=f"partner-{code}") for code in ("goodwork", "exodus")},
    funds={"fund": FUND},
)
DEARER = replace(
    FUND, lines={"other": CostKind.TRAJECTORY}, years={2015: replace(YEAR, co_financing_percent=Decimal(30))}
)
"""The fund as a profile may have it after the year was closed."""
BOOKINGS = {
    year: Booking(booked_on=date(year, 3, 4), booked_by="somebody", decision="B-1", because="wrong")
    for year in FUND.years
}
GRANT, BROUGHT_IN = (
    LedgerAccount(AccountKind.GRANT, municipality="Gouda"),
    LedgerAccount(AccountKind.CONTRIBUTION, municipality="Leiden"),
)
DIMENSIONS = (Dimension.LINE, Dimension.PROVIDER, Dimension.MUNICIPALITY, Dimension.DOMAIN)
AT_ONCE = 5
ASSIGNMENTS = tuple(
    (UUID(int=number), provider, municipality)
    for number, (provider, municipality) in enumerate(
        (("goodwork", "Gouda"), ("exodus", "Leiden"), ("exodus", "Gouda"))
    )
)
"""The trajectories that commitments pay: id, provider and municipality."""
amounts = st.one_of(st.integers(1, 9_000), st.integers(1, 90_000)).map(lambda cents: Decimal(cents) / 100)
portions = st.sampled_from((20, 50, 100, 100, 101))
"""In percent of what is there: mostly of what can be had, now and then a little more."""
lines = st.sampled_from(LINES)
outflows = st.integers(20, 60)


def promise_of(assignment: tuple[UUID, str, str], line: str, needs: Sequence[str]) -> Commitment:
    assignment_id, provider, municipality = assignment
    return Commitment(
        commitment_id=uuid4(),
        line=line,
        provider=provider,
        municipality=municipality,
        assignment_id=assignment_id,
        needs=tuple(needs),
    )


promises = st.builds(
    promise_of,
    st.sampled_from(ASSIGNMENTS),
    st.sampled_from((*SUPPORT, *LINES)),
    st.lists(st.sampled_from(NEEDS), unique=True),
)


def part_of(amount: Decimal, percent: int) -> Decimal:
    """So much of the amount; at least a cent."""
    return max((amount * percent / 100).quantize(CENT, ROUND_UP), CENT)
