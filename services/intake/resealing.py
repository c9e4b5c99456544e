"""`python -m services.intake.resealing`: seals with the keys in use what other keys of intake have sealed.

MESSAGE_KEY as in every service, with the texts that only intake keeps; MASTER_KEY by wrapping the data keys anew, so
that nothing of what is known of a subject is touched.
"""

import sys
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from services.intake.aftercare_reports.handlers import HANDED_ON
from services.intake.referrals.handlers import SET_ASIDE
from services.intake.vault import wrapped_for
from shared.configuration import setting
from shared.configuration.service import key_that
from shared.keys import Keys
from shared.messaging.resealing import MESSAGES, MessageKeySettings, SealedColumn, main, reseal, sealed_for

TEXTS = (
    *(
        SealedColumn("handed_on", column, ("house", "partner", "message_id"), sealed_for(HANDED_ON))
        for column in ("reference", "ids_as_sent")
    ),
    *(
        SealedColumn("set_aside", column, ("referral_id",), sealed_for(SET_ASIDE))
        for column in ("body", "ids_as_sent", "because")
    ),
)
DATA_KEYS = (SealedColumn("subjects", "data_key", ("subject_id",), wrapped_for),)


@dataclass(frozen=True, kw_only=True)
class IntakeKeySettings(MessageKeySettings):
    """Three of intake's own settings."""

    master_key: Keys = setting(
        "MASTER_KEY", key_that("wraps the data key of each subject"), parse=Keys.parse, secret=True
    )


def reseal_all(connection: Connection[Any], settings: IntakeKeySettings) -> int:
    """Returns how many values are left."""
    texts = reseal(connection, settings.message_key, (*MESSAGES, *TEXTS))
    return texts + reseal(connection, settings.master_key, DATA_KEYS)


if __name__ == "__main__":
    sys.exit(main(IntakeKeySettings, reseal_all))
