"""The houses of a country are cut from the one that ships."""

import tomllib

from bench.houses import KEPT_MUNICIPALITIES, KEPT_PARTNERS, kept_of, small_profile
from deploy.local.stack import HOUSES


def test_a_small_house_has_the_partners_and_municipalities_that_are_kept() -> None:
    profile = tomllib.loads(small_profile("house-07"))
    assert profile["house"] == "house-07"
    assert sorted(each["id"] for each in profile["partners"]) == sorted(KEPT_PARTNERS)
    assert sorted(each["name"] for each in profile["municipalities"]) == sorted(KEPT_MUNICIPALITIES)
    shipped = tomllib.loads((HOUSES / "hollands-midden.toml").read_text())
    assert profile["decisions"] == shipped["decisions"]


def test_whatever_names_who_is_gone_is_cut() -> None:
    """A list of the profile that is new, or new in another, needs no word here."""
    known = {"partners": [{"id": "dji"}, {"id": "halt"}], "municipalities": [{"name": "Gouda"}, {"name": "Lisse"}]}
    kinds = [{"code": "x", "places": ["Gouda", "Lisse"], "exceptions": [{"only": ["Lisse"]}, {"by": "dji"}]}]
    new = {"rules": [{"by": "halt"}, {"in": ["Lisse"]}, *kinds]}
    assert kept_of({**known, **new}) == {
        "partners": [{"id": "dji"}],
        "municipalities": [{"name": "Gouda"}],
        "rules": [{"code": "x", "places": ["Gouda"], "exceptions": [{"by": "dji"}]}],
    }
