"""A contact card: how somebody of a partner is reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from desk.forms import DeskForm
from desk.houses import Partner
from desk.language import lazy

TEXTS = ("name", "function", "phone", "mail", "hours")
AWAY = {"firstDay": "first_day", "lastDay": "last_day", "standIn": "stand_in"}
WORDS = {
    "not_a_phone_number": lazy("A phone number has digits, and spaces and + ( ) . / - at most."),
    "not_a_mail_address": lazy("This is no mail address, like naam@gemeente.nl."),
    "no_way_to_reach": lazy("Give a phone number or a mail address."),
    "required": lazy("Give both days."),
    "too_early": lazy("The last day is before the first."),
    "too_far_ahead": lazy("This day is too far ahead."),
    "before_house_began": lazy("This day is before the house began."),
    "wrong_length": lazy("This is too short or too long."),
    "bsn_in_text": lazy("Leave the citizen service number out of the text."),
    "unknown_partner": lazy("The house does not know this partner any more. Choose another one."),
    "other_partner": lazy("You keep the contacts of your own organisation."),
    "too_many_cards": lazy("This partner has four contacts already. Remove one who left first."),
    "unknown_contact_card": lazy("Somebody else has removed this contact meanwhile."),
    "outdated": lazy("Somebody else has changed this contact meanwhile. Send it again if yours is right."),
}


class CardForm(DeskForm):
    """version: of the card that the person has seen."""

    refusals, blamed = WORDS, {name: name for name in (*TEXTS, "partner")} | {"away": "first_day"}
    name = StringField(lazy("Name"), [InputRequired(lazy("Say who it is.")), Length(max=100)])
    function = StringField(lazy("Function"), [Length(max=100)])
    phone = StringField(lazy("Phone number"), [Length(max=40)])
    mail = StringField(lazy("Mail address"), [Length(max=254)])
    hours = StringField(lazy("On which days, and when"), [Length(max=500)])
    first_day = DateField(lazy("On leave from"), [Optional()])
    last_day = DateField(lazy("On leave until"), [Optional()])
    stand_in = StringField(
        lazy("Who takes over"), [Length(max=500)], description=lazy("By name and phone number, while on leave.")
    )
    version = HiddenField()

    def command(self) -> dict[str, Any]:
        """The card, as the service wants it; what is empty is left out."""
        away = {wire: self._told(name) for wire, name in AWAY.items() if self._told(name)}
        card = {name: self._told(name) for name in TEXTS} | {"away": away}
        return {wire: value for wire, value in card.items() if value}

    def field_of(self, wire: str) -> Any:
        """`away.lastDay` is the last day of the leave."""
        part, _, rest = wire.partition(".")
        return self[AWAY[rest]] if part == "away" and rest in AWAY else super().field_of(wire)

    def _told(self, name: str) -> str:
        told = self[name].data
        return told.isoformat() if isinstance(told, date) else (told or "").strip()


class NewCardForm(CardForm):
    """Of which partner, too."""

    partner = SelectField(lazy("Partner"), [InputRequired(lazy("Choose a partner."))], validate_choice=False)

    def offer(self, partners: list[Partner]) -> None:
        """partners: whose cards this person keeps."""
        none = [] if len(partners) == 1 else [("", "–")]
        self.partner.choices = [*none, *((each.id, each.name) for each in partners)]

    def command(self) -> dict[str, Any]:
        return super().command() | {"partner": self.partner.data}


def fields_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A card as the service tells it, for the fields of the form."""
    card = kept["card"]
    fields = {name: card[name] for name in TEXTS} | {"version": kept["version"]}
    if card["away"]:
        days = {AWAY[wire]: date.fromisoformat(card["away"][wire]) for wire in ("firstDay", "lastDay")}
        fields |= days | {"stand_in": card["away"]["standIn"]}
    return fields
