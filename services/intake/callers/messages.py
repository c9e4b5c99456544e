"""What partners ask by message, what people record of an answer, and the answer by message."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from services.intake.house import House
from services.intake.partners.rules import Statement
from services.intake.referrals.circumstances import Consent
from services.intake.subjects.messages import AboutWhom
from services.intake.subjects.rules import born_in_future, unknown_municipality
from shared.bounds import Code, Name, Text
from shared.days import HouseDay
from shared.rules import BrokenRule


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationQuestion(Statement):
    """`information-questions.submitted.v1`: who else is involved? `asked_by`: the person who asks. `about`: whom it is
    about, as far as it is told; nobody is registered by it. `consent`: whether that person agrees that it is asked.
    """

    reference: Code
    asked_by: Name
    question: Text
    about: AboutWhom | None = None
    consent: Consent = "not_asked"

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        if self.about:
            yield from unknown_municipality("about.municipality", self.about.municipality, house)
            yield from born_in_future("about.birthDate", self.about.birth_date, today)

    def placed(self, house: House) -> Self:
        place = house.place(self.about.municipality) if self.about and self.about.municipality else None
        return replace(self, about=replace(self.about, municipality=place.name)) if place and self.about else self


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationQuestionAnswered:
    """`information-questions.answered.v1`: the house's answer to a question that the partner sent.

    `message_id`, `reference`: the partner's own. `correction`: true if the answer before is wrong; `because`: what was
    wrong with it.
    """

    message_id: str
    reference: str
    answer: str
    answered_on: date
    correction: bool | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCaller:
    """`answer`: what the caller was told. `told_on`: today if it is left out. `because`: what was wrong with the answer
    before. `confirmed`: the answer to a consultation was warned of, and tells of nobody all the same.
    """

    answer: Text
    told_on: HouseDay | None = None
    because: Text | None = None
    confirmed: bool = False
