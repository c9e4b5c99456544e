from pathlib import Path

from services.aftercare.config import load_houses

HOUSES = Path(__file__).resolve().parents[4] / "houses"


def test_the_shipped_profile_gives_five_life_domains_and_the_aftercare_table() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.life_domains == ("identity", "housing", "income_work", "debts", "care")
    assert house.aftercare_tables == {"aftercare"}
