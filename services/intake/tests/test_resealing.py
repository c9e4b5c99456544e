"""MASTER_KEY is rotated while partners go on, and everything that intake alone seals is sealed anew."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from typing import Any
from uuid import UUID

import psycopg

from services.intake.resealing import DATA_KEYS, TEXTS
from services.intake.tests.aftercare_reports.test_handing_on import RELEASED
from services.intake.tests.assigned import detained
from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, MESSAGE_KEY, NOTICE, PRISONS
from shared.keys import Key, Keys
from shared.messaging.resealing import STEP, left, reseal
from shared.testing.keys import key_text
from shared.testing.waiting import wait_until

OLD, NEW = Key(b"m" * 32), Key(b"n" * 32, number=2)
SETTING = f"{key_text(NEW.secret, number=2)},{key_text(OLD.secret).partition(':')[2]}"
BEFORE, FIRST, SECOND, AFTER = Keys(OLD), Keys(OLD, NEW), Keys(NEW, OLD), Keys(NEW)


def somebody(number: int) -> dict[str, Any]:
    """A person with a name and birth date of its own."""
    name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}")
    return {"familyName": f"Van {name}", "givenNames": "Piet", "birthDate": "1990-02-03"}


@contextmanager
def traffic(desk: Desk, known: dict[int, UUID]) -> Iterator[None]:
    """Partners tell of new people, and again of people who are known, who must be recognised."""
    ending = Event()

    def go_on() -> None:
        while not ending.wait(0.01):
            new = len(known)
            known[new] = desk.notice(**somebody(new))
            assert desk.notice(**somebody(new // 2)) == known[new // 2]

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()


def command(desk: Desk, master_key: str) -> int | None:
    """The exit status of `python -m services.intake.resealing`."""
    keys = {"MESSAGE_KEY": key_text(MESSAGE_KEY.all[0].secret), "MASTER_KEY": master_key}
    process = subprocess.Popen(
        [sys.executable, "-m", "services.intake.resealing"], env=os.environ | {"DATABASE_URL": desk.url} | keys
    )
    assert wait_until(lambda: process.poll() is not None, 30)
    return process.returncode


def test_the_master_key_is_rotated_while_partners_go_on(desk: Desk) -> None:
    known: dict[int, UUID] = {}
    before, first, second, after = (replace(desk, master_key=keys) for keys in (BEFORE, FIRST, SECOND, AFTER))
    for number in range(STEP + 1):
        known[number] = before.notice(**somebody(number))
    with traffic(first, known):
        command(desk, SETTING)
    with traffic(second, known):
        assert command(desk, SETTING) == 0
    assert len(known) > STEP + 4, "there was traffic"
    with psycopg.connect(desk.url) as connection:
        assert left(connection, AFTER, DATA_KEYS) == 0
    for number, subject_id in known.items():
        assert after.notice(**somebody(number)) == subject_id


def test_texts_that_only_intake_keeps_are_sealed_anew(desk: Desk) -> None:
    detained(desk)
    desk.send(RELEASED, PRISONS, type="release-dates.submitted.v1")
    of_another = NOTICE["subject"] | {"familyName": "Anders", "givenNames": "Sofie", "birthDate": "2004-10-11"}
    desk.send(DETENTION | {"subject": of_another}, PRISONS, type="detention-notices.submitted.v1")
    rotated = Keys(NEW, *MESSAGE_KEY.all)
    with psycopg.connect(desk.url, autocommit=True) as connection:
        assert left(connection, rotated, TEXTS) == len(TEXTS) - 1  # because: nobody has decided yet
        assert reseal(connection, rotated, TEXTS) == 0
