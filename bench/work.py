"""The work: referrals as a house gets them, drawn by lot from the shares of a published year."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from replay.briefings import next_briefing
from replay.follow_ups import with_follow_ups
from replay.house import DecisionRule, House
from replay.people import People
from replay.players.letters import submission
from replay.referrals import SENT_AS, Referrals
from replay.script import Subject, Tabling

YEAR = json.loads((Path(__file__).parents[1] / "data" / "hollands-midden-2015.json").read_text())
SEEN_BEFORE = 1 - YEAR["unique_subjects"] / YEAR["weighed_referrals"]
"""The chance that a referral is about somebody whom the house knows."""
DECISIONS: Mapping[str, int] = YEAR["decisions"]
AGES: Mapping[str, int] = YEAR["age_class"]
SEXES: Mapping[str, int] = YEAR["sex"]
LIVES_IN: Mapping[str, int] = {each["municipality"]: each["briefing"] for each in YEAR["by_municipality"]}
AT_A_BRIEFING = 30
"""Referrals that are decided on together: about what a house weighs in a week."""
BRIEFINGS, FIRST_BRIEFING, WEEK = 30, date(YEAR["year"], 3, 1), timedelta(days=7)
TABLED_AFTER = 2 * WEEK
REASON = "informed"
"""Of every `no_follow_up`; one that is deferred would come back, and be decided on twice."""


class Task(NamedTuple):
    """One referral. body: the message that brings it, from `user`, of short type `type`; decision: what the weighing
    team sends, in the names of the wire; opens_table: whether that brings it to one."""

    user: str
    type: str
    message_id: str
    body: bytes
    decision: dict[str, Any]
    opens_table: bool

    @property
    def house(self) -> str:
        return self.user.partition(".")[0]

    @property
    def is_detention(self) -> bool:
        return self.type == SENT_AS["detention_notice"]


@dataclass(frozen=True)
class Work:
    """So many referrals of one house, the same for the same seed but for the messages' ids."""

    house: House
    seed: int

    def tasks(self, count: int) -> list[Task]:
        random = Random(self.seed)  # noqa: S311
        people = People(date(YEAR["year"], 12, 31), random)
        referrals = Referrals(self.house, random)
        known: list[Subject] = []
        made = []
        for number in range(count):
            if not known or random.random() > SEEN_BEFORE:
                known.append(self._somebody(people, random))
                subject = known[-1]
            else:
                subject = random.choice(known)
            on = FIRST_BRIEFING + number // AT_A_BRIEFING % BRIEFINGS * WEEK
            made.append(self._task(number, subject, on, referrals, random))
        return made

    def _somebody(self, people: People, random: Random) -> Subject:
        """Of no municipality that does its own aftercare: all that comes in is weighed. A family has no age."""
        places = [self.house.places[name] for name in LIVES_IN if name in self.house.places]
        weighed = {place.name: LIVES_IN[place.name] for place in places if place.contact and not place.own_aftercare}
        place = self.house.places[_drawn(weighed, random)]
        sex, age = _drawn(SEXES, random), _drawn(AGES, random)
        return people.make(place.name, sex, "unknown" if sex == "family" else age, registered=place.registered)

    def _task(self, number: int, subject: Subject, on: date, referrals: Referrals, random: Random) -> Task:
        place = self.house.places[subject.place]
        taken = {figure: rules for figure in DECISIONS if (rules := self._rules(figure, subject))}
        rule = random.choice(taken[_drawn({figure: DECISIONS[figure] for figure in taken}, random)])
        reason = REASON if rule.needs_reason else None
        referral = referrals.on(subject, [Tabling(on=on, decision=rule.code, reason=reason)])
        referral = replace(referral, number=number)
        letter = submission(referral, self.house)
        decision = self._decision(rule, reason, next_briefing(self.house, place.sub_region, on + TABLED_AFTER))
        return Task(
            user=f"{self.house.house}.{letter.partner}",
            type=SENT_AS[referral.kind],
            message_id=str(letter.id),
            body=letter.body,
            decision=decision,
            opens_table=rule.opens_table is not None,
        )

    def _rules(self, figure: str, subject: Subject) -> list[DecisionRule]:
        return self.house.decisions_for(figure, subject.place, subject.age_class, family=subject.is_family)

    def _decision(self, rule: DecisionRule, reason: str | None, on: date) -> dict[str, Any]:
        bound = [partner.id for partner in self.house.partners.values() if partner.bond in ("core", "covenant")]
        decision: dict[str, Any] = {
            "briefingOn": on.isoformat(),
            "decision": rule.code,
            "attendees": bound[:4],
            "criteria": list(self.house.criteria[:3]) if rule.opens_table else [],
            "legalGround": self.house.legal_grounds[0],
        }
        if reason:
            decision["reason"] = reason
        if rule.escalates:
            decision["escalatedTo"] = self.house.addressees[0]
        return with_follow_ups(decision, rule, bound, on, self.house)


def _drawn(shares: Mapping[str, int], random: Random) -> str:
    return random.choices(list(shares), list(shares.values()))[0]
