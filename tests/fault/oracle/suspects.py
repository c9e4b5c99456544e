"""Who is on a list of suspects and known is noted once in every store; of anybody else nothing stands anywhere."""

from collections.abc import Iterator

from tests.fault.oracle.account import SUSPECTS, Account
from tests.fault.oracle.comparing import differences


def suspects(account: Account) -> Iterator[str]:
    """The known person of each list, and the one of whom nobody has heard."""
    stores = account.stores
    listed = [sent.about for sent in account.right if sent.type == SUSPECTS]
    subject_of = {row.case_id: row.subject_id for row in stores.intake.referrals}
    known = [subject_of.get(case_id or "") for case_id in listed]
    yield from differences("intake.listed_suspects", known, stores.intake.suspects)
    yield from differences("weighing.suspects", listed, stores.weighing.suspects)
    yield from differences("meetings.suspects", listed, stores.meetings.suspects)
    yield from differences("intake.subjects without a referral", (), stores.intake.strangers)
    yield from (f"suspects: {table} holds somebody of whom nobody has heard" for table in stores.traces)
