"""The management report of one house and year. Its keys are those of the published figures, where these have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.reporting.aftercare_figures.rules import (
    AftercareFigures,
    DomainFinding,
    MunicipalityDetentions,
    aftercare_figures,
)
from services.reporting.counting.rules import Period
from services.reporting.house import House
from services.reporting.table_figures.rules import (
    MonitoringAnswers,
    TableCase,
    TableFigures,
    TableWork,
    table_figures,
)
from services.reporting.treatment_figures.rules import TreatmentFigures, treatment_figures
from services.reporting.weighing_figures.rules import (
    TablingCount,
    WeighedReferral,
    WeighingFigures,
    weighing_figures,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What happened in one house in one year, as far as the management report counts it."""

    weighed_referrals: Sequence[WeighedReferral]
    tablings: Sequence[TablingCount]
    table_cases: Sequence[TableCase]
    table_work: Sequence[TableWork]
    monitoring_answers: Sequence[MonitoringAnswers]
    detentions: Sequence[MunicipalityDetentions]
    aftercare_plans: int
    domain_findings: Sequence[DomainFinding]


@dataclass(frozen=True, kw_only=True)
class ManagementReport(AftercareFigures, TableFigures, TreatmentFigures, WeighingFigures):
    """One house, one year. Percentages and means have one decimal, and are null where there is nothing to divide by.

    `until`: the last day that counts: of a year under way, today.
    """

    house: str
    year: int
    until: date


def management_report(house_id: str, house: House, period: Period, facts: Facts) -> ManagementReport:
    """Every figure follows from the facts; none is about a single person, and counts are whole numbers."""
    weighing = weighing_figures(house, facts.weighed_referrals, facts.tablings)
    treatment = treatment_figures(house, facts.tablings, facts.table_cases)
    tables = table_figures(house, period, facts.table_cases, facts.table_work, facts.monitoring_answers)
    aftercare = aftercare_figures(house, facts.detentions, facts.aftercare_plans, facts.domain_findings)
    return ManagementReport(
        house=house_id,
        year=period.last_day.year,
        until=period.last_day,
        **vars(weighing),
        **vars(treatment),
        **vars(tables),
        **vars(aftercare),
    )
