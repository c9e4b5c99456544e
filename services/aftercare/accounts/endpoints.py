"""The account of a fund and year, over HTTP: as JSON, as a CSV file and as a workbook."""

from werkzeug.wrappers import Response

from services.aftercare.access import SEE_ACCOUNTS
from services.aftercare.accounts import files, lookups
from services.aftercare.accounts.messages import AccountView
from services.aftercare.house import House
from services.aftercare.ledger.rules import FundYearKey
from shared.unit import Lookup
from shared.web import Call, lookup

CSV = "text/csv; charset=utf-8; header=present"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lookup(action=SEE_ACCOUNTS, gives=AccountView)
def account(call: Call[None], unit: Lookup[House], fund: str, year: int) -> AccountView:
    """The account of a fund and year."""
    return lookups.account_view(lookups.account(FundYearKey(call.house, fund, year), unit))


@lookup(action=SEE_ACCOUNTS, files=[CSV])
def account_as_csv(call: Call[None], unit: Lookup[House], fund: str, year: int) -> Response:
    """The account of a fund and year as a CSV file."""
    found = lookups.account(FundYearKey(call.house, fund, year), unit)
    return _file(files.as_csv(found, unit.profile(call.house).names), CSV, f"{fund}-{year}.csv")


@lookup(action=SEE_ACCOUNTS, files=[WORKBOOK])
def account_as_workbook(call: Call[None], unit: Lookup[House], fund: str, year: int) -> Response:
    """The account of a fund and year as a workbook (XLSX)."""
    found = lookups.account(FundYearKey(call.house, fund, year), unit)
    return _file(files.as_workbook(found, unit.profile(call.house).names), WORKBOOK, f"{fund}-{year}.xlsx")


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
