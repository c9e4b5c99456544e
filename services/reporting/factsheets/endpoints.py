"""Factsheets, over HTTP."""

from services.reporting.access import READ_FACTSHEET
from services.reporting.counting.messages import FiguresSchema
from services.reporting.factsheets import lookups
from services.reporting.factsheets.messages import FactsheetQuery
from services.reporting.factsheets.rules import Factsheet
from services.reporting.house import House
from shared.unit import Lookup
from shared.web import Call, lookup


@lookup(action=READ_FACTSHEET, query=FactsheetQuery, gives=Factsheet, base=FiguresSchema)
def factsheet(call: Call[FactsheetQuery], unit: Lookup[House], year: int) -> Factsheet:
    """The factsheet of one municipality and year, without small counts."""
    return lookups.factsheet(call.house, call.input.municipality, year, unit)
