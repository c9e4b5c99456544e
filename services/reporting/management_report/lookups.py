"""The management report of a house."""

from services.reporting.aftercare_figures.store import AftercareStore
from services.reporting.counting.rules import Period
from services.reporting.counting.store import MomentStore
from services.reporting.house import House
from services.reporting.management_report import rules
from services.reporting.management_report.rules import Facts, ManagementReport
from services.reporting.metrics import REPORT_SECONDS
from services.reporting.table_figures.store import TableStore
from services.reporting.weighing_figures.store import WeighingStore
from shared.unit import Lookup


def management_report(house: str, year: int, lookup: Lookup[House]) -> ManagementReport:
    """The report, all figures as they stand at one moment. Raises UnknownHouse."""
    profile = lookup.profile(house)
    with REPORT_SECONDS.time():
        return rules.management_report(house, profile, year, _facts(house, Period.of_year(year), lookup))


def _facts(house: str, year: Period, lookup: Lookup[House]) -> Facts:
    lookup.store(MomentStore).read_one_moment()
    weighing, tables = lookup.store(WeighingStore), lookup.store(TableStore)
    aftercare = lookup.store(AftercareStore)
    return Facts(
        weighed_referrals=weighing.weighed_referrals(house, year),
        tablings=weighing.tablings(house, year),
        table_cases=tables.table_cases(house, year),
        table_work=tables.table_work(house, year),
        monitoring_answers=tables.monitoring_answers(house, year),
        detentions=aftercare.detentions(house, year),
        aftercare_plans=aftercare.aftercare_plans(house, year),
        domain_findings=aftercare.domain_findings(house, year),
    )
