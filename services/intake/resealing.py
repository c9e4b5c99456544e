"""`python -m services.intake.resealing`: seals with the keys in use what other keys of intake have sealed.

As in every service, with what only intake keeps: texts of partners, and the data keys of subjects, which are wrapped
anew, so that nothing of what is known of a subject is touched.
"""

import sys
from typing import Any

from psycopg import Connection

from services.intake.aftercare_reports.handlers import HANDED_ON
from services.intake.referrals.handlers import SET_ASIDE
from services.intake.vault import wrapped_for
from shared.messaging.resealing import KeySettings, SealedColumn, main, reseal, reseal_all, sealed_for

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
DATA_KEYS = (
    SealedColumn("subjects", "data_key", ("subject_id",), wrapped_for),
    SealedColumn("contact_moments", "data_key", ("contact_moment_id",), wrapped_for),
    SealedColumn("contact_cards", "data_key", ("contact_card_id",), wrapped_for),
)


def reseal_intake(connection: Connection[Any], settings: KeySettings) -> int:
    """Returns how many values are left."""
    common = reseal_all(connection, settings)
    texts = reseal(connection, settings.message_key, TEXTS)
    return common + texts + reseal(connection, settings.master_key, DATA_KEYS)


if __name__ == "__main__":
    sys.exit(main(KeySettings, reseal_intake))
