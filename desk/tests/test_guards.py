"""Guards on the board of a briefing, and the page on which the team goes on all the same."""

from typing import Any

import pytest

from desk.services import Done, Problem, Refused
from desk.tests.given import Desk
from desk.tests.given_briefing import BOARD, FIRST, SECOND, answers, guard, referral
from desk.tests.given_questions import WOUTER

GUARD = f"{BOARD}/guards/{FIRST}/local_approach"
OVERRIDE = f"/v1/referrals/{FIRST}/guards/local_approach/override"
BEFORE = {"referralId": SECOND, "partner": "ggd-hollands-midden", "saidOn": "2026-11-02"}
OVERRIDDEN = guard(
    overridden=True,
    because="De gemeente vraagt erom.",
    overriddenBy="Nadia Bakker",
    overriddenAt="2026-11-24T09:05:00Z",
)


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    return with_guards(desk, guard())


def with_guards(desk: Desk, *guards: Any) -> Desk:
    item = referral(FIRST, guards=list(guards))
    desk.services.answers |= answers(item) | {("weighing", f"/v1/referrals/{FIRST}"): item}
    desk.sign_in()
    return desk


@pytest.mark.parametrize(
    ("differently", "words"),
    [
        ({}, "heeft de zaak"),
        ({"check": "asked"}, "geen overleg voordat"),
        ({"check": "not_there"}, "heeft de zaak niet"),
        ({"code": "veilig_thuis", "effect": "no_own_action"}, "het huis onderneemt zelf niets"),
        ({"saidBefore": BEFORE}, "(GGD Hollands Midden, 2 nov 2026, over een andere melding van dezelfde betrokkene)"),
        ({"code": "ggd_care_network", "effect": "decide_where"}, "bepaal samen"),
        (
            {"code": "local_chamber", "effect": "route_to", "check": None, "destination": "local_safety_meeting"},
            "Lokaal veiligheidsoverleg",
        ),
    ],
)
def test_the_board_says_what_another_platform_said_and_what_follows(
    desk: Desk, differently: dict[str, Any], words: str
) -> None:
    assert words in with_guards(desk, guard(**differently)).get(BOARD).text


def test_the_board_says_whom_nobody_asked_and_leads_who_may_ask_to_the_form(desk: Desk) -> None:
    quiet = [
        guard(code=code, effect=effect, check="not_asked")
        for code, effect in (("veilig_thuis", "no_own_action"), ("ggd_care_network", "decide_where"))
    ]
    with_guards(desk, *quiet)
    asking = f'href="/questions/about/{FIRST}"'
    assert "Niet gevraagd: Veilig Thuis, GGD-zorgnetwerk" in desk.get(BOARD).text
    assert asking not in desk.get(BOARD).text
    desk.sign_in(WOUTER)
    assert asking in desk.get(BOARD).text
    assert "/guards/" not in desk.get(BOARD).text


def test_the_team_goes_on_with_a_reason(guarded: Desk) -> None:
    guarded.services.results["weighing", OVERRIDE] = Done(None)
    assert GUARD in guarded.get(BOARD).text
    answer = guarded.send(GUARD, GUARD, because="De gemeente vraagt erom.")
    assert answer.headers["Location"] == f"{BOARD}#referral-{FIRST}"
    assert [command[1:3] for command in guarded.services.commands] == [
        (OVERRIDE, {"because": "De gemeente vraagt erom."})
    ]


def test_without_a_reason_nothing_is_overridden(guarded: Desk) -> None:
    answer = guarded.send(GUARD, GUARD)
    assert (answer.status_code, guarded.services.commands) == (422, [])


def test_what_was_overridden_is_shown_with_its_reason_and_can_hold_again(desk: Desk) -> None:
    with_guards(desk, OVERRIDDEN).services.results["weighing", f"{OVERRIDE}/withdrawal"] = Done(None)
    assert "De gemeente vraagt erom." in desk.get(GUARD).text
    assert desk.send(GUARD, f"{GUARD}/withdrawal").status_code == 303
    assert [command[1] for command in desk.services.commands] == [f"{OVERRIDE}/withdrawal"]


def test_a_refusal_is_said_in_words(guarded: Desk) -> None:
    problem = Problem("guard", "is not a guard", "unknown_guard")
    guarded.services.results["weighing", OVERRIDE] = Refused(404, (problem,))
    answer = guarded.send(GUARD, GUARD, because="Toch.")
    assert (answer.status_code, "Dit wordt niet aanvaard" in answer.text) == (422, True)


def test_a_guard_that_does_not_apply_has_no_page(guarded: Desk) -> None:
    assert guarded.get(GUARD.replace("local_approach", "veilig_thuis")).status_code == 404
