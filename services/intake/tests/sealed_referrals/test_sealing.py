"""The theme's role seals an open referral later, and unseals one; others see a withdrawal, or something new."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest

from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import ContributionsQuery
from services.intake.partners.reader import Ingress
from services.intake.referrals.lookups import registered_referral
from services.intake.referrals.rules import UnknownReferral
from services.intake.sealed_referrals import handlers, lookups
from services.intake.sealed_referrals.messages import SealedReferralView, SealReferral
from services.intake.sealed_referrals.rules import AlreadyDecidedOn, IsOfDetention, UnknownSealedReferral
from services.intake.subjects.handlers import disclosed_like, disclosed_together
from services.intake.tests.desk import SEALER, Desk, partners_reader
from services.intake.tests.given import (
    BSN,
    CONTACT,
    DETENTION,
    HOUSE,
    NOTICE,
    POLICE,
    PRISONS,
    notice,
    person,
)
from shared.audit.rules import Concerned, Deed
from shared.audit.store import AuditStore, Wanted
from shared.functions import THEME_ROLE
from shared.messaging.taking import Taker
from shared.web import Caller

WORRIES = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "Recruits friends.", "theme": "hidden"}


def caller(*roles: str) -> Caller:
    return Caller(id="t-1", name="Thea", house=HOUSE.id, roles=frozenset(roles), organisation=HOUSE.id, origin="desk")


TRAFFICKING = "theme_role_trafficking"
THEA = caller(THEME_ROLE)
DEED = Deed(
    action="see",
    operation="show",
    actor="t-1",
    actor_name="Thea",
    organisation=HOUSE.id,
    origin="desk",
    house=HOUSE.id,
    correlation_id=UUID(int=1),
)
TEAM = caller("weighing_team")


def newest(desk: Desk) -> UUID:
    [*_, (referral_id,)] = desk.rows("SELECT referral_id FROM referrals ORDER BY referral_id")
    return UUID(str(referral_id))


def seal(desk: Desk, referral_id: UUID) -> None:
    with desk.unit() as unit:
        handlers.seal(THEA, SealReferral(referral_id=referral_id, theme="hidden", because="It is recruiting."), unit)


def unseal(desk: Desk, referral_id: UUID) -> UUID:
    with desk.unit() as unit:
        return handlers.unseal(THEA, referral_id, "Not of the theme.", unit)


def shown(desk: Desk, referral_id: UUID) -> SealedReferralView:
    with desk.unit() as unit:
        return lookups.sealed_referral(THEA, referral_id, unit)


def names(desk: Desk, *subject_ids: UUID) -> list[str | None]:
    with desk.unit() as unit:
        told = disclosed_together(HOUSE.id, subject_ids, to="x", purpose="intake", unit=unit)
        return [known.details.family_name for known in told]


def found(desk: Desk) -> list[UUID]:
    """By name and birth date, as for somebody who calls."""
    about = person(family_name="Jansen", given_names="Piet", birth_date="1990-02-03")
    with desk.unit() as unit:
        return [k.subject_id for k in disclosed_like(HOUSE.id, about, to="x", purpose="intake", unit=unit)]


def texts(desk: Desk, case_id: UUID) -> list[Any]:
    query = ContributionsQuery(case_ids=(case_id,), contribution_ids=(), purpose="briefing")
    with desk.unit() as unit:
        return disclosed_contributions(TEAM, query, unit)


def test_the_inbox_shows_what_came_in_sealed_and_what_was_sealed_later(desk: Desk) -> None:
    desk.send(WORRIES, POLICE, type="current-referrals.submitted.v1")
    first = newest(desk)
    desk.send()
    later = newest(desk)
    seal(desk, later)
    with desk.unit() as unit:
        listed = lookups.sealed_referrals(THEA, unit).items
    assert {(item.referral_id, item.theme, item.sealed_at is None) for item in listed} == {
        (first, "hidden", True),
        (later, "hidden", False),
    }
    assert shown(desk, first).details == shown(desk, later).details, "one person in sealed matters"
    written = {text.kind: text.text for text in shown(desk, first).texts}
    assert written["concern"] == "Recruits friends."
    written = {text.kind: text.text for text in shown(desk, later).texts}
    assert (written["offence"], written["because"]) == ("burglary", "It is recruiting.")


def test_the_inbox_says_what_nobody_has_looked_at_since_it_was_told_last(desk: Desk) -> None:
    desk.send(WORRIES, POLICE, type="current-referrals.submitted.v1")
    assert listed(desk) == [False]
    look(desk, newest(desk), status=404)
    assert listed(desk) == [False]
    look(desk, newest(desk), status=200)
    assert listed(desk) == [True]
    desk.send(WORRIES | {"concern": "Recruits more."}, POLICE, type="current-referrals.submitted.v1")
    assert listed(desk) == [False]
    look(desk, newest(desk), status=200)
    assert listed(desk) == [True]


def test_whoever_seals_a_referral_has_seen_it(desk: Desk) -> None:
    desk.send()
    referral_id = newest(desk)
    order = SealReferral(referral_id=referral_id, theme="hidden", because="It is recruiting.")
    with desk.unit() as unit:
        handlers.seal(THEA, order, unit)
        unit.audit(DEED, Concerned("sealed-referrals", ""), 201)
    assert listed(desk) == [True]
    desk.send(notice(offence="recruiting"), time="2015-06-01T10:00:00+02:00")
    assert listed(desk) == [False]


def listed(desk: Desk) -> list[bool]:
    with desk.unit() as unit:
        return [item.seen for item in lookups.sealed_referrals(THEA, unit).items]


def look(desk: Desk, referral_id: UUID, status: int) -> None:
    """As the audit log keeps it of a look at a sealed referral."""
    desk.rows(
        "INSERT INTO audit_log (action, operation, object_kind, object_id, case_id, status, actor, actor_name,"
        " organisation, origin, house, correlation_id) SELECT 'see', 'show_sealed_referral', 'sealed-referrals',"
        " referral_id::text, case_id, %s, 'thea', 'Thea', house, 'people', house, referral_id"
        " FROM referrals JOIN subjects USING (subject_id, house) WHERE referral_id = %s RETURNING id",
        status,
        referral_id,
    )


def test_an_arrest_notice_that_is_sealed_is_withdrawn_to_others_and_nobody_is_known_by_it(desk: Desk) -> None:
    desk.send()
    referral_id = newest(desk)
    with desk.unit() as unit:
        open_one = registered_referral(HOUSE.id, referral_id, unit)
    seal(desk, referral_id)
    seal(desk, referral_id)
    [told] = desk.announced("referrals.withdrawn.v1")
    assert (told["data"]["referralId"], told["subject"]) == (str(referral_id), str(open_one.case_id))
    with desk.unit() as unit, pytest.raises(UnknownReferral):
        registered_referral(HOUSE.id, referral_id, unit)
    assert names(desk, open_one.subject_id) == found(desk) == texts(desk, open_one.case_id) == []
    assert BSN not in str(desk.announced("referrals.withdrawn.v1"))


def test_whoever_is_known_from_a_sealed_referral_alone_is_somebody_new_in_an_open_one(desk: Desk) -> None:
    desk.send()
    sealed_one = newest(desk)
    seal(desk, sealed_one)
    desk.send(notice(reference="PL-2", arrestedOn="2015-05-31"))
    assert shown(desk, sealed_one).details.bsn == BSN
    [subject_id] = found(desk)
    assert names(desk, subject_id) == ["Jansen"]
    assert len(desk.announced("referrals.registered.v1")) == 2


def test_what_others_told_of_a_person_stays_when_one_referral_is_sealed(desk: Desk) -> None:
    desk.send(notice(subject={**NOTICE["subject"], "familyName": "Jansen"}))
    told = {**NOTICE["subject"], "familyName": "Jansen-Bakker"}
    desk.send(notice(reference="PL-2", subject=told, offence="threat"), time="2015-06-01T10:00:00+02:00")
    second = newest(desk)
    with desk.unit() as unit:
        open_one = registered_referral(HOUSE.id, second, unit)
    assert names(desk, open_one.subject_id) == ["Jansen-Bakker"]
    seal(desk, second)
    assert names(desk, open_one.subject_id) == ["Jansen"]
    [left] = texts(desk, open_one.case_id)
    assert left.versions[0].text == "burglary"
    assert {text.text for text in shown(desk, second).texts} >= {"threat"}


def test_a_partner_that_tells_it_again_does_not_bring_it_back_and_gets_the_receipt_of_before(desk: Desk) -> None:
    desk.send()
    seal(desk, newest(desk))
    desk.send(notice(offence="recruiting"))
    somebody_else = {"kind": "person", "municipality": "Dorp", "familyName": "Visser", "birthDate": "1971-04-05"}
    assert [item["data"]["referralId"] for item in desk.announced("referrals.registered.v1")] == [str(newest(desk))]
    first, again = (each for each in desk.announced(HOUSE.user_of(POLICE.id)) if "accepted" in each["type"])
    assert (first["subject"], first["data"]["referralId"]) == (again["subject"], again["data"]["referralId"])
    assert {text.text for text in shown(desk, newest(desk)).texts} >= {"burglary", "recruiting"}
    desk.send(notice(subject=somebody_else))
    assert len(desk.announced("referrals.registered.v1")) == 2, "a suspect in the same matter is told of as ever"


def asked(desk: Desk, referral_id: UUID) -> UUID:
    with desk.unit() as unit:
        subject_id = registered_referral(HOUSE.id, referral_id, unit).subject_id
    request = {"requestId": str(UUID(int=7)), "referralId": str(referral_id), "subjectId": str(subject_id)}
    desk.hear(
        "information-requests.issued.v1", {**request, "partner": "gemeente", "answerBy": "2015-06-04", "asked": None}
    )
    return UUID(int=7)


def answer(desk: Desk, request_id: UUID, text: str) -> None:
    services = [{"service": "housing", "answer": "known", "text": text}]
    told = {"requestId": str(request_id), "answeredOn": "2015-06-01", "services": services}
    desk.send(told, CONTACT, type="information-answers.submitted.v2")


def test_answers_go_with_the_referral_also_those_that_come_later(desk: Desk) -> None:
    desk.send(notice(reference="PL-0", arrestedOn="2015-05-29"))
    desk.send()
    referral_id = newest(desk)
    request_id = asked(desk, referral_id)
    answer(desk, request_id, "Has a house.")
    with desk.unit() as unit:
        case_id = registered_referral(HOUSE.id, referral_id, unit).case_id
    seal(desk, referral_id)
    answer(desk, request_id, "Pays no rent.")
    assert [text.kind for text in texts(desk, case_id)] == ["offence"], "of the referral that is open"
    assert {text.text for text in shown(desk, referral_id).texts} >= {"Has a house.", "Pays no rent."}
    supplement = desk.announced("information-requests.supplemented.v1")
    assert [each["subject"] for each in supplement] == [str(case_id)]
    receipts = desk.announced(HOUSE.user_of(CONTACT.id))
    assert {each["subject"] for each in receipts} == {str(case_id)}


def test_a_detention_stays_open_and_what_was_decided_is_first_taken_back(desk: Desk) -> None:
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    with pytest.raises(IsOfDetention):
        seal(desk, newest(desk))
    desk.send()
    referral_id = newest(desk)
    weighed = {"referralId": str(referral_id), "decision": "focus", "reason": None, "briefingOn": "2015-06-02"}
    desk.hear("referrals.weighed.v1", {**weighed, "comesBackOn": None, "reroutedTo": None, "outOfRegion": False})
    with pytest.raises(AlreadyDecidedOn):
        seal(desk, referral_id)


def test_an_unsealed_referral_is_a_new_one_of_today_with_its_text_and_its_sender(desk: Desk) -> None:
    desk.send(WORRIES, POLICE, type="current-referrals.submitted.v1", time="2015-05-20T09:00:00+02:00")
    sealed_one = newest(desk)
    opened = unseal(desk, sealed_one)
    assert unseal(desk, sealed_one) == opened
    with desk.unit() as unit:
        view = registered_referral(HOUSE.id, opened, unit)
    assert (str(view.received_on), view.weighed, view.referrer) == ("2015-06-01", True, "politie")
    assert names(desk, view.subject_id) == ["Jansen"]
    [text] = texts(desk, view.case_id)
    assert [version.text for version in text.versions] == ["Recruits friends."]
    [registered] = desk.announced("referrals.registered.v1")
    assert registered["data"]["contributionIds"] == [str(opened)]
    assert shown(desk, sealed_one).became == opened


def test_what_was_sealed_by_mistake_comes_back(desk: Desk) -> None:
    desk.send()
    seal(desk, newest(desk))
    opened = unseal(desk, newest(desk))
    with desk.unit() as unit:
        view = registered_referral(HOUSE.id, opened, unit)
    assert names(desk, view.subject_id) == ["Jansen"]
    assert [version.text for text in texts(desk, view.case_id) for version in text.versions] == ["burglary"]
    weighed = {"referralId": str(opened), "decision": "focus", "reason": None, "briefingOn": "2015-06-02"}
    desk.hear("referrals.weighed.v1", {**weighed, "comesBackOn": None, "reroutedTo": None, "outOfRegion": False})
    [feedback] = desk.told(POLICE, "feedback.given.v1")
    assert feedback["reference"] == "PL-1"


def test_the_audit_log_tells_of_it_to_whoever_has_the_role_besides(desk: Desk) -> None:
    with desk.unit() as unit:
        store = unit.store(AuditStore)
        store.add(DEED, [Concerned("sealed-referrals", str(UUID(int=2)), UUID(int=3))], 200)
        store.add(DEED, [Concerned("sealed-referrals", str(UUID(int=2)))], 404)
        store.add(DEED, [Concerned("sealed-referrals", str(UUID(int=2)))], 403)
        of_both = replace(DEED, theme_roles=["theme_role", "theme_role_trafficking"])
        store.add(of_both, [Concerned("sealed-referrals", str(UUID(int=2)))], 204)
    assert [told(desk, *roles) for roles in ((), (THEME_ROLE,), (THEME_ROLE, TRAFFICKING), (TRAFFICKING,))] == [
        [403],
        [403, 404, 200],
        [204, 403, 404, 200],
        [403],
    ]


def told(desk: Desk, *theme_roles: str) -> list[int]:
    """The statuses of what the audit log tells a reader with these roles."""
    with desk.unit() as unit:
        entries = unit.store(AuditStore).entries(Wanted(house=HOUSE.id, theme_roles=list(theme_roles)), 9)
    return [entry.status for entry in entries]


def test_a_sealed_message_that_cannot_be_taken_is_parked_apart_and_taken_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("services.intake.referrals.handlers.recognised_with_members", lambda *_, **__: 1 / 0)
        desk.send(WORRIES, POLICE, type="current-referrals.submitted.v1")
    desk.send(WORRIES | {"theme": "misspelt"}, POLICE, type="current-referrals.submitted.v1")
    assert desk.wrong_fields(POLICE) == ["data.theme"]
    assert desk.parked() == []
    with desk.unit() as unit:
        [waiting] = lookups.sealed_referrals(THEA, unit).waiting
    assert (waiting.sender, waiting.again) == (HOUSE.user_of(POLICE.id), True)
    with desk.unit() as unit:
        handlers.take_again(THEA, unit)
    with psycopg.connect(desk.url, autocommit=True) as connection:
        Taker(partners_reader(), SEALER, desk.unit_on).take_postponed(connection, [Ingress(HOUSE, POLICE).queue])
    with desk.unit() as unit:
        listed = lookups.sealed_referrals(THEA, unit)
    assert (len(listed.items), listed.waiting) == (1, ())


def test_an_open_referral_is_none_of_the_theme_inbox(desk: Desk) -> None:
    desk.send()
    with pytest.raises(UnknownSealedReferral):
        shown(desk, newest(desk))
    with pytest.raises(UnknownSealedReferral):
        unseal(desk, newest(desk))
