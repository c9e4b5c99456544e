"""On which ground somebody has to be forgotten, and what a second person says."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired

from desk.forms import DeskForm
from desk.language import lazy

GROUNDS = {
    "no_longer_needed": lazy("The data are not needed any more"),
    "consent_withdrawn": lazy("The person withdraws consent, and there is no other ground"),
    "objection": lazy("The person objects, and nothing weighs more"),
    "unlawful": lazy("The data should never have been kept"),
    "legal_duty": lazy("The law demands it"),
}
DECISIONS = {"forget": lazy("Forget: nobody can undo it"), "keep": lazy("Keep")}
REFUSALS = {
    "on_agenda": lazy("This person, or a family of theirs, waits for a briefing. Wait until the team has decided."),
    "at_table": lazy("This person, or a family of theirs, is treated at a table. Wait until the table case is closed."),
    "in_aftercare_now": lazy("Aftercare follows this person. Wait until that has ended."),
    "identity_in_doubt": lazy("A referral waits that may be about this person. Decide on that first."),
    "second_person_confirms": lazy("Another person than who asked for it has to confirm it."),
    "unknown_forgetting": lazy("Somebody else has decided on it meanwhile."),
}


class AskForm(DeskForm):
    """Why somebody has to be forgotten."""

    refusals = REFUSALS
    ground = RadioField(lazy("On which ground"), [InputRequired(lazy("Choose one."))], choices=[*GROUNDS.items()])

    def command(self, subject_id: str) -> dict[str, Any]:
        return {"subjectId": subject_id, "ground": self.ground.data}


class DecideForm(DeskForm):
    """What a second person says."""

    refusals = REFUSALS
    decision = RadioField(lazy("Decision"), [InputRequired(lazy("Choose one."))], choices=[*DECISIONS.items()])

    def command(self) -> dict[str, Any]:
        return {"decision": self.decision.data}
