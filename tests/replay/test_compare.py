import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from replay.compare import COMPARED, compare, exit_status, in_published_shape
from replay.house import load_house
from replay.planner import plan
from replay.published import Year, read_year
from replay.script import Script
from replay.table import as_text

FILE = Path("data/hollands-midden-2015.json")
PUBLISHED = read_year(FILE)
SLIP = replace(PUBLISHED, decisions=PUBLISHED.decisions | {"escalate": 5})


def script_of(year: Year) -> Script:
    return plan(year, load_house(Path("houses/hollands-midden.toml")))


def report_of(script: Script) -> dict[str, Any]:
    """What reporting gives when all went as planned: also what is not published."""
    return copy.deepcopy(script.year.as_published()) | {"by_referrer": []}


def verdicts(year: Year, script: Script, report: dict[str, Any]) -> dict[str, str]:
    return {line.figure: line.verdict for line in compare(year, script, report) if line.verdict != "equal"}


def test_a_year_that_is_met_ends_well_though_other_figures_contradict_each_other() -> None:
    script = script_of(PUBLISHED)
    lines = compare(PUBLISHED, script, report_of(script))
    assert exit_status(lines) == 0
    assert verdicts(PUBLISHED, script, report_of(script)) == {
        "subjects_seen_n_times.4": "contradiction",
        "subjects_seen_n_times.7+": "contradiction",
    }
    text = as_text(lines, script)
    assert "imply at least 1478 weighed_referrals, not 1469" in text
    assert "141 of 141 compared figures are equal." in text


def test_a_published_slip_is_named_and_has_an_exit_status_of_its_own() -> None:
    script = script_of(SLIP)
    lines = compare(SLIP, script, report_of(script))
    assert exit_status(lines) == 3
    assert verdicts(SLIP, script, report_of(script))["decisions.bilateral"] == "contradiction"


def test_a_figure_that_the_platform_gets_wrong_is_no_contradiction() -> None:
    script = script_of(SLIP)
    report = report_of(script)
    report["decisions"]["bilateral"] -= 1
    assert verdicts(SLIP, script, report)["decisions.bilateral"] == "DIFFERENT"
    assert exit_status(compare(SLIP, script, report)) == 1


@pytest.mark.parametrize("key", COMPARED)
def test_no_compared_figure_may_be_missing_from_the_report(key: str) -> None:
    script = script_of(PUBLISHED)
    report = report_of(script)
    report[key] = {} if isinstance(report[key], dict) else 0 if isinstance(report[key], int) else ()
    assert exit_status(compare(PUBLISHED, script, report)) == 1


def test_what_the_platform_counts_beyond_the_published_rows_differs() -> None:
    script = script_of(PUBLISHED)
    report = report_of(script)
    row = {"municipality": "Elders", "briefing": 1, "aftercare": 0, "focus": 0, "total": 1}
    report["by_municipality"] = [*report["by_municipality"], row]
    assert verdicts(PUBLISHED, script, report)["by_municipality.Elders.briefing"] == "DIFFERENT"


def test_the_report_is_written_under_the_keys_and_in_the_order_of_the_file() -> None:
    script = script_of(PUBLISHED)
    report = report_of(script)
    report["by_municipality"] = list(reversed(report["by_municipality"]))
    file = json.loads(FILE.read_text(encoding="utf-8"))
    shaped = json.loads(json.dumps(in_published_shape(PUBLISHED, report)))
    assert shaped == {key: file[key] for key in ("house", "year", *COMPARED)}
    assert list(shaped["by_municipality"][0]) == list(file["by_municipality"][0])


def test_a_reader_sees_each_municipality_on_one_line_and_what_differs() -> None:
    script = script_of(PUBLISHED)
    report = report_of(script)
    gouda = next(row for row in report["by_municipality"] if row["municipality"] == "Gouda")
    gouda["briefing"] -= 1
    lines = as_text(compare(PUBLISHED, script, report), script).splitlines()
    (line,) = [line for line in lines if line.strip().startswith("Gouda")]
    assert "494 | 493" in line
    assert "103 | 103" in line
    assert line.endswith("DIFFERENT")
    leiden = "Leiden 597 | 597 146 | 146 36 | 36 779 | 779 equal"
    assert leiden in [" ".join(line.split()) for line in lines]
