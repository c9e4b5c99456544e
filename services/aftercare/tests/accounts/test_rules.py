"""The account of a fund: the handbook's years, and what must always add up."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain, combinations, islice
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.accounts.rules import (
    Account,
    Advances,
    Cost,
    Dimension,
    Funding,
    Sum,
    account_of,
)
from services.aftercare.house import CostKind
from services.aftercare.money.rules import shares
from services.aftercare.tests.cases import LIFE_DOMAINS

EURO = Decimal(1)
PERCENT = Decimal(25)
NEEDS_2014 = {"housing": 12, "care": 13, "income_work": 12, "identity": 1, "debts": 6}
START_UP = Decimal("12845.35")


def cost(
    amount: str | Decimal,
    *needs: str,
    kind: CostKind = CostKind.TRAJECTORY,
    where: str | None = "Gouda",
    about: UUID | None = None,
) -> Cost:
    return Cost(
        about=about or uuid4(),
        amount=Decimal(amount),
        line="help",
        kind=kind,
        provider="exodus",
        municipality=where,
        needs=needs,
    )


def account(*costs: Cost, funding: Iterable[Funding] = ()) -> Account:
    return account_of("van_der_staaij", 2014, costs, funding, Advances(), co_financing_percent=PERCENT)


def in_proportion(amount: str, needs: dict[str, int], trajectories: int, kind: CostKind) -> list[Cost]:
    """So many trajectories with these needs among them, each at a cost in proportion to its own."""
    dealt = list(chain.from_iterable([domain] * count for domain, count in needs.items()))
    of_each = [tuple(islice(dealt, start, None, trajectories)) for start in range(trajectories)]
    costs = shares(Decimal(amount), [len(each) for each in of_each])
    return [cost(each, *needs, kind=kind) for each, needs in zip(costs, of_each, strict=True)]


def euros(amount: Decimal) -> int:
    return int(amount.quantize(EURO))


def by_domain(found: Account) -> dict[str | None, tuple[int, int]]:
    return {domain: (each.needs, euros(each.amount)) for (domain,), each in found.sums(Dimension.DOMAIN).items()}


def test_the_year_2014_comes_out_as_in_the_handbook() -> None:
    start_up = [cost(START_UP, kind=CostKind.START_UP) for _ in range(2)]
    found = account(*in_proportion("11950.00", NEEDS_2014, 15, CostKind.TRAJECTORY), *start_up)
    assert found.sums(Dimension.KIND) == {
        ("start_up",): Sum(amount=Decimal("25690.70"), costs=2),
        ("trajectory",): Sum(amount=Decimal("11950.00"), costs=15, needs=44),
    }
    assert found.start_up.amount == Decimal("25690.70")
    assert by_domain(found) == {
        "housing": (12, 3259),
        "care": (13, 3531),
        "income_work": (12, 3259),
        "identity": (1, 272),
        "debts": (6, 1630),
        None: (0, 25691),
    }


def test_the_year_2015_comes_out_as_in_the_handbook() -> None:
    trajectories = {"housing": 33, "care": 33, "income_work": 26, "identity": 4, "debts": 21}
    conversations = {"housing": 13, "care": 13, "income_work": 9, "identity": 2, "debts": 12}
    found = account(
        *in_proportion("47030.00", trajectories, 37, CostKind.TRAJECTORY),
        *in_proportion("18012.00", conversations, 19, CostKind.CONVERSATION),
        cost("12380.00", kind=CostKind.WORK_TRAINING),
        funding=[Funding(municipality="Gouda", contribution=Decimal("24194.00"), outflow=1)],
    )
    needs = {key: each.needs for key, each in found.sums(Dimension.KIND, Dimension.DOMAIN).items()}
    assert {domain: needs["trajectory", domain] for domain in trajectories} == trajectories
    assert {domain: needs["conversation", domain] for domain in conversations} == conversations
    assert (found.total.amount, found.total.costs) == (Decimal("77422.00"), 57)
    assert (found.co_financing_needed, found.co_financing) == (Decimal("19355.50"), Decimal("24194.00"))
    assert (found.co_financing_shortfall, found.co_financing_surplus) == (Decimal(0), Decimal("4838.50"))


def test_a_cost_is_shared_evenly_over_its_own_needs_also_when_it_is_not_in_proportion_to_them() -> None:
    found = account(cost("900.00", "housing"), cost("100.00", "housing", "care", "debts"))
    assert {domain: each.amount for (domain,), each in found.sums(Dimension.DOMAIN).items()} == {
        "housing": Decimal("933.34"),
        "care": Decimal("33.33"),
        "debts": Decimal("33.33"),
    }


def test_what_two_commitments_pay_for_one_trajectory_is_one_cost_with_each_need_once() -> None:
    paid = [cost("60.00", "care", "debts", about=UUID(int=1)), cost("30.00", "care", about=UUID(int=1))]
    found = account(*paid)
    assert found.total == Sum(amount=Decimal("90.00"), costs=1, needs=2)
    assert found.sums(Dimension.DOMAIN)["care",] == Sum(amount=Decimal("60.00"), costs=1, needs=1)


GOUDA = Funding(municipality="Gouda", allotment=Decimal(1000), contribution=Decimal(400), outflow=3)
LEIDEN = Funding(municipality="Leiden", allotment=Decimal(500), contribution=Decimal(0), outflow=1)


@pytest.mark.parametrize(
    ("spent_in_gouda", "surplus", "redistributable"),
    [("1300.00", "100.00", "100.00"), ("200.00", "1200.00", "1000.00"), ("1500.00", "0.00", "0.00")],
)
def test_a_surplus_may_be_redistributed_in_so_far_as_it_was_allotted(
    spent_in_gouda: str, surplus: str, redistributable: str
) -> None:
    gouda, leiden = account(cost(spent_in_gouda), funding=[LEIDEN, GOUDA]).municipalities
    assert (gouda.surplus, gouda.redistributable) == (Decimal(surplus), Decimal(redistributable))
    assert (leiden.surplus, leiden.shortfall) == (Decimal(500), Decimal(0))


def test_what_is_short_is_told_with_what_redistribution_leaves_of_it() -> None:
    found = account(cost("1500.00"), cost("900.00", where=None), funding=[GOUDA, LEIDEN])
    assert [(each.municipality, each.shortfall) for each in found.municipalities] == [
        ("Gouda", Decimal(100)),
        ("Leiden", Decimal(0)),
        (None, Decimal(900)),
    ]
    assert (found.shortfall, found.redistributable, found.uncovered) == (Decimal(1000), Decimal(500), Decimal(500))


def test_each_municipality_brings_in_co_financing_by_its_outflow() -> None:
    found = account(cost("1000.01"), funding=[GOUDA, LEIDEN])
    assert found.co_financing_needed == Decimal("250.01")  # a cent less would not be a quarter
    assert [each.co_financing_needed for each in found.municipalities] == [Decimal("187.51"), Decimal("62.50")]
    assert [each.co_financing_shortfall for each in found.municipalities] == [0, Decimal("62.50")]
    assert found.co_financing_shortfall == 0  # Gouda brought in enough for both


def test_without_any_outflow_co_financing_is_asked_of_nobody_in_particular() -> None:
    found = account(cost("100.00"))
    assert found.co_financing_shortfall == 25
    assert [each.co_financing_needed for each in found.municipalities] == [0]


AMOUNTS = st.decimals(0, 50_000, places=2)
COSTS = st.lists(
    st.builds(
        Cost,
        about=st.uuids(),
        amount=AMOUNTS,
        line=st.sampled_from(["trajectories", "start_up"]),
        kind=st.sampled_from(CostKind),
        provider=st.sampled_from(["exodus", "leger_des_heils", None]),
        municipality=st.sampled_from(["Gouda", "Leiden", "Elders", None]),
        needs=st.lists(st.sampled_from(LIFE_DOMAINS), unique=True).map(tuple),
    ),
    max_size=12,
)
WAYS = [way for length in range(len(Dimension)) for way in combinations(Dimension, length)]


@given(COSTS)
def test_by_whatever_it_is_divided_the_sums_add_up_to_the_total(costs: list[Cost]) -> None:
    found = account(*costs)
    for way in WAYS:
        parts = found.sums(*way).values()
        assert sum(part.amount for part in parts) == found.total.amount
        assert sum(part.needs for part in parts) == found.total.needs
        assert sum(part.costs for part in parts) == len(costs) or Dimension.DOMAIN in way


@given(COSTS, st.tuples(AMOUNTS, AMOUNTS, st.integers(0, 90)), st.tuples(AMOUNTS, AMOUNTS, st.integers(0, 90)))
def test_the_accounts_of_the_municipalities_add_up_to_the_funds(
    costs: list[Cost], gouda: tuple[Decimal, Decimal, int], leiden: tuple[Decimal, Decimal, int]
) -> None:
    funding = [
        Funding(municipality=name, allotment=allotment, contribution=contribution, outflow=outflow)
        for name, (allotment, contribution, outflow) in zip(("Gouda", "Leiden"), (gouda, leiden), strict=True)
    ]
    found = account(*costs, funding=funding)
    assert sum(each.spent for each in found.municipalities) == found.total.amount
    balances = sum(each.balance for each in found.municipalities)
    assert balances == found.allotted + found.co_financing - found.total.amount
    needed = sum(each.co_financing_needed for each in found.municipalities)
    assert needed == (found.co_financing_needed if any(each.outflow for each in funding) else 0)
    assert all(each.surplus == 0 or each.shortfall == 0 for each in found.municipalities)
