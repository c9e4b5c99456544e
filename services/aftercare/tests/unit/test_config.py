from pathlib import Path

import pytest

from services.aftercare.config import load_houses
from shared.configuration import ProfilesError

HOUSES = Path(__file__).resolve().parents[4] / "houses"


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


def test_a_profile_without_aftercare_of_its_own_still_serves(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text('house = "small"\ntables = []\nlife_domains = [{code = "care"}]\n')
    assert load_houses(tmp_path)["small"].transition_houses == {}


def test_a_provider_is_reached_as_a_partner_of_the_house(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(
        'house = "small"\ntables = []\nlife_domains = [{code = "care"}]\nproviders = [{code = "a", partner = "b"}]\n'
    )
    with pytest.raises(ProfilesError, match=r"small.toml: providers\[0\].partner: is not a partner of this house"):
        load_houses(tmp_path)
