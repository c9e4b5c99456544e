"""The factsheet of a municipality."""

from services.reporting.counting.rules import Period, on_people
from services.reporting.counting.store import MomentStore, PeopleStore
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
        people = lookup.store(PeopleStore).people(house, period)
        tabled = on_people(lookup.store(FactsheetStore).tabled(house, period), people)
        table_cases = on_people(lookup.store(TableStore).table_cases(house, period), people)
        return rules.factsheet(house, profile, period, municipality, tabled, table_cases)
