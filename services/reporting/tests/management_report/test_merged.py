"""Unique people are counted by the merges in force on the last day of the period, in whatever order they are told."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest

from services.reporting.tests.events import HOUSE, merged, opened, separated, weighed
from services.reporting.tests.reports import HOUSES, Reports

FIRST, SECOND, THIRD = UUID(int=11), UUID(int=12), UUID(int=13)


def people(reports: Reports, year: int = 2015) -> tuple[int, dict[str, int]]:
    """How many unique people, and how many were seen how often; the same again after a rebuild."""
    report = reports.report(year)
    reports.rebuild()
    assert reports.report(year) == report
    return report.unique_subjects, {times: count for times, count in report.subjects_seen_n_times.items() if count}


def weighed_once_each(reports: Reports) -> None:
    reports.take(*(weighed(uuid4(), subject_id) for subject_id in (FIRST, SECOND, THIRD)))


def test_merged_subjects_are_one_person_in_a_chain_too(reports: Reports) -> None:
    weighed_once_each(reports)
    assert people(reports) == (3, {})
    reports.take(merged(uuid4(), FIRST, SECOND))
    assert people(reports) == (2, {"2": 1})
    reports.take(merged(uuid4(), THIRD, SECOND))
    assert people(reports) == (1, {"3": 1})
    assert reports.report().weighed_referrals == 3


def test_a_merge_counts_from_the_year_of_its_day_on_and_a_separation_likewise(reports: Reports) -> None:
    merge_id = uuid4()
    for year in (2014, 2015, 2016):
        of_year = {"briefingOn": f"{year}-03-11"}
        reports.take(weighed(uuid4(), FIRST, **of_year), weighed(uuid4(), SECOND, **of_year))
    reports.take(merged(merge_id, FIRST, SECOND, "2015-12-31"), separated(merge_id, FIRST, SECOND, "2016-12-31"))
    assert [people(reports, year)[0] for year in (2014, 2015, 2016)] == [2, 1, 2]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_separation_takes_away_one_link_whatever_is_heard_first(reports: Reports, order: tuple[int, ...]) -> None:
    wrong, right = uuid4(), uuid4()
    told = [merged(wrong, FIRST, SECOND), merged(right, SECOND, THIRD), separated(wrong, FIRST, SECOND)]
    weighed_once_each(reports)
    for place in order:
        reports.take(told[place], told[place])
    assert people(reports) == (2, {"2": 1})


def test_a_case_under_treatment_is_no_person(reports: Reports) -> None:
    reports.take(*(opened(uuid4(), subjectId=subject_id) for subject_id in (FIRST, SECOND)))
    before = reports.report().under_treatment
    reports.take(merged(uuid4(), FIRST, SECOND))
    assert reports.report().under_treatment == before


def test_a_count_about_few_people_is_left_out_of_a_factsheet_however_many_records_they_have(reports: Reports) -> None:
    subjects = [uuid4() for _ in range(10)]
    for municipality in HOUSES[HOUSE].municipalities:
        ids = subjects if municipality.name == "Gouda" else [uuid4() for _ in subjects]
        reports.take(*(weighed(uuid4(), id, municipality=municipality.name) for id in ids))
    assert reports.factsheet("Gouda").under_treatment["briefing"] == len(subjects)
    reports.take(*(merged(uuid4(), subjects[0], other) for other in subjects[1:]))
    assert reports.factsheet("Gouda").under_treatment["briefing"] is None
