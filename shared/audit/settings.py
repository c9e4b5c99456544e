"""For how long the audit log is kept: a setting of the relay, which deletes, and of the check."""

from functools import partial
from typing import Any

from shared.configuration import setting
from shared.configuration.service import days

FEWEST_DAYS = 365
"""The database deletes no younger row, whatever the setting says (`delete_audited`)."""


def audit_days() -> Any:
    """The field of a class of settings."""
    return setting(
        "AUDIT_DAYS",
        f"days for which it is known who did what, at least {FEWEST_DAYS}",
        default="1830",
        parse=partial(days, least=FEWEST_DAYS),
    )
