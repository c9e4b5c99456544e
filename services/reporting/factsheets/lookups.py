"""The factsheet of a municipality."""

from services.reporting.counting.rules import Period
from services.reporting.counting.store import MomentStore
from services.reporting.factsheets import rules
from services.reporting.factsheets.rules import Factsheet
from services.reporting.factsheets.store import FactsheetStore
from services.reporting.house import House
from services.reporting.metrics import FACTSHEET_SECONDS
from services.reporting.table_figures.store import TableStore
from shared.unit import Lookup


def factsheet(house: str, municipality: str, year: int, lookup: Lookup[House]) -> Factsheet:
    """The factsheet, all figures as they stand at one moment. Raises UnknownHouse, UnknownMunicipality, YearToCome."""
    profile, period = lookup.profile(house), Period.until_today(year, lookup.today)
    with FACTSHEET_SECONDS.time():
        lookup.store(MomentStore).read_one_moment()
        tabled = lookup.store(FactsheetStore).tabled(house, period)
        table_cases = lookup.store(TableStore).table_cases(house, period)
        return rules.factsheet(house, profile, period, municipality, tabled, table_cases)
