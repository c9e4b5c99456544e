"""The management report, over HTTP."""

from services.reporting.access import READ_MANAGEMENT_REPORT
from services.reporting.counting.messages import FiguresSchema
from services.reporting.house import House
from services.reporting.management_report import lookups
from services.reporting.management_report.messages import ManagementReportQuery, ManagementReportView
from shared.unit import Lookup
from shared.web import Call, lookup


@lookup(action=READ_MANAGEMENT_REPORT, query=ManagementReportQuery, gives=ManagementReportView, base=FiguresSchema)
def management_report(call: Call[ManagementReportQuery], unit: Lookup[House], year: int) -> ManagementReportView:
    """The management report of one house and year."""
    return ManagementReportView(**vars(lookups.management_report(call.house, year, unit)))
