"""The management report of one house and year. Its keys are those of the published figures, where these have them."""

from typing import Any

from services.reporting.domain.aftercare import aftercare_figures, detention_figures
from services.reporting.domain.facts import Facts, Period
from services.reporting.domain.house import House
from services.reporting.domain.tables import monitoring, table_figures, table_work
from services.reporting.domain.treatment import treatment_figures
from services.reporting.domain.weighing import weighing_figures


def management_report(house: House, year: int, facts: Facts) -> dict[str, Any]:
    """Every figure follows from the facts; none is a person, and counts are whole numbers."""
    return {
        "house": house.house,
        "year": year,
        **weighing_figures(house, facts.weighed, facts.tablings),
        **treatment_figures(house, facts.tablings, facts.table_cases),
        **table_figures(house, Period.of_year(year), facts.table_cases),
        "tables": table_work(house, facts.table_work),
        "monitoring": monitoring(house, facts.moment_answers),
        "detentions": detention_figures(facts.detentions),
        "aftercare_plans": aftercare_figures(house, facts.aftercare_plans, facts.domain_findings),
    }
