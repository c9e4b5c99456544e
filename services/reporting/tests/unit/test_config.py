from pathlib import Path

import pytest

from services.reporting.config import load_houses, scrape_targets

HOUSES = Path(__file__).parents[4] / "houses"


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


def test_targets_to_watch_are_names_with_urls() -> None:
    targets = scrape_targets("intake=http://a:1/metrics, broker=http://b:2/metrics/detailed?family=x&family=y")
    assert targets == (
        ("intake", "http://a:1/metrics"),
        ("broker", "http://b:2/metrics/detailed?family=x&family=y"),
    )


@pytest.mark.parametrize("text", ["intake", "intake=file:///etc/passwd", "=http://a"])
def test_what_is_no_target_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        scrape_targets(text)
