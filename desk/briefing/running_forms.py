"""The forms of a briefing itself: who sits there, how far it is, and on which day it is held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from wtforms import BooleanField, DateField, Form, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from desk.briefing.choices import NOTHING, Checkboxes, OneOf
from desk.briefing.running_words import REASONS, SEAT_REASONS
from desk.forms import DeskForm, say
from desk.houses import House
from desk.language import lazy
from desk.services import Problem

SPARE_SEATS = 2
WIRE = {"referralIds": "referral_ids", "to": "to", "on": "on", "because": "because"}


class Step(DeskForm):
    """Something that happens to a briefing. path: at the service, below the briefing."""

    refusals, blamed = REASONS, WIRE
    path: ClassVar[str] = ""

    def command(self, sub_region: str) -> dict[str, Any]:
        values = {wire: self[name].data for wire, name in WIRE.items() if name in self}
        dated = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
        return {"subRegion": sub_region, **dated}


class Prepare(Step):
    path = "preparation"


class Hold(Step):
    path = "holding"


class Settle(Step):
    path = "settling"


class Because(Step):
    because = TextAreaField(lazy("Why"), [InputRequired(lazy("Say why."))])


class Move(Because):
    path = "move"
    to = DateField(lazy("New day"), [InputRequired(lazy("Choose a day."))])


class Cancel(Because):
    path = "cancellation"


class TakeBack(Because):
    path = "withdrawal"


class CarryOver(Because):
    path = "carrying-over"
    referral_ids = Checkboxes(lazy("Referrals"), [InputRequired(lazy("Choose at least one referral."))])


class Extra(Because):
    """A briefing beside those of the weekday."""

    on = DateField(lazy("Day"), [InputRequired(lazy("Choose a day."))])
    referral_ids = Checkboxes(lazy("Referrals"), [InputRequired(lazy("Choose at least one referral."))])


class Seat(Form):
    """One person at the table; a row without partner and name is nobody."""

    Meta = DeskForm.Meta
    partner = OneOf(lazy("For"), default="")
    name = StringField(lazy("Name"), [Length(max=100)])
    chair = BooleanField(lazy("leads the briefing"))
    guest = BooleanField(lazy("guest"))
    non_disclosure_on = DateField(lazy("Guest: signed non-disclosure on"), [Optional()])
    from_item = IntegerField(lazy("From item"), [Optional()])
    to_item = IntegerField(lazy("To item"), [Optional()])

    @property
    def is_taken(self) -> bool:
        return bool(self.partner.data or self.name.data)

    def command(self) -> dict[str, Any]:
        return {
            "partner": self.partner.data or None,
            "name": self.name.data or "",
            "chair": self.chair.data,
            "guest": self.guest.data,
            "nonDisclosureOn": signed.isoformat() if (signed := self.non_disclosure_on.data) else None,
            "fromItem": self.from_item.data or 1,
            "toItem": self.to_item.data,
        }


SEAT_FIELDS = {
    "partner": "partner",
    "name": "name",
    "chair": "chair",
    "guest": "guest",
    "nonDisclosureOn": "non_disclosure_on",
    "fromItem": "from_item",
    "toItem": "to_item",
}


class SeatsForm(DeskForm):
    """version: of the seats that the person has seen."""

    version = HiddenField()


@dataclass(frozen=True)
class SeatRow:
    """id: its number on the page."""

    id: str
    part: Seat


@dataclass(frozen=True)
class Seats:
    """All seats of a briefing as a form."""

    path: ClassVar[str] = "seats"
    form: SeatsForm
    rows: list[SeatRow]

    @classmethod
    def at(cls, name: str, house: House, told: Mapping[str, Any]) -> "Seats":
        """told: what weighing says of the seats."""
        form = SeatsForm.at(name, version=str(told["version"]))
        kept = told["seats"]
        count = max(len(kept) + SPARE_SEATS, 1 + max((_number(each) for each in form.typed or ()), default=0))
        rows = [SeatRow(str(n), _row(n, form, house, kept[n] if n < len(kept) else {})) for n in range(count)]
        return cls(form, rows)

    @property
    def key(self) -> UUID:
        return self.form.key

    @property
    def taken(self) -> list[SeatRow]:
        return [row for row in self.rows if row.part.is_taken]

    def validate(self) -> bool:
        return all([self.form.validate(), *(row.part.validate() for row in self.taken)])

    def command(self, sub_region: str) -> dict[str, Any]:
        return {"subRegion": sub_region, "seats": [row.part.command() for row in self.taken]}

    def blame(self, problems: Iterable[Problem]) -> None:
        """Put what the service does not accept at the fields to blame: `seats[2].partner`."""
        for problem in problems:
            number, _, wire = problem.field.removeprefix("seats[").partition("].")
            is_of_seat = number.isdigit() and wire in SEAT_FIELDS
            field = self.taken[int(number)].part[SEAT_FIELDS[wire]] if is_of_seat else None
            say(self.form, problem.told(SEAT_REASONS), field)

    def forget_drafts(self) -> None:
        self.form.forget_drafts()


def _number(name: str) -> int:
    number = name.removeprefix("seat-").partition("-")[0]
    return int(number) if name.startswith("seat-") and number.isdigit() and len(number) < 3 else 0


def _row(number: int, form: SeatsForm, house: House, kept: Mapping[str, Any]) -> Seat:
    data = {name: kept[wire] for wire, name in SEAT_FIELDS.items() if wire in kept}
    part = Seat(form.typed, prefix=f"seat-{number}-", data=data)
    part.partner.choices = [NOTHING, *((each.id, each.name) for each in house.partners)]
    return part
