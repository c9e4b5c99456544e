"""A BIJ notice reaches the mandated contact of a municipality, who may ask the house for support before advising the
mayor: asked, then answered.
"""

from typing import Literal

from services.intake.house import House
from shared.rules import Contradiction, NotAllowed, UnknownObject

State = Literal["asked", "answered"]


class NotMunicipal(NotAllowed):
    field = "organisation"
    reason = "answers for no municipality of this house"


class UnknownQuestion(UnknownObject):
    field = "questionId"
    reason = "is not a BIJ question that you may see"


class AnsweredBefore(Contradiction):
    field = "advice"
    reason = "was given already, with other words; a wrong answer can be corrected"


class NothingAnswered(Contradiction):
    field = "questionId"
    reason = "is not answered, so there is nothing to correct"


def check_municipal(organisation: str, house: House, field: str = NotMunicipal.field) -> None:
    """Raises NotMunicipal. field: where the sender finds its organisation."""
    if all(place.contact != organisation for place in house.municipalities.values()):
        raise NotMunicipal(field)
