"""Every service knows the same merges and separations as intake, and intake those that were done."""

from collections.abc import Iterator

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences


def links(account: Account) -> Iterator[str]:
    """Which records are of one person."""
    stores = account.stores
    for what, where, in_force in (("merge", "in force", True), ("separate", "separated", False)):
        rows = (row.subject_id for row in stores.intake.links if row.in_force == in_force)
        yield from differences(f"intake.aliases {where}", (deed.about for deed in account.deeds(what)), rows)
    for name in ("weighing", "meetings", "aftercare", "reporting"):
        yield from differences(f"{name}.aliases", stores.intake.links, getattr(stores, name).links)
