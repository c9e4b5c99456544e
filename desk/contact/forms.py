"""The telephone form: one sentence is enough."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from desk.contact.circumstances import MeasureList, Organisations, fields_of_measures
from desk.contact.members import MemberList, Row, fields_of_members
from desk.contact.words import CHANNELS, CONSENT, REASONS, SORTED_AS, WARNINGS
from desk.forms import DeskForm
from desk.houses import House
from desk.language import lazy
from desk.services import Problem
from desk.whom import ABOUT, NOTHING, WhomFields, as_people_write

NOTICES = ("arrest_notice", "detention_notice")
"""Kinds of referral that no call brings."""
OUTSIDE = {"organisation": "organisation", "function": "function", "name": "caller", "phone": "phone"}
FIELDS = {
    "text": "text",
    "channel": "channel",
    "toldOn": "told_on",
    "partner": "partner",
    "consent": "consent",
    "withoutConsent": "without_consent",
    "because": "because",
    **{"organisations": "organisations", "risks": "risks", "urgentBecause": "urgent_because"},
    **{f"outside.{wire}": name for wire, name in OUTSIDE.items()},
    **{f"about.{wire}": name for wire, name in ABOUT.items()},
    "about": "family_name",
    "sorting.sortedAs": "sorted_as",
    "sorting.destination": "destination",
    "sorting.theme": "theme",
    "sorting.kind": "kind",
    "worrying": "worrying",
    "sorting.duplicateOf": "duplicate_of",
}
"""How the service calls a field, and how the form does."""


class ChangeForm(DeskForm):
    """Base of what changes a contact moment. version: of the one that the person has seen."""

    refusals, blamed = REASONS, FIELDS
    version = HiddenField()
    warned = False

    def blame(self, problems: Sequence[Problem]) -> None:
        super().blame(problems)
        self.warned = any(problem.code in WARNINGS for problem in problems)

    @property
    def rows(self) -> Sequence[Row]:
        """What the form has several of; none."""
        return ()


class ContactForm(ChangeForm, WhomFields):
    """A contact moment. What nobody has said stays empty."""

    text = TextAreaField(lazy("What is told"), [InputRequired(lazy("One sentence is enough.")), Length(max=10_000)])
    partner = SelectField(lazy("Partner"), default="")
    organisation = StringField(lazy("Another organisation"), [Length(max=100)])
    function = StringField(lazy("Function"), [Length(max=100)])
    caller = StringField(lazy("Name of the caller"), [Length(max=100)])
    phone = StringField(lazy("Phone number"), [Length(max=40)])
    consent = RadioField(
        lazy("Does the person agree that this is told?"), choices=[*CONSENT.items()], default="not_asked"
    )
    without_consent = StringField(lazy("Why the person is sent on without agreeing"), [Length(max=2000)])
    urgent = BooleanField(lazy("It can't wait"))
    urgent_because = StringField(lazy("Why it can't wait"), [Length(max=2000)])
    organisations = Organisations(lazy("Organisations involved"))
    measures = MeasureList()
    risks = TextAreaField(lazy("Risks"), [Length(max=2000)])
    channel = RadioField(lazy("How it was told"), choices=[*CHANNELS.items()], default="phone")
    told_on = DateField(
        lazy("On which day"),
        [Optional()],
        description=lazy("Empty is today; of a call that is known, the day as it was."),
    )
    sorted_as = RadioField(lazy("What is it?"), choices=[("", lazy("Sort it later")), *SORTED_AS.items()], default="")
    destination = SelectField(lazy("Where the caller was sent"), default="")
    theme = SelectField(lazy("Sealed theme"), default="", description=lazy("Nobody but the role of the theme sees it."))
    kind = SelectField(lazy("Kind of referral"), default="")
    worrying = BooleanField(lazy("It is worrying"))
    confirmed = BooleanField(lazy("The text tells of nobody: keep it so"))
    duplicate_of = SelectField(lazy("The same call as"), default="")
    because = StringField(lazy("Why you change it"), [Length(max=2000)])
    members = MemberList()

    @property
    def rows(self) -> Sequence[Row]:
        """Members and measures, for the summary of what is wrong."""
        return [*self.members.rows, *self.measures.rows]

    def field_of(self, wire: str) -> Field | None:
        found = (rows.field_of(wire) for rows in (self.members, self.measures))
        field = next((each for each in found if each is not None), None)
        return super().field_of(wire) if field is None else field

    def offer(self, house: House, alike: Sequence[tuple[str, str]] = ()) -> None:
        """alike: other contact moments that may be the same, each with what it is called."""
        self.offer_places(house)
        by_message = self.channel.data == "message"
        self.channel.choices = [each for each in CHANNELS.items() if (each[0] == "message") == by_message]
        self.organisations.offer(house)
        self.measures.offer(house)
        self.partner.choices = [NOTHING, *((each.id, each.name) for each in house.partners)]
        self.destination.choices = [NOTHING, *((each.code, each.name) for each in house.destinations)]
        self.theme.choices = [NOTHING, *((each.code, each.name) for each in house.sealed_themes)]
        self.kind.choices = [
            NOTHING,
            *((each.code, each.name) for each in house.referral_kinds if each.code not in NOTICES),
        ]
        self.duplicate_of.choices = [NOTHING, *alike]

    def command(self) -> dict[str, Any]:
        """The contact moment, as the service wants it; what is empty is left out."""
        outside = {wire: self[name].data.strip() for wire, name in OUTSIDE.items() if (self[name].data or "").strip()}
        told = {
            "text": self.text.data,
            "partner": self.partner.data,
            "outside": outside,
            "about": self.about(),
            "members": self.members.told(self.family_name.data if self.whom.data == "family" else None),
            "consent": self.consent.data,
            "withoutConsent": self.without_consent.data,
            "urgent": self.urgent.data,
            "urgentBecause": self.urgent_because.data,
            "organisations": self.organisations.data,
            "measures": self.measures.told(),
            "risks": self.risks.data,
            "channel": self.channel.data,
            "toldOn": self.told_on.data.isoformat() if self.told_on.data else None,
            "because": self.because.data,
            "sorting": self._sorting(),
        }
        return {wire: value for wire, value in told.items() if value}

    def _sorting(self) -> dict[str, Any]:
        if self.duplicate_of.data:
            return {"duplicateOf": self.duplicate_of.data}
        if not self.sorted_as.data:
            return {}
        with_it = {"rerouted": ["destination"], "referral": ["theme", "kind", "worrying"]}.get(self.sorted_as.data, [])
        chosen = {name: self[name].data for name in with_it if self[name].data}
        return {"sortedAs": self.sorted_as.data, "confirmed": bool(self.confirmed.data), **chosen}

    @property
    def is_begun_on(self) -> Mapping[str, bool]:
        """Which parts of the form are shown unfolded: those with something in them, or something wrong."""
        parts = {
            "caller": ("partner", *OUTSIDE.values()),
            "whom": tuple(ABOUT.values()),
            "more": ("destination", "theme", "told_on", "urgent_because"),
        }
        begun = {part: any(self[name].data or self[name].errors for name in names) for part, names in parts.items()}
        differs = self.urgent.data or self.consent.data != "not_asked" or self.channel.data != "phone"
        begun["circumstances"] = bool(self.organisations.data or self.measures.told() or self.risks.data)
        return begun | {"more": begun["more"] or differs, "members": any(self.members.told(None))}


class WorryForm(ChangeForm):
    """Whether a referral is worrying, so that a briefing weighs it."""

    worrying = RadioField(
        lazy("Is it worrying?"),
        [InputRequired(lazy("Choose yes or no."))],
        choices=[("yes", lazy("Yes, a briefing weighs it")), ("no", lazy("No, it is only registered"))],
    )
    because = StringField(lazy("Why"), [Length(max=2000)])

    def command(self) -> dict[str, Any]:
        told = {"worrying": self.worrying.data == "yes", "version": int(self.version.data or 0)}
        return told | ({"because": self.because.data} if self.because.data else {})


class WithdrawalForm(ChangeForm):
    """A contact moment was recorded by mistake."""

    because = StringField(lazy("What was wrong"), [InputRequired(lazy("Say what was wrong.")), Length(max=2000)])

    def command(self) -> dict[str, Any]:
        return {"because": self.because.data}


class AnswerForm(ChangeForm):
    """What somebody who asked something was told. A second answer says what was wrong with the first."""

    blamed = {**FIELDS, "answer": "answer"}
    answer = TextAreaField(lazy("What you told"), [InputRequired(lazy("Write what you told.")), Length(max=2000)])
    told_on = DateField(lazy("Told on"), [Optional()], description=lazy("Today, if it stays empty."))
    because = StringField(lazy("What was wrong with the answer before"), [Length(max=2000)])
    confirmed = BooleanField(lazy("The text tells of nobody: keep it so"))

    def command(self) -> dict[str, Any]:
        told = {
            "answer": self.answer.data,
            "toldOn": self.told_on.data.isoformat() if self.told_on.data else None,
            "because": self.because.data,
            "confirmed": self.confirmed.data,
        }
        return {wire: value for wire, value in told.items() if value}


def fields_of(moment: Any) -> dict[str, Any]:
    """A contact moment, for the fields of the form that changes it."""
    telling = moment["telling"]
    outside, about = telling["outside"] or {}, telling["about"] or {}
    fields = {name: outside.get(wire) for wire, name in OUTSIDE.items()}
    fields |= {name: about.get(wire) for wire, name in ABOUT.items()}
    fields |= {name: telling[name] for name in ("text", "partner", "consent", "urgent", "channel")}
    fields |= {"without_consent": telling.get("withoutConsent"), "urgent_because": telling.get("urgentBecause")}
    fields |= {"organisations": telling.get("organisations"), "risks": telling.get("risks")}
    fields |= {"measures": fields_of_measures(telling.get("measures"))}
    fields |= {"told_on": date.fromisoformat(telling["toldOn"]) if telling["toldOn"] else None}
    fields |= {"whom": about.get("kind"), "birth_date": as_people_write(about.get("birthDate"))}
    fields |= {"members": fields_of_members(telling.get("members"))}
    fields |= {"sorted_as": moment["sortedAs"] or "", "destination": moment["destination"]}
    fields |= {"kind": moment["referralKind"]}
    return {name: value for name, value in fields.items() if value is not None} | {"version": moment["version"]}
