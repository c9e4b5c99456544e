"""What comes after a decision: information for whoever holds the case, and a referral that is back on the agenda."""

from collections.abc import Iterator

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences


def afterwards(account: Account) -> Iterator[str]:
    """The traffic decides on every referral, so on the agenda is what a follow-up that was not done brought there."""
    stores = account.stores
    told = (deed.about for deed in account.deeds("supplement"))
    yield from differences("meetings.late_information", told, stores.meetings.late_information)
    back = (deed.about for deed in account.deeds("leave_undone"))
    yield from differences("weighing.referrals on the agenda", back, stores.weighing.on_agenda)
    yield from differences("intake.openings of briefings", stores.weighing.on_agenda, stores.intake.open_briefings)
