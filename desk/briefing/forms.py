"""The board of a briefing as a form: who is at the table, and a decision on each referral. What corrects a decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, Form, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from desk.briefing.choices import NOTHING, Checkboxes, OneOf, asking, choices_of
from desk.briefing.follow_up_fields import FollowUpFields, follow_up_field
from desk.briefing.weighed_fields import BLAMED, WeighedFields
from desk.briefing.words import DECIDED_MEANWHILE, REASONS
from desk.forms import DeskForm, say
from desk.houses import House
from desk.language import gettext, lazy
from desk.services import Problem

FIELDS = {
    "decision": "decision",
    "reason": "reason",
    "comesBackOn": "comes_back_on",
    "reroutedTo": "rerouted_to",
    "escalatedTo": "escalated_to",
    "informationUsed": "information_used",
}
"""Of a decision: how the service calls a field, and how the form does."""
ABOUT_ALL = {"attendees": "attendees", "legalGround": "legal_ground"}
MARK = "-decision"


class UnlessSeated(InputRequired):
    """Asked for where nobody has written down who sits there."""

    def __call__(self, form: Any, field: Any) -> None:
        if not form.seated.data:
            super().__call__(form, field)


class TeamForm(DeskForm):
    """What holds for every decision that is recorded together."""

    attendees = Checkboxes(lazy("Who is at the table"), [UnlessSeated(lazy("Choose who is at the table."))])
    seated = HiddenField()
    partners_seated: Sequence[str] = ()
    legal_ground = OneOf(lazy("Legal ground"), [InputRequired(lazy("Choose a legal ground."))])

    def sit(self, seats: Sequence[Any]) -> None:
        """seats: as weighing tells them; whoever is in one needs no tick."""
        self.partners_seated = [seat["partner"] for seat in seats if seat["partner"]]
        self.seated.data = "1" if self.partners_seated else ""

    def offer_team(self, house: House) -> None:
        self.attendees.choices = choices_of(house.partners)
        self.legal_ground.choices = [NOTHING, *choices_of(house.legal_grounds)]


class DecisionFields(FollowUpFields, WeighedFields):
    """A decision on one referral. A field that the chosen decision does not ask is not shown."""

    decision = OneOf(lazy("Decision"), default="")
    reason = OneOf(lazy("Reason"), default="")
    comes_back_on = DateField(
        lazy("Comes back on"), [Optional()], description=lazy("Without a day it comes back at the next briefing.")
    )
    rerouted_to = OneOf(lazy("Belongs at"), default="")
    escalated_to = OneOf(lazy("Escalated to"), default="")
    information_used = Checkboxes(lazy("Information that was used"))
    needed: dict[str, Sequence[str]]
    """By decision and reason, the follow-ups of which one goes with it."""

    def offer(self, house: House, possible: Sequence[str], informed: Sequence[str]) -> None:
        """possible: the decisions that the service offers for this referral. informed: whose information there is."""
        decisions = [each for each in house.decisions if each.code in (*possible, self.decision.data)]
        self.decision.choices = [NOTHING]
        for each in decisions:
            asks = ["reason"] * each.needs_reason + ["addressee"] * each.escalates
            asks += ["client"] * bool(each.opens_table)
            asks += self.asked_with(each.needs_follow_up, house)
            self.decision.choices.append((each.code, each.name, asking(asks)))
        self.reason.choices = [NOTHING]
        for reason in house.reasons:
            asks = ["return"] * reason.comes_back + ["destination"] * reason.needs_destination
            asks += self.asked_with(reason.needs_follow_up, house)
            self.reason.choices.append((reason.code, reason.name, asking(asks)))
        self.rerouted_to.choices = [NOTHING, *choices_of(house.destinations)]
        self.escalated_to.choices = [NOTHING, *choices_of(house.addressees)]
        self.offer_weighed(house.criteria)
        self.offer_follow_up(house)
        self.needed = {each.code: each.needs_follow_up for each in house.decisions}
        self.needed |= {each.code: each.needs_follow_up for each in house.reasons}
        known = (*informed, *(self.information_used.data or ()))
        self.information_used.choices = choices_of([each for each in house.partners if each.id in known])

    def command(self) -> dict[str, Any]:
        """What was chosen, as the service wants it."""
        values = {wire: self[name].data for wire, name in FIELDS.items()} | self.weighed()
        needed = [*self.needed.get(self.decision.data, ()), *self.needed.get(self.reason.data, ())]
        values["followUps"] = self.follow_ups(needed)
        return {wire: value for wire, value in values.items() if value}

    @property
    def is_begun(self) -> bool:
        return bool(self.command())


class DecisionForm(DecisionFields):
    """The part of a board about one referral."""

    Meta = DeskForm.Meta


class Because(DeskForm):
    """What a decision that was recorded by mistake asks. recorded_at: of the decision that the person has seen.

    was_second: somebody else has recorded another decision meanwhile.
    """

    refusals, blamed = REASONS, {**FIELDS, **ABOUT_ALL, **BLAMED, "because": "because"}
    was_second = False
    because = TextAreaField(lazy("What was wrong"), [InputRequired(lazy("Say what was wrong."))])
    recorded_at = HiddenField()

    def command(self) -> dict[str, Any]:
        seen = {"recordedAt": self.recorded_at.data} if self.recorded_at.data else {}
        return {"because": self.because.data, **seen}

    def blame(self, problems: Sequence[Problem]) -> None:
        super().blame([each for each in problems if each.code != DECIDED_MEANWHILE])
        self.was_second = any(each.code == DECIDED_MEANWHILE for each in problems)

    def field_of(self, wire: str) -> Field | None:
        name = follow_up_field(wire)
        return self._fields.get(name) if name else super().field_of(wire)


class CorrectionForm(Because, TeamForm, DecisionFields):
    """The right decision in the place of a wrong one."""

    decision = SelectField(lazy("Decision"), [InputRequired(lazy("Choose a decision."))])

    def command(self) -> dict[str, Any]:
        together = {wire: self[name].data for wire, name in ABOUT_ALL.items()}
        return {**DecisionFields.command(self), **together, **Because.command(self)}


@dataclass(frozen=True)
class Board:
    """team: the form. decisions: a part of it for each referral that something was typed or may be typed for, by id.
    only: the id of the referral whose button was used; None of that for all.
    """

    team: TeamForm
    decisions: dict[str, DecisionForm]
    only: str | None

    @classmethod
    def at(cls, name: str, house: House, **defaults: Any) -> "Board":
        team = TeamForm.at(name, **defaults)
        team.offer_team(house)
        board = cls(team, {}, request.form.get("only"))
        for referral_id in dict.fromkeys(_referrals_in(team.typed)):
            board.part(referral_id).offer(house, [each.code for each in house.decisions], ())
        return board

    def part(self, referral_id: str) -> DecisionForm:
        """The part about this referral, with what was typed in it."""
        if referral_id not in self.decisions:
            self.decisions[referral_id] = DecisionForm(self.team.typed, prefix=f"{referral_id}-")
        return self.decisions[referral_id]

    @property
    def chosen(self) -> dict[str, DecisionForm]:
        """The decisions to record: all that are made, or one."""
        return {
            referral_id: part
            for referral_id, part in self.decisions.items()
            if part.decision.data and self.only in (None, referral_id)
        }

    @property
    def key(self) -> UUID:
        """Of the decisions to record."""
        return self.team.token.key_of(",".join(self.chosen))

    def validate(self) -> bool:
        """Whether the decisions can be sent; what is wrong stands at the fields."""
        chosen = self.chosen
        if not chosen:
            self.team.validate()
            self.team.form_errors.append(gettext("Choose a decision."))
        return all([self.team.validate(), *(part.validate() for part in chosen.values())]) and bool(chosen)

    def command(self) -> dict[str, Any]:
        together = {wire: self.team[name].data for wire, name in ABOUT_ALL.items()}
        decisions = [{"referralId": id, **part.command(), **together} for id, part in self.chosen.items()]
        return {"decisions": decisions}

    def blame(self, problems: Sequence[Problem]) -> None:
        """Put what the service does not accept at the fields to blame: `decisions[3].criteria[0]`."""
        parts = list(self.chosen.values())
        for problem in problems:
            place, _, path = problem.field.removeprefix("decisions[").partition("].")
            name = path.partition("[")[0]
            form: Form = self.team if name in ABOUT_ALL or not path else parts[int(place)]
            field = follow_up_field(path) or {**FIELDS, **ABOUT_ALL, **BLAMED}.get(name)
            say(form, problem.told(REASONS), form[field] if field else None)

    def forget_drafts(self) -> None:
        """What was typed about other referrals stays a draft."""
        self.team.forget_drafts(self._rest())

    def _rest(self) -> MultiDict[str, str] | None:
        """What was typed about referrals of which nothing is recorded; None if nothing was."""
        recorded = self.chosen
        if not any(part.is_begun for id, part in self.decisions.items() if id not in recorded):
            return None
        typed = self.team.typed or MultiDict()
        gone = tuple(f"{referral_id}-" for referral_id in recorded)
        return MultiDict((name, value) for name, value in typed.items(multi=True) if not name.startswith(gone))


def possible(item: Any, house: House) -> Sequence[str]:
    """The decisions that can be recorded on a referral, as the service says. item: what weighing tells of it."""
    return item.get("possibleDecisions") or [each.code for each in house.decisions]


def informed(item: Any, team: TeamForm) -> Sequence[str]:
    """Whose information the team may have used: who answered, who referred, and who sits at the table."""
    answered = [asked["partner"] for asked in item["informationRequests"] if asked["answeredOn"]]
    return [*answered, item["referrer"], *(team.attendees.data or ()), *team.partners_seated]


def _referrals_in(typed: MultiDict[str, str] | None) -> Iterator[str]:
    for name in typed or ():
        if name.endswith(MARK):
            try:
                yield str(UUID(name.removesuffix(MARK)))
            except ValueError:
                continue
