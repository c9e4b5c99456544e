"""A small year through all five services, in real processes."""

import json

import pytest

from tests.playing import SMALL_YEAR, Ending


@pytest.mark.timeout(400)
def test_every_figure_of_a_small_year_comes_out_of_the_events(undisturbed: Ending) -> None:
    published = json.loads(SMALL_YEAR.read_text())
    assert undisturbed.figures == {key: published[key] for key in undisturbed.figures}
    for key in ("subjects_seen_n_times", "focus_outcomes"):
        assert undisturbed.report[key] == published[key]


@pytest.mark.timeout(400)
def test_nothing_is_left_over_and_only_what_was_sent_wrong_on_purpose_is_parked(undisturbed: Ending) -> None:
    assert not any(undisturbed.left.values())
    parked = {service: messages for service, messages in undisturbed.parked.items() if messages}
    assert parked.keys() == {"intake"}
    assert all(queue.startswith("intake.from.") and kind == "rejected" for queue, kind in parked["intake"])
