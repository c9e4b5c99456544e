"""A small year through all five services, in real processes."""

import json

from tests.end_to_end.playing import SMALL_YEAR, Ending


def test_every_figure_of_a_small_year_comes_out_of_the_events(small_year: Ending) -> None:
    published = json.loads(SMALL_YEAR.read_text())
    assert small_year.figures == {key: published[key] for key in small_year.figures}
    for key in ("subjects_seen_n_times", "focus_outcomes"):
        assert small_year.report[key] == published[key]


def test_nothing_is_left_over_and_only_what_was_sent_wrong_on_purpose_is_parked(small_year: Ending) -> None:
    assert not any(small_year.left.values())
    parked = {service: messages for service, messages in small_year.parked.items() if messages}
    assert parked.keys() == {"intake"}
    assert all(queue.startswith("intake.from.") and kind == "rejected" for queue, kind in parked["intake"])


def test_nothing_is_owed_and_nobody_is_waited_for(small_year: Ending) -> None:
    assert small_year.to_do
    assert not any(small_year.to_do.values())


def test_nobody_left_without_a_plan_or_a_refusal(small_year: Ending) -> None:
    assert small_year.breaches == []


def test_the_prisons_outflow_and_ours_are_explained_line_by_line(small_year: Ending) -> None:
    reconciliation = small_year.reconciliation
    assert (reconciliation["parts"], reconciliation["partsIn"]) == (1, 1)
    summary = reconciliation["summary"]
    assert summary["outflowTheirs"] == sum(each["outflowTheirs"] for each in summary["causes"]) > 0
    assert {"matched"} < {each["finding"] for each in summary["causes"]}
