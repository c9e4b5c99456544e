import filecmp
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, given, settings

from replay.house import load_house
from replay.profile import prepare
from replay.published import Year, read_year
from services.aftercare.profile import load_houses as load_for_aftercare
from services.intake.profile import load_houses as load_for_intake
from services.meetings.profile import load_houses as load_for_meetings
from services.reporting.profile import load_houses as load_for_reporting
from services.weighing.profile import load_houses as load_for_weighing
from tests.replay.years import row, years

SHIPPED = Path("houses")
PUBLISHED = read_year(Path("data/hollands-midden-2015.json"))
MERGED = replace(
    PUBLISHED,
    by_municipality=(
        *(row for row in PUBLISHED.by_municipality if row.municipality not in ("Noordwijk", "Noordwijkerhout")),
        row("Noord & Hout", 66, 25, 0),
    ),
    sub_regions={
        "Holland Rijnland": [
            *(name for name in PUBLISHED.sub_regions["Holland Rijnland"] if not name.startswith("Noordwijk")),
            "Noord & Hout",
        ],
        "Midden Holland": PUBLISHED.sub_regions["Midden Holland"],
    },
)


def test_a_year_of_the_shipped_house_runs_on_the_shipped_profile(tmp_path: Path) -> None:
    file = prepare(PUBLISHED, SHIPPED, tmp_path)
    assert filecmp.cmp(file, SHIPPED / "hollands-midden.toml", shallow=False)


def test_a_year_with_merged_municipalities_gets_a_profile_of_its_own(tmp_path: Path) -> None:
    house = load_house(prepare(MERGED, SHIPPED, tmp_path))
    shipped = load_house(SHIPPED / "hollands-midden.toml")
    assert "Noordwijk" not in house.places
    assert "gemeente-noordwijk" not in house.partners
    merged = house.places["Noord & Hout"]
    assert (merged.sub_region, merged.contact) == ("Holland Rijnland", "gemeente-noord-en-hout")
    assert "information-requests.sent.v1" in house.partners["gemeente-noord-en-hout"].may_get
    assert house.places["Katwijk"] == shipped.places["Katwijk"]
    assert house.places["Geen GBA"] == shipped.places["Geen GBA"]
    assert house.decisions == shipped.decisions


def test_another_house_gets_a_profile_beside_the_shipped_one(tmp_path: Path) -> None:
    rows = (row("Haarlem", 10, 1, 0), row("Buiten regio", 1, 0, 0))
    other = replace(PUBLISHED, house="kennemerland", by_municipality=rows, sub_regions={"Kennemerland": ["Haarlem"]})
    house = load_house(prepare(other, SHIPPED, tmp_path))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["hollands-midden.toml", "kennemerland.toml"]
    assert list(house.places) == ["Haarlem", "Buiten regio"]
    assert list(house.weekdays) == ["Kennemerland"]
    assert "top60" not in house.tables
    assert "top60" not in house.decisions


def test_profiles_of_an_earlier_run_are_gone(tmp_path: Path) -> None:
    prepare(replace(PUBLISHED, house="elders", sub_regions={}), SHIPPED, tmp_path)
    prepare(PUBLISHED, SHIPPED, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["hollands-midden.toml"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(year=years(most_people=3))
def test_every_service_reads_a_derived_profile(year: Year, tmp_path: Path) -> None:
    directory = Path(mkdtemp(dir=tmp_path))  # a service reads a directory once
    prepare(year, SHIPPED, directory)
    assert load_for_weighing(directory).keys() >= {year.house}
    assert load_for_meetings(directory)[year.house].tables
    assert load_for_aftercare(directory)[year.house].aftercare_tables
    places = [row.municipality for row in year.by_municipality]
    assert set(load_for_intake(directory)[year.house].municipalities) >= set(places)
    assert set(load_for_reporting(directory)[year.house].places) >= set(places)
