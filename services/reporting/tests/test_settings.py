import pytest

from services.reporting.settings import scrape_targets


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
