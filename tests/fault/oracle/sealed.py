"""What is sealed later is withdrawn for everybody else, and what is unsealed is one open referral more."""

from collections.abc import Iterator

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences


def sealed(account: Account) -> Iterator[str]:
    """Each message stands once; those who unsealed a referral took it back afterwards."""
    rows, messages = account.stores.intake.sealed, [sent.id for sent in account.right if sent.sealed]
    yield from differences("intake.referrals sealed", messages, (row.message_id for row in rows))
    done = [(deed.about, deed.what == "seal") for deed in (*account.deeds("seal"), *account.deeds("unseal"))]
    yield from differences("intake.sealings", done, ((row.referral_id, row.sealed) for row in rows))
    withdrawn = account.stores.weighing.withdrawn
    yield from differences("weighing.referrals withdrawn", (about for about, _ in done), withdrawn)
