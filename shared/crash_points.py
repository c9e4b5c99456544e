"""The moments at which a crash would hurt most, named so that a test can end the process right there."""

from enum import StrEnum


class CrashPoint(StrEnum):
    """Where a worker or a relay has done one thing and not yet the next."""

    BEFORE_BATCH_COMMIT = "before-batch-commit"
    AFTER_BATCH_COMMIT = "after-batch-commit"
    BEFORE_COMMAND_COMMIT = "before-command-commit"
    AFTER_COMMAND_COMMIT = "after-command-commit"
    BEFORE_ACK = "before-ack"
    AFTER_ACK = "after-ack"
    BEFORE_PUBLISH = "before-publish"
    AFTER_PUBLISH = "after-publish"
    BEFORE_CONFIRM = "before-confirm"
    AFTER_CONFIRM = "after-confirm"
    BEFORE_DELETE = "before-delete"
    AFTER_DELETE = "after-delete"


def passing(point: CrashPoint) -> None:
    """Nothing happens here, and no setting changes that: only a test that starts the process puts another in place."""
