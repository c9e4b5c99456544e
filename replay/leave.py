"""Decisions of the year's last briefing are withdrawn, and wait on the desk for people who decide them anew."""

from typing import Any
from urllib.parse import quote

from deploy.identity.persons import Person
from deploy.local.stack import LocalStack
from replay.house import House
from replay.players.platform import Desk

TEAM = "weighing_team"
MOST = 3
"""So many decisions are left to people."""
BECAUSE = "Teruggelegd om op de werkplek te beslissen."


def leave(stack: LocalStack, house: House, year: int) -> str:
    """Withdraw the last decisions of the last briefing of a year; gives a sentence: who decides on them, and where."""
    person = _member_of_team(stack, house)
    if not person:
        return f"Nobody of the weighing team of {house.house} can sign in, so no decision is left to people."
    team, manager = (Desk(stack, house.house, "weighing", role) for role in (TEAM, "chain_manager"))
    for on, sub_region in _briefings(team, house, year):
        if decisions := _free(team, on, sub_region):
            for decision in decisions:
                _withdraw(manager, decision)
            board = f"{stack.installation.desk_url}/briefings/{quote(sub_region)}/{on}"
            return (
                f"Referrals of the briefing of {on} in {sub_region} that wait for a decision: {len(decisions)}. "
                f"The report lacks them until {person.login} ({person.name}) signs in and decides: {board}"
            )
    return f"No briefing of {year} has decisions that can be left to people."


def _member_of_team(stack: LocalStack, house: House) -> Person | None:
    people = stack.installation.people
    persons = people.persons if people else ()
    return next((person for person in persons if TEAM in person.functions.get(house.house, ())), None)


def _briefings(team: Desk, house: House, year: int) -> list[tuple[str, str]]:
    """Day and sub-region of each briefing of the year that was held, the last one first."""
    held = (
        (str(briefing["on"]), sub_region)
        for sub_region in house.weekdays
        for briefing in team.get("/v1/briefings", subRegion=sub_region)["past"]
    )
    return sorted(((on, sub_region) for on, sub_region in held if on.startswith(f"{year}-")), reverse=True)


def _free(team: Desk, on: str, sub_region: str) -> list[Any]:
    """The last decisions that nothing has followed on, each the first one on its referral, so that the report lacks it.

    One decision of the briefing stays at least, so that people find the briefing among those that were held.
    """
    decided = [each["decision"] for each in team.list(f"/v1/briefings/{on}/decisions", subRegion=sub_region)]
    free = [each for each in decided[1:] if each["tabling"] == 1 and not (each["opensTable"] or each["comesBackOn"])]
    return free[-MOST:]


def _withdraw(manager: Desk, decision: Any) -> None:
    path = f"/v1/referrals/{decision['referralId']}/decisions/{decision['tabling']}/withdrawal"
    manager.post(path, {"because": BECAUSE})
