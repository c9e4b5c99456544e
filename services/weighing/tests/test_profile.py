import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from services.weighing.criteria.rules import COUNT_TOGETHER
from services.weighing.house import DecisionRule, Force, ReasonRule
from services.weighing.profile import load_houses
from shared.configuration import ProfilesError

HOUSES = Path(__file__).resolve().parents[3] / "houses"
PROFILE = "hollands-midden.toml"


def spoiled(directory: Path, before: str, after: str) -> Path:
    """A directory with the shipped profile in which the first `before` (a pattern) reads `after`."""
    text = (HOUSES / PROFILE).read_text(encoding="utf-8")
    changed = re.sub(before, after, text, count=1)
    assert changed != text
    (directory / PROFILE).write_text(changed, encoding="utf-8")
    return directory


def test_the_shipped_profile_gives_weekdays_contacts_and_team() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.briefing_weekdays == {"Holland Rijnland": 1, "Midden Holland": 3}
    assert house.contacts["Kaag & Braassem"] == "gemeente-kaag-en-braassem"
    assert house.contacts["Geen GBA"] is None
    assert {"nationale-politie", "dji"} <= house.team_partners


def test_every_partner_of_the_covenant_may_be_asked_and_those_with_a_system_are_by_message() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert {"fivoor", "reclassering-nederland", "jeugdbescherming-west", "gemeente-katwijk"} <= house.may_be_asked
    assert house.hear_questions == {"ggd-hollands-midden", *filter(None, house.contacts.values())}
    assert {"ggd-hollands-midden", "gemeente-katwijk", "gemeente-alphen-aan-den-rijn"} <= house.hear_reminders


def test_prisons_and_municipalities_are_core_partners_and_providers_are_not() -> None:
    partners = tomllib.loads((HOUSES / PROFILE).read_text(encoding="utf-8"))["partners"]
    others = {partner["id"] for partner in partners if partner["bond"] != "core"}
    assert others == {"leger-des-heils", "exodus", "werkshop"}


def test_the_shipped_profile_gives_the_rules_of_decisions_and_reasons() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.decisions["focus"] == DecisionRule(opens_table="focus", own_action=True, criteria=house.criteria)
    assert house.decisions["top60"] == DecisionRule(
        opens_table="top60", own_action=True, municipalities=frozenset({"Gouda"})
    )
    assert house.decisions["aftercare"] == DecisionRule(
        opens_table="aftercare", own_action=True, ages=frozenset({"18_to_23", "23_and_over", "unknown"}), families=False
    )
    assert house.decisions["escalate"] == DecisionRule(escalates=True, follow_ups=frozenset({"bring_escalation"}))
    assert house.decisions["no_follow_up"] == DecisionRule(needs_reason=True)
    assert house.decisions["bilateral"].own_action
    assert house.decisions["voluntary_trajectory"].own_action
    assert house.reasons["deferred"] == ReasonRule(
        comes_back=True, follow_ups=frozenset({"ask_supervisor", "ask_partner"})
    )
    assert house.reasons["not_fitting"] == ReasonRule(needs_destination=True)


def test_the_shipped_profile_knows_the_criteria_that_count_together() -> None:
    assert load_houses(HOUSES)["hollands-midden"].criteria > COUNT_TOGETHER


def test_the_shipped_profile_knows_since_when_a_law_is_a_ground_and_where_referrals_go() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.legal_grounds == {"covenant": Force(), "wgs": Force(first=date(2025, 3, 1))}
    assert {"neighbourhood_team", "veilig_thuis"} < house.destinations
    assert house.need_consent == {"neighbourhood_team"}
    assert house.of_case_holders == {"follow_running_plan"}
    assert house.ask_all == {"ask_supervisor", "ask_partner"}
    assert {"mayor", "steering_group"} < house.addressees


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('briefing_weekday = "tuesday"', 'briefing_weekday = "sunday"', "sub_regions[0].briefing_weekday"),
        ('sub_region = "Holland Rijnland"', 'sub_region = "Atlantis"', "municipalities[0].sub_region"),
        ('contact = "gemeente-gouda"', 'contact = "nobody"', "municipalities[2].contact"),
        (r'needs_follow_up = \["settle', 'needs_follow_up = ["unsettle', "decisions[3].needs_follow_up[0]"),
        ('opens_table = "focus"', 'opens_table = "kitchen"', "decisions[0].opens_table"),
        (r'municipalities = \["Gouda"\]', 'municipalities = ["Atlantis"]', "tables[1].municipalities[0]"),
        ("answer_days_before = 1", "answer_days_before = -1", "briefing.answer_days_before"),
        ('on_holiday = "next_working_day"', 'on_holiday = "shorter"', "briefing.on_holiday"),
        (r'asks_criteria = \["national"', 'asks_criteria = ["local"', "tables[0].asks_criteria[0]"),
        ('valid_from = "2025-03-01"', 'valid_from = "March"', "legal_grounds[1].valid_from"),
        (r"(?s)\[\[destinations\]\].*?(?=\[\[criteria)", "", "destinations"),
        (r"(?s)\[\[addressees\]\].*?(?=\[\[reasons)", "", "addressees"),
    ],
)
def test_a_wrong_profile_is_refused_with_file_and_path(tmp_path: Path, before: str, after: str, problem: str) -> None:
    with pytest.raises(ProfilesError, match=re.escape(f"{PROFILE}: {problem}: ")):
        load_houses(spoiled(tmp_path, before, after))
