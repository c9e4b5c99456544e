"""Besproken: the ZSM desk hears whether the house discusses somebody."""

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk

PETRA = Person("p-5501", "Petra Molenkamp", "openbaar-ministerie", {HOUSE: frozenset({"zsm_desk"})})
PATH = "intake", "/v1/subjects/discussed"
TYPED = {"bsn": "999990019", "why": "custody"}
YES = Done({"discussed": True, "askFor": "process_director", "adviceId": None})


@pytest.fixture
def zsm(desk: Desk) -> Desk:
    desk.sign_in(PETRA)
    return desk


def test_yes_or_no_is_told_with_whom_to_ask_for_and_what_was_typed_is_gone(zsm: Desk) -> None:
    zsm.services.results[PATH] = YES
    page = zsm.send("/discussed", "/discussed", **TYPED).text
    assert "Ja, het huis bespreekt deze persoon." in page
    assert "procesregisseur" in page
    assert "999990019" not in page
    [(_, _, body, _, _)] = zsm.services.commands
    assert body == {"about": {"bsn": "999990019"}, "why": "custody"}
    assert zsm.execute("SELECT FROM drafts") == []
    zsm.services.results[PATH] = Done({"discussed": True, "askFor": "aftercare_coordinator", "adviceId": None})
    assert "nazorgcoördinator" in zsm.send("/discussed", "/discussed", **TYPED).text
    zsm.services.results[PATH] = Done({"discussed": False, "askFor": None, "adviceId": None})
    assert "Nee, het huis bespreekt deze persoon niet" in zsm.send("/discussed", "/discussed", **TYPED).text


@pytest.mark.parametrize(
    ("code", "words"), [("nothing_to_go_by", "Vul een BSN in"), ("asked_too_often", "Bel het huis"), ("x", "is wrong")]
)
def test_why_there_is_no_answer_is_said(zsm: Desk, code: str, words: str) -> None:
    zsm.services.results[PATH] = Refused(422, (Problem("about", "is wrong", code),))
    answer = zsm.send("/discussed", "/discussed", **TYPED)
    assert (answer.status_code, words in answer.text, "999990019" in answer.text) == (422, True, True)
    zsm.services.results[PATH] = Missing("intake", "no_answer")
    assert zsm.send("/discussed", "/discussed", **TYPED).status_code == 503
    assert zsm.send("/discussed", "/discussed", bsn="999990019").status_code == 422
