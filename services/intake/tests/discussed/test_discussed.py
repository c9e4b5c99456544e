"""The prosecutor hears whether a person is discussed: yes or no and whom to ask for, and nothing more."""

from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest

from services.intake.discussed.handlers import whether_discussed
from services.intake.discussed.messages import Discussed, WhetherDiscussed
from services.intake.discussed.rules import MOST_A_DAY, AskedTooOften, NothingToGoBy, NotTheProsecutor, who_knows
from services.intake.discussed.store import DiscussedStore
from services.intake.pre_sorting.handlers import say_worrying
from services.intake.pre_sorting.messages import SayWorrying
from services.intake.subjects.messages import AboutWhom
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, DETENTION, HOUSE, POLICE, PRISONS
from shared.audit.rules import Concerned, Deed
from shared.web import Caller

PIET: dict[str, Any] = {"bsn": BSN, "familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03"}
NAMED = AboutWhom(family_name="Jansen", given_names="Piet", birth_date="1990-02-03")
ASKING = Deed(
    action="see",
    operation="show",
    actor="petra",
    actor_name="Petra",
    organisation="om",
    origin="desk",
    house=HOUSE.id,
    correlation_id=UUID(int=1),
)
NO = Discussed(discussed=False, ask_for=None)


def asker(organisation: str = "om") -> Caller:
    roles = frozenset({"zsm_desk"})
    return Caller(id="petra", name="Petra", house=HOUSE.id, roles=roles, organisation=organisation, origin="desk")


def ask(desk: Desk, about: AboutWhom = NAMED, **caller: str) -> Discussed:
    with desk.unit() as unit:
        return whether_discussed(asker(**caller), WhetherDiscussed(about=about, why="custody"), unit)


def told(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT subject_id, disclosed_to, purpose FROM disclosures")


def at_table(desk: Desk, subject_id: UUID, table: str, type: str = "table-cases.opened.v1") -> None:
    [(case_id,)] = desk.rows("SELECT case_id FROM subjects WHERE subject_id = %s", subject_id)
    opened = {"tableCaseId": str(UUID(int=1)), "table": table, "openedOn": "2015-06-01"}
    desk.hear(type, opened, case_id=UUID(str(case_id)))


def detained(desk: Desk) -> tuple[UUID, str]:
    """Piet's detention, which no briefing weighs: his case and the detention."""
    notice = DETENTION | {"subject": {"kind": "person", "municipality": "Stad", **PIET}}
    desk.send(notice, PRISONS, type="detention-notices.submitted.v1")
    [event] = desk.announced("detentions.registered.v1")
    return UUID(event["subject"]), event["data"]["detentionId"]


def test_whoever_is_to_be_weighed_or_at_a_table_is_discussed_until_that_ends(desk: Desk) -> None:
    assert ask(desk) == NO
    piet = desk.notice(**PIET)
    assert ask(desk, AboutWhom(bsn=BSN)) == Discussed(discussed=True, ask_for="information_coordinator")
    desk.rows("UPDATE openings SET last_day = '2015-06-02' RETURNING 1")
    assert ask(desk) == NO
    at_table(desk, piet, "focus")
    assert ask(desk) == Discussed(discussed=True, ask_for="process_director")
    at_table(desk, piet, "focus", "table-cases.closed.v1")
    assert ask(desk) == NO
    at_table(desk, piet, "aftercare")
    assert ask(desk) == Discussed(discussed=True, ask_for="aftercare_coordinator")


def test_whoever_is_detained_is_discussed_until_aftercare_asks_for_the_last_time(desk: Desk) -> None:
    detained(desk)
    for last_day, discussed in (("2016-01-31", True), ("2015-07-02", True), ("2015-07-01", False)):
        desk.rows("UPDATE openings SET last_day = %s RETURNING 1", last_day)
        assert ask(desk) == (Discussed(discussed=True, ask_for="aftercare_coordinator") if discussed else NO)


def test_a_trajectory_is_discussed_until_it_has_ended(desk: Desk) -> None:
    case_id, detention_id = detained(desk)
    trajectory = {"assignmentId": str(UUID(int=2)), "partner": "exodus", "kind": "trajectory", "needs": ["housing"]}
    desk.hear("assignments.given.v1", trajectory | {"trajectoryKind": "guidance"}, case_id=case_id)
    desk.hear("detentions.withdrawn.v1", {"detentionId": detention_id}, case_id=case_id)
    assert ask(desk) == Discussed(discussed=True, ask_for="aftercare_coordinator")
    desk.hear("trajectories.ended.v1", {"trajectoryId": str(UUID(int=2))}, case_id=case_id)
    assert ask(desk) == NO


def test_whoever_is_held_back_is_discussed_only_once_somebody_says_that_it_is_worrying(desk: Desk) -> None:
    desk.notice(**PIET, municipality="Stad")
    assert ask(desk) == NO
    [(referral_id,)] = desk.rows("SELECT referral_id FROM held_back")
    with desk.unit() as unit:
        say_worrying(asker("noord"), UUID(str(referral_id)), SayWorrying(worrying=True), unit)
    assert ask(desk) == Discussed(discussed=True, ask_for="information_coordinator")


def test_a_look_that_finds_somebody_is_kept_with_its_purpose_and_of_others_nothing(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    ask(desk, AboutWhom(family_name="Quispelaar", given_names="Zeno", birth_date="1981-12-24"))
    assert told(desk) == []
    ask(desk)
    assert told(desk) == [(piet, "petra", "zsm_custody")]


def test_the_audit_log_tells_about_whom_was_asked_if_the_house_knows_the_person_also_on_a_no(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    desk.rows("UPDATE openings SET last_day = '2015-06-02' RETURNING 1")
    stranger = AboutWhom(family_name="Quispelaar", given_names="Zeno", birth_date="1981-12-24")
    for about in (NAMED, stranger):
        with desk.unit() as unit:
            assert whether_discussed(asker(), WhetherDiscussed(about=about, why="custody"), unit) == NO
            unit.audit(ASKING, Concerned("subjects", "discussed"), 200)
    kept = "SELECT object_kind, object_id FROM audit_log WHERE operation = 'show' AND {} ORDER BY id"
    assert desk.rows(kept.format("case_id IS NULL")) == [("discussions", "custody")] * 2
    assert desk.rows(kept.format("case_id IS NOT NULL")) == [("subjects", str(piet))]
    assert told(desk) == []


def test_somebody_in_doubt_or_known_from_a_sealed_matter_alone_is_not_discussed(desk: Desk) -> None:
    secret = {"reference": "C-1", "subject": {"kind": "person", "municipality": "Dorp", **PIET}}
    desk.send({**secret, "concern": "worries", "theme": "hidden"}, type="current-referrals.submitted.v1")
    assert ask(desk) == NO
    desk.notice(**PIET)
    assert ask(desk, AboutWhom(bsn=BSN, family_name="Bakker", given_names="Anna", birth_date="1961-07-08")) == NO


@pytest.mark.parametrize(
    "about",
    [
        AboutWhom(),
        AboutWhom(family_name="Jansen", birth_date="1990"),
        AboutWhom(family_name="Jansen", given_names="P.", birth_date="1990-02-03"),
        AboutWhom(kind="family", family_name="Jansen", municipality="Dorp"),
    ],
)
def test_a_part_of_a_name_is_not_enough(desk: Desk, about: AboutWhom) -> None:
    with pytest.raises(NothingToGoBy):
        ask(desk, about)


def test_only_a_partner_that_sends_lists_of_suspects_may_ask_and_not_without_end(desk: Desk) -> None:
    for organisation in (POLICE.id, HOUSE.id, "elsewhere"):
        with pytest.raises(NotTheProsecutor):
            ask(desk, organisation=organisation)
    with patch.object(DiscussedStore, "asked", return_value=MOST_A_DAY), pytest.raises(AskedTooOften):
        ask(desk)


def test_whom_to_ask_for_follows_from_where_somebody_is_discussed() -> None:
    assert who_knows(frozenset(), HOUSE) is None
    assert who_knows(frozenset({"aftercare"}), HOUSE) == "aftercare_coordinator"
    assert who_knows(frozenset({"aftercare", "briefing"}), HOUSE) == "information_coordinator"
    assert who_knows(frozenset({"aftercare", "briefing", "focus"}), HOUSE) == "process_director"
