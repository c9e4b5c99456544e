"""What people propose, and how the lines of a fund would stand."""

from dataclasses import dataclass
from typing import Annotated

from services.aftercare.money.messages import Euros
from services.aftercare.scenarios.rules import Proposal, Scenario
from shared.bounds import Length
from shared.days import HouseDay, PlannedDay


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedCommitment(Proposal):
    """A commitment that could be made. Without `endsOn` it runs to the end of the year."""

    amount: Euros
    starts_on: PlannedDay
    ends_on: PlannedDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioQuery:
    """`on`: the day to look from; what was spent later is not known then. Without `proposed` it is the forecast."""

    on: HouseDay
    proposed: Annotated[tuple[ProposedCommitment, ...], Length(most=50)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView(Scenario):
    """One line at the end of its year. `left` can still be committed; `short` is missing for what is proposed.

    `spent`: in the year, if things go on as they do. `fallsFree`: of commitments that end in the year, what is not
    spent; `stillCommitted`: of the others. `coFinancingNeeded`: over what will have been spent.
    """

    line: str
    left: Euros
    short: Euros
    spent: Euros
    falls_free: Euros
    still_committed: Euros
    co_financing_needed: Euros
