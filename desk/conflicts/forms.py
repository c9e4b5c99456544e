"""Whom a referral is about."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from desk.forms import DeskForm
from desk.language import lazy

REASONS = {
    "already_decided": lazy("Somebody else has decided this meanwhile, and otherwise."),
    "not_in_conflict": lazy("Choose which of these people the referral is about."),
    "bsn_in_text": lazy("A BSN has a field of its own: do not write it in a text."),
}
FIELDS = {"subjectId": "subject_id", "because": "because"}


class IdentityForm(DeskForm):
    """What an intake officer decides."""

    refusals, blamed = REASONS, FIELDS
    person = RadioField(
        lazy("Whom is the referral about?"),
        [InputRequired(lazy("Choose whom the referral is about."))],
        choices=[
            ("same", lazy("The person who has this number")),
            ("other", lazy("Somebody else: the number in the referral is wrong")),
        ],
    )
    subject_id = RadioField(lazy("Which person?"), [Optional()], choices=[])
    details_right = BooleanField(lazy("The details of the referral are right, and count from now on"))
    because = StringField(
        lazy("Why"),
        [InputRequired(lazy("Say how you know.")), Length(max=2000)],
        description=lazy("For example: asked the police by phone."),
    )

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """people: who has a number of the referral, each with the name."""
        self.subject_id.choices = [*people]

    def command(self) -> dict[str, Any]:
        chosen = {"subjectId": self.subject_id.data} if self.person.data == "same" and self.subject_id.data else {}
        right = {"detailsRight": bool(self.details_right.data and self.person.data == "same")}
        return {"person": self.person.data, "because": self.because.data, **right, **chosen}
