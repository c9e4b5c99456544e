"""What waits for the people who see to releases, and for providers."""

from collections.abc import Iterator

from services.aftercare.house import House
from services.aftercare.involvement.rules import providers_of
from services.aftercare.preparations.rules import Level, days_ahead, overdue
from services.aftercare.preparations.store import PreparationStore
from services.aftercare.releases.store import ReleaseStore
from services.aftercare.wanted_trajectories.store import WantedStore
from services.aftercare.work.store import WorkStore
from shared.unit import Lookup
from shared.web import Caller
from shared.web.work import MOST_OF_A_KIND, WorkItem


def preparations(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The detentions for which something is missing that has reached one of the caller's functions."""
    own = caller.roles.intersection(Level)
    profile, today = lookup.profile(caller.house), lookup.today
    waiting = lookup.store(WorkStore).preparations(caller.house, [level for level in Level if level in own])
    found = lookup.store(PreparationStore).situations_of(caller.house, today, days_ahead(profile), waiting)
    for somebody in overdue(found, today, profile):
        due = [missing.due_on for missing in somebody.missing if not own.isdisjoint(missing.levels(today))]
        if due:
            yield WorkItem(
                kind="preparation_missing",
                object_id=str(somebody.situation.detention_id),
                case_id=somebody.situation.case_id,
                municipality=somebody.situation.municipality,
                since=min(due),
                due_on=min(due),
                overdue=min(due) < today,
                count=len(due),
            )


def breaches(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """Of the last releases without plan and refusal those for which nothing is done, or that somebody must confirm."""
    unprepared = lookup.store(WorkStore).unprepared(caller.house)
    for breach in lookup.store(ReleaseStore).standing_breaches(caller.house, unprepared):
        yield WorkItem(
            kind=f"breach_{breach.state}",
            object_id=str(breach.release_id),
            case_id=breach.case_id,
            municipality=breach.municipality,
            since=breach.released_on,
            due_on=breach.released_on,
            overdue=True,
        )


def wanted(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The trajectories that the weighing team wants and that nobody has started, also if one is said to be done."""
    for need in lookup.store(WantedStore).waiting(caller.house, MOST_OF_A_KIND):
        yield WorkItem(
            kind="trajectory_not_started" if need.end else "trajectory_wanted",
            object_id=str(need.follow_up_id),
            case_id=need.case_id,
            municipality=need.municipality,
            since=need.closed_on or need.agreed_on,
            due_on=need.due_on,
            overdue=need.due_on < lookup.today,
        )


def assignments(caller: Caller, lookup: Lookup[House]) -> Iterator[WorkItem]:
    """The conversations that the caller's organisation has to hold, and its trajectories that run."""
    own = providers_of(caller.organisation, lookup.profile(caller.house))
    for assignment in lookup.store(WorkStore).assignments(caller.house, own, lookup.today):
        yield WorkItem(
            kind=assignment.kind,
            object_id=str(assignment.assignment_id),
            case_id=assignment.case_id,
            since=assignment.since,
        )
