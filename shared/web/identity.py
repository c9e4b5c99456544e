"""Who a token stands for, and the house that a request is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import ValidationError
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from shared.validation import Reason
from shared.web.call import Caller

BEARER = WWWAuthenticate("bearer", {"realm": "api"})
HOUSE = "House"
HOUSE_REQUIRED = Reason("is required of a caller of several houses: the house that the request is about", "required")


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A person or program. functions: by house, maybe none in a house; the other fields are those of `Caller`."""

    id: str
    name: str
    organisation: str
    origin: str
    functions: Mapping[str, frozenset[str]]

    def acting_for(self, house: str | None) -> Caller:
        """The caller in a house: the header House, which who has functions in one house only may leave out.

        Raises ValidationError (400) without a needed header, Forbidden (403) for a house that is not in `functions`.
        """
        own = [each for each, functions in self.functions.items() if functions]
        if house is None and len(own) > 1:
            raise ValidationError({HOUSE: [HOUSE_REQUIRED]})
        chosen = next(iter(own), "") if house is None else house
        if chosen not in self.functions:
            raise Forbidden("The caller has no function in this house.")
        return Caller(
            id=self.id,
            name=self.name,
            house=chosen,
            roles=self.functions[chosen],
            organisation=self.organisation,
            origin=self.origin,
        )


def unauthorized(reason: str) -> Unauthorized:
    """401, with the header that it needs."""
    return Unauthorized(reason, www_authenticate=BEARER)
