"""The invented persons fit the platform: its functions, and the partners of the house that it ships."""

import tomllib
from collections import Counter
from itertools import chain

from deploy.identity.persons import Directory
from deploy.identity.testing import ROOT
from desk.sessions.rules import FUNCTIONS

PEOPLE = Directory.load()
HOUSE = tomllib.loads((ROOT / "houses/hollands-midden.toml").read_text())
OF_A_PARTNER = {
    "municipal_contact",
    "partner_contact",
    "case_holder",
    "participant",
    "provider",
    "zsm_desk",
    "bij_mandate",
}
OF_A_HOUSE = FUNCTIONS - OF_A_PARTNER


def test_there_is_a_person_with_each_function_alone_and_some_have_several() -> None:
    functions = [person.functions["hollands-midden"] for person in PEOPLE.persons]
    assert Counter(each[0] for each in functions if len(each) == 1) == Counter(OF_A_HOUSE | OF_A_PARTNER)
    assert sum(len(each) > 1 for each in functions) == 2


def test_one_person_stands_in_for_another_with_a_function_of_that_other() -> None:
    by_id = {person.id: person for person in PEOPLE.persons}
    told = [(house, each) for person in PEOPLE.persons for house, those in person.standing_in.items() for each in those]
    assert len(told) == 1
    for house, each in told:
        assert set(each["functions"]) <= set(by_id[each["person"]].functions[house])


def test_organisations_are_the_house_or_its_partners() -> None:
    partners = {partner["id"] for partner in HOUSE["partners"]}
    for person in PEOPLE.persons:
        of_a_house = set(chain.from_iterable(person.functions.values())) <= OF_A_HOUSE
        assert person.organisation in ({HOUSE["house"]} if of_a_house else partners), person.login


def test_no_two_persons_are_one() -> None:
    for values in zip(*((person.id, person.login, person.name) for person in PEOPLE.persons), strict=True):
        assert len(set(values)) == len(values)


def test_what_is_printed_has_each_login_with_its_password() -> None:
    text = PEOPLE.as_text({login: f"word-of-{login}" for login in PEOPLE.logins})
    assert all(f"{login:10} word-of-{login}" in text for login in PEOPLE.logins)
