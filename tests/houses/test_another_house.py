"""A house of which every table, decision, figure and outcome question is another than in Hollands Midden."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from deploy.topology import BadProfile, Topology
from services.aftercare.profile import load_houses as load_for_aftercare
from services.intake.profile import load_houses as load_for_intake
from services.meetings.profile import load_houses as load_for_meetings
from services.reporting.profile import load_houses as load_for_reporting
from services.weighing.profile import load_houses as load_for_weighing

HOUSES = Path(__file__).parent
PROFILE = HOUSES / "midden-land.toml"
LOADERS: Mapping[str, Callable[[Path], Mapping[str, Any]]] = {
    "intake": load_for_intake,
    "weighing": load_for_weighing,
    "meetings": load_for_meetings,
    "aftercare": load_for_aftercare,
    "reporting": load_for_reporting,
}
MISSPELT = {
    "reference_day = ": ("reverence_day = ", "reverence_day: is no key of a profile"),
    "[[outcome_questions]]\n": ("[[outcome_question]]\n", "outcome_question: is no key of a profile"),
    "rhythm = ": ("rythm = ", "tables[0].rythm: is no key of a profile"),
    "escalates = ": ("escalate = ", "decisions[4].escalate: is no key of a profile"),
    "column = ": ("colum = ", "figures[0].colum: is no key of a profile"),
    "weighed = ": ("weighted = ", "referral_kinds[0].weighted: is no key of a profile"),
}


def test_intake_knows_its_partners_and_for_what_somebody_is_told_of() -> None:
    house = load_for_intake(HOUSES)["midden-land"]
    assert {each.purpose for each in house.disclosures} == {
        "intake",
        "briefing",
        "youth_table",
        "top_x",
        "life_course",
        "information_request",
    }
    assert house.partners["politie-midden-land"].may_send


def test_weighing_knows_whom_each_decision_brings_where() -> None:
    decisions = load_for_weighing(HOUSES)["midden-land"].decisions
    assert decisions["to_youth_table"].opens_table == "youth_table"
    assert decisions["to_youth_table"].ages == frozenset({"under_18"})
    assert decisions["to_top_x"].municipalities == frozenset({"Waterdam", "Heideveen"})
    assert [code for code, rule in decisions.items() if rule.criteria] == ["to_top_x"]
    assert [code for code, rule in decisions.items() if rule.escalates] == ["ask_mayor"]


def test_meetings_know_what_each_table_is_scored_on() -> None:
    tables = load_for_meetings(HOUSES)["midden-land"].tables
    assert {id: table.scored_on for id, table in tables.items()} == {
        "youth_table": {"at_school_or_work", "safe_home"},
        "top_x": {"no_new_offence", "at_school_or_work"},
        "life_course": frozenset(),
    }
    assert [id for id, table in tables.items() if not table.monitored] == ["life_course"]


def test_aftercare_knows_the_table_of_which_it_shows_the_cases() -> None:
    assert load_for_aftercare(HOUSES)["midden-land"].aftercare_tables == {"life_course"}


def test_reporting_knows_the_columns_and_the_questions() -> None:
    house = load_for_reporting(HOUSES)["midden-land"]
    assert house.columns == {"youth": "young", "top_x": "top_x", "life_course": "life_course"}
    assert house.questions == ("no_new_offence", "at_school_or_work", "safe_home")
    assert house.escalating == {"ask_mayor"}


def test_the_topology_has_a_user_and_a_queue_for_each_of_its_partners() -> None:
    topology = Topology.load(HOUSES)
    assert "midden-land.detentie-midden-land" in topology.users
    assert "partner.midden-land.gemeente-waterdam.out" in {queue.name for queue in topology.queues}


@pytest.mark.parametrize("right", MISSPELT)
def test_a_misspelt_key_is_refused_by_file_and_path_before_anything_starts(right: str, tmp_path: Path) -> None:
    wrong, told = MISSPELT[right]
    text = PROFILE.read_text(encoding="utf-8").replace(right, wrong, 1)
    (tmp_path / PROFILE.name).write_text(text, encoding="utf-8")
    with pytest.raises(BadProfile) as refused:
        Topology.load(tmp_path)
    assert f"midden-land.toml: {told}" in str(refused.value).splitlines()


@pytest.mark.parametrize("service", LOADERS)
def test_each_service_reads_the_profile_of_a_newer_version(service: str, tmp_path: Path) -> None:
    newer = '\n[[prisons]]\ncode = "other"\n'
    text = PROFILE.read_text(encoding="utf-8").replace("rhythm = ", "newer = true\nrhythm = ", 1)
    (tmp_path / PROFILE.name).write_text(f"{text}{newer}", encoding="utf-8")
    assert LOADERS[service](tmp_path) == LOADERS[service](HOUSES)
