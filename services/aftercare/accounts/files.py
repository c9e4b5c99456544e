"""The account of a fund and year as files for people who work with a spreadsheet: CSV, and a workbook (XLSX)."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from services.aftercare.accounts.rules import Account, Advances, Dimension, MunicipalAccount, Sum
from services.aftercare.house import CostKind

Cell = str | int | Decimal

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
    Dimension.LINE: "Begrotingsregel",
    Dimension.DOMAIN: "Leefgebied",
}
DETAILS = (Dimension.MUNICIPALITY, Dimension.PROVIDER, Dimension.KIND, Dimension.DOMAIN)
SUMS = ("Aantal", "Hulpvragen", "Bedrag")
MONEY = 4
"""The number of the spreadsheets' own format with two decimals, separated as its reader is used to."""
WIDTH = 22
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
    """One sheet: its title, the titles of its columns, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def as_csv(account: Account, names: Mapping[str, str]) -> bytes:
    """One line for each municipality, provider, kind and life domain, as Dutch spreadsheets read it.

    names: of providers and life domains, by code.
    """
    table = _details(account, names)
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(table.columns)
    writer.writerows([_in_dutch(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(account: Account, names: Mapping[str, str]) -> bytes:
    """An XLSX file with a sheet for each way to divide the account; the same account gives the same bytes.

    names: of the fund, the providers and the life domains, by code.
    """
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"created": datetime(account.year, 12, 31, tzinfo=UTC)})
        bold, money = workbook.add_format({"bold": True}), workbook.add_format({"num_format": MONEY})
        for table in _tables(account, names):
            _add_sheet(table, workbook, bold, money)
    return content.getvalue()


def _add_sheet(table: Table, workbook: Workbook, bold: Format, money: Format) -> None:
    """bold, money: how titles and amounts are shown."""
    sheet = workbook.add_worksheet(table.title)
    sheet.set_column(0, len(table.columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, table.columns, bold)
    for place, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell, money if isinstance(cell, Decimal) else None)


def _tables(account: Account, names: Mapping[str, str]) -> Iterator[Table]:
    yield Table("Samenvatting", ("Fonds", names.get(account.fund, account.fund)), list(_summary(account)))
    yield Table("Gemeenten", MUNICIPALITY, [_municipality(municipal) for municipal in account.municipalities])
    yield _divided(account, names, "Aanbieders", Dimension.PROVIDER)
    yield _divided(account, names, "Soorten", Dimension.KIND)
    yield _divided(account, names, "Begrotingsregels", Dimension.LINE)
    yield _table("Leefgebieden", (Dimension.KIND, Dimension.DOMAIN), account.sums_by_domain(), names)
    yield _details(account, names)


def _summary(account: Account) -> Iterator[tuple[Cell, Cell]]:
    yield "Jaar", account.year
    yield "Toegekend", account.allotted
    yield "Uitgegeven", account.total.amount
    yield "waarvan opstartfinanciering", account.start_up.amount
    yield "Cofinanciering nodig", account.co_financing_needed
    yield "Cofinanciering", account.co_financing
    yield "Tekort cofinanciering", account.co_financing_shortfall
    yield "Cofinanciering te veel", account.co_financing_surplus
    yield "Tekort van gemeenten", account.shortfall
    yield "Te herverdelen", account.redistributable
    yield "Daarna nog tekort", account.uncovered
    yield from _advances(account.advances)


def _advances(advances: Advances) -> Iterator[tuple[Cell, Cell]]:
    yield "Voorschotten uit het jaar ervoor", advances.carried_in
    yield "Voorgeschoten", advances.lent
    yield "Terugbetaald", advances.repaid
    yield "Afgeschreven voorschotten", advances.written_off
    yield "Voorschotten naar het jaar erna", advances.carried_over
    yield "Voorschotten uitstaand", advances.outstanding


def _municipality(municipal: MunicipalAccount) -> tuple[Cell, ...]:
    funding = municipal.funding
    return (
        municipal.municipality or NOWHERE[Dimension.MUNICIPALITY],
        funding.outflow,
        funding.allotment,
        funding.contribution,
        municipal.spent,
        municipal.surplus,
        municipal.shortfall,
        municipal.redistributable,
        municipal.co_financing_needed,
        municipal.co_financing_shortfall,
    )


def _details(account: Account, names: Mapping[str, str]) -> Table:
    return _divided(account, names, "Regels", *DETAILS)


def _divided(account: Account, names: Mapping[str, str], title: str, *dimensions: Dimension) -> Table:
    return _table(title, dimensions, account.sums(*dimensions), names)


def _table(
    title: str,
    dimensions: Sequence[Dimension],
    sums: Mapping[tuple[str | None, ...], Sum],
    names: Mapping[str, str],
) -> Table:
    whole = Dimension.DOMAIN not in dimensions  # a cost that is divided over life domains is not to be counted in each
    rows: list[tuple[Cell, ...]] = []
    for key, part in sums.items():
        titles = (_name(dimension, value, names) for dimension, value in zip(dimensions, key, strict=True))
        rows.append((*titles, *((part.costs,) if whole else ()), part.needs, part.amount))
    columns: Iterable[str] = (TITLES[dimension] for dimension in dimensions)
    return Table(title, (*columns, *(SUMS if whole else SUMS[1:])), rows)


def _name(dimension: Dimension, value: str | None, names: Mapping[str, str]) -> str:
    """How people call a value of the dimension."""
    if value is None:
        return NOWHERE[dimension]
    return KINDS[value] if dimension is Dimension.KIND else names.get(value, value)


def _in_dutch(cell: Cell) -> str:
    return f"{cell:.2f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)
