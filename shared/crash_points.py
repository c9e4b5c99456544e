"""Named moments between two steps, at which a fault test can end the process."""

from enum import StrEnum


class CrashPoint(StrEnum):
    """A moment at which a worker or relay has done one step and not yet the next."""

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
    """Does nothing, and no setting changes that. A fault test replaces this function."""
