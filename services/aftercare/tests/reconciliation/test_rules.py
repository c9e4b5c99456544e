"""DJI's list beside our detentions: what goes together, what is likely the cause, and that it adds up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.detentions.rules import Detention, ReleaseDate
from services.aftercare.outflows.rules import Outflow
from services.aftercare.reconciliation.rules import Cause, Counts, Finding, Line, counts, lines_in, reconcile, totals
from services.aftercare.tests.cases import DETENTION, HOUSE

YEAR = 2015
MUNICIPALITIES = ("Noordstad", "Zuidstad")
SETTING = replace(HOUSE, municipalities=frozenset(MUNICIPALITIES), own_aftercare=frozenset({"Zuidstad"}))
DETAINED, RELEASED = date(2015, 3, 2), date(2015, 7, 1)
PERSON = DETENTION.case_id
ROW = Outflow(
    outflow_id=UUID(int=90),
    row=1,
    partner="dji",
    case_id=PERSON,
    municipality="Noordstad",
    institution="pi_noordstad",
    detained_on=DETAINED,
    released_on=RELEASED,
)


def ours(release_on: date | None = RELEASED, **differently: Any) -> Detention:
    release = ReleaseDate(release_on=release_on, source="dji", changed_on=DETAINED) if release_on else None
    return replace(DETENTION, release_date=release, **differently)


def row(**differently: Any) -> Outflow:
    return replace(ROW, **differently)


def found(rows: list[Outflow], detentions: list[Detention], whole: bool = True) -> list[tuple[Finding, Cause]]:
    return [(line.finding, line.cause) for line in reconcile(YEAR, rows, detentions, SETTING, whole=whole)]


def test_what_both_say_of_a_detention_of_the_year_agrees_and_counts_in_every_total() -> None:
    [line] = reconcile(YEAR, [ROW], [ours()], SETTING, whole=True)
    assert (line.finding, line.cause) == (Finding.MATCHED, Cause.AGREES)
    assert counts(line, YEAR) == Counts(lines=1, inflow=1, outflow_ours=1, outflow_theirs=1)


@pytest.mark.parametrize(
    ("theirs", "known", "finding", "cause"),
    [
        (
            {"detained_on": date(2014, 12, 30)},
            {"detained_on": date(2014, 12, 30)},
            Finding.MATCHED,
            Cause.DETAINED_BEFORE_THE_YEAR,
        ),
        ({}, {"municipality": "Zuidstad"}, Finding.MATCHED, Cause.OTHER_MUNICIPALITY),
        ({}, {"release_on": None}, Finding.DIFFERING_DATES, Cause.RELEASE_DATE_UNKNOWN),
        ({"released_on": date(2015, 7, 8)}, {}, Finding.DIFFERING_DATES, Cause.DATE_OFF_BY_FEW_DAYS),
        ({"detained_on": date(2015, 2, 27)}, {}, Finding.DIFFERING_DATES, Cause.DATE_OFF_BY_FEW_DAYS),
        ({"released_on": date(2015, 7, 9)}, {}, Finding.DIFFERING_DATES, Cause.DATE_CHANGED_WITHOUT_MESSAGE),
        ({"detained_on": date(2015, 4, 2)}, {}, Finding.DIFFERING_DATES, Cause.COUNTED_FROM_ANOTHER_DAY),
    ],
)
def test_what_is_the_same_detention_goes_together_whatever_differs(
    theirs: Mapping[str, Any], known: Mapping[str, Any], finding: Finding, cause: Cause
) -> None:
    assert found([row(**theirs)], [ours(**known)]) == [(finding, cause)]


@pytest.mark.parametrize(
    ("theirs", "known", "cause"),
    [
        ({"municipality": "Elders"}, [], Cause.MUNICIPALITY_NOT_OF_THIS_HOUSE),
        ({"municipality": "Zuidstad"}, [], Cause.OWN_AFTERCARE_REGISTERED_ELSEWHERE),
        ({"released_on": DETAINED + timedelta(days=14)}, [], Cause.SHORT_DETENTION),
        ({"case_id": None}, [], Cause.NOTICE_NEVER_CAME),
        ({}, [], Cause.PERSON_KNOWN_WITHOUT_DETENTION),
        ({}, [ours(date(2013, 2, 1), detained_on=date(2013, 1, 1))], Cause.ANOTHER_DETENTION_KNOWN),
    ],
)
def test_a_row_that_we_know_nothing_of_has_a_likely_cause(
    theirs: Mapping[str, Any], known: list[Detention], cause: Cause
) -> None:
    assert found([row(**theirs)], known) == [(Finding.ONLY_THEIRS, cause)]


@pytest.mark.parametrize("known", [[], [ours()]])
def test_a_row_that_stands_in_the_list_twice_counts_once_as_itself(known: list[Detention]) -> None:
    again = row(outflow_id=UUID(int=91), row=2)
    causes = [cause for _, cause in found([again, ROW], known)]
    assert sorted(causes) == sorted(
        [Cause.AGREES if known else Cause.PERSON_KNOWN_WITHOUT_DETENTION, Cause.LISTED_TWICE]
    )


@pytest.mark.parametrize(
    ("detention", "rows", "whole", "cause"),
    [
        (ours(None), [], True, Cause.RELEASE_DATE_UNKNOWN),
        (ours(date(2016, 1, 1)), [], True, Cause.RELEASED_AFTER_THE_YEAR),
        (ours(), [], False, Cause.PART_OF_LIST_MISSING),
        (ours(), [], True, Cause.NOT_IN_WHOLE_LIST),
    ],
)
def test_a_detention_that_is_not_in_the_list_has_a_likely_cause(
    detention: Detention, rows: list[Outflow], whole: bool, cause: Cause
) -> None:
    assert found(rows, [detention], whole) == [(Finding.ONLY_OURS, cause)]


def test_a_detention_of_somebody_whose_other_detention_is_listed_says_so() -> None:
    other = row(detained_on=date(2015, 9, 1), released_on=date(2015, 10, 1))
    assert (Finding.ONLY_OURS, Cause.ANOTHER_DETENTION_LISTED) in found([other], [ours()])


def test_a_detention_of_another_year_that_no_row_is_about_has_no_line() -> None:
    assert found([], [ours(date(2014, 2, 1), detained_on=date(2014, 1, 1))]) == []


def test_of_two_detentions_each_goes_with_the_row_that_is_nearest() -> None:
    later = {"detained_on": date(2015, 7, 5), "released_on": date(2015, 9, 1)}
    second = ours(date(2015, 9, 1), detention_id=UUID(int=7), detained_on=date(2015, 7, 5))
    lines = reconcile(YEAR, [row(outflow_id=UUID(int=91), **later), ROW], [second, ours()], SETTING, whole=True)
    assert [line.cause for line in lines] == [Cause.AGREES, Cause.AGREES]


def test_in_one_municipality_a_line_counts_for_those_who_say_that_it_is_there() -> None:
    [line] = reconcile(YEAR, [ROW], [ours(municipality="Zuidstad")], SETTING, whole=True)
    assert counts(line, YEAR, "Noordstad") == Counts(lines=1, outflow_theirs=1)
    assert counts(line, YEAR, "Zuidstad") == Counts(lines=1, inflow=1, outflow_ours=1)


DAYS = st.dates(date(2014, 10, 1), date(2016, 2, 1))
PERSONS = st.one_of(st.none(), st.integers(1, 3).map(lambda number: UUID(int=number)))
PLACES = st.sampled_from((*MUNICIPALITIES, "Elders"))


@st.composite
def rows_of_a_list(draw: st.DrawFn) -> list[Outflow]:
    stays = draw(st.lists(st.tuples(PERSONS, PLACES, DAYS, st.dates(date(2015, 1, 1), date(2015, 12, 31))), max_size=8))
    return [
        row(
            outflow_id=uuid5(PERSON, f"row {number}"), case_id=who, municipality=where, detained_on=day, released_on=end
        )
        for number, (who, where, day, end) in enumerate(stays)
        if day <= end
    ]


@st.composite
def detentions_of_ours(draw: st.DrawFn) -> list[Detention]:
    lengths = st.one_of(st.none(), st.integers(0, 300).map(lambda days: timedelta(days=days)))
    stays = draw(st.lists(st.tuples(PERSONS.filter(bool), PLACES, DAYS, lengths), max_size=8))
    return [
        ours(
            day + length if length is not None else None,
            detention_id=uuid5(PERSON, f"detention {number}"),
            case_id=who,
            municipality=where,
            detained_on=day,
        )
        for number, (who, where, day, length) in enumerate(stays)
    ]


@given(rows_of_a_list(), detentions_of_ours(), st.booleans())
def test_each_row_and_each_detention_of_the_year_stands_on_one_line_and_the_causes_add_up_to_the_totals(
    rows: list[Outflow], detentions: list[Detention], whole: bool
) -> None:
    lines = reconcile(YEAR, rows, detentions, SETTING, whole=whole)
    inflow = {each.detention_id for each in detentions if each.detained_on.year == YEAR}
    outflow = {each.detention_id for each in detentions if each.release_on and each.release_on.year == YEAR}
    assert sorted(line.theirs.outflow_id for line in lines if line.theirs) == sorted(each.outflow_id for each in rows)
    known = [line.ours.detention_id for line in lines if line.ours]
    assert len(known) == len(set(known))
    assert inflow | outflow <= set(known)
    assert added_up(lines) == Counts(
        lines=len(lines), inflow=len(inflow), outflow_ours=len(outflow), outflow_theirs=len(rows)
    )


@given(rows_of_a_list(), detentions_of_ours())
def test_the_totals_of_the_municipalities_add_up_to_those_of_the_house(
    rows: list[Outflow], detentions: list[Detention]
) -> None:
    lines = reconcile(YEAR, rows, detentions, SETTING, whole=True)
    by_municipality = [added_up(lines_in(lines, each), each) for each in (*MUNICIPALITIES, "Elders")]
    in_two = sum(len(line.municipalities) - 1 for line in lines)
    assert reduce(add, by_municipality) == added_up(lines) + Counts(lines=in_two)


@given(rows_of_a_list(), detentions_of_ours(), st.randoms(use_true_random=False))
def test_in_whatever_order_rows_and_detentions_come_the_lines_are_the_same(
    rows: list[Outflow], detentions: list[Detention], random: Any
) -> None:
    before = reconcile(YEAR, rows, detentions, SETTING, whole=True)
    random.shuffle(rows)
    random.shuffle(detentions)
    assert reconcile(YEAR, rows, detentions, SETTING, whole=True) == before


def added_up(lines: list[Line], municipality: str | None = None) -> Counts:
    return sum(totals(lines, YEAR, municipality).values(), Counts())
