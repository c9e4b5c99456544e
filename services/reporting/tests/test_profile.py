from pathlib import Path

from services.reporting.profile import load_houses

HOUSES = Path(__file__).parents[3] / "houses"


def test_the_shipped_profile_is_read() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.places[-2:] == ("Buiten regio", "Geen GBA")
    assert list(dict.fromkeys(house.decisions.values())) == [
        "focus_or_top60",
        "aftercare",
        "bilateral",
        "voluntary_trajectory",
        "escalate",
        "no_follow_up",
    ]
