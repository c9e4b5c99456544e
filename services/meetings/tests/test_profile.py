from pathlib import Path

from services.meetings.house import MomentRule
from services.meetings.profile import load_houses

HOUSES = Path(__file__).resolve().parents[3] / "houses"


def test_the_shipped_profile_gives_tables_partners_and_moments() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert {code: (table.once, len(table.scored_on)) for code, table in house.tables.items()} == {
        "focus": (True, 5),
        "top60": (False, 5),
        "aftercare": (False, 0),
    }
    assert house.monitoring_moments[0] == MomentRule(code="week_1", weeks=1)
    assert house.monitoring_moments[-1] == MomentRule(code="month_6", months=6)
    assert "nationale-politie" in house.partners
    assert "Midden Holland" in house.sub_regions
    assert len(house.life_domains) == 5
