import pytest

from services.reporting.operations.samples import samples_in
from services.reporting.watch.answers import Sample


def test_only_what_the_page_uses_is_read_of_a_process_s_metrics() -> None:
    text = (
        "# HELP messaging_parked messages set aside\n# TYPE messaging_parked gauge\n"
        'messaging_parked{queue="intake"} 3.0\nprocess_cpu_seconds_total 12.5\n'
    )
    assert samples_in(text) == [Sample("messaging_parked", {"queue": "intake"}, 3.0)]


def test_what_is_no_metrics_text_is_refused() -> None:
    with pytest.raises(ValueError):
        samples_in("messaging_parked{queue= <html>")
