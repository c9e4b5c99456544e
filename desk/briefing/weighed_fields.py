"""What the team weighed besides its decision: each criterion, the client at the table, the motive."""

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup
from wtforms import BooleanField, Form, TextAreaField, ValidationError

from desk.briefing.choices import NOTHING, Checkboxes, OneOf, written_options
from desk.houses import Entry
from desk.language import gettext, lazy
from desk.words import CONTRA_INDICATIONS

FINDINGS = {"criteria": "", "criteriaNotMet": ":not_met", "criteriaUnknown": ":unknown"}
"""How the service calls the criteria with a finding, and what the form writes behind the code of each."""
WORDS = {"": lazy("met"), ":not_met": lazy("not met"), ":unknown": lazy("unknown")}
YES, NO = "yes", "no"
BLAMED = {
    **dict.fromkeys(FINDINGS, "criteria"),
    "clientAtTable": "client_wanted",
    "clientAtTable.contraIndications": "contra_indications",
    "motive": "motive",
}
"""Of what the service blames: the field of the form."""


class Findings(Checkboxes):
    """One finding on each criterion: a select for each, all of the field's name."""

    def offer(self, criteria: Sequence[Entry]) -> None:
        self.choices = [(each.code + mark, f"{each.name}: {word}") for each in criteria for mark, word in WORDS.items()]

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value for value in valuelist if value])

    def with_mark(self, mark: str) -> list[str]:
        """The codes with this finding."""
        found = [value.partition(":") for value in self.data or ()]
        return [code for code, colon, rest in found if colon + rest == mark]

    def options(self, criterion: Entry) -> Markup:
        """Of the select of a criterion."""
        offered = [("", "–"), *((criterion.code + mark, str(word)) for mark, word in WORDS.items())]
        return Markup(written_options(tuple((value, word, value in (self.data or ())) for value, word in offered)))  # noqa: S704 - escaped


class WeighedFields(Form):
    """What goes with a decision, whichever it is. The client is asked with one that brings the case to a table."""

    criteria = Findings(lazy("Criteria"))
    client_wanted = OneOf(lazy("Does the client join the meeting?"), default="")
    contra_indications = Checkboxes(lazy("What speaks against it"))
    case_holder_consulted = BooleanField(lazy("The case holder was asked about it"))
    motive = TextAreaField(lazy("Motive"))

    def offer_weighed(self, criteria: Sequence[Entry]) -> None:
        self.criteria.offer(criteria)
        self.client_wanted.choices = [NOTHING, (YES, gettext("yes")), (NO, gettext("no"))]
        self.contra_indications.choices = list(CONTRA_INDICATIONS.items())

    def validate_client_wanted(self, field: Any) -> None:
        if not field.data and (self.contra_indications.data or self.case_holder_consulted.data):
            raise ValidationError(gettext("Choose whether the client joins the meeting."))

    def weighed(self) -> dict[str, Any]:
        """What was typed, as the service wants it."""
        found = {wire: self.criteria.with_mark(mark) for wire, mark in FINDINGS.items()}
        return {**found, "clientAtTable": self._client(), "motive": self.motive.data}

    def _client(self) -> dict[str, Any] | None:
        if not self.client_wanted.data:
            return None
        return {
            "wanted": self.client_wanted.data == YES,
            "contraIndications": self.contra_indications.data or [],
            "caseHolderConsulted": self.case_holder_consulted.data,
        }


def weighed_as_fields(decision: Any) -> Iterator[tuple[str, Any]]:
    """A decision of the service, for the fields of a form."""
    yield "criteria", [code + mark for wire, mark in FINDINGS.items() for code in decision[wire]]
    yield "motive", decision["motive"]
    if client := decision["clientAtTable"]:
        yield "client_wanted", YES if client["wanted"] else NO
        yield "contra_indications", client["contraIndications"]
        yield "case_holder_consulted", client["caseHolderConsulted"]
