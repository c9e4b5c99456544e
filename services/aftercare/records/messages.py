"""What people say when they take back a slip."""

from dataclasses import dataclass

from shared.bounds import Text


@dataclass(frozen=True, kw_only=True)
class Correction:
    """Base of a command that takes back what was recorded. `because`: the reason, which stays in aftercare."""

    because: Text
