"""Who sends a request: the owner of a token of the token file or of the identity provider."""

from nameko.extensions import SharedExtension
from werkzeug.wrappers import Request

from shared.configuration import ServiceSettings
from shared.web.access_tokens import AccessTokens
from shared.web.call import Caller
from shared.web.identity import HOUSE, STANDING_IN_FOR, unauthorized
from shared.web.tokens import TokenFile


class Callers(SharedExtension):
    """The callers that a service knows."""

    def setup(self) -> None:
        settings: ServiceSettings = self.container.config["settings"]
        self._token_file = TokenFile(settings.api_tokens)
        self._access_tokens = AccessTokens.of(settings)

    def of(self, request: Request) -> Caller:
        """The caller, in the house and capacity of the request. Raises what an Identity raises, and Unauthorized."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise unauthorized("A bearer token is needed.")
        identity = self._token_file.tokens.identity(token.strip())
        if identity is None and self._access_tokens:
            identity = self._access_tokens.identity(token.strip())
        if identity is None:
            raise unauthorized("This token is unknown.")
        return identity.acting_for(request.headers.get(HOUSE), request.headers.get(STANDING_IN_FOR))
