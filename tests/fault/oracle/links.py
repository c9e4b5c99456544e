"""Every service knows the same merges as intake, and intake those that were done."""

from collections.abc import Iterator

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences


def links(account: Account) -> Iterator[str]:
    """Which records are of one person."""
    stores = account.stores
    done = (deed.about for deed in account.deeds("merge"))
    yield from differences(
        "intake.aliases in force", done, (row.subject_id for row in stores.intake.links if row.in_force)
    )
    for name in ("weighing", "meetings", "aftercare", "reporting"):
        yield from differences(f"{name}.aliases", stores.intake.links, getattr(stores, name).links)
