"""What goes wrong with a provider."""


class ProviderDown(Exception):
    """The provider does not answer, or not as a provider."""


class SignInFailed(Exception):
    """The provider, or what came in its name, is not to be believed. reason: a code, for the figures."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
