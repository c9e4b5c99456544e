"""Who a token stands for, the house that a request is about, and for whom somebody stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated

from marshmallow import ValidationError
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from shared.bounds import WRITTEN, Length
from shared.business_dates import today
from shared.validation import Reason
from shared.web.call import Caller

BEARER = WWWAuthenticate("bearer", {"realm": "api"})
HOUSE, STANDING_IN_FOR = "House", "Standing-In-For"
HOUSE_REQUIRED = Reason("is required of a caller of several houses: the house that the request is about", "required")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Functions of somebody else that a person has for a while. person: whose, by id. until: the last day."""

    person: Annotated[str, Length(1, 255), *WRITTEN]
    functions: tuple[str, ...]
    until: date


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person or program. functions, stand_ins: by house, maybe none in a house; the other fields are those of
    `Caller`.
    """

    id: str
    name: str
    organisation: str
    origin: str
    functions: Mapping[str, frozenset[str]]
    stand_ins: Mapping[str, Sequence[StandIn]] = field(default_factory=dict)

    def acting_for(self, house: str | None, standing_in_for: str | None = None) -> Caller:
        """The caller in a house: the header House, which who has functions in one house only may leave out.

        standing_in_for: the header Standing-In-For: the caller then has the functions of that person, and none of its
        own. Raises ValidationError (400) without a needed header, Forbidden (403) for a house that is not in
        `functions`, and for a person for whom the caller does not stand in today.
        """
        own = [each for each, functions in self.functions.items() if functions]
        if house is None and len(own) > 1:
            raise ValidationError({HOUSE: [HOUSE_REQUIRED]})
        chosen = next(iter(own), "") if house is None else house
        if chosen not in self.functions:
            raise Forbidden("The caller has no function in this house.")
        caller = Caller(
            id=self.id,
            name=self.name,
            house=chosen,
            roles=self.functions[chosen],
            organisation=self.organisation,
            origin=self.origin,
        )
        return caller if standing_in_for is None else self._standing_in(caller, standing_in_for)

    def _standing_in(self, caller: Caller, person: str) -> Caller:
        for each in self.stand_ins.get(caller.house, ()):
            if each.person == person and today() <= each.until:
                return replace(caller, roles=frozenset(each.functions), standing_in_for=person)
        raise Forbidden("The caller does not stand in for this person in this house.")


def unauthorized(reason: str) -> Unauthorized:
    """401, with the header that it needs."""
    return Unauthorized(reason, www_authenticate=BEARER)
