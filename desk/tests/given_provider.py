"""A provider that does as a test says, in the place of `desk.provider.Provider`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desk.provider import Pending, ProviderDown, SignInFailed
from desk.provider.client import Issued
from desk.provider.tokens import Logout
from desk.sessions.rules import Person, Tokens
from desk.tests.given import NADIA, tokens


@dataclass
class ToldProvider:
    """signs_in: who signs in. away: whether it answers. renewals, revoked: the tokens that it was given."""

    signs_in: Person = NADIA
    away: bool = False
    refuses_renewal: bool = False
    renewals: list[Tokens] = field(default_factory=list)
    revoked: list[Tokens] = field(default_factory=list)
    logout: Logout | None = None

    def begin(self, page: str) -> tuple[str, Pending]:
        self._answer()
        return "http://identity.test/auth", Pending("a-state", "a-nonce", "a-verifier", page)

    def finish(self, answer: Mapping[str, str], pending: Pending | None) -> Issued:
        self._answer()
        if pending is None or answer.get("state") != pending.state:
            raise SignInFailed("state")
        return Issued(self.signs_in, tokens(), "at-provider")

    def renew(self, old: Tokens, person: Person) -> Issued:
        self._answer()
        self.renewals.append(old)
        if self.refuses_renewal:
            raise SignInFailed("renewal")
        return Issued(self.signs_in, tokens(access="renewed", refresh="second"))

    def revoke(self, old: Tokens) -> bool:
        self.revoked.append(old)
        return not self.away

    def sign_out_address(self) -> str | None:
        self._answer()
        return "http://identity.test/end"

    def read_logout(self, token: str) -> Logout:
        if self.logout is None:
            raise SignInFailed("logout_token")
        return self.logout

    def _answer(self) -> Any:
        if self.away:
            raise ProviderDown
