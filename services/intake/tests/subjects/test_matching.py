from uuid import uuid4

from services.intake.subjects.rules import Candidate, Trait, recognise

BSN_GIVEN, NAME_GIVEN = Trait("bsn", "999990019"), Trait("name", "person|jansen|piet|1990-02-03")
PIET, PETER = uuid4(), uuid4()


def test_nobody_known_is_somebody_new() -> None:
    assert recognise([BSN_GIVEN, NAME_GIVEN], []) is None


def test_the_bsn_decides_over_the_name() -> None:
    candidates = [Candidate("name", PETER, False), Candidate("bsn", PIET, True)]
    assert recognise([BSN_GIVEN, NAME_GIVEN], candidates) == PIET


def test_a_person_first_known_by_name_is_the_same_when_the_bsn_comes() -> None:
    assert recognise([BSN_GIVEN, NAME_GIVEN], [Candidate("name", PIET, False)]) == PIET


def test_a_namesake_with_another_bsn_is_somebody_else() -> None:
    assert recognise([BSN_GIVEN, NAME_GIVEN], [Candidate("name", PIET, True)]) is None


def test_without_a_bsn_the_only_one_of_that_name_is_meant() -> None:
    assert recognise([NAME_GIVEN], [Candidate("name", PIET, True)]) == PIET


def test_without_a_bsn_one_of_two_namesakes_is_not_guessed() -> None:
    assert recognise([NAME_GIVEN], [Candidate("name", PIET, True), Candidate("name", PETER, True)]) is None


def test_among_namesakes_the_one_without_a_bsn_is_meant() -> None:
    assert recognise([NAME_GIVEN], [Candidate("name", PIET, True), Candidate("name", PETER, False)]) == PETER
