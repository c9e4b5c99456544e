"""JSON log lines on stdout that cannot hold personal data.

Only the keys in ALLOWED are written. An exception is written as its type and place, without its message; a line of
another library as its template, without its arguments. A line that can't be written is lost, and the process goes on:
the disk of the logs may be full, or nobody may read the pipe.

    configure_logging("intake")
    log = get_logger()
    with log_context(correlation_id=event.correlation_id, house=event.house):
        log.warning("message parked", queue="intake", error=error)
"""

import io
import logging
import os
import stat
import sys
import traceback
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

import orjson
import structlog
from structlog.contextvars import bound_contextvars as log_context
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

__all__ = ["ALLOWED", "configure_logging", "get_logger", "log_context"]

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "service",
        "house",
        "correlation_id",
        "caller",
        "claim",
        "case_id",
        "person",
        "message_id",
        "event_type",
        "queue",
        "exchange",
        "route",
        "method",
        "status",
        "seconds",
        "count",
        "error",
        "where",
        "sqlstate",
        "logger",
        "address",
        "dropped",
        "seal",
    }
)
LONGEST_TEXT = 300


def get_logger() -> FilteringBoundLogger:
    """A logger. The first argument is a constant text; variable data are keyword arguments."""
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


def configure_logging(service: str, level: str = "INFO", stream: BinaryIO | None = None) -> None:
    """Write the log lines of this process, and other libraries' warnings, to `stream` (default: stdout)."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _named(service),
            describe_exception,
            keep_allowed,
            structlog.processors.JSONRenderer(serializer=lambda line, **_: orjson.dumps(line)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.BytesLoggerFactory(stream or LossyFile(sys.stdout.fileno())),
    )
    logging.basicConfig(handlers=[_OtherLibraries(logging.WARNING)], level=logging.WARNING, force=True)


class LossyFile(io.FileIO):
    """An open file or pipe. Writing never raises, and does not wait until somebody reads the pipe."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "w", closefd=False)
        if stat.S_ISFIFO(os.fstat(number).st_mode):
            os.set_blocking(number, False)

    def write(self, line: Any) -> int:
        with suppress(OSError):
            super().write(line)
        return len(line)


def describe_exception(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Replace an exception (`error=` or `exc_info=`) by its type, its place and its SQLSTATE."""
    error = line.pop("exc_info", None) or line.get("error")
    if error is True:
        error = sys.exception()
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        line["where"] = _place(error)
        line["sqlstate"] = getattr(error, "sqlstate", None)
    return {key: value for key, value in line.items() if value is not None}


def keep_allowed(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Drop all keys that are not in ALLOWED; the key `dropped` lists their names for the developer."""
    dropped = sorted(line.keys() - ALLOWED)
    kept = {key: _plain(value) for key, value in line.items() if key in ALLOWED}
    return {**kept, "dropped": dropped} if dropped else kept


def _place(error: BaseException) -> str | None:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames[-3:])) or None


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | UUID | date):
        return str(value)[:LONGEST_TEXT]
    return type(value).__name__


def _named(service: str) -> structlog.typing.Processor:
    def name(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
        return {"service": service, **line}

    return name


class _OtherLibraries(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        get_logger().log(record.levelno, str(record.msg), logger=record.name, exc_info=record.exc_info)
