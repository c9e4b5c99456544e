"""Functions for sealed themes: `theme_role`, or one for each theme, whose name begins so."""

THEME_ROLE = "theme_role"
"""Who sees the sealed themes without a function of their own, and seals and unseals referrals of them."""


def kind_of(function: str) -> str:
    """What a function admits to: `theme_role_trafficking` as `theme_role`, each other one as itself."""
    return THEME_ROLE if function.startswith(f"{THEME_ROLE}_") else function
