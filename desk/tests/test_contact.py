"""A call is written down with one sentence, sorted on the same page, corrected and withdrawn."""

import re
from typing import Any

import pytest

from desk.services import NOT_FOUND, Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk, form_token_in
from desk.tests.given_contact import (
    CONFLICT_PAGE,
    HELD,
    LIKE,
    LIST,
    MOMENT,
    OTHER,
    PAGE,
    PATH,
    REFERRAL,
    answered,
    answers,
    besides,
    held,
    kept,
    known,
    line,
    moment,
    moment_of_family,
    question,
    telling,
)

ILSE = Person("p-11aa", "Ilse de Jong", HOUSE, {HOUSE: frozenset({"intake_officer"})})
NAMES, TEXTS = ("intake", "/v1/subjects/names"), ("intake", "/v1/contributions")
NEW = "/contact-moments/new"
CHANGES, WITHDRAWAL, ANSWER = (("intake", f"{PATH}/{step}") for step in ("changes", "withdrawal", "answer"))
SENTENCE = {"text": "Hij slaapt in zijn auto.", "consent": "not_asked", "channel": "phone", "sorted_as": ""}


@pytest.fixture
def officer(desk: Desk) -> Desk:
    """An intake officer who is signed in."""
    desk.sign_in(ILSE)
    desk.services.answers |= answers()
    desk.services.results |= {LIST: Done(kept()), CHANGES: Done(kept()), WITHDRAWAL: Done(kept())}
    return desk


def write_down(desk: Desk, **fields: Any) -> Any:
    return desk.send(NEW, NEW, **{**SENTENCE, **fields})


def body(desk: Desk) -> Any:
    return desk.services.commands[-1][2]


def test_one_sentence_is_enough(officer: Desk) -> None:
    answer = write_down(officer)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert body(officer) == {"text": SENTENCE["text"], "consent": "not_asked", "channel": "phone"}
    assert write_down(officer, text="").status_code == 422


def test_all_that_a_caller_tells_is_sent_as_the_service_wants_it(officer: Desk) -> None:
    write_down(
        officer,
        organisation="Wijkteam Noord",
        caller="Els Bos",
        family_name="Jansen",
        birth_date="12-5-1990",
        municipality="Leiden",
        consent="yes",
        urgent="y",
        sorted_as="referral",
    )
    assert body(officer) == {
        "text": SENTENCE["text"],
        "outside": {"organisation": "Wijkteam Noord", "name": "Els Bos"},
        "about": {"familyName": "Jansen", "birthDate": "1990-05-12", "municipality": "Leiden"},
        "consent": "yes",
        "urgent": True,
        "channel": "phone",
        "sorting": {"sortedAs": "referral", "confirmed": False},
    }


def test_a_call_may_be_about_a_family_or_a_group(officer: Desk) -> None:
    write_down(officer, whom="group", family_name="Stationsplein", municipality="Leiden")
    assert body(officer)["about"] == {"kind": "group", "familyName": "Stationsplein", "municipality": "Leiden"}


def test_a_call_names_the_members_of_a_family(officer: Desk) -> None:
    told = {
        "whom": "family",
        "family_name": "Jansen",
        "members-0-given_names": "Piet",
        "members-1-bsn": "",
        "members-2-birth_date": "5-2012",
    }
    page = write_down(officer, **told, one_more="yes")
    assert (page.status_code, officer.services.commands) == (200, [])
    assert 'name="members-3-given_names"' in page.text
    officer.post_form(page.text, NEW, **SENTENCE | told | {"members-3-family_name": "Bos"})
    assert body(officer)["members"] == [
        {"familyName": "Jansen", "givenNames": "Piet"},
        {"familyName": "Jansen", "birthDate": "2012-05"},
        {"familyName": "Bos"},
    ]


def test_what_is_wrong_with_a_member_stands_at_its_row(officer: Desk) -> None:
    wrong = (Problem("members[1].familyName", "", "required"), Problem("members", "", "members_of_person"))
    officer.services.results[LIST] = Refused(422, wrong)
    page = write_down(officer, **{"members-0-bsn": "1", "members-1-bsn": "", "members-2-bsn": "2"}).text
    assert 'href="#members-2-family_name"' in page
    assert "Alleen een gezin of groep heeft leden" in page


@pytest.mark.parametrize(
    ("written", "sent"), [("1990", "1990"), ("5-1990", "1990-05"), ("1990-05-12", "1990-05-12"), ("mei", "mei")]
)
def test_a_birth_date_is_written_as_people_do(officer: Desk, written: str, sent: str) -> None:
    write_down(officer, birth_date=written)
    assert body(officer)["about"] == {"birthDate": sent}


def test_who_sends_somebody_on_without_consent_says_why_and_reads_it_again(officer: Desk) -> None:
    officer.services.results[LIST] = Refused(422, (Problem("withoutConsent", "is needed", "no_ground"),))
    page = write_down(officer, sorted_as="rerouted", destination="neighbourhood_team").text
    assert 'href="#without_consent"' in page
    assert "Niemand gaat daarheen zonder toestemming" in page
    officer.services.results[LIST] = Done(kept())
    write_down(officer, sorted_as="rerouted", destination="neighbourhood_team", without_consent="Niet te bereiken.")
    assert body(officer)["withoutConsent"] == "Niet te bereiken."
    told = moment(telling=telling(withoutConsent="Niet te bereiken."))
    officer.services.answers["intake", PATH] = told
    assert "Niet te bereiken." in officer.get(PAGE).text


def test_the_person_can_confirm_what_a_consultation_is_warned_of_and_nothing_typed_is_lost(officer: Desk) -> None:
    warning = (Problem("text", "has a name", "known_name_in_text"),)
    officer.services.results[LIST] = Refused(422, warning)
    answer = write_down(officer, sorted_as="consultation")
    assert answer.status_code == 422
    assert "die het huis kent" in answer.text
    assert SENTENCE["text"] in answer.text
    officer.services.results[LIST] = Done(kept())
    officer.post_form(answer.text, NEW, **SENTENCE | {"sorted_as": "consultation", "confirmed": "y"})
    assert body(officer)["sorting"] == {"sortedAs": "consultation", "confirmed": True}


def test_what_is_wrong_stands_at_its_field(officer: Desk) -> None:
    problems = ("about.birthDate", "about.municipality", "outside.organisation", "sorting.destination", "toldOn")
    officer.services.results[LIST] = Refused(422, tuple(Problem(each, "is wrong", "") for each in problems))
    page = write_down(officer, sorted_as="rerouted").text
    for field in ("birth_date", "municipality", "organisation", "destination", "told_on"):
        assert f'href="#{field}"' in page


def test_whom_the_house_knows_is_shown_while_a_name_is_typed(officer: Desk) -> None:
    token = form_token_in(officer.get(NEW).text, NEW)
    part = officer.browser.post("/contact-moments/like", data={"form_token": token, "family_name": "Jansen"})
    assert "Piet Jansen" in part.text
    assert "<html" not in part.text
    officer.services.answers[LIKE] = Missing("intake", "no_answer")
    assert "Piet" not in officer.browser.post("/contact-moments/like", data={"form_token": token}).text


def test_what_waits_is_listed_with_what_may_be_recorded_twice(officer: Desk) -> None:
    page = officer.get("/contact-moments").text
    for words in ("Te sorteren (2)", "Wijkteam Noord", "misschien dubbel", "kan niet wachten", f'href="{PAGE}"'):
        assert words in page, words


def test_a_contact_moment_is_sorted_on_its_page(officer: Desk) -> None:
    page = officer.get(PAGE).text
    for words in ("Els Bos", "mei 1990", "Piet Jansen", f'value="{OTHER}"'):
        assert words in page, words
    answer = officer.post_form(page, PAGE, **SENTENCE | {"sorted_as": "contact_request", "version": "1"})
    assert answer.status_code == 303
    assert officer.services.commands[-1][4] == 1
    assert body(officer)["sorting"] == {"sortedAs": "contact_request", "confirmed": False}
    officer.post_form(page, PAGE, **SENTENCE | {"duplicate_of": OTHER, "version": "1"})
    assert body(officer)["sorting"] == {"duplicateOf": OTHER}


def test_members_that_were_told_are_shown_and_corrected(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = moment_of_family()
    page = officer.get(PAGE).text
    assert "Els Bos" in page
    assert 'value="02-1960"' in page
    answer = officer.post_form(page, PAGE, **SENTENCE | {"version": "1", "one_more": "yes"})
    assert (answer.status_code, officer.services.commands) == (200, [])


def test_a_referral_that_is_corrected_keeps_its_kind(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = moment(state="sorted", sortedAs="referral", referralKind="stalking")
    assert re.search(r'<option selected value="stalking">', officer.get(PAGE).text)


def test_who_was_second_sees_what_the_first_made_of_it_and_overwrites_nothing(officer: Desk) -> None:
    page = officer.get(PAGE).text
    officer.services.results[CHANGES] = Refused(412, (Problem("If-Match", "is not current", "outdated"),))
    officer.services.answers["intake", PATH] = moment(version=2, state="sorted", sortedAs="rerouted")
    answer = officer.post_form(page, PAGE, **SENTENCE | {"version": "1"})
    assert answer.status_code == 422
    assert "Iemand anders heeft dit intussen veranderd" in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text


def test_a_caller_is_told_how_to_reach_where_the_caller_was_sent(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = moment(state="sorted", sortedAs="rerouted", destination="veilig_thuis")
    assert "Veilig Thuis: 0800-2000" in officer.get(PAGE).text
    sent = {"sortedAs": "rerouted", "destination": "veilig_thuis"}
    officer.services.answers["intake", PATH] = moment(state="sorted", answerDueOn="2026-11-26", **sent)
    assert "Veilig Thuis: 0800-2000, dag en nacht</textarea>" in officer.get(PAGE).text


def test_what_became_a_referral_can_be_sorted_again_and_what_was_withdrawn_is_shown_alone(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = moment(state="sorted", sortedAs="referral", referralId=OTHER)
    assert "opnieuw geregistreerd" in officer.get(PAGE).text
    officer.services.answers["intake", PATH] = moment(state="withdrawn")
    assert "<textarea" not in officer.get(PAGE).text


def test_a_referral_leads_to_its_case(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = moment(state="sorted", sortedAs="referral", referralId=OTHER)
    page = officer.get(PAGE).text
    del officer.services.answers[REFERRAL]
    assert "wacht tot iemand heeft besloten" in officer.get(PAGE).text
    assert f'href="/cases/{MOMENT}"' in page
    assert "Els Bos, maatschappelijk werker, Wijkteam Noord" in page


def test_a_referral_is_withdrawn_for_who_sent_it(officer: Desk) -> None:
    page, sent = f"/referrals/{OTHER}/withdrawal", ("intake", f"{REFERRAL[1]}/withdrawal")
    officer.services.results[sent] = Done(None)
    assert "Nationale Politie" in officer.get(page).text
    assert officer.send(page, page, because="").status_code == 422
    assert officer.send(page, page, because="Per vergissing.").headers["Location"] == f"/cases/{MOMENT}"
    assert officer.services.commands[-1][:3] == (*sent, {"because": "Per vergissing."})
    officer.services.answers[REFERRAL]["withdrawnOn"] = "2026-11-18"
    assert "<form" not in officer.get(page).text.partition("<main")[2]


def test_a_referral_is_withdrawn_before_anybody_has_decided_whom_it_is_about(officer: Desk) -> None:
    page, waiting = f"/referrals/{OTHER}/withdrawal", officer.services.answers.pop(REFERRAL)
    officer.services.answers[REFERRAL] = Missing("intake", NOT_FOUND)
    assert officer.get(page).status_code == 404
    officer.services.answers["intake", "/v1/identity-conflicts"] = {"waiting": [waiting]}
    officer.services.results["intake", f"{REFERRAL[1]}/withdrawal"] = Done(None)
    assert "Nationale Politie" in officer.get(page).text
    assert officer.send(page, page, because="Verkeerd nummer.").headers["Location"] == "/work"
    assert f'href="/referrals/{MOMENT}/withdrawal"' in officer.get(CONFLICT_PAGE).text


def test_whether_a_referral_is_worrying_is_said_by_who_has_read_it(officer: Desk) -> None:
    page, sent = f"/referrals/{OTHER}/worry", ("intake", f"{REFERRAL[1]}/worry")
    written = {
        "contributionId": OTHER,
        "kind": "offence",
        "versions": [{"text": "Bedreigt zijn buren.", "writtenAt": "2026-11-29"}],
    }
    officer.services.answers |= {NAMES: {"items": [known()]}, TEXTS: {"items": [written]}}
    officer.services.results[sent] = Done(None)
    assert f'href="{page}"' in officer.get("/contact-moments").text
    assert all(told in officer.get(page).text for told in ("Bedreigt zijn buren.", "Piet Jansen", "Katwijk"))
    assert officer.send(page, page).status_code == 422
    assert officer.send(page, page, worrying="yes", version="1", because="Derde keer.").status_code == 303
    assert officer.services.commands[-1][:3] == (*sent, {"worrying": True, "version": 1, "because": "Derde keer."})
    officer.services.results[sent] = Refused(409, (Problem("worrying", "", "already_weighed"),))
    assert "al op weg naar een briefing" in officer.send(page, page, worrying="no").text
    officer.services.results[sent] = Refused(409, (Problem("version", "", "newer_text"),))
    again = held(version=2, decidedBy="Ilse de Jong", decidedAt="2026-11-30T09:05:00Z")
    officer.services.answers[HELD] = {"waiting": [again], "notWorrying": []}
    shown = officer.send(page, page, worrying="no", version="1").text
    assert all(told in shown for told in ("anders verteld", "Ilse de Jong zei"))
    assert re.search(r'name="version"[^>]* value="2"', shown)
    officer.services.answers[HELD] = {"waiting": [], "notWorrying": []}
    assert officer.get(page).status_code == 404


def test_who_is_involved_what_runs_and_which_risks_there_are_is_sent_and_shown(officer: Desk) -> None:
    told = besides()
    rows = {"measures-0-kind": "area_ban", "measures-0-started_on": "2026-11-02", "measures-0-ends_on": "2026-12-31"}
    sent = {"organisations": "school", "risks": told["risks"], "urgent": "y", "urgent_because": "Komt morgen vrij."}
    write_down(officer, **sent, **rows)
    assert {name: body(officer).get(name) for name in told} == told
    assert body(officer)["urgentBecause"] == "Komt morgen vrij."
    problem = Problem("measures[0].endsOn", "is before startedOn", "too_early")
    officer.services.results[LIST] = Refused(422, (problem,))
    assert "Lopende maatregel 1, Laatste dag: De laatste dag" in write_down(officer, **rows).text
    officer.services.answers["intake", PATH] = moment(telling=telling(**told))
    page = officer.get(PAGE).text
    for words in (
        "School",
        "Gebiedsverbod",
        "sinds 2 nov 2026",
        "tot en met 31 dec 2026",
        "Heeft een mes",
        'value="2026-12-31"',
    ):
        assert words in page, words
    box = 'name="organisations" type="checkbox" value='
    assert page.index(f'{box}"school" checked') < page.index("Kies uit") < page.index(f'{box}"gemeente-leiden"')


def test_a_call_has_a_kind_of_the_house(officer: Desk) -> None:
    write_down(officer, sorted_as="referral", kind="confused_person", worrying="y")
    assert body(officer)["sorting"] == {
        "sortedAs": "referral",
        "confirmed": False,
        "kind": "confused_person",
        "worrying": True,
    }
    assert 'value="arrest_notice"' not in officer.get(NEW).text


def test_a_contact_moment_is_withdrawn_with_a_reason(officer: Desk) -> None:
    [token] = re.findall(r'name="withdrawal-form_token"[^>]* value="([^"]+)"', officer.get(PAGE).text)
    sent = {"withdrawal-form_token": token, "withdrawal-version": "1"}
    assert officer.browser.post(PAGE, data=sent).status_code == 422
    assert officer.browser.post(PAGE, data={**sent, "withdrawal-because": "Dubbel."}).status_code == 303
    assert officer.services.commands[-1][1] == WITHDRAWAL[1]
    assert MOMENT in officer.services.commands[-1][1]


def test_who_asked_something_is_answered_on_the_page_of_the_call(officer: Desk) -> None:
    owed = line(state="sorted", sortedAs="information_question", answerDueOn="2026-11-27", overdue=True)
    officer.services.answers |= {LIST: answers()[LIST] | {"toAnswer": [owed]}, ("intake", PATH): question()}
    assert all(words in officer.get("/contact-moments").text for words in ("Te beantwoorden (1)", "te laat"))
    page = officer.get(PAGE).text
    [token] = re.findall(r'name="answer-form_token"[^>]* value="([^"]+)"', page)
    sent = {"answer-form_token": token, "answer-version": "1", "answer-told_on": "2026-11-30"}
    assert officer.browser.post(PAGE, data=sent).status_code == 422
    warned = (Problem("answer", "", "known_name_in_text"),)
    officer.services.results[ANSWER] = Refused(422, warned)
    assert 'name="answer-confirmed"' in officer.browser.post(PAGE, data={**sent, "answer-answer": "Els Bos"}).text
    officer.services.results[ANSWER] = Done(kept(state="answered"))
    told = {**sent, "answer-answer": "Els Bos", "answer-confirmed": "y"}
    assert officer.browser.post(PAGE, data=told).status_code == 303
    assert officer.services.commands[-1][1:3] == (
        ANSWER[1],
        {"answer": "Els Bos", "toldOn": "2026-11-30", "confirmed": True},
    )


def test_a_question_by_message_stays_one_and_its_answer_goes_back_so(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = question(telling=telling(channel="message"))
    page = officer.get(PAGE).text
    assert "krijgt deze tekst per bericht" in page
    assert ('value="message"' in page, 'value="phone"' in page) == (True, False)
    assert 'value="message"' not in officer.get(NEW).text


def test_an_answer_that_was_corrected_stands_beside_the_right_one(officer: Desk) -> None:
    officer.services.answers["intake", PATH] = answered()
    page = officer.get(PAGE).text
    for words in ("De wijkagent kent hem.", "Het was zijn broer.", "Eerder antwoord", "Nee.", 'name="answer-because"'):
        assert words in page, words


def test_a_form_without_an_answer_can_be_sent_again_as_it_was(officer: Desk) -> None:
    officer.services.results[LIST] = Missing("intake", "no_answer")
    answer = write_down(officer)
    assert answer.status_code == 503
    officer.post_form(answer.text, NEW, **SENTENCE)
    [first, second] = officer.services.commands
    assert first == second
