"""Reads what the provider signed: ID, access and logout tokens. All raise SignInFailed, and ProviderDown if it is."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any, NamedTuple

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry

from desk.provider.configuration import Configuration
from desk.provider.errors import SignInFailed
from desk.sessions.rules import FUNCTIONS, Capacity, Person
from desk.settings import DeskSettings
from shared.functions import kind_of

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Asymmetric ones: with a shared secret, whoever checks a token could make one."""
LEEWAY_SECONDS = 60
"""Between the clocks of the provider and of the desk."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
SIGNATURES = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
Claims = Mapping[str, Any]


class Accessed(NamedTuple):
    """What an access token says of its owner, and until when."""

    person: Person
    expires_at: datetime


class Logout(NamedTuple):
    """What the provider has ended: a session there, or all of a person; and when it said so."""

    person_id: str | None
    provider_session: str | None
    said_at: datetime


class TokenReader:
    """Believes one provider, of tokens for this desk. houses: those of this installation."""

    def __init__(self, settings: DeskSettings, configuration: Configuration, houses: Collection[str]) -> None:
        self._settings = settings
        self._configuration = configuration
        self._houses = houses

    def id_token(self, token: str, *, nonce: str | None, access_token: str) -> Claims:
        """The claims of an ID token for the desk. nonce: of the sign-in; None for a token at a renewal."""
        signed = self._signed(token)
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {"iss": _only(self._settings.issuer), "aud": _only(self._settings.client_id)},
            {"nonce": nonce, "client_id": self._settings.client_id, "access_token": access_token},
        )
        try:
            claims.validate(leeway=LEEWAY_SECONDS)
        except JoseError as error:
            raise SignInFailed("id_token") from error
        return signed.claims

    def access_token(self, token: str) -> Accessed:
        """The person of an access token for the services, as the services see one."""
        claims = self._checked(token, "access_token", aud=_only(self._settings.audience), exp={"essential": True})
        return Accessed(self._person(claims), datetime.fromtimestamp(claims["exp"], UTC))

    def logout_token(self, token: str) -> Logout:
        """What a logout token ends (OpenID Connect Back-Channel Logout 1.0, section 2.6)."""
        claims = self._checked(token, "logout_token", aud=_only(self._settings.client_id), iat={"essential": True})
        events = claims.get("events")
        person_id, session = claims.get("sub"), claims.get("sid")
        is_logout = isinstance(events, dict) and LOGOUT_EVENT in events and "nonce" not in claims
        if not is_logout or not (person_id or session):
            raise SignInFailed("logout_token")
        return Logout(person_id, session, datetime.fromtimestamp(claims["iat"] + LEEWAY_SECONDS, UTC))

    def _checked(self, token: str, kind: str, **required: Any) -> Claims:
        signed = self._signed(token)
        registry = jwt.JWTClaimsRegistry(leeway=LEEWAY_SECONDS, iss=_only(self._settings.issuer), **required)
        try:
            registry.validate(signed.claims)
        except JoseError as error:
            raise SignInFailed(kind) from error
        return signed.claims

    def _person(self, claims: Claims) -> Person:
        """What is unknown, or has another form than the contract's, admits to nothing."""
        person_id = claims.get("sub")
        if not isinstance(person_id, str) or not person_id:
            raise SignInFailed("access_token")
        functions, stand_ins = (self._by_house(claims.get(each)) for each in ("functions", "standing_in"))
        return Person(
            id=person_id,
            name=str(claims.get("name") or person_id),
            organisation=str(claims.get("organisation") or ""),
            functions={house: _known(held) for house, held in functions},
            stand_ins=tuple(chain.from_iterable(_stand_ins(house, told) for house, told in stand_ins)),
        )

    def _by_house(self, told: object) -> list[tuple[str, object]]:
        """Of the houses of this installation."""
        return (
            [(house, held) for house, held in told.items() if house in self._houses] if isinstance(told, dict) else []
        )

    def _signed(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, lambda it: self._configuration.key(it.headers().get("kid")), registry=SIGNATURES)
        except (JoseError, ValueError, TypeError) as error:  # what is no JWT at all can raise any of them
            raise SignInFailed("signature") from error


def _known(functions: object) -> frozenset[str]:
    named = functions if isinstance(functions, list) else ()
    return frozenset(each for each in named if isinstance(each, str) and kind_of(each) in FUNCTIONS)


def _stand_ins(house: str, told: object) -> Iterator[Capacity]:
    for each in told if isinstance(told, list) else ():
        match each:
            case {"person": str(person), "functions": functions, "until": str(until)} if known := _known(functions):
                with suppress(ValueError):
                    yield Capacity(house, known, person, date.fromisoformat(until))


def _only(value: str) -> Any:
    return {"essential": True, "value": value}
