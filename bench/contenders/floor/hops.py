"""What each service does with each message: rows as many and as large as the platform writes, and as many messages.

Rows and their sizes are means of the platform's own tables after 200 referrals, rounded to whole rows: of a subject and
its traits, for instance, it adds 2.2 rows to a referral, because some subjects are known.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

STATE = "floor_state"
AGENDA, TABLED, TREATED, SIEVED = "floor_agenda", "floor_tabled", "floor_treated", "floor_sieved"
"""Tables for the rows that are watched, one a referral. All have the same columns."""

ARREST_NOTICE, DETENTION_NOTICE = "arrest-notices.submitted.v1", "detention-notices.submitted.v1"
CURRENT_REFERRAL = "current-referrals.submitted.v1"
ACCEPTED, REGISTERED, DETAINED = "messages.accepted.v1", "referrals.registered.v1", "detentions.registered.v1"
ISSUED, SENT = "information-requests.issued.v1", "information-requests.sent.v1"
DECIDED, WEIGHED, FEEDBACK = "decisions.taken.v1", "referrals.weighed.v1", "feedback.given.v1"
OPENED = "table-cases.opened.v1"
TO_TABLE = "+table"
"""At the end of a decision's routing key, and of what comes of it: a table case is opened."""

FROM_PARTNERS, TO_PARTNERS = (ARREST_NOTICE, DETENTION_NOTICE, CURRENT_REFERRAL), (ACCEPTED, SENT, FEEDBACK)


class Row(NamedTuple):
    """A row of `size` bytes, all in all."""

    table: str
    size: int


class Hop(NamedTuple):
    """What a message makes a service do: rows that it adds, those of the same referral that it changes, messages."""

    adds: Sequence[Row] = ()
    changes: Sequence[Row] = ()
    sends: Sequence[str] = ()


SUBJECT, TRAIT, REFERRAL = Row(STATE, 332), Row(STATE, 93), Row(STATE, 288)
TEXT, OPENING = Row(STATE, 260), Row(STATE, 120)
REQUEST, DISCLOSURE = Row(STATE, 94), Row(STATE, 145)
JOURNAL = Row(STATE, 500)

REGISTER = Hop(adds=[SUBJECT, TRAIT, REFERRAL, TEXT, OPENING], sends=[ACCEPTED, REGISTERED])
DECIDE = Hop(adds=[Row(STATE, 221)], changes=[Row(AGENDA, 161)], sends=[WEIGHED])
REPORT_WEIGHED = Hop(adds=[JOURNAL, Row(TABLED, 144)])

HOPS: Mapping[str, Mapping[str, Hop]] = {
    "intake": {
        ARREST_NOTICE: REGISTER,
        CURRENT_REFERRAL: REGISTER,
        DETENTION_NOTICE: REGISTER._replace(sends=[ACCEPTED, REGISTERED, DETAINED]),
        ISSUED: Hop(adds=[REQUEST, DISCLOSURE], sends=[SENT]),
        WEIGHED: Hop(sends=[FEEDBACK]),
        WEIGHED + TO_TABLE: Hop(sends=[FEEDBACK]),
        OPENED: Hop(adds=[OPENING]),
    },
    "weighing": {
        REGISTERED: Hop(adds=[Row(AGENDA, 161), REQUEST], sends=[ISSUED]),
        DECIDED: DECIDE,
        DECIDED + TO_TABLE: DECIDE._replace(sends=[WEIGHED + TO_TABLE]),
    },
    "meetings": {
        WEIGHED: Hop(),
        WEIGHED + TO_TABLE: Hop(adds=[Row(STATE, 151), Row(STATE, 60)], sends=[OPENED]),
    },
    "aftercare": {
        DETAINED: Hop(adds=[Row(SIEVED, 138), Row(STATE, 92)]),
        OPENED: Hop(adds=[Row(STATE, 76)]),
    },
    "reporting": {
        REGISTERED: Hop(adds=[JOURNAL, Row(STATE, 146)]),
        DETAINED: Hop(adds=[JOURNAL, Row(STATE, 84)]),
        WEIGHED: REPORT_WEIGHED,
        WEIGHED + TO_TABLE: REPORT_WEIGHED,
        OPENED: Hop(adds=[JOURNAL, Row(TREATED, 119)]),
    },
}
"""By service and routing key."""
