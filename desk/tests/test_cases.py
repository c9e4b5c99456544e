"""Zaak: one file on one case, each part from its own service."""

from typing import Any

import pytest

from desk.services import NO_ANSWER, Done, Missing
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import (
    FIRST,
    SECOND,
    THIRD,
    asked,
    decision,
    named,
    referral,
    service_answer,
    subject_of,
    written,
)
from desk.tests.test_feedback import OFFICER
from desk.tests.test_relations import relation
from desk.tests.test_repeats import DIRECTOR, HOLDER

CASE = "818f2c3e-7a4b-7c1d-9e2f-000000000001"
OTHER = "818f2c3e-7a4b-7c1d-9e2f-000000000002"
COORDINATOR = Person("p-3301", "Sanne Smit", HOUSE, {HOUSE: frozenset({"aftercare_coordinator"})})
PAGE, PATH = f"/cases/{CASE}", f"/v1/cases/{CASE}"
SERVICES = ("intake", "weighing", "meetings", "aftercare")
DAY = "2026-11-20"
PLAN = {
    "actionPlanId": CASE,
    "plan": {
        "agreedOn": DAY,
        "caseHolder": "reclassering-nederland",
        "agreements": [
            {
                "owner": {"partner": "ggd-hollands-midden", "person": None},
                "what": "Intake at the GGD",
                "dueOn": "2026-12-01",
                "domain": None,
            }
        ],
    },
    "moments": [],
}
REPEAT = {"receivedOn": DAY, "referrer": "nationale-politie", "answer": None, "answeredOn": None}
LATE = {"informationId": FIRST, "partner": "gemeente-gouda", "toldOn": DAY, "readOn": None, "contributionIds": [FIRST]}
LATE_PAGE = f"/late-information/{FIRST}"
UNSTARTED = {
    **{"followUpId": FIRST, "agreedOn": DAY, "dueOn": "2026-12-04", "needs": ["debts"], "owner": "gemeente-leiden"},
    **{"end": "done", "trajectoryId": None, "noneBecause": None, "explainedBy": None, "explainedAt": None},
}
EXPLAINED = {
    **{"followUpId": OTHER, "noneBecause": "Heeft al werk.", "explainedBy": "Karin Veldhuis"},
    "explainedAt": "2026-11-27T09:30:00+00:00",
}
ANSWERED = asked(
    answeredOn="2026-11-09",
    services=[
        service_answer("housing", contributionId=SECOND),
        service_answer("public_order", "may_not_share", ground="no_consent"),
    ],
    contactId=THIRD,
)
EARLIER = referral(SECOND, tableOn=None, kind="current_referral", informationRequests=[ANSWERED])
RUNNING: dict[str, Any] = {
    "meetings": {"table": "focus", "openedOn": DAY, "caseHolder": "reclassering-nederland"},
    "weighing": {
        **{"followUpId": FIRST, "what": "settle_bilaterally", "owner": "nationale-politie"},
        **{"otherPartner": "gemeente-leiden", "agreedOn": DAY, "dueOn": "2026-12-04"},
    },
    "aftercare": {"trajectoryId": FIRST, "kind": "guidance", "provider": "exodus", "startsOn": DAY},
}
"""Who has to do with the person now, as each service tells the officer."""
TOLD: dict[str, Any] = {
    "intake": {
        "caseId": CASE,
        "subjectId": subject_of(FIRST),
        "referrals": [{**referral(FIRST), "weighed": True, "withdrawnOn": None}],
    },
    "weighing": {
        "caseId": CASE,
        "caseIds": [CASE, OTHER],
        "referrals": [
            referral(
                FIRST,
                stated={"urgent": True, "consent": "no", "organisations": [], "measures": [], "contributionIds": []},
            ),
            EARLIER,
        ],
        "decisions": [
            decision(SECOND, briefingOn="2026-11-03", tabling=1, decision="no_follow_up", reason="deferred"),
            decision(SECOND, briefingOn="2026-11-10", tabling=2),
            decision(FIRST, decision="focus", briefingOn="2026-11-10"),
        ],
        "decisionsTakenBack": [
            {
                "decision": decision(FIRST, decision="escalate"),
                "withdrawn": True,
                "because": "Another referral was meant.",
            }
        ],
    },
    "meetings": {
        "caseId": CASE,
        "tableCases": [
            {
                **{"tableCaseId": CASE, "subjectId": subject_of(FIRST), "table": "focus", "openedOn": DAY},
                **{"closing": None, "withdrawnOn": None, "standingPlan": PLAN, "suspectSince": None},
                "decisionCorrectedOn": "2026-11-27",
                "clientAtTable": {"wanted": False, "contraIndications": ["safety_risk"], "caseHolderConsulted": True},
                "sessions": [{"heldOn": "2026-11-25", "state": "held"}],
                "lateInformation": [LATE, LATE | {"readOn": DAY}],
                "repeatQuestions": [REPEAT, REPEAT | {"answer": "overtaken", "answeredOn": DAY}],
            }
        ],
    },
    "aftercare": {
        "caseId": CASE,
        "detentions": [
            {
                **{"subjectId": subject_of(FIRST), "detainedOn": DAY, "institution": "other", "refusedOn": None},
                **{"releaseDate": {"releaseOn": "2027-02-01"}, "planMadeOn": "2026-11-28", "sameStayAs": OTHER},
            }
        ],
        "missing": [{"missing": [{"name": "Onderdak geregeld of aangevraagd", "dueOn": "2027-01-18"}]}],
        "trajectories": [{"kind": "guidance", "provider": "exodus", "startsOn": DAY, "endedOn": None}],
        "wantedTrajectories": [
            {
                **{"agreedOn": DAY, "dueOn": "2026-12-04", "needs": ["housing"], "owner": "gemeente-leiden"},
                **{"end": "lapsed", "trajectoryId": OTHER},
            },
            UNSTARTED,
            UNSTARTED | EXPLAINED,
        ],
        "stays": [{"transitionHouse": "gouda", "askedOn": DAY, "beganOn": DAY, "endedOn": None}],
    },
}


@pytest.fixture
def case(desk: Desk) -> Desk:
    """That every service tells of."""
    desk.sign_in()
    desk.services.answers |= {(service, PATH): TOLD[service] for service in SERVICES}
    desk.services.answers["intake", "/v1/subjects/names"] = named(FIRST)
    return desk


def test_each_service_tells_its_part(case: Desk) -> None:
    page = case.get(PAGE).text
    for words in (
        *("Şükran Yılmaz-van den Heuvel", "Aanhoudingsmelding", "Nationale Politie", "Agenderen focus"),
        *("ingetrokken: Another referral was meant.", "Focusoverleg", "Reclassering Nederland", "Intake at the GGD"),
        *("1 feb 2027", "Onderdak geregeld", "Begeleiding, Exodus", "Doorstroomhuis Gouda"),
        *("Cliënt aan tafel", "risico voor iemands veiligheid", "besluit teruggenomen", "loopt door"),
        "het besluit waarmee de casus hier kwam, is op 27 nov 2026 teruggenomen",
        "de betrokkene stemt niet in",
    ):
        assert words in page, words


def test_a_case_shows_what_partners_answered_on_earlier_referrals_with_the_texts_that_are_told(case: Desk) -> None:
    page = case.get(PAGE).text
    earlier = page[page.index("Wat partners antwoordden op eerdere meldingen") :]
    for words in (
        *("Actuele melding", "10 nov 2026: Bilateraal", "Gemeente Leiden", "beantwoord", "9 nov 2026"),
        *("Wonen: Bekend", "Mag niet delen (Geen toestemming", "Wat er geschreven is"),
    ):
        assert words in earlier, words
    texts = {"items": [written(SECOND, "Wordt uit huis gezet.", kind="answer")]}
    case.services.answers["intake", "/v1/contributions"] = texts
    page = case.get(PAGE).text
    assert "Wordt uit huis gezet." in page
    assert "Wat er geschreven is" not in page
    assert {"contributionIds": [SECOND, THIRD], "purpose": "briefing"} in case.services.bodies
    case.services.answers["weighing", PATH] = TOLD["weighing"] | {"referrals": [referral(FIRST)]}
    assert "eerdere meldingen" not in case.get(PAGE).text, "what waits is on the board"


def test_a_case_says_who_belongs_with_them_and_leads_the_officer_to_their_page(case: Desk) -> None:
    path = f"/v1/subjects/{subject_of(FIRST)}/relations"
    assert "Leden en relaties" in case.get(PAGE).text, "intake does not answer"
    case.services.answers["intake", path] = {"items": [relation()]}
    assert "Els Jansen, 2 januari 1960, Leiden" in case.get(PAGE).text
    case.services.answers["intake", path] = Missing("intake", "not_found")
    assert "Leden en relaties" not in case.get(PAGE).text
    case.services.answers["intake", path] = {"items": []}
    assert "Leden en relaties" not in case.get(PAGE).text
    case.sign_in(OFFICER)
    assert f'href="/subjects/{subject_of(FIRST)}/relations"' in case.get(PAGE).text


def test_the_officer_sees_who_has_the_case_to_tell_a_caller_and_nobody_else_does(case: Desk) -> None:
    case.services.answers["meetings", f"{PATH}/running"] = {"items": [RUNNING["meetings"]]}
    case.services.answers["meetings", PATH] = Missing("meetings", "not_allowed")
    assert "Wie heeft de casus" not in case.get(PAGE).text
    case.sign_in(OFFICER)
    page = case.get(PAGE).text
    assert all(words in page for words in ("Wie heeft de casus", "Focusoverleg", "Reclassering Nederland"))
    assert "Intake at the GGD" not in page
    case.services.answers["meetings", f"{PATH}/running"] = {"items": []}
    assert "Geen tafel heeft deze casus nu." in case.get(PAGE).text


def test_the_officer_sees_who_has_yet_to_do_something_and_who_guides_to_tell_a_caller(case: Desk) -> None:
    case.services.answers |= {(service, f"{PATH}/running"): {"items": [item]} for service, item in RUNNING.items()}
    case.services.answers |= {(service, PATH): Missing(service, "not_allowed") for service in ("weighing", "aftercare")}
    headings = "Wie moet nog iets doen", "Wie begeleidt de betrokkene"
    assert not any(heading in case.get(PAGE).text for heading in headings), "the weighing team has its own parts"
    case.sign_in(OFFICER)
    page = case.get(PAGE).text
    for words in (
        *headings,
        "Nationale Politie, met Gemeente Leiden, afgesproken op 20 nov 2026, uiterlijk 4 dec 2026",
    ):
        assert words in page, words
    assert "Exodus, sinds 20 nov 2026" in page
    case.services.answers |= {(service, f"{PATH}/running"): {"items": []} for service in RUNNING}
    page = case.get(PAGE).text
    assert all(words in page for words in ("Er staat geen vervolgactie open.", "Er loopt geen traject."))


def test_the_aftercare_coordinator_alone_reads_what_a_provider_wrote_of_a_conversation(case: Desk) -> None:
    outcome = {**written(FIRST, "Wil begeleid wonen.", kind="outcome"), "organisation": "exodus"}
    texts = [outcome, written(FIRST, "Slaapt in zijn auto.", kind="concern")]
    case.services.answers["intake", "/v1/contributions"] = {"items": texts}
    assert "Wil begeleid wonen." not in case.get(PAGE).text
    case.sign_in(COORDINATOR)
    page = case.get(PAGE).text
    assert "Gesprek in de PI, Exodus, 17 nov 2026 09:30" in page
    assert "Wil begeleid wonen." in page
    assert "Slaapt in zijn auto." not in page
    assert {"caseIds": [CASE], "purpose": "aftercare"} in case.services.bodies
    del case.services.answers["intake", "/v1/contributions"]
    assert "Resultaten van gesprekken" in case.get(PAGE).text


@pytest.mark.parametrize("holds", [True, False], ids=["the-holder", "the-director"])
def test_what_a_partner_told_too_late_is_read_by_who_holds_the_case_and_by_the_director(
    case: Desk, holds: bool
) -> None:
    page = f"/cases/{CASE}"
    case.sign_in(HOLDER if holds else DIRECTOR)
    if holds:
        case.services.answers["meetings", PATH] = {"caseId": CASE, "tableCases": [], "involvement": [HELD]}
    assert "vertelde meer op 20 nov 2026, na het besluit" in case.get(page).text
    texts = {"items": [written(FIRST, "Slaapt nu bij zijn zus.", kind="answer")]}
    case.services.answers["intake", "/v1/contributions"] = texts
    assert "Slaapt nu bij zijn zus." in case.get(f"{page}{LATE_PAGE}").text
    purpose = "late_information" if holds else "focus"
    assert {"contributionIds": [FIRST], "purpose": purpose} in case.services.bodies
    case.services.answers["intake", "/v1/contributions"] = {"items": []}
    assert "U kunt hier geen tekst lezen." in case.get(f"{page}{LATE_PAGE}").text
    assert case.get(f"{page}/late-information/{CASE}").status_code == 404


@pytest.mark.parametrize("answer", [Done({}), Missing("meetings", NO_ANSWER)], ids=["recorded", "no-answer"])
def test_that_somebody_has_read_what_was_told_too_late_is_one_click(case: Desk, answer: Done | Missing) -> None:
    page = f"/cases/{CASE}"
    case.sign_in(DIRECTOR)
    reading = ("meetings", f"/v1/late-information/{FIRST}/reading")
    case.services.results[reading] = answer
    assert case.send(f"{page}{LATE_PAGE}", f"{page}{LATE_PAGE}").headers["Location"] == page
    assert [command[:2] for command in case.services.commands] == [reading]


def test_the_aftercare_coordinator_says_why_no_trajectory_started_though_it_is_done(case: Desk) -> None:
    page, path = f"/cases/{CASE}/trajectories/{FIRST}", f"/v1/wanted-trajectories/{FIRST}/explanation"
    shown = case.get(PAGE).text
    assert "gedaan, maar geen traject" in shown
    assert "zonder traject (Karin Veldhuis, 27 nov 2026 10:30): Heeft al werk." in shown
    assert (page in shown, case.get(page).status_code) == (False, 403)
    case.sign_in(COORDINATOR)
    assert page in case.get(PAGE).text
    assert "Zeg waarom er geen traject is gestart." in case.send(page, page, because="").text
    case.services.results["aftercare", path] = Done({})
    sent = case.send(page, page, because="Wil liever zelf zoeken.")
    assert sent.headers["Location"] == PAGE
    assert case.services.commands[-1][1:3] == (path, {"noneBecause": "Wil liever zelf zoeken."})


def test_a_case_of_merged_records_says_of_how_many(case: Desk) -> None:
    page = case.get(PAGE).text
    assert "samengevoegd uit 2 dossiers" in page
    assert "een andere detentie van hetzelfde verblijf" in page
    assert OTHER not in page
    case.services.answers["weighing", PATH] = TOLD["weighing"] | {"caseIds": [CASE]}
    assert "samengevoegd" not in case.get(PAGE).text


@pytest.mark.parametrize(("service", "heading"), [("meetings", "Tafels"), ("aftercare", "Nazorg")])
def test_a_part_that_does_not_come_is_named_and_one_that_is_for_others_is_left_out(
    case: Desk, service: str, heading: str
) -> None:
    case.services.answers[service, PATH] = Missing(service, "no_answer")
    page = case.get(PAGE).text
    assert heading in page
    assert "niet beschikbaar" in page
    case.services.answers[service, PATH] = Missing(service, "not_allowed")
    assert heading not in case.get(PAGE).text


@pytest.mark.parametrize(
    ("reasons", "status"),
    [
        (["not_found"] * 4, 404),
        (["not_found", "not_allowed", "not_allowed", "not_allowed"], 404),
        (["not_allowed"] * 4, 403),
        (["no_answer"] * 4, 200),
    ],
)
def test_a_case_that_nobody_tells_of_does_not_exist(case: Desk, reasons: list[str], status: int) -> None:
    for service, reason in zip(SERVICES, reasons, strict=True):
        case.services.answers[service, PATH] = Missing(service, reason)
    answer = case.get(PAGE)
    assert answer.status_code == status
    assert "Yılmaz" not in answer.text


def test_the_case_is_shown_without_names_to_whom_intake_tells_none(case: Desk) -> None:
    case.services.answers["intake", "/v1/subjects/names"] = Missing("intake", "not_allowed")
    page = case.get(PAGE).text
    assert "Yılmaz" not in page
    assert "zonder namen" in page


NOT_TOLD: dict[str, dict[str, Any]] = {
    "weighing": {"caseId": CASE, "referrals": [], "decisions": [], "decisionsTakenBack": []},
    "meetings": {"caseId": CASE, "tableCases": []},
    "aftercare": {"caseId": CASE, "detentions": [], "missing": [], "trajectories": [], "stays": []},
}
ASKED = {
    **{"requestId": CASE, "referralId": FIRST, "subjectId": subject_of(FIRST), "kind": "arrest_notice"},
    **{"receivedOn": DAY, "answerBy": "2026-11-23", "answeredOn": None, "involved": None},
}
REFERRED = {
    **{"referralId": FIRST, "kind": "current_referral", "receivedOn": DAY, "decidedOn": "2026-11-24"},
    **{"decision": "no_follow_up", "reason": "deferred", "comesBackOn": "2026-12-01", "reroutedTo": None},
}
HELD = {
    **{"tableCaseId": CASE, "table": "focus", "openedOn": DAY, "closedOn": None, "holds": True, "agreedOn": DAY},
    **{"caseHolder": "gemeente-gouda", "agreements": PLAN["plan"]["agreements"]},  # type: ignore[index]
    **{"sessions": [{"heldOn": "2026-11-25", "state": "held"}], "releases": [{"releaseOn": "2027-02-01"}]},
    **{"moments": [{"code": "week_1", "dueOn": "2026-11-27", "answer": None}]},
    **{"repeatQuestions": [REPEAT], "lateInformation": [LATE]},
    **{"repeats": [{"weighedOn": "2026-11-26", "decision": "bilateral"}], "suspectSince": "2026-11-27"},
}
RETURN = {
    **{"detentionId": CASE, "detainedOn": DAY, "institution": "other", "releaseOn": "2027-02-01"},
    "plan": {
        "madeOn": "2026-11-28",
        "domains": [
            {
                **{"domain": "housing", "need": None, "agreement": "Kamer gevraagd", "owner": "casemanager"},
                **{"dueOn": DAY, "referredTo": None},
            }
        ],
    },
    "missing": [{"name": "Onderdak geregeld of aangevraagd", "dueOn": "2027-01-18"}],
}
INVOLVED: dict[str, Any] = {
    "weighing": {"asked": [ASKED], "referred": [REFERRED]},
    "meetings": [HELD],
    "aftercare": {
        "returns": [RETURN],
        "conversations": [{"askedOn": DAY, "institution": "other", "releaseOn": "2027-02-01", "heldOn": None}],
        "trajectories": [{"kind": "guidance", "startsOn": DAY, "endedOn": None}],
    },
}


@pytest.fixture
def part(case: Desk) -> Desk:
    """Of a case, as a person of a partner sees it."""
    case.services.answers["intake", PATH] = Missing("intake", "not_allowed")
    for service, involvement in INVOLVED.items():
        case.services.answers[service, PATH] = NOT_TOLD[service] | {"involvement": involvement}
    return case


def test_a_person_of_a_partner_sees_what_concerns_the_organisation(part: Desk) -> None:
    page = part.get(PAGE).text
    for words in (
        *("Een deel van de casus", "Şükran Yılmaz-van den Heuvel", "Wat uw organisatie wordt gevraagd", "nog niet"),
        *("Wat uw organisatie meldde", "komt terug op 1 dec 2026", "Focusoverleg", "Intake at the GGD"),
        *("Houdt het plan stand?", "Opnieuw gemeld", "Kamer gevraagd", "Huisvesting", "Onderdak geregeld"),
        *("Gesprek gevraagd op", "Begeleiding: sinds", "Bij ZSM loopt een zaak van deze persoon"),
    ):
        assert words in page, words
    assert "Er is nog niets besloten." not in page, "more may be decided than this person sees"


def test_who_is_not_asked_sees_the_part_without_names(part: Desk) -> None:
    part.services.answers["weighing", PATH] = Missing("weighing", "not_found")
    page = part.get(PAGE).text
    assert "zonder namen" in page
    assert "Yılmaz" not in page
    assert "Briefing" not in page.partition("<main")[2]
