"""Somebody is forgotten on request, once another person confirms it and no case runs."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.forgettings import handlers, lookups
from services.intake.forgettings.messages import AskForgetting, ForgettingList
from services.intake.forgettings.rules import (
    AtTable,
    ForgettingDecision,
    IdentityInDoubt,
    InAftercareNow,
    OnAgenda,
    SecondPersonConfirms,
    UnknownForgetting,
)
from services.intake.subjects.rules import UnknownSubject
from services.intake.tests.assigned import detained
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, HOUSE
from services.intake.tests.identity_conflicts.test_conflicts import sofie
from services.intake.tests.matches.test_matches import PIET, SLIP, decide, proposed
from services.intake.tests.referrals.test_repeats import tell
from services.intake.tests.relations.test_members import ELS, refer
from services.intake.work.lookups import forgettings
from shared.web import Caller


def caller(id: str) -> Caller:
    roles = frozenset({"intake_officer"})
    return Caller(id=id, name=id.title(), house=HOUSE.id, roles=roles, organisation=HOUSE.id, origin="desk")


ILSE, PRIYA = caller("ilse"), caller("priya")


def ask(desk: Desk, subject_id: UUID) -> UUID:
    with desk.unit() as unit:
        return handlers.ask(ILSE, AskForgetting(subject_id=subject_id, ground="unlawful"), unit)


def confirm(desk: Desk, id: UUID, decision: ForgettingDecision = "forget", by: Caller = PRIYA) -> None:
    with desk.unit() as unit:
        handlers.decide(by, id, decision, unit)


def listed(desk: Desk) -> ForgettingList:
    with desk.unit() as unit:
        return lookups.forgettings(HOUSE.id, unit)


def quiet(desk: Desk, **told: Any) -> UUID:
    """Somebody whom no briefing weighs any more."""
    subject_id = desk.notice(**told)
    settle(desk)
    return subject_id


def settle(desk: Desk) -> None:
    desk.rows("UPDATE openings SET last_day = '2015-06-20' WHERE last_day IS NULL RETURNING 1")


def left(desk: Desk) -> list[UUID]:
    return [id for (id,) in desk.rows("SELECT subject_id FROM subjects WHERE data_key <> ''")]


def test_somebody_is_forgotten_once_a_second_person_confirms_it(desk: Desk) -> None:
    subject_id, other = quiet(desk, **PIET), quiet(desk, familyName="Visser")
    asked = ask(desk, subject_id)
    assert asked == ask(desk, subject_id)
    [waiting] = listed(desk).waiting
    assert (waiting.forgetting_id, waiting.subject_id, waiting.asked_by) == (asked, subject_id, "Ilse")
    with pytest.raises(SecondPersonConfirms):
        confirm(desk, asked, by=ILSE)
    confirm(desk, asked)
    assert left(desk) == [other]
    [told] = desk.announced("subjects.forgotten.v1")
    assert told["data"]["subjectId"] == str(subject_id)
    [decided] = listed(desk).decided
    assert (decided.ground, decided.decision, decided.decided_by) == ("unlawful", "forget", "Priya")
    assert str(subject_id) not in str(desk.rows("SELECT * FROM forgettings"))
    with pytest.raises(UnknownForgetting):
        confirm(desk, asked)


def test_who_asked_may_take_it_back_and_it_can_be_asked_anew(desk: Desk) -> None:
    subject_id = quiet(desk)
    confirm(desk, ask(desk, subject_id), "keep", by=ILSE)
    assert (left(desk), desk.announced("subjects.forgotten.v1")) == ([subject_id], [])
    assert listed(desk).waiting == ()
    assert ask(desk, subject_id)


def test_what_somebody_asked_is_work_of_everybody_else_who_can_confirm_it(desk: Desk) -> None:
    subject_id = quiet(desk, **PIET)
    asked = ask(desk, subject_id)

    def work(of: Caller) -> list[str]:
        with desk.unit() as unit:
            return [item.object_id for item in forgettings(of, unit)]

    assert (work(ILSE), work(PRIYA)) == ([], [str(asked)])
    confirm(desk, asked)
    assert work(PRIYA) == []


def test_all_records_of_a_person_are_forgotten(desk: Desk) -> None:
    piet, slip = quiet(desk, **PIET), quiet(desk, **SLIP)
    decide(desk, proposed(desk, piet, slip), "merge")
    confirm(desk, ask(desk, slip))
    assert left(desk) == []


def test_nobody_is_forgotten_while_a_case_runs(desk: Desk) -> None:
    subject_id = desk.notice(**PIET)
    with pytest.raises(OnAgenda):
        ask(desk, subject_id)
    settle(desk)
    asked = ask(desk, subject_id)
    tell(desk, subject_id, "table-cases.opened.v1")
    with pytest.raises(AtTable):
        confirm(desk, asked)
    assert left(desk) == [subject_id]
    tell(desk, subject_id, "table-cases.closed.v1")
    confirm(desk, asked)
    assert left(desk) == []


def test_nobody_is_forgotten_whose_family_waits_for_a_briefing(desk: Desk) -> None:
    els = quiet(desk, **ELS)
    family = refer(desk, ELS)
    with pytest.raises(OnAgenda):
        ask(desk, els)
    settle(desk)
    confirm(desk, ask(desk, els))
    assert left(desk) == [family]


def test_nobody_is_forgotten_whom_aftercare_follows(desk: Desk) -> None:
    detained(desk)
    desk.rows("UPDATE openings SET last_day = '2015-06-20' WHERE purpose = 'briefing' RETURNING 1")
    with pytest.raises(InAftercareNow):
        ask(desk, left(desk)[0])


def test_nobody_is_forgotten_whom_a_referral_in_doubt_may_be_about(desk: Desk) -> None:
    sofie(desk)
    settle(desk)
    [(conflicts_with,)] = desk.rows("SELECT conflicts_with FROM set_aside")
    with pytest.raises(IdentityInDoubt):
        ask(desk, conflicts_with[0])


def test_whoever_is_known_from_sealed_matters_alone_is_unknown(desk: Desk) -> None:
    sealed = {
        "subject": {"kind": "person", "municipality": "Dorp", **PIET},
        "reference": "C-9",
        "concern": "Hij werft.",
    }
    desk.send(sealed | {"theme": "hidden"}, CONTACT, type="current-referrals.submitted.v1")
    for subject_id in (*left(desk), uuid4()):
        with pytest.raises(UnknownSubject):
            ask(desk, subject_id)
