"""An officer records who belongs with whom; both see it, weighing hears it, and a slip is taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from services.intake.referrals.lookups import case
from services.intake.relations import handlers, lookups
from services.intake.relations.messages import RecordRelation, RelationView
from services.intake.relations.rules import (
    BeforeSince,
    CannotBeRelated,
    EndedOrWithdrawn,
    NumberOfAnother,
    Role,
    UnknownRelation,
    WithItself,
)
from services.intake.subjects.messages import AboutWhom
from services.intake.subjects.rules import UnknownSubject
from services.intake.tests.desk import HOUSES, Desk
from services.intake.tests.given import BSN, CONTACT, HOUSE, NOW
from services.intake.tests.matches.test_matches import OFFICER, PIET, SLIP, decide, proposed
from services.intake.tests.openings.test_openings import case_of
from services.intake.tests.test_forgetting import QUIET_SINCE, forget
from shared.messaging import Rejected
from shared.web import Caller

ANNA: dict[str, Any] = {"familyName": "Visser", "givenNames": "Anna", "birthDate": "1990-05-06"}
FAMILY: dict[str, Any] = {"kind": "family", "familyName": "Jansen"}
BECAUSE = "Verkeerd dossier."


def relate(desk: Desk, subject_id: UUID, other_id: UUID, role: Role, caller: Caller = OFFICER, **told: Any) -> UUID:
    relation = RecordRelation(subject_id=subject_id, other_id=other_id, role=role, **told)
    with desk.unit() as unit:
        return handlers.record(caller, relation, unit).relation_id


def relations(desk: Desk, subject_id: UUID, purpose: str = "intake") -> tuple[RelationView, ...]:
    with desk.unit() as unit:
        return lookups.relations(HOUSE.id, subject_id, {"family_name"}, to="officer", purpose=purpose, unit=unit).items


def end(desk: Desk, relation_id: UUID, until: date) -> None:
    with desk.unit() as unit:
        handlers.end(OFFICER, relation_id, until, unit)


def withdraw(desk: Desk, relation_id: UUID) -> None:
    with desk.unit() as unit:
        handlers.withdraw(OFFICER, relation_id, BECAUSE, unit)


def changed(desk: Desk) -> list[dict[str, Any]]:
    return [event["data"] for event in desk.announced("relations.changed.v1")]


@pytest.mark.parametrize(
    ("role", "back"), [("parent", "child"), ("child", "parent"), ("sibling", "sibling"), ("ex_partner", "ex_partner")]
)
def test_both_see_what_the_other_is_to_them(desk: Desk, role: Role, back: Role) -> None:
    piet, anna = desk.notice(**PIET), desk.notice(**ANNA)
    relate(desk, piet, anna, role, since=date(2012, 3, 1), source="gemeente")
    [seen], [seen_back] = relations(desk, piet), relations(desk, anna)
    assert (seen.role, seen.other.subject_id, seen.other.details.family_name) == (role, anna, "Visser")
    assert (seen_back.role, seen_back.other.subject_id) == (back, piet)
    assert (seen.since, seen.source, seen.recorded_by) == (date(2012, 3, 1), "gemeente", OFFICER.name)
    assert seen.other.details.birth_date is None, "not needed for this purpose"


def test_a_family_has_members_and_weighing_hears_of_them(desk: Desk) -> None:
    piet, family = desk.notice(**PIET), desk.notice(**FAMILY)
    relation_id = relate(desk, family, piet, "member")
    assert relate(desk, piet, family, "family") == relation_id, "it runs already"
    [event] = desk.announced("relations.changed.v1")
    assert event["subject"] == str(case_of(desk, piet))
    assert event["data"] == {
        "relationId": str(relation_id),
        "kind": "member",
        "subjectId": str(piet),
        "otherId": str(family),
        "otherCaseId": str(case_of(desk, family)),
        "withdrawn": False,
    }


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    piet, slip, family, group = (desk.notice(**who) for who in (PIET, SLIP, FAMILY, FAMILY | {"kind": "group"}))
    for one, other, role in ((piet, family, "parent"), (family, group, "member"), (piet, slip, "member")):
        with pytest.raises(CannotBeRelated):
            relate(desk, one, other, role)  # type: ignore[arg-type]
    with pytest.raises(BeforeSince):
        relate(desk, piet, slip, "sibling", since=date(2015, 2, 1), until=date(2015, 1, 1))
    wrong = RecordRelation(
        subject_id=piet, other_id=slip, about=AboutWhom(birth_date="2016"), role="sibling", source="nobody"
    )
    with desk.unit() as unit, pytest.raises(Rejected) as refused:
        handlers.record(OFFICER, wrong, unit)
    fields = ["source", "otherId", "about.municipality", "about.birthDate"]
    assert [problem.field for problem in refused.value.problems] == fields
    decide(desk, proposed(desk, piet, slip), "merge")
    for other in (piet, slip):
        with pytest.raises(WithItself):
            relate(desk, piet, other, "sibling")
    assert desk.rows("SELECT FROM relations") == []


def test_a_relative_whom_the_house_does_not_know_is_registered_once(desk: Desk) -> None:
    piet, family = desk.notice(bsn=BSN, **PIET), desk.notice(**FAMILY)
    mother = AboutWhom(municipality="kerk en dorp", family_name="Bos", given_names="Els", birth_date="1960-01-02")
    with desk.unit() as unit:
        handlers.record(OFFICER, RecordRelation(subject_id=piet, about=mother, role="parent"), unit)
    [seen] = relations(desk, piet)
    assert (seen.role, seen.other.details.municipality) == ("parent", "Dorp")
    with desk.unit() as unit:
        handlers.record(OFFICER, RecordRelation(subject_id=family, about=mother, role="member"), unit)
    assert [each.role for each in relations(desk, seen.other.subject_id)] == ["family", "child"]
    with desk.unit() as unit, pytest.raises(NumberOfAnother):
        another = replace(mother, bsn=BSN)
        handlers.record(OFFICER, RecordRelation(subject_id=family, about=another, role="member"), unit)


def test_nobody_of_another_house_or_a_sealed_matter_is_related(desk: Desk) -> None:
    piet, elsewhere = desk.notice(**PIET), desk.notice(HOUSES["zuid"], **ANNA)
    told = {"kind": "person", "municipality": "Dorp", **ANNA}
    concern = {"reference": "1", "subject": told, "concern": "x", "theme": "hidden"}
    desk.send(concern, CONTACT, type="current-referrals.submitted.v1")
    [(hidden,)] = desk.rows("SELECT subject_id FROM subjects WHERE sealed_only")
    for other in (elsewhere, hidden, uuid4()):
        with pytest.raises(UnknownSubject):
            relate(desk, piet, other, "partner")


def test_a_relation_ends_once_and_can_then_begin_again(desk: Desk) -> None:
    piet, anna = desk.notice(**PIET), desk.notice(**ANNA)
    first = relate(desk, piet, anna, "partner", since=date(2014, 1, 1))
    with pytest.raises(BeforeSince):
        end(desk, first, date(2013, 12, 31))
    end(desk, first, date(2015, 5, 1))
    with pytest.raises(EndedOrWithdrawn):
        end(desk, first, date(2015, 5, 2))
    again = relate(desk, piet, anna, "partner")
    assert [(each.relation_id, each.until) for each in relations(desk, anna)] == [
        (again, None),
        (first, date(2015, 5, 1)),
    ]
    assert [each.get("until") for each in changed(desk)] == [None, "2015-05-01", None]


def test_a_slip_is_withdrawn_with_a_sealed_reason_and_stays_readable(desk: Desk) -> None:
    piet, anna = desk.notice(**PIET), desk.notice(**ANNA)
    withdraw(desk, relation_id := relate(desk, piet, anna, "partner"))
    [seen] = relations(desk, piet)
    assert (seen.because, seen.withdrawn_by) == (BECAUSE, OFFICER.name)
    assert [each["withdrawn"] for each in changed(desk)] == [False, True]
    assert BECAUSE not in str(
        desk.rows("SELECT relations::text, encode(sealed, 'escape') FROM relations, sealed_texts")
    )
    with pytest.raises(EndedOrWithdrawn):
        withdraw(desk, relation_id)
    with pytest.raises(UnknownRelation):
        withdraw(desk, uuid4())
    assert relate(desk, piet, anna, "partner") != relation_id


def test_records_of_one_person_have_one_family(desk: Desk) -> None:
    piet, slip, family = (desk.notice(**who) for who in (PIET, SLIP, FAMILY))
    decide(desk, proposed(desk, piet, slip), "merge")
    relation_id = relate(desk, slip, family, "family")
    assert relate(desk, piet, family, "family") == relation_id
    [seen] = relations(desk, piet)
    assert (seen.role, seen.other.subject_id) == ("family", family)


def test_whoever_sees_a_family_for_a_purpose_sees_its_members_and_each_look_is_kept(desk: Desk) -> None:
    piet, family = desk.notice(**PIET), desk.notice(**FAMILY)
    relate(desk, piet, family, "family")
    with psycopg.connect(desk.url) as connection:
        connection.execute("DELETE FROM openings WHERE case_id = %s", [case_of(desk, piet)])
    assert [each.other.details.family_name for each in relations(desk, family, "briefing")] == ["Jansen"]
    looks = desk.rows("SELECT subject_id, purpose FROM disclosures ORDER BY position")
    assert looks == [(family, "briefing"), (piet, "briefing")]
    with pytest.raises(UnknownSubject):
        relations(desk, piet, "briefing")


def test_a_relative_of_whom_nothing_was_referred_has_a_case_without_referrals(desk: Desk) -> None:
    piet = desk.notice(**PIET)
    with psycopg.connect(desk.url) as connection:
        connection.execute("DELETE FROM referrals")
    with desk.unit() as unit:
        shown = case(HOUSE.id, case_of(desk, piet), unit)
    assert (shown.subject_id, shown.referrals) == (piet, ())


def test_of_whom_the_house_forgot_no_relation_is_left(desk: Desk) -> None:
    piet, family = desk.notice(**PIET), desk.notice(**FAMILY)
    relate(desk, piet, family, "family")
    with psycopg.connect(desk.url) as connection:
        later = "UPDATE claims SET stated_at = stated_at + interval '1 month' WHERE subject_id = %s"
        connection.execute(later, [family])
    forget(desk, QUIET_SINCE)
    assert desk.rows("SELECT FROM relations") == []
    with desk.unit() as unit:
        later_on = replace(unit, now=lambda: NOW + timedelta(days=1))
        assert lookups.relations(HOUSE.id, family, (), to="x", purpose="intake", unit=later_on).items == ()
