"""Figures follow a correction and a withdrawal, in whatever order the events arrive."""

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from services.reporting.aftercare_figures.rules import DetentionInflow
from services.reporting.counting.rules import YearToCome
from services.reporting.management_report.rules import ManagementReport
from services.reporting.tests.events import (
    ONE,
    OTHER,
    aftercare_plan_withdrawn,
    aftercare_planned,
    answered,
    at_focus,
    closed,
    decision_corrected,
    decision_withdrawn,
    detained,
    detention_corrected,
    event,
    opened,
    plan_agreed,
    release_changed,
    restated,
    session,
    taken_back,
    weighed,
    withdrawn,
)
from services.reporting.tests.reports import Reports
from shared.business_dates import today

ORDERS = list(permutations(range(3)))
IN_ANY_ORDER = pytest.mark.parametrize("order", ORDERS)


def told(reports: Reports, events: Sequence[bytes], order: Sequence[int]) -> ManagementReport:
    """The report after the events arrived one by one in this order, and again after a rebuild."""
    for place in order:
        reports.take(events[place])
    report = reports.report()
    reports.rebuild()
    assert reports.report() == report
    return report


@IN_ANY_ORDER
def test_the_decision_corrected_last_counts(reports: Reports, order: Sequence[int]) -> None:
    events = [
        weighed(ONE, ONE, decision="focus"),
        decision_corrected(ONE, ONE, decision="aftercare"),
        decision_corrected(ONE, ONE, decision="no_follow_up", reason="deferred"),
    ]
    report = told(reports, events, order)
    assert (report.weighed_referrals, report.under_treatment["briefing"]) == (1, 1)
    assert report.decisions["no_follow_up"] == report.no_follow_up_reasons["deferred"] == 1
    assert report.decisions["focus_or_top60"] == report.decisions["aftercare"] == 0


@IN_ANY_ORDER
def test_a_withdrawn_decision_counts_nowhere_until_the_referral_is_decided_anew(
    reports: Reports, order: Sequence[int]
) -> None:
    wrong, withdrawn = weighed(ONE, ONE, decision="focus"), decision_withdrawn(ONE, ONE)
    anew = weighed(ONE, ONE, tabling=2, briefingOn="2015-03-24", decision="bilateral")
    report = told(reports, [wrong, withdrawn, anew], order)
    assert (report.weighed_referrals, report.under_treatment["briefing"]) == (1, 1)
    assert (report.decisions["bilateral"], report.decisions["focus_or_top60"]) == (1, 0)
    assert reports.factsheet("Gouda").tabled_again is None
    other_year = told(reports, [decision_withdrawn(ONE, ONE, tabling=2)], [0])
    assert (other_year.weighed_referrals, other_year.under_treatment["briefing"]) == (0, 0)


@IN_ANY_ORDER
def test_a_detention_counts_where_its_corrected_notice_says(reports: Reports, order: Sequence[int]) -> None:
    detention = uuid4()
    events = [
        detained(detention, expectedReleaseOn="2015-05-05"),
        detention_corrected(detention, expectedReleaseOn="2015-05-05"),
        detention_corrected(detention),
    ]
    inflow = told(reports, events, order).detentions
    assert inflow == DetentionInflow(registered=1, own_aftercare=0, weighed=0, release_known=0)
    assert reports.connection.execute("SELECT municipality FROM detention").fetchone() == ("Leiden",)


@IN_ANY_ORDER
def test_a_release_date_can_become_unknown_again(reports: Reports, order: Sequence[int]) -> None:
    detention = uuid4()
    events = [
        detained(detention, expectedReleaseOn="2015-05-05"),
        release_changed(detention, "2015-06-01"),
        release_changed(detention, None),
    ]
    assert told(reports, events, order).detentions.release_known == 0


@pytest.mark.parametrize(
    ("type", "data", "registered"),
    [
        ("detentions.joined.v1", {"joinedTo": ONE, "joinedOn": "2015-02-03"}, 0),
        ("detentions.withdrawn.v1", {"reason": "mistake", "withdrawnOn": "2015-02-04"}, 0),
        ("detentions.withdrawn.v1", {"reason": "died", "withdrawnOn": "2015-02-04"}, 1),
    ],
)
@IN_ANY_ORDER
def test_only_what_was_a_detention_of_its_own_is_in_the_inflow(
    reports: Reports, type: str, data: dict[str, Any], registered: int, order: Sequence[int]
) -> None:
    detention = uuid4()
    taken = event(type, {"detentionId": detention} | data)
    report = told(reports, [detained(detention), taken, aftercare_planned(detention, housing="yes")], order)
    assert (report.detentions.registered, report.aftercare_plans.plans) == (registered, registered)


@pytest.mark.parametrize(
    ("type", "data"),
    [
        ("detentions.joined.v1", {"joinedTo": ONE, "joinedOn": "2015-02-03"}),
        ("detentions.withdrawn.v1", {"reason": "mistake", "withdrawnOn": "2015-02-04"}),
    ],
)
@IN_ANY_ORDER
def test_what_is_a_detention_of_its_own_after_all_is_in_the_inflow(
    reports: Reports, type: str, data: dict[str, Any], order: Sequence[int]
) -> None:
    detention = uuid4()
    events = [
        detained(detention),
        event(type, {"detentionId": detention} | data),
        event("detentions.restored.v1", {"detentionId": detention, "restoredOn": "2015-02-05"}),
    ]
    assert told(reports, events, order).detentions.registered == 1


@IN_ANY_ORDER
def test_after_a_withdrawn_plan_the_plan_before_stands_again(reports: Reports, order: Sequence[int]) -> None:
    detention = uuid4()
    events = [
        aftercare_planned(detention, housing="no"),
        aftercare_planned(detention, made_on="2015-03-11", housing="yes"),
        aftercare_plan_withdrawn(detention, "2015-03-11"),
    ]
    plans = told(reports, events, order).aftercare_plans
    housing = next(domain for domain in plans.domains if domain.domain == "housing")
    assert (plans.plans, housing.bottleneck) == (1, {"yes": 0, "no": 1, "unknown": 0})


@pytest.mark.parametrize("seed", range(5))
def test_all_that_was_taken_back_gives_one_report_in_any_order(reports: Reports, seed: int) -> None:
    events = taken_back()
    random.Random(seed).shuffle(events)
    report = told(reports, events, range(len(events)))
    assert (report.weighed_referrals, report.decisions["no_follow_up"]) == (1, 1)
    assert report.detentions == DetentionInflow(registered=1, own_aftercare=0, weighed=0, release_known=0)
    assert report.aftercare_plans.plans == 1
    assert (report.under_treatment["focus_or_top60"], report.focus_closed_within_six_months.closed) == (2, 1)
    work = report.tables[0]
    assert (work.sessions, work.action_plans, work.referred_again, report.monitoring[0].answered) == (0, 0, 0, 0)


@IN_ANY_ORDER
def test_a_table_case_ends_on_the_day_and_with_the_outcome_told_last(reports: Reports, order: Sequence[int]) -> None:
    case = uuid4()
    right = closed(case, closedOn="2015-02-01", outcome={"progressMade": False})
    events = [opened(case), closed(case), restated("closings.corrected.v1", right, correctedOn="2015-04-02")]
    report = told(reports, events, order)
    assert report.mean_days_under_treatment["focus_or_top60"] == 92.0
    assert (report.focus_outcomes["closed_cases_scored"], report.focus_outcomes["progress_made"]) == (1, 0)
    reports.take(withdrawn("closings.withdrawn.v1", case))
    running = reports.report()
    assert (running.focus_closed_within_six_months.closed, running.focus_outcomes["closed_cases_scored"]) == (0, 0)
    assert (running.under_treatment["focus_or_top60"], reports.report(2016).under_treatment["total"]) == (1, 1)


@IN_ANY_ORDER
def test_a_table_case_that_a_wrong_decision_opened_counts_nowhere(reports: Reports, order: Sequence[int]) -> None:
    case = uuid4()
    events = [opened(case), closed(case), withdrawn("table-cases.withdrawn.v1", case, referralId=ONE)]
    report = told(reports, events, order)
    assert (report.under_treatment["total"], report.focus_outcomes["closed_cases_scored"]) == (0, 0)


SESSION = (ONE, OTHER)
PLANNED = session("sessions.planned.v1", *SESSION, heldOn="2015-03-12")
MOVED = session("sessions.moved.v1", *SESSION, movedFrom="2015-03-12", movedTo="2016-01-07")
HELD = session("sessions.held.v1", *SESSION, heldOn="2015-03-13")
CANCELLED = session("sessions.cancelled.v1", *SESSION, cancelledOn="2015-03-14")
PLANNED_AGAIN = session("sessions.planned.v1", *SESSION, heldOn="2015-03-12")


@pytest.mark.parametrize(
    ("events", "sessions", "held"),
    [
        ((PLANNED, HELD), 1, 1),
        ((PLANNED, MOVED), 0, 0),
        ((PLANNED, HELD, CANCELLED), 0, 0),
        ((PLANNED, HELD, PLANNED_AGAIN), 1, 0),
    ],
)
def test_a_session_counts_as_told_last(reports: Reports, events: Sequence[bytes], sessions: int, held: int) -> None:
    work = told(reports, events, range(len(events))[::-1]).tables[0]
    assert (work.table, work.sessions, work.sessions_held, work.cases_on_agenda) == ("focus", sessions, held, sessions)


@IN_ANY_ORDER
def test_a_withdrawn_plan_answer_and_repeat_are_no_work(reports: Reports, order: Sequence[int]) -> None:
    case, plan, right = uuid4(), uuid4(), uuid4()
    plans = [
        plan_agreed(plan, case),
        withdrawn("action-plans.withdrawn.v1", case, actionPlanId=plan),
        plan_agreed(right, case, agreements=3),
    ]
    work = told(reports, plans, order).tables[0]
    assert (work.action_plans, work.agreements) == (1, 3)
    answers = [
        answered(case, plan_stands=True),
        withdrawn("monitoring-answers.withdrawn.v1", case, moment="week_1"),
        answered(case, plan_stands=False),
    ]
    moment = told(reports, answers, order).monitoring[0]
    assert (moment.answered, moment.plan_stands) == (1, 0)
    again = event("table-cases.referred-again.v1", at_focus(case) | {"referralId": ONE, "referredOn": "2015-04-01"})
    repeats = [again, withdrawn("table-case-referrals.withdrawn.v1", case, referralId=ONE), weighed(ONE, ONE)]
    assert told(reports, repeats, order).tables[0].referred_again == 0


@IN_ANY_ORDER
def test_a_referral_whose_later_decision_is_withdrawn_counts_again_on_the_day_of_the_one_before(
    reports: Reports, order: Sequence[int]
) -> None:
    case, days = at_focus(uuid4()) | {"referralId": ONE}, ("2015-12-01", "2016-01-05", "2015-12-01")
    events = [event("table-cases.referred-again.v1", case | {"referredOn": day}) for day in days]
    assert told(reports, events, order).tables[0].referred_again == 1
    assert not any(each.referred_again for each in reports.report(2016).tables)


def test_a_year_to_come_is_refused_and_a_year_under_way_counts_up_to_today(reports: Reports) -> None:
    tomorrow = today() + timedelta(days=1)
    reports.take(weighed(ONE, ONE, briefingOn=str(today())), weighed(ONE, ONE, tabling=2, briefingOn=str(tomorrow)))
    report = reports.report(today().year)
    assert (report.until, report.under_treatment["briefing"]) == (today(), 1)
    assert str(reports.report(2015).until) == "2015-12-31"
    for ask in (lambda: reports.report(2061), lambda: reports.factsheet(year=2061)):
        with pytest.raises(YearToCome, match="has not begun"):
            ask()
