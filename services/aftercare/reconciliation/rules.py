"""The yearly outflow list beside our own detentions: each row and each detention of ours on one line, with its cause.

Three totals are explained: our inflow (detained in the year), our outflow (released in it, as far as we know) and
theirs (the rows of the list). A line counts for 0 or 1 in each and has one cause, so the causes add up to the totals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from services.aftercare.detentions.rules import Detention
from services.aftercare.house import House
from services.aftercare.outflows.rules import Outflow
from shared.rules import UnknownObject

FEW_DAYS = timedelta(days=7)
"""Dates no further apart may be of the same detention, counted from arrest or from arrival."""
SHORT = timedelta(days=14)
"""Of a detention no longer than this a notice often does not come."""


class UnknownList(UnknownObject):
    field = "year"
    reason = "has no outflow list yet"


class Finding(StrEnum):
    """Who knows of a detention, and whether both say the same of it."""

    MATCHED = "matched"
    DIFFERING_DATES = "differing_dates"
    ONLY_THEIRS = "only_theirs"
    ONLY_OURS = "only_ours"


class Cause(StrEnum):
    """Why a line counts for one total and not for another, or why its dates differ: likely, not certain."""

    AGREES = "agrees"
    DETAINED_BEFORE_THE_YEAR = "detained_before_the_year"
    OTHER_MUNICIPALITY = "other_municipality"
    RELEASE_DATE_UNKNOWN = "release_date_unknown"
    DATE_OFF_BY_FEW_DAYS = "date_off_by_few_days"
    DATE_CHANGED_WITHOUT_MESSAGE = "date_changed_without_message"
    COUNTED_FROM_ANOTHER_DAY = "counted_from_another_day"
    LISTED_TWICE = "listed_twice"
    MUNICIPALITY_NOT_OF_THIS_HOUSE = "municipality_not_of_this_house"
    OWN_AFTERCARE_REGISTERED_ELSEWHERE = "own_aftercare_registered_elsewhere"
    SHORT_DETENTION = "short_detention"
    NOTICE_NEVER_CAME = "notice_never_came"
    PERSON_KNOWN_WITHOUT_DETENTION = "person_known_without_detention"
    ANOTHER_DETENTION_KNOWN = "another_detention_known"
    RELEASED_AFTER_THE_YEAR = "released_after_the_year"
    PART_OF_LIST_MISSING = "part_of_list_missing"
    ANOTHER_DETENTION_LISTED = "another_detention_listed"
    NOT_IN_WHOLE_LIST = "not_in_whole_list"


Known = TypeVar("Known", Outflow, Detention)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the list, a detention of ours, or both where they are the same."""

    theirs: Outflow | None = None
    ours: Detention | None = None
    finding: Finding
    cause: Cause

    @property
    def line_id(self) -> UUID:
        return self.ours.detention_id if self.ours else self._row.outflow_id

    @property
    def case_id(self) -> UUID | None:
        return self.ours.case_id if self.ours else self._row.case_id

    @property
    def _row(self) -> Outflow:
        if self.theirs is None:
            raise ValueError("a line of nothing")
        return self.theirs

    @property
    def municipalities(self) -> frozenset[str]:
        """Where the line counts: mostly one."""
        return frozenset(known.municipality for known in (self.theirs, self.ours) if known)

    @property
    def order(self) -> tuple[str, date, UUID]:
        known = self.ours or self._row
        return known.municipality, known.detained_on, self.line_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many lines there are, and for how many of them each total counts."""

    lines: int = 0
    inflow: int = 0
    outflow_ours: int = 0
    outflow_theirs: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            lines=self.lines + other.lines,
            inflow=self.inflow + other.inflow,
            outflow_ours=self.outflow_ours + other.outflow_ours,
            outflow_theirs=self.outflow_theirs + other.outflow_theirs,
        )


def reconcile(
    year: int, rows: Iterable[Outflow], detentions: Iterable[Detention], house: House, *, whole: bool
) -> list[Line]:
    """Each row on one line, and each detention of ours that a row is about, or that began or ended in the year.

    whole: whether all parts of the list are in. detentions: may be more than those; the others have no line.
    """
    all_rows, all_ours = sorted(rows, key=_began), sorted(detentions, key=_began)
    pairs = _pairs(all_rows, all_ours)
    known = _by_case(all_ours)
    listed = _by_case(all_rows)
    matched = {ours.detention_id for ours in pairs.values()}
    only_theirs = (row for row in all_rows if row.outflow_id not in pairs)
    only_ours = (ours for ours in all_ours if ours.detention_id not in matched and _is_of(year, ours))
    lines = [
        *(_line_of_pair(row, pairs[row.outflow_id]) for row in all_rows if row.outflow_id in pairs),
        *(_line_of_theirs(row, _cause_of_theirs(row, pairs, listed, known, house)) for row in only_theirs),
        *(_line_of_ours(ours, _cause_of_ours(ours, year, ours.case_id in listed, whole)) for ours in only_ours),
    ]
    return sorted(lines, key=attrgetter("order"))


def counts(line: Line, year: int, municipality: str | None = None) -> Counts:
    """What a line counts for, in all or in one municipality: the list may say another than we do."""
    theirs = _in(municipality, line.theirs)
    ours = line.ours if _in(municipality, line.ours) else None
    return Counts(
        lines=1,
        inflow=int(ours is not None and ours.detained_on.year == year),
        outflow_ours=int(ours is not None and _released_in(year, ours)),
        outflow_theirs=int(theirs),
    )


def totals(lines: Iterable[Line], year: int, municipality: str | None = None) -> Mapping[tuple[Finding, Cause], Counts]:
    """The sums of each finding and cause, in the order in which these are declared; added up they are the totals."""
    sums: dict[tuple[Finding, Cause], Counts] = defaultdict(Counts)
    for line in lines:
        sums[line.finding, line.cause] += counts(line, year, municipality)
    return {key: sums[key] for key in ((finding, cause) for finding in Finding for cause in Cause) if key in sums}


def lines_in(lines: Iterable[Line], municipality: str | None) -> list[Line]:
    """The lines that count in a municipality; all lines when it is None."""
    return [line for line in lines if municipality is None or municipality in line.municipalities]


def _began(known: Outflow | Detention) -> tuple[date, UUID]:
    return known.detained_on, known.outflow_id if isinstance(known, Outflow) else known.detention_id


def _by_case(known: Iterable[Known]) -> Mapping[UUID, Sequence[Known]]:
    by_case: dict[UUID, list[Known]] = {}
    for one in known:
        if one.case_id:
            by_case.setdefault(one.case_id, []).append(one)
    return by_case


def _pairs(rows: Iterable[Outflow], detentions: Iterable[Detention]) -> Mapping[UUID, Detention]:
    """Which detention of ours each row is about, by the row's id: the nearest first, each once."""
    by_case = _by_case(detentions)
    candidates = [
        (_distance(row, ours), _began(row), _began(ours), row, ours)
        for row in rows
        for ours in (by_case.get(row.case_id, ()) if row.case_id else ())
        if _may_be_same(row, ours)
    ]
    pairs: dict[UUID, Detention] = {}
    taken: set[UUID] = set()
    for *_, row, ours in sorted(candidates, key=lambda candidate: candidate[:3]):
        if row.outflow_id not in pairs and ours.detention_id not in taken:
            pairs[row.outflow_id] = ours
            taken.add(ours.detention_id)
    return pairs


def _may_be_same(row: Outflow, ours: Detention) -> bool:
    """Nobody is in two detentions at once: what overlaps is one. Without our release date, what began together."""
    if abs(row.detained_on - ours.detained_on) <= FEW_DAYS:
        return True
    release_on = ours.release_on
    return release_on is not None and row.detained_on <= release_on and ours.detained_on <= row.released_on


def _distance(row: Outflow, ours: Detention) -> timedelta:
    until = abs(row.released_on - ours.release_on) if ours.release_on else timedelta()
    return abs(row.detained_on - ours.detained_on) + until


def _line_of_pair(row: Outflow, ours: Detention) -> Line:
    agree = (row.detained_on, row.released_on) == (ours.detained_on, ours.release_on)
    finding = Finding.MATCHED if agree else Finding.DIFFERING_DATES
    return Line(theirs=row, ours=ours, finding=finding, cause=_cause_of_pair(row, ours, ours.release_on))


def _line_of_theirs(row: Outflow, cause: Cause) -> Line:
    return Line(theirs=row, finding=Finding.ONLY_THEIRS, cause=cause)


def _line_of_ours(ours: Detention, cause: Cause) -> Line:
    return Line(ours=ours, finding=Finding.ONLY_OURS, cause=cause)


def _cause_of_pair(row: Outflow, ours: Detention, release_on: date | None) -> Cause:
    if row.municipality != ours.municipality:
        return Cause.OTHER_MUNICIPALITY
    if release_on is None:
        return Cause.RELEASE_DATE_UNKNOWN
    began_apart, ended_apart = abs(row.detained_on - ours.detained_on), abs(row.released_on - release_on)
    if ended_apart > FEW_DAYS:
        return Cause.DATE_CHANGED_WITHOUT_MESSAGE
    if began_apart > FEW_DAYS:
        return Cause.COUNTED_FROM_ANOTHER_DAY
    if began_apart or ended_apart:
        return Cause.DATE_OFF_BY_FEW_DAYS
    return Cause.DETAINED_BEFORE_THE_YEAR if row.detained_on.year < row.released_on.year else Cause.AGREES


def _cause_of_theirs(
    row: Outflow,
    pairs: Mapping[UUID, Detention],
    listed: Mapping[UUID, Sequence[Outflow]],
    known: Mapping[UUID, Sequence[Detention]],
    house: House,
) -> Cause:
    if any(_is_first(other, row, pairs) for other in (listed[row.case_id] if row.case_id else ())):
        return Cause.LISTED_TWICE
    if row.municipality not in house.municipalities:
        return Cause.MUNICIPALITY_NOT_OF_THIS_HOUSE
    if row.municipality in house.own_aftercare:
        return Cause.OWN_AFTERCARE_REGISTERED_ELSEWHERE
    if row.released_on - row.detained_on <= SHORT:
        return Cause.SHORT_DETENTION
    if row.case_id is None:
        return Cause.NOTICE_NEVER_CAME
    return Cause.ANOTHER_DETENTION_KNOWN if row.case_id in known else Cause.PERSON_KNOWN_WITHOUT_DETENTION


def _is_first(other: Outflow, row: Outflow, pairs: Mapping[UUID, Detention]) -> bool:
    """Whether it tells the same detention of this person: one that we know, or that stands earlier in order."""
    overlaps = other.detained_on <= row.released_on and row.detained_on <= other.released_on
    return overlaps and other is not row and (other.outflow_id in pairs or _began(other) < _began(row))


def _cause_of_ours(ours: Detention, year: int, listed: bool, whole: bool) -> Cause:
    if ours.release_on is None:
        return Cause.RELEASE_DATE_UNKNOWN
    if ours.release_on.year > year:
        return Cause.RELEASED_AFTER_THE_YEAR
    if listed:
        return Cause.ANOTHER_DETENTION_LISTED
    return Cause.NOT_IN_WHOLE_LIST if whole else Cause.PART_OF_LIST_MISSING


def _is_of(year: int, ours: Detention) -> bool:
    return ours.detained_on.year == year or _released_in(year, ours)


def _released_in(year: int, ours: Detention) -> bool:
    return ours.release_on is not None and ours.release_on.year == year


def _in(municipality: str | None, known: Outflow | Detention | None) -> bool:
    return known is not None and municipality in (None, known.municipality)
