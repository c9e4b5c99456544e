"""Each trajectory that was started is told to its provider once, and ends once when the provider says so."""

from collections.abc import Iterator

from tests.fault.oracle.account import PROGRESS, Account
from tests.fault.oracle.comparing import differences


def assignments(account: Account) -> Iterator[str]:
    """The traffic gives no other assignments, and reports nothing but the end."""
    rows = account.stores.aftercare.trajectories
    started = [deed.about for deed in account.deeds("start_trajectory")]
    ended = [sent.about for sent in account.right if sent.type == PROGRESS]
    yield from differences("aftercare.trajectories", started, (row.trajectory_id for row in rows))
    yield from differences("aftercare.trajectories ended", ended, (row.trajectory_id for row in rows if row.ended))
    for what, whose in (("started", rows), ("ended", [row for row in rows if row.ended])):
        yield from differences(
            f"reporting.journal trajectories.{what}",
            ((row.case_id, row.trajectory_id) for row in whose),
            account.told(f"trajectories.{what}.v1", "trajectoryId"),
        )
    yield from differences(
        "assignments heard",
        ((account.user_of(row.provider), row.trajectory_id, row.case_id) for row in rows),
        (
            (heard.user, heard.data["assignmentId"], heard.case_id)
            for heard in account.first_heard
            if heard.type == "assignments.sent.v1"
        ),
    )
