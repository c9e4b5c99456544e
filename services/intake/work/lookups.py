"""What waits for the people of intake."""

from collections.abc import Iterator

from services.intake.set_aside.store import SetAsideStore
from services.intake.unit import Lookup
from shared.business_dates import dutch_date
from shared.web import Caller
from shared.web.work import WorkItem


def identity_conflicts(caller: Caller, lookup: Lookup) -> Iterator[WorkItem]:
    """The referrals that wait until a person has decided whom they are about. They are about no case yet."""
    for waiting in lookup.store(SetAsideStore).waiting(caller.house):
        since = dutch_date(waiting.set_aside_at)
        yield WorkItem(kind="identity_conflict", object_id=str(waiting.referral_id), since=since)
