"""The answer of a partner, service by service; and what another partner is asked."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from desk.forms import DeskForm
from desk.houses import House
from desk.language import gettext, lazy
from desk.words import ANSWERS

WORDS: Final = {
    "in_future": lazy("Choose today or a day before."),
    "missing_contact": lazy("Say who said it."),
    "missing_ground": lazy("Say why it may not be shared."),
    "bsn_in_text": lazy("Leave the citizen service number out of the text."),
    "wrong_length": lazy("This text is too long."),
    "already_asked": lazy("This partner is asked already, and has not answered."),
    "not_on_agenda": lazy("The team has decided: nobody waits for an answer any more."),
    "cannot_be_asked": lazy("This partner is not of the covenant. Choose another one."),
    "missing_services": lazy("Choose which of its services are asked."),
}


class AnswerForm(DeskForm):
    """Has two more fields for each service that is asked: `answer_<service>` and `text_<service>`."""

    refusals, blamed = WORDS, {"contact": "contact_name", "contact.phone": "contact_phone"}
    contact_name = StringField(lazy("Whom one can ask"))
    contact_phone = StringField(lazy("Phone"))
    asked: Sequence[str] = ()

    @classmethod
    def of(cls, name: str, services: Iterable[str], house: House, *, on_behalf: bool) -> "AnswerForm":
        """on_behalf: somebody of the house writes down what was said by phone."""
        fields: dict[str, Any] = {"asked": tuple(services)}
        for service in fields["asked"]:
            fields[f"answer_{service}"] = RadioField(
                house.called("information_services", service), choices=_choices(house), validate_choice=False
            )
            fields[f"text_{service}"] = TextAreaField(lazy("What is known"))
        if on_behalf:
            fields["contact_name"] = StringField(
                lazy("Who said it"), [InputRequired(lazy("Say who said it."))], description=lazy("By phone")
            )
        form: AnswerForm = type("AnswerForm", (cls,), fields).at(name)  # type: ignore[attr-defined]
        return form

    def command(self) -> dict[str, Any]:
        """As intake takes it; a service without an answer is left out."""
        services = [self._service(service) for service in self._given]
        contact = {"name": self.contact_name.data, "phone": self.contact_phone.data}
        told = {name: value for name, value in contact.items() if value}
        return {"services": services} | ({"contact": told} if told else {})

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is something to send, too."""
        if not super().validate(extra_validators):
            return False
        if not self._given:
            self.form_errors.append(gettext("Give the answer of at least one service."))
        return not self.form_errors

    def field_of(self, wire: str) -> Field | None:
        """`services[1].text` is the text of the second service that has an answer."""
        part, _, rest = wire.partition(".")
        if not part.startswith("services["):
            return super().field_of("contact" if part == "contact" and rest != "phone" else wire)
        service = self._given[int(part.removeprefix("services[").rstrip("]"))]
        field: Field = self[f"text_{service}" if rest == "text" else f"answer_{service}"]
        return field

    @property
    def _given(self) -> list[str]:
        """The services that have an answer."""
        return [service for service in self.asked if self[f"answer_{service}"].data]

    def _service(self, service: str) -> dict[str, str]:
        answer, _, ground = self[f"answer_{service}"].data.partition(":")
        text = (self[f"text_{service}"].data or "").strip()
        told = {"service": service, "answer": answer, "ground": ground, "text": text}
        return {name: value for name, value in told.items() if value}


class AskForm(DeskForm):
    """Whom the information coordinator asks besides, and what."""

    refusals, blamed = WORDS, {name: name for name in ("partner", "services", "question")}
    partner = SelectField(
        lazy("Partner"),
        [InputRequired(lazy("Choose a partner."))],
        description=lazy("Who gets no message is called"),
        validate_choice=False,
    )
    services = SelectMultipleField(
        lazy("Services"),
        description=lazy("None: all services of a municipality"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    question = SelectField(
        lazy("Question"), description=lazy("None: what each service is usually asked"), validate_choice=False
    )

    def offer(self, house: House) -> None:
        self.partner.choices = [("", "–"), *((each.id, each.name) for each in house.partners)]
        self.services.choices = [(each.code, each.name) for each in house.information_services]
        self.question.choices = [("", "–"), *((each.code, each.name) for each in house.information_questions)]

    def command(self) -> dict[str, Any]:
        wanted = {"partner": self.partner.data, "services": self.services.data, "question": self.question.data}
        return {name: value for name, value in wanted.items() if value}


def _choices(house: House) -> list[tuple[str, str]]:
    """Each answer; why a service may not share is a part of that answer."""
    grounds = [
        (f"may_not_share:{ground.code}", f"{ANSWERS['may_not_share']}: {ground.name}")
        for ground in house.withholding_grounds
    ]
    return [(code, str(ANSWERS[code])) for code in ("known", "nothing_known")] + grounds
