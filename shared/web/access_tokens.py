"""Access tokens of people and programs: JWTs (RFC 7519, RFC 9068) that the identity provider has signed.

A token is verified at each request, which takes a tenth of a millisecond: nothing is kept that outlives a token or key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError, MissingClaimError
from joserfc.jws import JWSRegistry
from marshmallow import ValidationError

from shared.bounds import WRITTEN, Length
from shared.configuration import Identified, ServiceSettings, load_profiles
from shared.observability.logs import get_logger
from shared.schemas import ProfileSchema, schema_of
from shared.web.identity import Identity, StandIn, unauthorized
from shared.web.issuer_keys import IssuerKeys

ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
LEEWAY_SECONDS = 60
"""Between the clocks of the provider and of a service."""

T = TypeVar("T")
Label = Annotated[str, Length(1, 255), *WRITTEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says of its owner. client_id, azp: the program that was given the token. functions, standing_in: by
    house.
    """

    sub: Label
    client_id: Label | None = None
    azp: Label | None = None
    name: Label | None = None
    organisation: str = ""
    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standing_in: Mapping[str, tuple[StandIn, ...]] = field(default_factory=dict)

    @property
    def client(self) -> str:
        """Raises MissingClaimError."""
        if client := self.client_id or self.azp:
            return client
        raise MissingClaimError("client_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseProfile:
    """The sections of a profile that tell whose people may act for the house."""

    house: str
    partners: tuple[Identified, ...] = ()

    @property
    def organisations(self) -> frozenset[str]:
        """The house itself and its partners."""
        return frozenset({self.house, *(partner.id for partner in self.partners)})


CLAIMS = schema_of(Claims, ProfileSchema)


class AccessTokens:
    """Verifies tokens of one provider. organisations: by house; who is of another one has no function there."""

    def __init__(
        self, issuer: str, audience: str, keys: IssuerKeys, organisations: Mapping[str, frozenset[str]]
    ) -> None:
        self._required = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            iat={"essential": True},
        )
        self._signatures = JWSRegistry(algorithms=ASYMMETRIC, strict_check_header=False)
        self._keys = keys
        self._organisations = organisations

    @classmethod
    def of(cls, settings: ServiceSettings) -> "AccessTokens | None":
        """None without a provider. Raises ProfilesError."""
        if not (settings.oidc_issuer and settings.oidc_keys_url):
            return None
        profiles = load_profiles(settings.houses, HouseProfile)
        organisations = {house: profile.organisations for house, profile in profiles.items()}
        return cls(settings.oidc_issuer, settings.oidc_audience, IssuerKeys(settings.oidc_keys_url), organisations)

    def identity(self, token: str) -> Identity:
        """The owner of a token. Raises Unauthorized (401), or ServiceUnavailable (503) without the provider's keys."""
        try:
            signed = jwt.decode(token, lambda it: self._keys.key(it.headers().get("kid")), registry=self._signatures)
            self._required.validate(signed.claims)
            claims: Claims = CLAIMS.load(signed.claims)
            return Identity(
                id=claims.sub,
                name=claims.name or claims.sub,
                organisation=claims.organisation,
                origin=claims.client,
                functions={house: frozenset(told) for house, told in self._known(claims, claims.functions)},
                stand_ins=dict(self._known(claims, claims.standing_in)),
            )
        except (JoseError, ValidationError, ValueError, TypeError) as error:  # whatever the text is
            get_logger().info("access token refused", error=error, claim=getattr(error, "claim", None))
            reason = "has expired" if isinstance(error, ExpiredTokenError) else "is unknown"
            raise unauthorized(f"This token {reason}.") from None

    def _known(self, claims: Claims, told: Mapping[str, tuple[T, ...]]) -> Iterator[tuple[str, tuple[T, ...]]]:
        """What is told of each house of the platform; nothing where the organisation is unknown."""
        for house, organisations in self._organisations.items():
            yield house, told.get(house, ()) if claims.organisation in organisations else ()
