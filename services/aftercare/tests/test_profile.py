from pathlib import Path

import pytest

from services.aftercare.profile import load_houses
from services.aftercare.settings import AftercareSettings
from shared.configuration import ProfilesError, declared_settings

HOUSES = Path(__file__).resolve().parents[3] / "houses"


def test_the_shipped_profile_gives_five_life_domains_and_the_aftercare_table() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.life_domains == ("identity", "housing", "income_work", "debts", "care")
    assert house.aftercare_tables == {"aftercare"}


def test_the_shipped_profile_gives_providers_kinds_of_trajectories_and_the_house_in_gouda() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert house.providers["leger-des-heils"].partner == "leger-des-heils"
    assert house.trajectory_kinds["work_training"] == ("intake", "preparation", "training", "diploma", "work")
    assert house.transition_houses["gouda"].places == 6
    assert "Gouda" in house.municipalities


SMALL = 'house = "small"\ntables = []\nlife_domains = [{code = "care", name = "Zorg"}]\n'


def test_a_profile_without_aftercare_of_its_own_still_serves(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(
        'house = "small"\ntables = []\nlife_domains = [{code = "care", name = "Zorg"}]\n'
    )
    assert load_houses(tmp_path)["small"].transition_houses == {}


def test_a_provider_is_reached_as_a_partner_of_the_house(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(SMALL + 'providers = [{code = "a", name = "A", partner = "b"}]\n')
    with pytest.raises(ProfilesError, match=r"small.toml: providers\[0\].partner: is not a partner of this house"):
        load_houses(tmp_path)


def test_the_shipped_profile_plans_backwards_from_a_release() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert [(each.code, each.days_before) for each in house.preparations] == [
        ("conversation", 42),
        ("plan", 28),
        ("identity", 21),
        ("housing", 14),
        ("plan_accepted", 7),
    ]
    assert (house.recurrence_years, house.climbs_after_days) == (2, 7)


def test_a_preparation_is_one_that_the_service_knows_when_it_is_ready(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(
        SMALL + 'preparations = [{code = "haircut", name = "Kapper", days_before = 1}]\n'
    )
    with pytest.raises(
        ProfilesError, match=r"preparations\[0\].code: 'haircut' is not one of \['conversation', 'plan'"
    ):
        load_houses(tmp_path)


def test_the_watch_may_be_switched_off_and_is_not_more_than_that() -> None:
    [setting] = [each for each in declared_settings(AftercareSettings) if each.name == "WATCH_SECONDS"]
    assert setting.parse("0") == 0
    with pytest.raises(ValueError):
        setting.parse("-1")


def test_the_shipped_profile_says_which_municipalities_do_their_own_aftercare() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert {"Alphen aan den Rijn", "Katwijk"} <= house.own_aftercare < house.municipalities
