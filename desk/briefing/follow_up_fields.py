"""Who does what until when, as part of a decision."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, Form
from wtforms.validators import Optional

from desk.briefing.choices import NOTHING, Checkboxes, OneOf, asking, choices_of
from desk.houses import House
from desk.language import lazy

FIELDS = {
    "what": "follow_up",
    "owner": "owner",
    "otherPartner": "other_partner",
    "destination": "discussed_at",
    "lifeDomains": "life_domains",
    "question": "question",
    "askedOf": "asked_of",
    "dueOn": "due_on",
}
"""Of a follow-up: how the service calls a field, and how the form does."""
ASKED = {
    "other_partner": "partner",
    "destination": "meeting",
    "life_domains": "domains",
    "question": "question",
    "asked_of": "asked-of",
}
"""For the style sheet: which fields go with what a follow-up asks."""
PATH = "followUps"


class FollowUpFields(Form):
    """The follow-up of a decision that needs one. What is done is chosen only where it could be one of several."""

    follow_up = OneOf(lazy("Follow-up"), default="")
    owner = OneOf(lazy("Done by"), default="")
    other_partner = OneOf(lazy("Together with"), default="")
    discussed_at = OneOf(lazy("Discussed at"), default="")
    life_domains = Checkboxes(lazy("Life domains of the need"))
    question = OneOf(lazy("What is asked"), default="")
    asked_of = OneOf(lazy("Whom it is asked of"), default="")
    due_on = DateField(lazy("Done by the day"), [Optional()], description=lazy("A working day, from today on."))

    def offer_follow_up(self, house: House) -> None:
        self.follow_up.choices = [NOTHING]
        for each in house.follow_ups:
            self.follow_up.choices.append((each.code, each.name, asking([ASKED[part] for part in each.asks])))
        self.owner.choices = self.other_partner.choices = [NOTHING, *choices_of(house.partners)]
        self.discussed_at.choices = [NOTHING, *choices_of(house.destinations)]
        self.life_domains.choices = choices_of(house.life_domains)
        self.asked_of.choices = [NOTHING, *choices_of(house.partners), *choices_of(house.destinations)]
        self.question.choices = [NOTHING, *choices_of(house.information_questions)]

    def asked_with(self, needed: Sequence[str], house: House) -> list[str]:
        """For the style sheet, what goes with a decision or reason. needed: the follow-ups of which it has one."""
        if not needed:
            return []
        if len(needed) > 1:
            return ["follow-up", "which"]
        asks = [part for each in house.follow_ups if each.code in needed for part in each.asks]
        return ["follow-up", *(ASKED[part] for part in asks)]

    def follow_ups(self, needed: Sequence[str]) -> list[dict[str, Any]]:
        """What was typed, as the service wants it; empty if nothing was. needed: what the decision and reason need."""
        typed = {wire: self[name].data for wire, name in FIELDS.items() if self[name].data}
        if not typed:
            return []
        return [({"what": needed[0]} if len(needed) == 1 else {}) | typed]


def follow_up_field(path: str) -> str | None:
    """The field of the form that the service blames: `due_on` of `followUps[0].dueOn`. None if it blames another."""
    if not path.startswith(PATH):
        return None
    return FIELDS.get(path.partition("].")[2].partition("[")[0], FIELDS["owner"])
