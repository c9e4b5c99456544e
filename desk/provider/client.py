"""Talks with the provider: the code flow with PKCE, renewal and revocation of tokens."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from secrets import compare_digest, token_urlsafe
from typing import Any, NamedTuple

import requests
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from desk.provider.configuration import PATIENCE_SECONDS, Configuration
from desk.provider.errors import ProviderDown, SignInFailed
from desk.provider.tokens import Logout, TokenReader
from desk.sessions.rules import Person, Tokens
from desk.settings import DeskSettings
from shared.observability.logs import get_logger

SCOPE = "openid profile ketenhuis"
"""Without `offline_access`: tokens end with the session at the provider."""
SIGNED_IN, SIGNED_OUT = "/signed-in", "/signed-out"
REVOKE_SECONDS = 2.0


class Pending(NamedTuple):
    """A sign-in that has begun: what the answer must match, and the page that the person wanted."""

    state: str
    nonce: str
    verifier: str
    page: str


@dataclass(frozen=True)
class Issued:
    """What a sign-in or a renewal gives. provider_session: the session there (sid), if the provider names it."""

    person: Person
    tokens: Tokens
    provider_session: str | None = None


class Provider:
    """One provider, with the desk as its client. houses: those of this installation. Methods raise ProviderDown."""

    def __init__(self, settings: DeskSettings, houses: Collection[str]) -> None:
        self._settings = settings
        self._configuration = Configuration(settings)
        self._reader = TokenReader(settings, self._configuration, houses)

    def begin(self, page: str) -> tuple[str, Pending]:
        """Where the browser goes to sign in, and what is kept meanwhile."""
        pending = Pending(token_urlsafe(32), token_urlsafe(32), token_urlsafe(32), page)
        address, _ = self._client().create_authorization_url(
            self._configuration.endpoint("authorization_endpoint"),
            state=pending.state,
            nonce=pending.nonce,
            code_verifier=pending.verifier,
        )
        return address, pending

    def finish(self, answer: Mapping[str, str], pending: Pending | None) -> Issued:
        """Who has signed in, by the provider's answer, which came through the browser. Raises SignInFailed."""
        if pending is None or not compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise SignInFailed("state")
        self._check_sender(answer.get("iss"))
        if "code" not in answer:
            raise SignInFailed("refused")
        given = self._tokens_for(code=answer["code"], code_verifier=pending.verifier)
        return self._issued(given, nonce=pending.nonce)

    def renew(self, tokens: Tokens, person: Person) -> Issued:
        """New tokens for the same person. Raises SignInFailed if the provider has ended the session."""
        issued = self._issued(self._tokens_for(refresh=tokens.refresh or ""), former=tokens)
        if issued.person.id != person.id:
            raise SignInFailed("another_person")
        return issued

    def revoke(self, tokens: Tokens) -> bool:
        """Have the tokens end. Only tries, and says whether the provider answers: nobody waits for it to sign out."""
        try:
            if tokens.refresh and (url := self._configuration.optional("revocation_endpoint")):
                client = self._client(REVOKE_SECONDS)
                client.revoke_token(url, token=tokens.refresh, token_type_hint="refresh_token")  # noqa: S106
        except (ProviderDown, OAuthError, requests.RequestException) as error:
            get_logger().warning("tokens could not be revoked", error=error)
            return False
        return True

    def sign_out_address(self) -> str | None:
        """Where a browser signs out at the provider, which sends it back; None if the provider has no such page.

        Without an ID token, which may hold a name: addresses are written down. So the provider asks for a confirmation.
        """
        url = self._configuration.optional("end_session_endpoint")
        back = {"client_id": self._settings.client_id, "post_logout_redirect_uri": f"{self._settings.url}{SIGNED_OUT}"}
        return add_params_to_uri(url, tuple(back.items())) if url else None

    def read_logout(self, token: str) -> Logout:
        """What the provider has ended. Raises SignInFailed."""
        return self._reader.logout_token(token)

    def _check_sender(self, issuer: str | None) -> None:
        """The answer is of this provider, not of another that the browser was sent to (RFC 9207)."""
        if issuer != self._settings.issuer and (issuer is not None or self._configuration.names_itself):
            raise SignInFailed("issuer")

    def _tokens_for(self, *, refresh: str | None = None, **grant: str) -> Mapping[str, Any]:
        client, url = self._client(), self._configuration.endpoint("token_endpoint")
        try:
            if refresh is None:
                return client.fetch_token(url, **grant)  # type: ignore[no-any-return]
            return client.refresh_token(url, refresh_token=refresh)  # type: ignore[no-any-return]
        except OAuthError as error:
            raise SignInFailed("code" if refresh is None else "renewal") from error
        except requests.RequestException as error:
            raise ProviderDown from error

    def _issued(self, given: Mapping[str, Any], nonce: str | None = None, former: Tokens | None = None) -> Issued:
        """What the provider gave, once all of it was checked."""
        access = str(given.get("access_token", ""))
        accessed = self._reader.access_token(access)
        id_token = given.get("id_token")
        claims: Mapping[str, Any] = {"sub": accessed.person.id}
        if id_token or former is None:
            claims = self._reader.id_token(str(id_token), nonce=nonce, access_token=access)
        if claims["sub"] != accessed.person.id:
            raise SignInFailed("another_person")
        refresh = given.get("refresh_token") or (former.refresh if former else None)
        return Issued(accessed.person, Tokens(access, refresh, accessed.expires_at), claims.get("sid"))

    def _client(self, patience_seconds: float = PATIENCE_SECONDS) -> OAuth2Session:
        client = OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret,
            scope=SCOPE,
            redirect_uri=f"{self._settings.url}{SIGNED_IN}",
            code_challenge_method="S256",
            default_timeout=patience_seconds,
        )
        client.trust_env = False
        return client
