import shutil
from datetime import date
from pathlib import Path

import pytest

from services.intake.house import ExpectedLists, Municipality
from services.intake.profile import load_houses
from shared.configuration import ProfilesError

HOUSES = Path(__file__).resolve().parents[3] / "houses"


def test_the_shipped_profile_gives_municipalities_partners_and_themes() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert len(house.municipalities) == 21
    assert house.municipalities["Katwijk"] == Municipality(
        name="Katwijk",
        cbs_code="GM0537",
        other_names=("Rijnsburg", "Valkenburg"),
        sub_region="Holland Rijnland",
        own_aftercare=True,
        contact="gemeente-katwijk",
    )
    assert house.municipalities["Buiten regio"].sub_region == "Holland Rijnland"
    assert house.partners["nationale-politie"].may_send == {
        "arrest-notices.submitted.v1",
        "current-referrals.submitted.v1",
        "information-questions.submitted.v1",
        "referral-withdrawals.submitted.v1",
    }
    assert house.user_of("dji") == "hollands-midden.dji"
    assert house.sealed_themes == {"radicalisation": "theme_role"}
    assert house.reference_day == (12, 31)
    details = {"family_name", "given_names", "birth_date", "sex"}
    assert {*(house.told("briefing", {"weighing_team"}) or ())} == details | {
        "concern",
        "offence",
        "risks",
        "urgent_because",
    } | {
        "answer",
        "remark",
    }


def test_the_shipped_profile_says_which_kinds_are_weighed_and_where_they_are_not() -> None:
    house = load_houses(HOUSES)["hollands-midden"]
    assert {kind: house.weighed(kind, "Katwijk") for kind in house.kinds} == {
        "arrest_notice": "if_worrying",
        "detention_notice": "never",
        "current_referral": "always",
        "stalking": "always",
        "human_trafficking": "always",
        "confused_person": "if_worrying",
        "youth_group": "always",
    }
    assert {house.weighed(kind, "Gouda") for kind in ("arrest_notice", "detention_notice")} == {"always"}


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('code = "arrest_notice"', 'code = "arrest"', "referral_kinds: has no entry for 'arrest_notice'"),
        ('weighed = "never"', 'weighed = "if_worrying"', "weighed: is always or never for a detention notice"),
        ('weighed = "never"\nmunicipalities = ["', 'weighed = "never"\nmunicipalities = ["Atlantis", "', "'Atlantis'"),
    ],
)
def test_the_kinds_of_a_profile_are_checked(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    assert right in profile
    (tmp_path / "hollands-midden.toml").write_text(profile.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ProfilesError, match=told):
        load_houses(tmp_path)


@pytest.mark.parametrize("wrong", ["31-12", "02-29", "soon"])
def test_a_reference_day_must_exist_in_every_year(tmp_path: Path, wrong: str) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    (tmp_path / "hollands-midden.toml").write_text(profile.replace('"12-31"', f'"{wrong}"'), encoding="utf-8")
    with pytest.raises(ProfilesError, match=r"reference_day: (Must be MM-DD|'soon' does not match)"):
        load_houses(tmp_path)


@pytest.mark.parametrize("wrong", ["nationale.politie", "Politie", "politie\\n", ""])
def test_a_partner_whose_id_could_mean_something_else_is_refused(tmp_path: Path, wrong: str) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    other = profile.replace('id = "nationale-politie"', f'id = "{wrong}"')
    (tmp_path / "hollands-midden.toml").write_text(other, encoding="utf-8")
    with pytest.raises(ProfilesError, match=r"partners\[\d+\]\.id: (Must be lower-case letters|.* does not match)"):
        load_houses(tmp_path)


def test_a_partner_that_is_asked_service_by_service_hears_what_was_decided(tmp_path: Path) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    deaf = profile.replace('"information-requests.decided.v1"', '"reminders.sent.v1"')
    (tmp_path / "hollands-midden.toml").write_text(deaf, encoding="utf-8")
    with pytest.raises(ProfilesError, match=r"may_get: .* needs information-requests\.decided\.v1"):
        load_houses(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('purpose = "focus"', 'purpose = "curiosity"', "is for 'curiosity', which is no table"),
        ('purpose = "focus"', 'purpose = "information_request"', "has partners and no roles"),
        ('purpose = "information_request"', 'purpose = "briefing"', "otherwise roles alone"),
        ('purpose = "information_request"', 'purpose = "information_request"\npartners = ["nobody"]', "'nobody'"),
    ],
)
def test_what_is_told_needs_a_purpose_of_the_house_and_roles_or_partners(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    (tmp_path / "hollands-midden.toml").write_text(profile.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ProfilesError, match=rf"disclosures\[\d\]: .*{told}"):
        load_houses(tmp_path)


def test_two_houses_stand_beside_each_other(tmp_path: Path) -> None:
    shutil.copy(HOUSES / "hollands-midden.toml", tmp_path)
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    other = profile.replace('house = "hollands-midden"', 'house = "kennemerland"')
    (tmp_path / "kennemerland.toml").write_text(other, encoding="utf-8")
    assert sorted(load_houses(tmp_path)) == ["hollands-midden", "kennemerland"]


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("Kaag en Braassem", "Kaag & Braassem"),
        ("GM1884", "Kaag & Braassem"),
        ("GOUDA", "Gouda"),
        ("Alphen aan den Rijn ", "Alphen aan den Rijn"),
        ("Boskoop", "Alphen aan den Rijn"),
        ("bodegraven - reeuwijk", "Bodegraven-Reeuwijk"),
        ("buiten regio", "Buiten regio"),
    ],
)
def test_a_municipality_is_known_by_every_name_it_has(spelled: str, name: str) -> None:
    place = load_houses(HOUSES)["hollands-midden"].place(spelled)
    assert place
    assert place.name == name


@pytest.mark.parametrize(
    ("code", "spelled"),
    [
        ("pi_alphen_aan_den_rijn", "PI Alphen aan den Rijn"),
        ("pi_alphen_aan_den_rijn", "PI Alphen"),
        ("pi_alphen_aan_den_rijn", "P.I. Alphen aan den Rijn"),
        ("pi_alphen_aan_den_rijn", "Penitentiaire inrichting Alphen aan den Rijn"),
        ("pi_alphen_aan_den_rijn", "pi alphen a/d rijn"),
        ("pi_veenhuizen_norgerhaven", "PI Veenhuizen - locatie Norgerhaven"),
        ("jc_schiphol", "jc_schiphol"),
        ("jc_schiphol", "Detentiecentrum Schiphol"),
        ("other", "Andere inrichting"),
        ("other", "other"),
        (None, "Kasteel"),
    ],
)
def test_an_institution_is_known_by_every_name_it_has(code: str | None, spelled: str) -> None:
    assert load_houses(HOUSES)["hollands-midden"].institution(spelled) == code


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('code = "other"\nname = "Andere', 'code = "another"\nname = "Andere', "has no entry for 'other'"),
        ('name = "PI Lelystad"', 'name = "PI Almere"', "more than one is called 'pialmere'"),
    ],
)
def test_every_house_has_an_institution_for_those_that_are_not_listed_and_no_name_twice(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    assert right in profile
    (tmp_path / "hollands-midden.toml").write_text(profile.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ProfilesError, match=f"institutions: {told}"):
        load_houses(tmp_path)


def test_a_profile_says_when_lists_of_suspects_come(tmp_path: Path) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    lists = 'weekdays = ["tuesday"]\nmissed = 1\nexpected_from = "2026-12-01"\n'
    (tmp_path / "hollands-midden.toml").write_text(profile.replace("missed = 2\n", lists), encoding="utf-8")
    expected = ExpectedLists(weekdays=frozenset({1}), missed=1, expected_from=date(2026, 12, 1))
    assert load_houses(tmp_path)["hollands-midden"].suspect_lists == expected


@pytest.mark.parametrize("wrong", ["weekdays = []", 'weekdays = ["sunday"]', "missed = 0", 'expected_from = "soon"'])
def test_lists_of_suspects_that_could_never_come_are_refused(tmp_path: Path, wrong: str) -> None:
    profile = (HOUSES / "hollands-midden.toml").read_text(encoding="utf-8")
    (tmp_path / "hollands-midden.toml").write_text(profile.replace("missed = 2", wrong), encoding="utf-8")
    with pytest.raises(ProfilesError, match="suspect_lists"):
        load_houses(tmp_path)
