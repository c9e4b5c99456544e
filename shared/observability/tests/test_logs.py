import io
import logging
import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
import pytest
import structlog

from shared.observability.logs import LossyFile, configure_logging, get_logger, log_context

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Any:
    """The log lines written so far; restores the logging configuration afterwards."""
    stream = io.BytesIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging("intake", "INFO", stream)
    yield lambda: [orjson.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def failing(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_a_line_tells_what_happened_where_and_when(lines: Lines) -> None:
    get_logger().info("message parked", queue="intake", count=2)
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "message parked", "queue": "intake", "count": 2, "service": "intake", "level": "info"}


def test_the_correlation_id_is_on_every_line_inside_its_context(lines: Lines) -> None:
    correlation_id = UUID(int=7)
    with log_context(correlation_id=correlation_id, house="hollands-midden"):
        get_logger().info("inside")
    get_logger().info("outside")
    inside, outside = lines()
    assert inside["correlation_id"] == str(correlation_id)
    assert inside["house"] == "hollands-midden"
    assert "correlation_id" not in outside


def test_a_key_that_is_not_allowed_is_dropped_and_named(lines: Lines) -> None:
    get_logger().warning("person matched", family_name="Jansen", bsn="999990019")
    (line,) = lines()
    assert line["dropped"] == ["bsn", "family_name"]
    assert "Jansen" not in str(line)
    assert "999990019" not in str(line)


def test_a_container_is_written_as_its_type_only(lines: Lines) -> None:
    get_logger().info("message taken", status={"bsn": "999990019"})
    assert lines()[0]["status"] == "dict"


def test_an_exception_is_its_type_and_place_without_its_message(lines: Lines) -> None:
    get_logger().error("unexpected", error=failing("bsn 999990019 is wrong"))
    (line,) = lines()
    assert line["error"] == "builtins.ValueError"
    assert "test_logs.py" in line["where"]
    assert "999990019" not in str(line)


def test_the_exception_being_handled_is_described_likewise(lines: Lines) -> None:
    try:
        raise KeyError("Jansen")
    except KeyError:
        get_logger().error("unexpected", exc_info=True)
    assert lines()[0]["error"] == "builtins.KeyError"
    assert "Jansen" not in str(lines())


def test_another_library_s_line_keeps_its_template_and_loses_its_arguments(lines: Lines) -> None:
    error = failing("999990019")
    logging.getLogger("nameko.containers").error("error handling %s", "Jansen", exc_info=error)
    (line,) = lines()
    assert line["event"] == "error handling %s"
    assert line["logger"] == "nameko.containers"
    assert line["error"] == "builtins.ValueError"
    assert "Jansen" not in str(line)
    assert "999990019" not in str(line)


def test_lines_below_the_level_are_not_written(lines: Lines) -> None:
    get_logger().debug("detail")
    assert lines() == []


def test_a_process_goes_on_when_the_disk_of_its_log_is_full(lines: Lines) -> None:
    with io.FileIO("/dev/full", "w") as full:
        configure_logging("intake", stream=LossyFile(full.fileno()))
        for _ in range(100):
            get_logger().warning("a batch could not be taken; pausing")


def test_a_process_goes_on_when_nobody_reads_its_log(lines: Lines) -> None:
    """What is read later are whole lines, and those that are written then."""
    reads, writes = os.pipe()
    with io.BufferedReader(io.FileIO(reads)) as reader, io.FileIO(writes, "w"):
        configure_logging("intake", stream=LossyFile(writes))
        for number in range(2000):
            get_logger().warning("a message is parked", count=number)
        for _ in range(100):
            reader.readline()
        get_logger().warning("read again")
        os.set_blocking(reads, False)
        read = [orjson.loads(line) for line in reader]
    assert read[-1]["event"] == "read again"
    assert 100 < len(read) < 1900


def test_a_process_goes_on_when_the_reader_of_its_log_has_ended(lines: Lines) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with io.FileIO(writes, "w"):
        configure_logging("intake", stream=LossyFile(writes))
        get_logger().warning("nobody hears")
