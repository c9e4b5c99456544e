"""The account of a fund and year as people get it: over the API, as a CSV file, as a workbook."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any, NamedTuple
from uuid import UUID

from xlsxwriter import Workbook

from services.aftercare.domain.accounting import Account, Cost, Dimension, Funding, MunicipalAccount, Sum, account_of
from services.aftercare.domain.funds import CostKind, Fund
from services.aftercare.domain.house import House
from services.aftercare.domain.ledger import SOURCES, AccountKind, FundYearOf
from services.aftercare.domain.ledger import Account as LedgerAccount
from services.aftercare.domain.money import NOTHING
from services.aftercare.storage import AftercareStore
from services.aftercare.views.funds import fund_of
from shared.postgres import as_row

Cell = str | int | Decimal
Row = dict[str, Any]

KINDS: Mapping[str | None, str] = {
    CostKind.TRAJECTORY: "Traject",
    CostKind.CONVERSATION: "Gesprek in de PI",
    CostKind.START_UP: "Opstartfinanciering",
    CostKind.WORK_TRAINING: "Arbeidstraining",
    CostKind.ADVANCE: "Voorschot",
}
NOWHERE: Mapping[Dimension, str] = {
    Dimension.MUNICIPALITY: "Hele regio",
    Dimension.PROVIDER: "Geen aanbieder",
    Dimension.DOMAIN: "Geen leefgebied",
}
TITLES: Mapping[Dimension, str] = {
    Dimension.MUNICIPALITY: "Gemeente",
    Dimension.PROVIDER: "Aanbieder",
    Dimension.KIND: "Soort",
    Dimension.DOMAIN: "Leefgebied",
}
SUMS = ("Aantal", "Hulpvragen", "Bedrag")
MONEY = 4
"""The number of the spreadsheets' own format with two decimals, separated as its reader is used to."""
WIDTH = 22
ACCOUNT = (
    "fund",
    "year",
    "total",
    "start_up",
    "allotted",
    "co_financing",
    "co_financing_needed",
    "co_financing_shortfall",
    "redistributable",
    "shortfall",
    "uncovered",
    "municipalities",
)
"""What AccountView shows of an account as it is."""
MUNICIPALITY = (
    "Gemeente",
    "Uitstroom",
    "Toekenning",
    "Cofinanciering",
    "Uitgegeven",
    "Overschot",
    "Tekort",
    "Te herverdelen",
    "Cofinanciering nodig",
    "Tekort cofinanciering",
)


class Table(NamedTuple):
    """What one sheet shows: its title, the titles of its columns, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


class Named(NamedTuple):
    """An account, with the names of the fund, the providers and the life domains by their codes."""

    account: Account
    names: Mapping[str, str]


def account(of: FundYearOf, house: House, store: AftercareStore) -> Named:
    """The account of what is booked so far. Raises NotFound."""
    fund = fund_of(of, house.funds)
    percent = fund.years[of.year].co_financing_percent
    costs = [_cost(rows, fund) for rows in _spent(store.commitments(of.house, fund=of.fund, year=of.year))]
    made = account_of(of.fund, of.year, costs, _funding(of, store), co_financing_percent=percent)
    return Named(made, house.names)


def as_document(account: Account) -> dict[str, Any]:
    """As AccountView dumps it."""
    own = {name: getattr(account, name) for name in ACCOUNT}
    return own | {
        "providers": [as_row(each) | {"provider": name} for (name,), each in account.sums(Dimension.PROVIDER).items()],
        "kinds": [
            as_row(each) | {"kind": CostKind(str(kind))} for (kind,), each in account.sums(Dimension.KIND).items()
        ],
        "domains": [
            as_row(each) | {"kind": CostKind(str(kind)), "domain": domain} for (kind, domain), each in _domains(account)
        ],
    }


def as_csv(account: Account, names: Mapping[str, str]) -> bytes:
    """One line for each municipality, provider, kind and life domain, as Dutch spreadsheets read it.

    names: what people call the codes of providers and life domains.
    """
    table = _details(account, names)
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(table.columns)
    writer.writerows([_in_dutch(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(account: Account, names: Mapping[str, str]) -> bytes:
    """An XLSX file with a sheet for each way to look at it; the same account gives the same bytes."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"created": datetime(account.year, 12, 31, tzinfo=UTC)})
        bold, money = workbook.add_format({"bold": True}), workbook.add_format({"num_format": MONEY})
        for table in _tables(account, names):
            sheet = workbook.add_worksheet(table.title)
            sheet.set_column(0, len(table.columns) - 1, WIDTH)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, table.columns, bold)
            for place, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    sheet.write(place, column, cell, money if isinstance(cell, Decimal) else None)
    return content.getvalue()


def _spent(commitments: Iterable[Row]) -> Iterable[list[Row]]:
    """What was spent: all commitments of one assignment together, so that its needs are counted once."""
    spent: dict[UUID, list[Row]] = {}
    for row in commitments:
        if row["spent"]:
            spent.setdefault(row["assignment_id"] or row["commitment_id"], []).append(row)
    return spent.values()


def _cost(rows: Sequence[Row], fund: Fund) -> Cost:
    first = rows[0]
    return Cost(
        amount=sum((row["spent"] for row in rows), NOTHING),
        kind=fund.lines[first["line"]],
        provider=first["provider"],
        municipality=first["municipality"],
        needs=tuple(first["needs"]),
    )


def _funding(of: FundYearOf, store: AftercareStore) -> list[Funding]:
    """What each municipality has in the books; an allotment that it applied for by itself is not in them."""
    allotments = {each.municipality: each for each in store.allotments(of)}
    sources = {account: -amount for account, amount in store.balances(of).items() if account.kind in SOURCES}
    names = allotments.keys() | {account.municipality for account in sources}
    return [
        Funding(
            municipality=name,
            allotment=sources.get(LedgerAccount(AccountKind.GRANT, municipality=name), NOTHING),
            contribution=sources.get(LedgerAccount(AccountKind.CONTRIBUTION, municipality=name), NOTHING),
            outflow=allotments[name].outflow if name in allotments else 0,
        )
        for name in sorted(filter(None, names))
    ]


def _tables(account: Account, names: Mapping[str, str]) -> Iterator[Table]:
    yield Table("Samenvatting", ("Fonds", names.get(account.fund, account.fund)), list(_summary(account)))
    yield Table("Gemeenten", MUNICIPALITY, [_municipality(each) for each in account.municipalities])
    yield _divided(account, names, "Aanbieders", Dimension.PROVIDER)
    yield _divided(account, names, "Soorten", Dimension.KIND)
    ways = (Dimension.KIND, Dimension.DOMAIN)
    yield _table("Leefgebieden", ways, _domains(account), names)
    yield _details(account, names)


def _summary(account: Account) -> Iterator[tuple[Cell, Cell]]:
    yield "Jaar", account.year
    yield "Toegekend", account.allotted
    yield "Uitgegeven", account.total.amount
    yield "waarvan opstartfinanciering", account.start_up.amount
    yield "Cofinanciering nodig", account.co_financing_needed
    yield "Cofinanciering", account.co_financing
    yield "Tekort cofinanciering", account.co_financing_shortfall
    yield "Tekort van gemeenten", account.shortfall
    yield "Te herverdelen", account.redistributable
    yield "Daarna nog tekort", account.uncovered


def _municipality(each: MunicipalAccount) -> tuple[Cell, ...]:
    funding = each.funding
    return (
        each.municipality or NOWHERE[Dimension.MUNICIPALITY],
        funding.outflow,
        funding.allotment,
        funding.contribution,
        each.spent,
        each.surplus,
        each.shortfall,
        each.redistributable,
        each.co_financing_needed,
        each.co_financing_shortfall,
    )


def _details(account: Account, names: Mapping[str, str]) -> Table:
    return _divided(account, names, "Regels", *Dimension)


def _divided(account: Account, names: Mapping[str, str], title: str, *ways: Dimension) -> Table:
    return _table(title, ways, account.sums(*ways).items(), names)


def _table(
    title: str, ways: Sequence[Dimension], sums: Iterable[tuple[tuple[str | None, ...], Sum]], names: Mapping[str, str]
) -> Table:
    whole = Dimension.DOMAIN not in ways  # a cost that is divided over life domains is not to be counted in each
    rows: list[tuple[Cell, ...]] = []
    for key, each in sums:
        titles = (_named(way, value, names) for way, value in zip(ways, key, strict=True))
        rows.append((*titles, *((each.costs,) if whole else ()), each.needs, each.amount))
    return Table(title, (*(TITLES[way] for way in ways), *(SUMS if whole else SUMS[1:])), rows)


def _domains(account: Account) -> Iterator[tuple[tuple[str | None, ...], Sum]]:
    """By kind and life domain, without the start-up financing, which is of no need."""
    for key, each in account.sums(Dimension.KIND, Dimension.DOMAIN).items():
        if key[0] != CostKind.START_UP:
            yield key, each


def _named(way: Dimension, value: str | None, names: Mapping[str, str]) -> str:
    if value is None:
        return NOWHERE[way]
    return KINDS[value] if way is Dimension.KIND else names.get(value, value)


def _in_dutch(cell: Cell) -> str:
    return f"{cell:.2f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)
