"""What reached the house by phone is kept, sorted, corrected and withdrawn; a consultation keeps nobody."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from marshmallow import ValidationError

from services.intake.contact_moments import handlers, lookups
from services.intake.contact_moments.messages import (
    ChangeContactMoment,
    ContactMomentList,
    ContactMomentView,
    RecordContactMoment,
)
from services.intake.contact_moments.rules import IsWithdrawn, UnknownContactMoment
from services.intake.contact_moments.store import ContactMoment
from services.intake.house import House
from services.intake.tests.desk import Desk
from services.intake.tests.given import HOUSE, NOTICE, house
from services.intake.tests.referrals.test_corrected_concerns import referrals, versions, weigh
from services.intake.tests.relations.test_members import PIET, TIM, refer
from services.intake.tests.relations.test_relations import relations
from services.intake.withdrawals.handlers import withdraw_by_hand
from services.intake.work.lookups import contact_moments as work
from shared.messaging import Rejected
from shared.messaging.outcomes import Outdated
from shared.schemas import StrictSchema, schema_of
from shared.testing.callers import token_caller

OFFICER = token_caller("officer", HOUSE.id, {"intake_officer"})
CALL: dict[str, Any] = {"text": "Hij slaapt sinds een week in zijn auto."}
TEAM = {"organisation": "Wijkteam Noord", "function": "maatschappelijk werker", "name": "Els Bos", "phone": "06-1"}
WHO = {"familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990", "municipality": "Dorp"}
REFERRAL = {"sorting": {"sortedAs": "referral"}}
TO_NEIGHBOURHOOD = {"sortedAs": "rerouted", "destination": "neighbourhood_team"}
FRIDAY = "2015-05-29"
FAMILY = {"kind": "family", "familyName": "Jansen", "municipality": "Dorp"}


def record(desk: Desk, **told: Any) -> ContactMoment:
    recorded: RecordContactMoment = schema_of(RecordContactMoment, StrictSchema).load(CALL | told)
    with desk.unit() as unit:
        return handlers.record(HOUSE.id, recorded, "Ilse", unit)


def change(desk: Desk, before: ContactMoment, **told: Any) -> ContactMoment:
    right: ChangeContactMoment = schema_of(ChangeContactMoment, StrictSchema).load(CALL | told)
    with desk.unit() as unit:
        return handlers.change(HOUSE.id, before.contact_moment_id, right, by="Omar", version=before.version, unit=unit)


def withdraw(desk: Desk, moment: ContactMoment) -> ContactMoment:
    with desk.unit() as unit:
        return handlers.withdraw(
            HOUSE.id, moment.contact_moment_id, "twice", by="Omar", version=moment.version, unit=unit
        )


def seen(desk: Desk, moment_id: UUID, of: House = HOUSE) -> ContactMomentView:
    with desk.unit() as unit:
        return lookups.contact_moment(of.id, moment_id, unit)


def listed(desk: Desk) -> ContactMomentList:
    with desk.unit() as unit:
        return lookups.contact_moments(HOUSE.id, unit)


def wrong(desk: Desk, **told: Any) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as refused:
        record(desk, **told)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_one_sentence_is_a_contact_moment_that_waits_until_somebody_sorts_it(desk: Desk) -> None:
    moment = record(desk)
    view = seen(desk, moment.contact_moment_id)
    assert (view.state, view.telling.channel, view.telling.consent) == ("received", "phone", "not_asked")
    assert (view.telling.text, view.recorded_by) == (CALL["text"], "Ilse")
    assert [line.contact_moment_id for line in listed(desk).waiting] == [moment.contact_moment_id]
    with desk.unit() as unit:
        [task] = work(OFFICER, unit)
    assert (task.kind, task.since, task.overdue) == ("contact_moment", date(2015, 6, 1), False)


def test_nothing_of_it_can_be_read_in_the_database_or_by_another_house(desk: Desk) -> None:
    moment = record(desk, outside=TEAM, about=WHO)
    [row] = desk.rows("SELECT * FROM contact_moments")
    for secret in ("auto", "Bos", "Jansen", "Wijkteam"):
        assert secret not in str(row)
        assert secret.encode() not in bytes(row[10])
    with pytest.raises(UnknownContactMoment):
        seen(desk, moment.contact_moment_id, house("zuid"))


def test_what_an_outside_professional_tells_becomes_a_referral_through_the_municipality(desk: Desk) -> None:
    besides = {"urgent": True, "organisations": ["school"], "measures": [{"kind": "area_ban", "endsOn": "2015-07-31"}]}
    moment = record(
        desk, outside=TEAM, about=WHO, consent="yes", risks="Heeft een mes.", toldOn=FRIDAY, **besides, **REFERRAL
    )
    assert (moment.state, moment.sorted_as) == ("sorted", "referral")
    [(referral_id, kind, referrer)] = desk.rows("SELECT referral_id, kind, referrer FROM referrals")
    assert (referral_id, kind, referrer) == (moment.referral_id, "current_referral", "gemeente")
    [registered] = desk.announced("referrals.registered.v1")
    assert registered["data"]["referralId"] == str(referral_id)
    stated = registered["data"]["stated"]
    assert len(stated.pop("contributionIds")) == 1
    assert stated == besides | {"consent": "yes"}
    change(desk, moment, outside=TEAM, about=WHO, because="no", **REFERRAL)
    [corrected] = desk.announced("referrals.corrected.v1")
    assert (corrected["data"]["referralId"], "stated" in corrected["data"]) == (str(referral_id), False)


def test_the_members_of_a_family_are_told_by_phone_and_the_family_is_recognised_by_them(desk: Desk) -> None:
    by_message = refer(desk, PIET, TIM)
    els = {"familyName": "Bos", "givenNames": "Els", "birthDate": "1960"}
    moment = record(desk, partner="politie", about=FAMILY, members=[PIET, els], **REFERRAL)
    assert desk.rows("SELECT subject_id FROM referrals WHERE referral_id = %s", moment.referral_id) == [(by_message,)]
    assert len(relations(desk, by_message)) == 3
    told = seen(desk, moment.contact_moment_id).telling.members
    assert told
    assert [(each.given_names, each.birth_date) for each in told] == [("Piet", "1990-02-03"), ("Els", "1960")]


def test_a_referral_that_was_sorted_wrong_is_withdrawn_and_registered_as_it_should_be(desk: Desk) -> None:
    first = record(desk, outside=TEAM, about=WHO, **REFERRAL)
    with pytest.raises(Rejected, match="because"):
        change(desk, first, outside=TEAM, about=WHO, **REFERRAL)
    right = change(desk, first, text="Hij slaapt bij zijn zus.", partner="politie", about=WHO, because="no", **REFERRAL)
    assert right.referral_id not in (None, first.referral_id)
    question = change(desk, right, partner="politie", because="no", sorting={"sortedAs": "information_question"})
    assert question.referral_id is None
    withdrawn = [event["data"]["referralId"] for event in desk.announced("referrals.withdrawn.v1")]
    assert withdrawn == [str(first.referral_id), str(right.referral_id)]


def test_a_referral_of_which_nothing_changes_stays_as_it_is(desk: Desk) -> None:
    sorting = {"sortedAs": "referral", "kind": "stalking"}
    first = record(desk, outside=TEAM, about=WHO, sorting=sorting)
    called_from = {"outside": TEAM | {"phone": "06-2"}, "about": WHO, "because": "Another number"}
    right = change(desk, first, **called_from, sorting=sorting)
    assert (right.referral_id, seen(desk, right.contact_moment_id).referral_kind) == (first.referral_id, "stalking")
    assert desk.announced("referrals.withdrawn.v1") == []
    assert change(desk, right, **called_from, **REFERRAL).referral_id != first.referral_id, "of another kind"


def test_a_corrected_text_is_another_version_of_the_same_referral_until_the_team_has_decided(desk: Desk) -> None:
    told = {"outside": TEAM, "about": WHO, "because": "A slip", **REFERRAL}
    first = record(desk, outside=TEAM, about=WHO, toldOn=FRIDAY, **REFERRAL)
    right = change(desk, first, text="Hij slaapt bij zijn zus.", risks="Heeft een mes.", **told)
    assert right.referral_id == first.referral_id
    assert versions(desk) == [[CALL["text"], "Hij slaapt bij zijn zus."]]
    [stated] = [event["data"]["stated"] for event in desk.announced("referrals.corrected.v1")]
    assert len(stated["contributionIds"]) == 1
    assert first.referral_id
    weigh(desk, first.referral_id)
    later = change(desk, right, text="Hij slaapt buiten.", **told)
    assert later.referral_id != first.referral_id, "nobody reads the briefing that is over"
    assert versions(desk)[1:] == [["Hij slaapt buiten."]]
    assert desk.announced("referrals.withdrawn.v1") == [], "what was decided on stands"


def test_a_correction_that_names_no_day_keeps_the_day_of_the_call(desk: Desk) -> None:
    first = record(desk, outside=TEAM, about=WHO, toldOn=FRIDAY, **REFERRAL)
    right = change(desk, first, text="Hij slaapt buiten.", outside=TEAM, about=WHO, because="A slip", **REFERRAL)
    assert (right.told_on, right.referral_id) == (date(2015, 5, 29), first.referral_id)


def test_what_is_worrying_after_all_is_weighed_with_the_answers_that_came(desk: Desk) -> None:
    told = {"partner": "politie", "about": WHO}
    sorting = {"sortedAs": "referral", "kind": "stalking"}
    first = record(desk, **told, sorting=sorting)
    assert desk.announced("referrals.registered.v1") == []
    right = change(desk, first, **told, because="It got worse", sorting=sorting | {"worrying": True})
    assert right.referral_id == first.referral_id
    [registered] = desk.announced("referrals.registered.v1")
    assert registered["data"]["referralId"] == str(first.referral_id)


def test_a_referral_that_was_withdrawn_stays_so_unless_its_text_is_another(desk: Desk) -> None:
    sorting = {"sortedAs": "referral", "kind": "stalking"}
    told = {"outside": TEAM, "about": WHO, "because": "A slip", "sorting": sorting | {"worrying": True}}
    first = record(desk, outside=TEAM, about=WHO, sorting=sorting)
    assert first.referral_id
    with desk.unit() as unit:
        withdraw_by_hand(HOUSE.id, first.referral_id, "settled", by="Omar", unit=unit)
    same = change(desk, first, **told)
    assert (same.referral_id, desk.announced("referrals.registered.v1")) == (first.referral_id, [])
    again = change(desk, same, text="Hij slaapt buiten.", **told)
    assert referrals(desk) == [again.referral_id]


def test_what_is_no_referral_is_never_weighed(desk: Desk) -> None:
    for sorted_as in ("information_question", "contact_request", "consultation"):
        record(desk, partner="politie", about=WHO, sorting={"sortedAs": sorted_as})
    record(desk, sorting={"sortedAs": "rerouted", "destination": "veilig_thuis"})
    assert desk.rows("SELECT * FROM referrals") == desk.rows("SELECT * FROM subjects") == []
    assert desk.announced("referrals.registered.v1") == []
    assert (len(listed(desk).to_answer), len(listed(desk).settled)) == (3, 1)


@pytest.mark.parametrize("told", [{"consent": "yes"}, {"withoutConsent": "He can not be reached."}])
def test_nobody_is_sent_to_a_neighbourhood_team_without_consent_or_a_reason(desk: Desk, told: dict[str, str]) -> None:
    kept = record(desk, sorting=TO_NEIGHBOURHOOD, **told)
    telling = seen(desk, kept.contact_moment_id).telling
    assert (telling.consent, telling.without_consent) == (told.get("consent", "not_asked"), told.get("withoutConsent"))


def test_a_consultation_keeps_nobody_whom_it_is_about(desk: Desk) -> None:
    family = {"about": FAMILY, "members": [PIET], "risks": "Heeft een mes.", "organisations": ["school"]}
    moment = change(desk, record(desk, **family), **family, sorting={"sortedAs": "consultation"})
    view = seen(desk, moment.contact_moment_id)
    assert (view.telling.about, view.telling.members, view.earlier) == (None, None, ())
    assert (view.telling.risks, view.telling.organisations) == (None, None)


def test_a_consultation_warns_of_a_known_name_and_of_nine_digits(desk: Desk) -> None:
    desk.send()
    text = "Wat doe ik met de familie van piet JANSEN? Zijn dossier is 123 456 789."
    consultation = {"sortedAs": "consultation"}
    warnings = [("text", "nine_digits_in_text"), ("text", "known_name_in_text")]
    assert wrong(desk, text=text, sorting=consultation) == warnings
    assert record(desk, text=text, sorting={**consultation, "confirmed": True}).sorted_as == "consultation"
    assert record(desk, text="Wat doe ik met Piet Pietersen?", sorting=consultation).sorted_as == "consultation"
    assert record(desk, text=text).state == "received"


def test_a_consultation_can_become_a_referral_and_says_why(desk: Desk) -> None:
    moment = record(desk, outside=TEAM, sorting={"sortedAs": "consultation"})
    with pytest.raises(Rejected, match="because"):
        change(desk, moment, outside=TEAM, about=WHO, **REFERRAL)
    moment = change(desk, moment, outside=TEAM, about=WHO, because="It got worse", **REFERRAL)
    view = seen(desk, moment.contact_moment_id)
    assert view.referral_id
    [before] = view.earlier
    assert (before.sorted_as, before.changed_by, before.because) == ("consultation", "Omar", "It got worse")
    assert before.telling.about is None


def test_two_colleagues_who_took_one_call_see_each_others(desk: Desk) -> None:
    first = record(desk, outside=TEAM, about=WHO)
    same = record(desk, outside={"organisation": "wijkteam noord"}, about={"familyName": "Jansen", "birthDate": "1990"})
    record(desk, outside=TEAM, about=WHO | {"familyName": "Anders", "givenNames": "Sofie"})
    record(desk, outside=TEAM, about=WHO, toldOn="2015-05-31")
    record(desk, about=WHO)
    assert seen(desk, first.contact_moment_id).likely_duplicates == (same.contact_moment_id,)
    [line] = [each for each in listed(desk).waiting if each.contact_moment_id == same.contact_moment_id]
    assert line.likely_duplicates == (first.contact_moment_id,)
    same = change(desk, same, sorting={"duplicateOf": str(first.contact_moment_id)})
    assert same.state == "duplicate"
    assert seen(desk, first.contact_moment_id).likely_duplicates == ()


def test_what_was_recorded_by_mistake_is_withdrawn_and_stays_readable(desk: Desk) -> None:
    moment = withdraw(desk, record(desk))
    view = seen(desk, moment.contact_moment_id)
    assert (view.state, view.version, view.earlier[0].because) == ("withdrawn", 2, "twice")
    with pytest.raises(IsWithdrawn):
        change(desk, moment)


def test_of_two_who_change_one_contact_moment_the_second_is_told(desk: Desk) -> None:
    moment = record(desk)
    change(desk, moment, text="Hij slaapt bij zijn broer.")
    with pytest.raises(Outdated):
        change(desk, moment, text="Hij slaapt nergens.")


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"partner": "nobody"}, ("partner", "unknown_partner")),
        ({"about": {"municipality": "Drop"}}, ("about.municipality", "unknown_municipality")),
        ({"about": {"birthDate": "2031"}}, ("about.birthDate", "in_future")),
        ({"about": WHO, "members": [PIET]}, ("members", "members_of_person")),
        ({"about": FAMILY, "members": [TIM | {"birthDate": "2031"}]}, ("members[0].birthDate", "in_future")),
        ({"sorting": {"sortedAs": "rerouted"}}, ("sorting.destination", "no_destination")),
        (
            {"sorting": {"sortedAs": "rerouted", "destination": "moon"}},
            ("sorting.destination", "unknown_destination"),
        ),
        ({"sorting": TO_NEIGHBOURHOOD, "consent": "no"}, ("withoutConsent", "no_ground")),
        ({"sorting": {"duplicateOf": str(uuid4())}}, ("sorting.duplicateOf", "unknown_duplicate")),
        (REFERRAL, ("about", "nobody_described")),
        (REFERRAL | {"about": {"familyName": "Jansen"}}, ("about.municipality", "no_municipality")),
        (REFERRAL | {"about": WHO}, ("partner", "no_referrer")),
        (REFERRAL | {"about": {"kind": "family", "municipality": "Dorp"}}, ("about", "nobody_described")),
    ],
)
def test_a_wrong_contact_moment_is_refused_with_the_field(
    desk: Desk, told: dict[str, Any], problem: tuple[str, str]
) -> None:
    assert wrong(desk, **told) == [problem]
    assert desk.rows("SELECT * FROM contact_moments") == []


def test_nobody_who_lives_was_born_in_1801(desk: Desk) -> None:
    with pytest.raises(ValidationError, match="birthDate"):
        record(desk, about={"birthDate": "1801"})


def test_of_a_sealed_referral_no_contact_moment_stays(desk: Desk) -> None:
    sealed = {"sorting": {"sortedAs": "referral", "theme": "hidden"}, "partner": "politie", "about": WHO}
    moment = change(desk, record(desk), **sealed)
    record(desk, **sealed)
    assert moment.referral_id
    assert desk.rows("SELECT * FROM contact_moments") == desk.rows("SELECT * FROM contact_moments_before") == []


def test_whom_a_contact_moment_describes_may_be_in_conflict_with_whom_the_house_knows(desk: Desk) -> None:
    desk.send()
    other = {"bsn": NOTICE["subject"]["bsn"], "familyName": "Anders", "givenNames": "Sofie", "birthDate": "2004-10-11"}
    moment = record(desk, partner="politie", about=other | {"municipality": "Dorp"}, **REFERRAL)
    assert desk.rows("SELECT referral_id FROM set_aside") == [(moment.referral_id,)]
    assert seen(desk, moment.contact_moment_id).referral_kind == "current_referral"
    right = change(
        desk, moment, partner="politie", about=other | {"municipality": "Dorp"}, because="A slip", **REFERRAL
    )
    assert right.referral_id != moment.referral_id
    assert desk.rows("SELECT decision FROM set_aside ORDER BY set_aside_at, referral_id") == [("withdrawn",), (None,)]
