"""A referral is sealed, or unsealed, with the reason."""

from collections.abc import Collection
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from desk.forms import DeskForm
from desk.houses import House
from desk.language import lazy

REASONS = {
    "already_decided_on": lazy("The weighing team has decided on it, and takes its decision back first."),
    "is_of_detention": lazy("This is a detention notice, which aftercare follows: it stays open."),
    "bsn_in_text": lazy("A BSN has a field of its own: do not write it in a text."),
}


class UnsealForm(DeskForm):
    """Why a referral is of no sealed theme."""

    refusals, blamed = REASONS, {"because": "because"}
    because = TextAreaField(
        lazy("Why"),
        [InputRequired(lazy("Say why.")), Length(max=2000)],
        description=lazy("Only the role of the theme reads it."),
    )

    def command(self) -> dict[str, Any]:
        return {"because": self.because.data}


class SealForm(UnsealForm):
    """Of which theme a referral is, and why."""

    theme = SelectField(lazy("Sealed theme"))

    def offer(self, house: House, functions: Collection[str]) -> None:
        """The themes that one of these functions sees."""
        self.theme.choices = [(each.code, each.name) for each in house.sealed_themes if each.role in functions]

    def command_on(self, referral_id: str) -> dict[str, Any]:
        return {**self.command(), "referralId": referral_id, "theme": self.theme.data}
