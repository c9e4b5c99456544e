"""Funds, entries, commitments and advances that people look up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from services.aftercare.domain.funds import Fund, co_financing_of
from services.aftercare.domain.ledger import AccountKind, Balances, FundYearOf, co_financing_short, overdue, total
from services.aftercare.storage import AftercareStore
from shared.messaging import NotFound, Problem
from shared.web.old_paging import check_cursor, page_of


def fund_year(of: FundYearOf, funds: Mapping[str, Fund], store: AftercareStore) -> dict[str, Any]:
    """How a year of a fund stands; one in which nothing is booked is empty. Raises NotFound."""
    fund = fund_of(of, funds)
    balances, closing = store.balances(of), store.closing(of)
    return {
        "fund": of.fund,
        "year": of.year,
        "closed_on": closing and closing["closed_on"],
        "granted": -total(balances, AccountKind.GRANT),
        "unassigned": total(balances, AccountKind.UNASSIGNED),
        "lines": [_line(line, balances) for line in fund.lines],
        "co_financing": _co_financing(balances, fund.years[of.year].co_financing_percent),
        "allotments": store.allotments(of),
    }


def fund_of(of: FundYearOf, funds: Mapping[str, Fund]) -> Fund:
    """Raises NotFound."""
    fund = funds.get(of.fund)
    if fund is None or of.year not in fund.years:
        raise NotFound(Problem("fund", "is not a fund of this house with this year"))
    return fund


def entries(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of entries in the order in which they were booked. Raises Rejected when the cursor is none of them."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, lambda entry_id: store.entries(house, entry_id=entry_id))
    filters = {name: wanted[name] for name in ("fund", "year", "kind", "about")}
    return page_of(store.entries(house, **filters, after=after, limit=limit + 1), limit, itemgetter("entry_id"))


def commitments(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of commitments in the order in which they were made. Raises Rejected as above."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, lambda commitment_id: store.commitments(house, commitment_id=commitment_id))
    filters = {name: wanted[name] for name in ("fund", "year", "line", "assignment_id")}
    return page_of(
        store.commitments(house, **filters, after=after, limit=limit + 1), limit, itemgetter("commitment_id")
    )


def advances(wanted: Mapping[str, Any], store: AftercareStore) -> dict[str, Any]:
    """A page of advances in the order in which they were lent. Raises Rejected as above."""
    house, after, limit = wanted["house"], wanted["cursor"], wanted["limit"]
    check_cursor(after, lambda advance_id: store.advances(house, advance_id=advance_id))
    found = store.advances(house, case_id=wanted["case_id"], after=after, limit=limit + 1)
    return page_of([_with_overdue(each, wanted["on"]) for each in found], limit, itemgetter("advance_id"))


def _line(line: str, balances: Balances) -> dict[str, Any]:
    of_kind = {
        name: total(balances, kind, line)
        for name, kind in (
            ("available", AccountKind.AVAILABLE),
            ("committed", AccountKind.COMMITMENT),
            ("spent", AccountKind.SPENT),
            ("advances", AccountKind.ADVANCE),
        )
    }
    return {"line": line, "budget": sum(of_kind.values(), Decimal()), **of_kind}


def _co_financing(balances: Balances, percent: Decimal) -> dict[str, Decimal]:
    expected = total(balances, AccountKind.SPENT) + total(balances, AccountKind.COMMITMENT)
    return {
        "percent": percent,
        "needed": co_financing_of(expected, percent),
        "brought_in": -total(balances, AccountKind.CONTRIBUTION),
        "short": co_financing_short(balances, percent),
    }


def _with_overdue(advance: dict[str, Any], on: date) -> dict[str, Any]:
    return advance | {"overdue": overdue(advance["instalments"], advance["outstanding"], on)}
