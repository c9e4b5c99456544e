"""What a fund paid for in a year: assignments of providers, stays and bookings, dealt out so that they add up to the
published account."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import partial
from itertools import cycle

from replay.house import Fund, House
from replay.published import FUND, TRAINING, Account, Assigned, WorkTraining, Year
from replay.script import Assignment, CannotPlan, FundYear, Referral, Report, Stay
from replay.shares import spread

DOMAIN_OF_TRAINING = "income_work"
LAST_START = (9, 15)
"""Who is detained later in the year begins nothing that must be finished within it."""
SETTLED = 1000
"""After so many steps the costs by life domain differ from the published ones by less than a cent."""
FIRST_STAY, LAST_DAY = (1, 10), (12, 31)
TWO_WEEKS = timedelta(weeks=2)


def fund_year(year: Year, house: House, referrals: Sequence[Referral]) -> FundYear | None:
    """All that the account of the year is made of; None when the year has none. Raises CannotPlan."""
    account, fund = year.account, house.funds.get(FUND)
    if account is None:
        return None
    if fund is None or year.year not in fund.amounts_per_outflow:
        raise CannotPlan(f"{FUND}: the profile of {house.house} has no such fund with a year {year.year}")
    dealing = _Dealing(account, fund, house, year, _detainees(referrals, house, year.year))
    assignments = [*dealing.trajectories(), *dealing.conversations(), *dealing.trainings()]
    budgets = {
        fund.lines["trajectory"]: account.trajectories.cost_eur,
        fund.lines["conversation"]: account.conversations.cost_eur,
        fund.lines["work_training"]: account.work_training.cost_eur,
    }
    return FundYear(
        fund=FUND,
        year=year.year,
        outflow=dealing.outflow(sum(budgets.values(), Decimal()) - account.co_financing_eur),
        contributions=dealing.by_municipality(account.co_financing_eur),
        budgets={line: amount for line, amount in budgets.items() if amount},
        assignments=tuple(assignments),
        stays=tuple(dealing.stays()),
    )


def deal_needs(needs: Mapping[str, int], count: int) -> list[tuple[str, ...]]:
    """The needs of each of `count` assignments: a life domain once in each, and none without while there are enough."""
    dealt: list[list[str]] = [[] for _ in range(count)]
    for domain, wanted in sorted(needs.items(), key=lambda item: -item[1]):
        for each in sorted(dealt, key=len)[:wanted]:
            each.append(domain)
    return [tuple(each) for each in dealt]


def deal(assigned: Assigned) -> tuple[list[tuple[str, ...]], list[Decimal]]:
    """The needs and the cost of each assignment. Raises CannotPlan."""
    if not assigned.cost_by_domain_eur:
        needs = deal_needs(assigned.needs, assigned.count)
        return needs, deal_amount(assigned.cost_eur, [max(len(each), 1) for each in needs])
    alone = [domain for domain, count in assigned.needs.items() if count]
    others = deal_needs({domain: assigned.needs[domain] - 1 for domain in alone}, assigned.count - len(alone))
    needs = [*((domain,) for domain in alone), *others]
    return needs, deal_costs(assigned.cost_by_domain_eur, needs)


def deal_costs(by_domain: Mapping[str, Decimal], needs: Sequence[tuple[str, ...]]) -> list[Decimal]:
    """The cost of each assignment, so that their even parts add up to the cost of each life domain, to the cent.

    needs: of each assignment; one is for each life domain alone, and takes the cents that are left. Raises CannotPlan.
    """
    counts = Counter(domain for each in needs for domain in each)
    parts = [0.0] * len(needs)
    for _ in range(SETTLED):
        missing = {domain: left / counts[domain] for domain, left in _left(by_domain, needs, parts).items()}
        steps = [sum(missing[domain] for domain in each) / len(each) for each in needs]
        parts = [part + step for part, step in zip(parts, steps, strict=True)]
    cents = [round(part) for part in parts]
    for domain, left in _left(by_domain, needs, cents).items():
        cents[needs.index((domain,))] += round(left)
    if min(cents) <= 0:
        raise CannotPlan(f"{FUND}: no way was found to have these costs by life domain")
    return [Decimal(part * len(each)) / 100 for part, each in zip(cents, needs, strict=True)]


def _left(
    by_domain: Mapping[str, Decimal], needs: Sequence[tuple[str, ...]], parts: Sequence[float]
) -> dict[str, float]:
    """The cents of each life domain that are not in the parts of the assignments yet."""
    left = {domain: float(cost * 100) for domain, cost in by_domain.items() if cost}
    for part, each in zip(parts, needs, strict=True):
        for domain in each:
            left[domain] -= part
    return left


def deal_amount(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """The amount by these weights, to the cent."""
    cents = int(amount * 100)
    return [Decimal(each) / 100 for each in spread(cents, [cents * weight for weight in weights])]


def _detainees(referrals: Sequence[Referral], house: House, year: int) -> list[tuple[date, Referral]]:
    """From which day on each can be helped: people in detention whom the house sees to, each once, in order."""
    first_of: dict[int, Referral] = {}
    for referral in referrals:
        lives_here = house.places[referral.subject.place].kind == "municipality"
        if referral.detention and referral.tablings and lives_here:
            first_of.setdefault(id(referral.subject), referral)
    began = [(max(referral.received_on, date(year, 1, 1)), referral) for referral in first_of.values()]
    return sorted(
        [each for each in began if each[0] <= date(year, *LAST_START)], key=lambda each: (each[0], each[1].number)
    )


class _Dealing:
    """Deals the account of one year over its detainees."""

    def __init__(
        self, account: Account, fund: Fund, house: House, year: Year, detainees: list[tuple[date, Referral]]
    ) -> None:
        self._account = account
        self._fund = fund
        self._house = house
        self._year = year.year
        self._providers = year.providers
        self._detainees = detainees

    def trajectories(self) -> Iterator[Assignment]:
        kinds = cycle(kind for kind, stages in self._house.trajectory_kinds.items() if not stages)
        for began, assignment in self._dealt("trajectories", "trajectory", self._account.trajectories):
            given_on = began + timedelta(days=21)
            ends_on = given_on + timedelta(days=120)
            ended = ends_on < date(self._year, *LAST_DAY)
            yield assignment(
                kind=next(kinds),
                given_on=given_on,
                reports=(Report(on=ends_on, step="ended", result="completed"),) if ended else (),
                invoiced_on=given_on + timedelta(days=30),
            )

    def conversations(self) -> Iterator[Assignment]:
        """Those who decline a trajectory: who accepts one is counted among the trajectories."""
        for began, assignment in self._dealt("conversations", "conversation", self._account.conversations):
            given_on = began + timedelta(days=3)
            held = Report(on=given_on + timedelta(days=7), step="held", accepted=False)
            yield assignment(kind=None, given_on=given_on, reports=(held,), invoiced_on=given_on + TWO_WEEKS)

    def trainings(self) -> Iterator[Assignment]:
        training = self._account.work_training
        needs = {DOMAIN_OF_TRAINING: training.offered}
        offered = Assigned(count=training.offered, needs=needs, cost_eur=training.cost_eur)
        for nth, (began, assignment) in enumerate(self._dealt(TRAINING, TRAINING, offered)):
            given_on = began + TWO_WEEKS
            yield assignment(
                kind=TRAINING,
                given_on=given_on,
                reports=tuple(_reports(training, nth, given_on)),
                invoiced_on=given_on + timedelta(weeks=10),
            )

    def stays(self) -> Iterator[Stay]:
        """Spread over the year; who leaves in it came first, and those stays last as long in the mean as published."""
        for code, published in self._account.transition_houses.items():
            leaving = _lengths(published["out"], published["mean_stay_days"])
            if leaving and min(leaving) < timedelta(days=1):
                raise CannotPlan(f"transition_house_{code}: no way was found to have stays of that mean")
            first, last = date(self._year, *FIRST_STAY), date(self._year, *LAST_DAY)
            apart = (last - first) // max(published["in"], 1)
            taken: set[int] = set()
            running: list[date] = []
            for nth in range(published["in"]):
                began_on = first + nth * apart
                ended_on = began_on + leaving[nth] if nth < len(leaving) else None
                running = [each for each in running if each > began_on] + [ended_on or date.max]
                if len(running) > published["places"] or (ended_on and ended_on > last):
                    raise CannotPlan(f"transition_house_{code}: no way was found to have all stays within the year")
                yield self._stay(code, began_on, ended_on, taken)

    def outflow(self, needed: Decimal) -> dict[str, int]:
        """Of how many in the reference year the fund allots at least so much, by municipality."""
        per_outflow = self._fund.amounts_per_outflow[self._year]
        total = int((max(needed, Decimal()) / per_outflow).to_integral_value(ROUND_CEILING)) if per_outflow else 0
        homes = self._homes()
        return dict(zip(homes, spread(total, [total * weight for weight in homes.values()]), strict=True))

    def by_municipality(self, amount: Decimal) -> dict[str, Decimal]:
        homes = self._homes()
        dealt = zip(homes, deal_amount(amount, list(homes.values())), strict=True)
        return {name: share for name, share in dealt if share}

    def _homes(self) -> dict[str, int]:
        """How many of the detainees live in each municipality that has any."""
        homes: dict[str, int] = {}
        for _, referral in self._detainees:
            homes[referral.subject.place] = homes.get(referral.subject.place, 0) + 1
        return homes

    def _dealt(self, what: str, cost_kind: str, assigned: Assigned) -> Iterator[tuple[date, Callable[..., Assignment]]]:
        """From when on each can be given, and it: to detainees spread over the year, with needs, a cost in proportion
        to them, and a provider."""
        people = len(self._detainees)
        if assigned.count > people:
            raise CannotPlan(f"{FUND}.{what}: {assigned.count} are more than the {people} who are detained in time")
        needs, costs = deal(assigned)
        alone = self._providers.get(what)
        if alone is not None and alone not in self._house.providers:
            raise CannotPlan(f"providers.{what}: {alone} is no partner that provides in this house")
        providers = cycle([alone] if alone else self._house.providers)
        for nth, provider in zip(range(assigned.count), providers, strict=False):
            began, referral = self._detainees[nth * people // assigned.count]
            yield (
                began,
                partial(
                    Assignment,
                    referral=referral.number,
                    provider=provider,
                    line=self._fund.lines[cost_kind],
                    needs=needs[nth],
                    cost=costs[nth],
                ),
            )

    def _stay(self, code: str, began_on: date, ended_on: date | None, taken: set[int]) -> Stay:
        """Of the one who was detained last before it, of those who live nowhere yet."""
        asked_on = began_on - timedelta(days=7)
        waiting = [each for began, each in self._detainees if began <= asked_on and each.number not in taken]
        if not waiting:
            raise CannotPlan(f"transition_house_{code}: nobody is detained by {asked_on} who could ask for a place")
        taken.add(waiting[-1].number)
        return Stay(
            referral=waiting[-1].number,
            transition_house=code,
            asked_on=asked_on,
            began_on=began_on,
            ended_on=ended_on,
        )


def _reports(training: WorkTraining, nth: int, given_on: date) -> Iterator[Report]:
    """How far the nth of those to whom it is offered comes: first those who come furthest."""
    dropped_out = training.dropped_after_intake + training.dropped_after_preparation
    stages = ["intake"]
    if nth < training.offered - training.dropped_after_intake:
        stages.append("preparation")
    if nth < training.offered - dropped_out:
        stages.append("training")
    if nth < training.diplomas:
        stages.append("diploma")
    for number, stage in enumerate(stages, start=1):
        yield Report(on=given_on + number * TWO_WEEKS, step=stage)
    result = "completed" if "training" in stages else "dropped_out"
    yield Report(on=given_on + (len(stages) + 1) * TWO_WEEKS, step="ended", result=result)


def _lengths(count: int, mean: int) -> list[timedelta]:
    """Stays of so many days in the mean, in pairs as much longer as shorter, the longest first."""
    apart = [10 * (nth // 2 + 1) * (1 if nth % 2 == 0 else -1) for nth in range(count - count % 2)]
    return sorted((timedelta(days=mean + each) for each in [*apart, *[0] * (count % 2)]), reverse=True)
