"""Who asked something is owed an answer, which stands sealed with the call."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from services.intake.callers.handlers import answer_caller
from services.intake.callers.messages import AnswerCaller
from services.intake.callers.rules import AnsweredOtherwise, NothingAsked
from services.intake.contact_moments.rules import IsWithdrawn, UnknownContactMoment
from services.intake.contact_moments.store import ContactMoment
from services.intake.tests.contact_moments.test_contact_moments import (
    OFFICER,
    TEAM,
    TO_NEIGHBOURHOOD,
    WHO,
    change,
    listed,
    record,
    seen,
    withdraw,
)
from services.intake.tests.desk import Desk
from services.intake.tests.given import HOUSE, NOW
from services.intake.tests.test_forgetting import DAYS, forget
from services.intake.work.lookups import callers
from shared.messaging import Rejected
from shared.schemas import StrictSchema, schema_of
from shared.testing.planted import WORD, tables_with_word

SAID = "De wijkagent kent hem; ik heb u verbonden."
QUESTION = {"outside": TEAM, "about": WHO, "sorting": {"sortedAs": "information_question"}}
ELSEWHERE = {"sorting": {"sortedAs": "rerouted", "destination": "veilig_thuis"}}
CONSULTATION = {"sorting": {"sortedAs": "consultation"}}


def answer(desk: Desk, moment: ContactMoment, said: str = SAID, **told: Any) -> ContactMoment:
    given: AnswerCaller = schema_of(AnswerCaller, StrictSchema).load({"answer": said, **told})
    with desk.unit() as unit:
        return answer_caller(HOUSE.id, moment.contact_moment_id, given, by="Omar", version=moment.version, unit=unit)


def wrong(desk: Desk, moment: ContactMoment, said: str = SAID, **told: Any) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as refused:
        answer(desk, moment, said, **told)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def waiting(desk: Desk) -> list[tuple[date, date | None, bool]]:
    with desk.unit() as unit:
        return [(task.since, task.due_on, task.overdue) for task in callers(OFFICER, unit)]


@pytest.mark.parametrize("sorted_as", ["information_question", "contact_request", "consultation"])
def test_who_asks_waits_in_somebodys_work_until_an_answer_is_given(desk: Desk, sorted_as: str) -> None:
    moment = record(desk, sorting={"sortedAs": sorted_as})
    late = record(desk, toldOn="2015-05-27", sorting={"sortedAs": sorted_as})
    assert waiting(desk) == [
        (date(2015, 5, 27), date(2015, 5, 29), True),
        (date(2015, 6, 1), date(2015, 6, 3), False),
    ]
    assert [line.overdue for line in listed(desk).to_answer] == [True, False]
    answer(desk, moment)
    answer(desk, late)
    assert waiting(desk) == []
    assert {line.state for line in listed(desk).settled} == {"answered"}
    [told] = seen(desk, moment.contact_moment_id).answers
    assert (told.answer, told.told_on, told.recorded_by, told.because) == (SAID, date(2015, 6, 1), "Omar", None)


def test_nobody_waits_for_an_answer_to_what_is_no_question(desk: Desk) -> None:
    moments = [
        record(desk),
        record(desk, outside=TEAM, about=WHO, sorting={"sortedAs": "referral"}),
    ]
    assert waiting(desk) == []
    for moment in moments:
        with pytest.raises(NothingAsked):
            answer(desk, moment)
    with pytest.raises(IsWithdrawn):
        answer(desk, withdraw(desk, record(desk, **QUESTION)))


def test_who_is_sent_elsewhere_on_the_phone_heard_where_to_and_by_mail_waits_until_somebody_tells(desk: Desk) -> None:
    called, went = record(desk, **ELSEWHERE), record(desk, channel="in_person", **ELSEWHERE)
    change(desk, called, because="Anders gezegd.", text="Zij belde voor haar zus.", **ELSEWHERE)
    change(desk, went, because="Anders gezegd.", channel="in_person")
    assert waiting(desk) == []
    moments = [
        record(desk, channel="mail", **ELSEWHERE),
        record(desk, toldOn="2015-05-31", **ELSEWHERE),
        change(desk, record(desk), **ELSEWHERE),
    ]
    assert len(waiting(desk)) == len(moments)
    assert [answer(desk, moment, "Bel Veilig Thuis: 0800-2000.").state for moment in moments] == ["answered"] * 3
    assert waiting(desk) == []


def test_who_was_sent_to_the_wrong_place_is_still_to_hear_the_right_one(desk: Desk) -> None:
    moments = [record(desk, **ELSEWHERE), answer(desk, record(desk, channel="mail", **ELSEWHERE))]
    for number, moment in enumerate(moments, 1):
        change(desk, moment, because="Verkeerd gekozen.", consent="yes", sorting=TO_NEIGHBOURHOOD)
        assert len(waiting(desk)) == number


def test_a_second_answer_corrects_the_first_with_a_reason_and_the_same_changes_nothing(desk: Desk) -> None:
    first = answer(desk, record(desk, **QUESTION))
    assert answer(desk, first) == first
    with pytest.raises(AnsweredOtherwise):
        answer(desk, first, "Niemand kent hem.")
    answer(desk, first, "Niemand kent hem.", because="Het was zijn broer.")
    right, before = seen(desk, first.contact_moment_id).answers
    assert (right.answer, right.because, before.answer) == ("Niemand kent hem.", "Het was zijn broer.", SAID)


def test_an_answer_from_before_the_question_is_refused(desk: Desk) -> None:
    moment = record(desk, **QUESTION)
    assert wrong(desk, moment, toldOn="2015-05-31") == [("toldOn", "before_question")]
    assert waiting(desk) != []


def test_the_answer_to_a_consultation_tells_of_nobody_either(desk: Desk) -> None:
    desk.send()
    moment = record(desk, **CONSULTATION)
    warnings = [("answer", "nine_digits_in_text"), ("answer", "known_name_in_text")]
    assert wrong(desk, moment, "Piet Jansen, 123 456 789") == warnings
    assert answer(desk, moment, "Piet Jansen", confirmed=True).state == "answered"
    assert answer(desk, record(desk, **QUESTION), "Piet Jansen").state == "answered"


def test_an_answer_stands_as_long_as_the_call_is_sorted_as_the_same(desk: Desk) -> None:
    moment = answer(desk, record(desk, **QUESTION))
    moment = change(desk, moment, because="Anders gezegd.", **QUESTION)
    assert (moment.state, waiting(desk)) == ("answered", [])
    moment = change(desk, moment, because="Vraagt alleen raad.", **CONSULTATION)
    assert (moment.state, len(waiting(desk))) == ("sorted", 1)
    assert seen(desk, moment.contact_moment_id).answers == ()
    assert answer(desk, moment, "Bel de huisarts.").state == "answered"


def test_an_answer_goes_with_its_call_and_can_be_read_in_no_table(desk: Desk) -> None:
    moment = answer(desk, record(desk, **QUESTION), WORD)
    answer(desk, moment, SAID, because=WORD)
    with psycopg.connect(desk.url) as connection:
        assert tables_with_word(connection) == []
    forget(desk, NOW + timedelta(days=DAYS + 1))
    with pytest.raises(UnknownContactMoment):
        seen(desk, moment.contact_moment_id)


def test_of_a_call_that_becomes_a_sealed_referral_no_answer_stays(desk: Desk) -> None:
    moment = answer(desk, record(desk, **QUESTION))
    sealed = {"sorting": {"sortedAs": "referral", "theme": "hidden"}, "partner": "politie", "about": WHO}
    change(desk, moment, because="Radicalisering.", **sealed)
    assert desk.rows("SELECT * FROM contact_moments") == desk.rows("SELECT * FROM caller_answers") == []
