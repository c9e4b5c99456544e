"""The account of a fund and year: over the API, as a CSV file and as a workbook."""

from typing import Any

from werkzeug.wrappers import Response

from services.aftercare.domain.ledger import FundYearOf
from services.aftercare.messages.accounts import AccountView
from services.aftercare.views import accounts as views
from shared.messaging.units import Units
from shared.web import Call
from shared.web.old_endpoint import endpoint

READERS = {"aftercare_coordinator", "chain_manager"}
ACCOUNT = "/v1/accounts/<string:fund>/<int:year>"
CSV = "text/csv; charset=utf-8; header=present"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AccountEndpoints:
    """Mixed into the service class."""

    units: Units

    @endpoint("GET", ACCOUNT, summary="The account of a fund and year", roles=READERS, gives=AccountView())
    def account(self, call: Call, fund: str, year: int) -> dict[str, Any]:
        return views.as_document(self._account(call, fund, year).account)

    @endpoint("GET", f"{ACCOUNT}/csv", summary="The same as a CSV file", roles=READERS)
    def account_as_csv(self, call: Call, fund: str, year: int) -> Response:
        return _file(views.as_csv(*self._account(call, fund, year)), CSV, f"{fund}-{year}.csv")

    @endpoint("GET", f"{ACCOUNT}/workbook", summary="The same as a workbook (XLSX)", roles=READERS)
    def account_as_workbook(self, call: Call, fund: str, year: int) -> Response:
        return _file(views.as_workbook(*self._account(call, fund, year)), WORKBOOK, f"{fund}-{year}.xlsx")

    def _account(self, call: Call, fund: str, year: int) -> views.Named:
        with self.units.begin(call) as unit:
            of = FundYearOf(call.caller.house, fund, year)
            return views.account(of, unit.profile(of.house), unit.store)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
