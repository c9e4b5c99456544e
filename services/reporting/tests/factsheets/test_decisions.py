"""From events to the decisions on a factsheet, in a real database."""

from services.reporting.counting.rules import Period
from services.reporting.factsheets.store import FactsheetStore
from services.reporting.tests.events import HOUSE, ONE, OTHER, weighed
from services.reporting.tests.reports import Reports


def decisions(reports: Reports, year: int) -> list[str | None]:
    tabled = FactsheetStore(reports.connection).tabled(HOUSE, Period.of_year(year))
    return [tabling.decision for tabling in tabled]


def test_a_factsheet_counts_a_decision_where_the_report_does(reports: Reports) -> None:
    reports.take(
        weighed(ONE, ONE, briefingOn="2014-12-23", decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=2, briefingOn="2014-12-30", decision="no_follow_up", reason="deferred"),
        weighed(ONE, ONE, tabling=3, briefingOn="2015-01-06", decision="focus"),
        weighed(OTHER, OTHER, tabling=2, briefingOn="2015-01-06", decision="aftercare"),
    )
    store = FactsheetStore(reports.connection)
    decisions = {
        year: [tabling.decision for tabling in store.tabled(HOUSE, Period.of_year(year))] for year in (2014, 2015)
    }
    assert sorted(decisions[2014], key=str) == [None, "no_follow_up"]
    assert sorted(decisions[2015], key=str) == [None, "aftercare"]
    assert reports.report(2014).weighed_referrals == reports.report(2015).weighed_referrals == 1
