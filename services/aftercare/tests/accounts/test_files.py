"""An account as people get it: JSON, CSV, workbook."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from uuid import UUID
from xml.etree import ElementTree
from zipfile import ZipFile

from services.aftercare.accounts.files import as_csv, as_workbook
from services.aftercare.accounts.lookups import account_view
from services.aftercare.accounts.messages import AccountView
from services.aftercare.accounts.rules import Account, Advances, Cost, Funding, account_of
from services.aftercare.house import CostKind
from shared.schemas import StrictSchema, schema_of

NAMES = {"exodus": "Exodus", "housing": "Huisvesting", "care": "Zorg"}
NAMESPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Sheet = dict[str, str | float]
LENT = Advances(lent=Decimal(100), repaid=Decimal("20.50"), written_off=Decimal("64.50"))


def account() -> Account:
    trajectory = Cost(
        about=UUID(int=1),
        line="trajectories",
        amount=Decimal("1000.01"),
        kind=CostKind.TRAJECTORY,
        provider="exodus",
        municipality="Gouda",
        needs=("housing", "care"),
    )
    start_up = Cost(
        about=UUID(int=2),
        line="start_up",
        amount=Decimal("12845.35"),
        kind=CostKind.START_UP,
        provider="exodus",
        municipality=None,
    )
    advance = Cost(
        about=UUID(int=3),
        line="advances",
        amount=Decimal("64.50"),
        kind=CostKind.ADVANCE,
        provider=None,
        municipality="=Leiden",
    )
    gouda = Funding(municipality="Gouda", allotment=Decimal(20000), contribution=Decimal(4000), outflow=280)
    return account_of(
        "van_der_staaij", 2014, [trajectory, start_up, advance], [gouda], LENT, co_financing_percent=Decimal(25)
    )


def test_over_the_api_money_is_text_with_its_cents_and_its_currency() -> None:
    document = schema_of(AccountView, StrictSchema).dump(account_view(account()))
    assert document["total"] == {"amount": {"amount": "13909.86", "currency": "EUR"}, "costs": 3, "needs": 2}
    assert document["startUp"]["amount"]["amount"] == "12845.35"
    assert [(each["kind"], each["domain"], each["amount"]["amount"]) for each in document["domains"]] == [
        ("advance", None, "64.50"),
        ("trajectory", "care", "500.00"),
        ("trajectory", "housing", "500.01"),
    ]
    assert [each["kind"] for each in document["kinds"]] == ["advance", "start_up", "trajectory"]
    assert [(each["provider"], each["costs"]) for each in document["providers"]] == [("exodus", 2), (None, 1)]
    gouda = next(each for each in document["municipalities"] if each["municipality"] == "Gouda")
    assert (gouda["outflow"], gouda["allotment"]["amount"], gouda["surplus"]["amount"]) == (280, "20000.00", "22999.99")


def test_the_csv_file_is_one_that_a_dutch_spreadsheet_adds_up() -> None:
    content = as_csv(account(), NAMES)
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert header == ["Gemeente", "Aanbieder", "Soort", "Leefgebied", "Hulpvragen", "Bedrag"]
    assert rows == [
        ["=Leiden", "Geen aanbieder", "Voorschot", "Geen leefgebied", "0", "64,50"],
        ["Gouda", "Exodus", "Traject", "Zorg", "1", "500,00"],
        ["Gouda", "Exodus", "Traject", "Huisvesting", "1", "500,01"],
        ["Hele regio", "Exodus", "Opstartfinanciering", "Geen leefgebied", "0", "12845,35"],
    ]


def test_the_workbook_has_a_sheet_for_each_way_to_look_at_it() -> None:
    sheets = read(as_workbook(account(), NAMES))
    assert list(sheets) == [
        "Samenvatting",
        "Gemeenten",
        "Aanbieders",
        "Soorten",
        "Begrotingsregels",
        "Leefgebieden",
        "Regels",
    ]
    assert [sheets["Gemeenten"][cell] for cell in ("A1", "A3", "C3", "E3", "F3")] == [
        "Gemeente",
        "Gouda",
        20000.0,
        1000.01,
        22999.99,
    ]
    assert [sheets["Leefgebieden"][cell] for cell in ("A3", "B3", "C3", "D3")] == ["Traject", "Zorg", 1.0, 500.0]
    assert sheets["Regels"]["A2"] == "=Leiden"  # a text, and no formula


def test_money_in_the_workbook_is_a_number_that_shows_two_decimals() -> None:
    with ZipFile(BytesIO(as_workbook(account(), NAMES))) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet2.xml"))
        styles = ElementTree.fromstring(parts.read("xl/styles.xml"))
    cell = sheet.find(".//x:c[@r='C3']", NAMESPACE)
    assert cell is not None
    assert "t" not in cell.attrib
    format_of_it = styles.findall("x:cellXfs/x:xf", NAMESPACE)[int(cell.attrib["s"])].attrib["numFmtId"]
    assert format_of_it == "4"  # the built-in #,##0.00


def test_the_same_account_gives_the_same_workbook() -> None:
    assert as_workbook(account(), NAMES) == as_workbook(account(), NAMES)


def read(workbook: bytes) -> dict[str, Sheet]:
    """The cells of each sheet, by its name."""
    with ZipFile(BytesIO(workbook)) as parts:
        names = ElementTree.fromstring(parts.read("xl/workbook.xml")).findall("x:sheets/x:sheet", NAMESPACE)
        strings = ElementTree.fromstring(parts.read("xl/sharedStrings.xml")).findall("x:si/x:t", NAMESPACE)
        texts = [str(each.text) for each in strings]
        return {
            each.attrib["name"]: cells(parts.read(f"xl/worksheets/sheet{place}.xml"), texts)
            for place, each in enumerate(names, start=1)
        }


def cells(sheet: bytes, texts: list[str]) -> Sheet:
    found = ElementTree.fromstring(sheet).findall(".//x:c", NAMESPACE)
    values = {cell.attrib["r"]: (cell.attrib.get("t"), str(cell.findtext("x:v", "", NAMESPACE))) for cell in found}
    return {place: texts[int(value)] if kind == "s" else float(value) for place, (kind, value) in values.items()}
