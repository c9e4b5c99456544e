"""What meetings knows of one case: its table cases, each as it is looked up alone."""

from uuid import uuid4

from services.meetings.tests.treatment import Subject
from shared.testing.service import RunningService


def test_a_case_has_its_table_cases_the_newest_first(subject: Subject, meetings: RunningService) -> None:
    first = subject.treated_at("focus")
    second = subject.at_table("aftercare", on="2015-04-14")
    Subject(meetings).at_table()
    case = meetings.get(f"/v1/cases/{subject.case_id}")
    assert (case.status, case.body["caseId"]) == (200, str(subject.case_id))
    assert case.body["tableCases"] == [meetings.get(path).body for path in (second, first)]


def test_a_case_of_another_house_is_as_one_that_does_not_exist(subject: Subject, meetings: RunningService) -> None:
    subject.at_table()
    elsewhere = meetings.get(f"/v1/cases/{subject.case_id}", "elsewhere")
    unknown = meetings.get(f"/v1/cases/{uuid4()}")
    assert (elsewhere.status, elsewhere.body) == (unknown.status, unknown.body) == (404, unknown.body)
    assert meetings.get(f"/v1/cases/{subject.case_id}", "coordinator").status == 403
