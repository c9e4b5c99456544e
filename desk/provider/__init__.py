"""The OpenID provider: any one that offers the code flow with PKCE, and JWTs as access tokens.

It says who somebody is. Its answers are believed only as far as its signature reaches.
"""

from desk.provider.client import Pending, Provider
from desk.provider.errors import ProviderDown, SignInFailed

__all__ = ["Pending", "Provider", "ProviderDown", "SignInFailed"]
