"""The management report of a house."""

from services.reporting.aftercare_figures.store import AftercareStore
from services.reporting.counting.rules import Period, on_people
from services.reporting.counting.store import MomentStore, PeopleStore
from services.reporting.house import House
from services.reporting.management_report import rules
from services.reporting.management_report.rules import Facts, ManagementReport
from services.reporting.metrics import REPORT_SECONDS
from services.reporting.table_figures.store import TableStore
from services.reporting.weighing_figures.store import WeighingStore
from shared.unit import Lookup


def management_report(house: str, year: int, lookup: Lookup[House]) -> ManagementReport:
    """The report, all figures as they stand at one moment. Raises UnknownHouse, YearToCome."""
    profile, period = lookup.profile(house), Period.until_today(year, lookup.today)
    with REPORT_SECONDS.time():
        return rules.management_report(house, profile, period, _facts(house, period, lookup))


def _facts(house: str, period: Period, lookup: Lookup[House]) -> Facts:
    lookup.store(MomentStore).read_one_moment()
    weighing, tables = lookup.store(WeighingStore), lookup.store(TableStore)
    aftercare, people = lookup.store(AftercareStore), lookup.store(PeopleStore).people(house, period)
    return Facts(
        weighed_referrals=on_people(weighing.weighed_referrals(house, period), people),
        tablings=weighing.tablings(house, period),
        table_cases=tables.table_cases(house, period),
        table_work=tables.table_work(house, period),
        monitoring_answers=tables.monitoring_answers(house, period),
        detentions=aftercare.detentions(house, period),
        aftercare_plans=aftercare.aftercare_plans(house, period),
        domain_findings=aftercare.domain_findings(house, period),
    )
