"""What a service keeps for a limited time, and deletes in the background in small steps.

The settings STREAM_DAYS, COMMAND_DAYS, REFUSED_DAYS, INBOX_DAYS, PARKING_LOG_DAYS and AUDIT_DAYS say for how long.
"""

from typing import Any

from psycopg import Connection

from shared.audit.sealing import Check, Sealing
from shared.audit.store import AuditStore
from shared.messaging.relay_settings import RelaySettings
from shared.messaging.sealing import Sealer
from shared.messaging.storage import CommandStore, RetentionStore, StreamStore
from shared.observability import messaging as metrics
from shared.observability.logs import get_logger

MOST_ROWS = 500
"""So many rows of each table are deleted in one step; a step takes milliseconds, because the relay waits for it."""
INBOX_PAGES = 50
"""So many pages of the inbox, with some 70 messages each, are looked through in one step."""


class Retention:
    """Goes through the tables of a service step by step. Where it is in the inbox is not stored: it may begin anew."""

    def __init__(self, connection: Connection[Any], sealer: Sealer, settings: RelaySettings) -> None:
        self._connection = connection
        self._streams = StreamStore(connection)
        self._commands = CommandStore(connection, sealer)
        self._kept = RetentionStore(connection)
        self._audited = AuditStore(connection)
        self._sealing = Sealing(connection)
        self._settings = settings
        self._page = 0

    def step(self) -> None:
        """Seal what was added to the audit log, check a part of it, and delete some rows of each table."""
        self._audited.close_hours()
        if sealed := self._sealing.step():
            # so that the hash is kept elsewhere too
            get_logger().info("entries of the audit log sealed", seal=str(sealed), count=len(sealed.rows))
        self._check()
        self._streams.purge(days=self._settings.stream_days, limit=MOST_ROWS)
        self._commands.purge(days=self._settings.command_days, limit=MOST_ROWS)
        self._kept.delete_refused(days=self._settings.refused_days, limit=MOST_ROWS)
        self._kept.delete_originals(days=self._settings.refused_days, limit=MOST_ROWS)
        self._kept.delete_actions(days=self._settings.parking_log_days, limit=MOST_ROWS)
        self._audited.delete_old(days=self._settings.audit_days, limit=MOST_ROWS)
        self._kept.delete_counts(days=self._settings.parking_log_days)
        self._kept.delete_from_inbox(self._page, INBOX_PAGES, days=self._settings.inbox_days)
        self._page += INBOX_PAGES
        if self._page >= self._kept.inbox_pages():
            self._page = 0

    def _check(self) -> None:
        """Go over a part of the audit log, and say what somebody changed."""
        findings, checked = Check(self._connection, days=self._settings.audit_days).step()
        for finding in findings:
            get_logger().error("the audit log was changed", finding=finding)
        metrics.AUDIT_CHECKED.set(checked.since.timestamp())
        metrics.AUDIT_FINDINGS.set(checked.known)
