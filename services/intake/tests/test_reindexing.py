"""INDEX_KEY is rotated while partners go on, and whoever is known is recognised before, meanwhile and afterwards."""

import os
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.intake.reindexing import IndexKeySettings, IndexStore, reindex
from services.intake.subjects.store import SubjectStore
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, DETENTION, MASTER_KEY, MESSAGE_KEY, NOTICE, POLICE, PRISONS, notice
from services.intake.tests.test_resealing import somebody, traffic
from shared.keys import Key, Keys
from shared.messaging.resealing import STEP
from shared.testing.keys import key_text
from shared.testing.waiting import wait_until

OLD, NEW = Key(b"i" * 32), Key(b"j" * 32, number=2)
BEFORE, FIRST, SECOND, AFTER = Keys(OLD), Keys(OLD, NEW), Keys(NEW, OLD), Keys(NEW)


def command(desk: Desk) -> int | None:
    """The exit status of `python -m services.intake.reindexing` in the second step."""
    keys = {
        "MESSAGE_KEY": key_text(MESSAGE_KEY.all[0].secret),
        "MASTER_KEY": key_text(MASTER_KEY.all[0].secret),
        "INDEX_KEY": f"{key_text(NEW.secret, number=2)},{b64encode(OLD.secret).decode()}",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "services.intake.reindexing"], env=os.environ | {"DATABASE_URL": desk.url} | keys
    )
    assert wait_until(lambda: process.poll() is not None, 30)
    return process.returncode


def reindexed(desk: Desk) -> int:
    """How many indexes are left after the command."""
    settings = IndexKeySettings(database_url=desk.url, message_key=MESSAGE_KEY, master_key=MASTER_KEY, index_key=SECOND)
    with psycopg.connect(desk.url, autocommit=True) as connection:
        return reindex(connection, settings)


def with_key(desk: Desk, keys: Keys) -> Desk:
    return replace(desk, index_key=keys)


def test_the_index_key_is_rotated_while_partners_go_on(desk: Desk) -> None:
    known = {number: with_key(desk, BEFORE).notice(**somebody(number)) for number in range(STEP + 1)}
    with traffic(with_key(desk, FIRST), known):
        assert wait_until(lambda: len(known) > STEP + 4, 20)
    with traffic(with_key(desk, SECOND), known):
        assert command(desk) == 0
    for number, subject_id in known.items():
        assert with_key(desk, AFTER).notice(**somebody(number)) == subject_id
    assert desk.rows("SELECT count(*) FROM subjects") == [(len(known),)]
    with psycopg.connect(desk.url) as connection:
        assert IndexStore(connection).left(AFTER.mark) == 0


@pytest.mark.parametrize("between", [FIRST, SECOND], ids=["first step", "second step"])
def test_whoever_is_known_by_either_key_is_recognised_in_each_step(desk: Desk, between: Keys) -> None:
    by_number: dict[str, Any] = {"bsn": BSN, "familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03"}
    known = with_key(desk, Keys(between.all[1])).notice(**by_number)
    for _ in range(2):
        assert with_key(desk, between).notice(**by_number) == known
    assert desk.rows("SELECT count(*) FROM traits") == [(2,)], "nothing stands there twice"


def test_whoever_is_known_of_a_sealed_theme_is_recognised_afterwards_and_in_that_theme_alone(desk: Desk) -> None:
    worries = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "Recruits friends."}
    for key, theme, reference in ((BEFORE, "hidden", "C-1"), (AFTER, "hidden", "C-2"), (AFTER, "trafficking", "C-3")):
        told = worries | {"reference": reference, "theme": theme}
        with_key(desk, key).send(told, POLICE, type="current-referrals.submitted.v1")
        assert reindexed(desk) == 0
    assert desk.rows("SELECT count(*) FROM referrals GROUP BY subject_id ORDER BY 1") == [(1,), (2,)]


def test_what_a_partner_tells_again_afterwards_is_the_same_referral(desk: Desk) -> None:
    with_key(desk, BEFORE).send(notice(reference="PL-7"))
    with_key(desk, SECOND).send(notice(reference="PL-7"))
    assert reindexed(desk) == 0
    with_key(desk, AFTER).send(notice(reference="PL-7"))
    assert desk.rows("SELECT count(*) FROM referrals") == [(1,)]


def test_a_concern_that_is_told_again_afterwards_is_the_same_referral_though_its_text_is_sealed_apart(
    desk: Desk,
) -> None:
    concern = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries"}
    with_key(desk, BEFORE).send(concern, type="current-referrals.submitted.v1")
    assert reindexed(with_key(desk, SECOND)) == 0
    with_key(desk, AFTER).send(concern, type="current-referrals.submitted.v1")
    assert desk.rows("SELECT count(*) FROM referrals") == [(1,)]


def test_what_waits_for_a_person_is_recognised_afterwards(desk: Desk) -> None:
    of_another = NOTICE["subject"] | {"familyName": "Anders", "givenNames": "Sofie", "birthDate": "2004-10-11"}
    told = DETENTION | {"subject": of_another}
    with_key(desk, BEFORE).send()
    for keys in (BEFORE, SECOND):
        with_key(desk, keys).send(told, PRISONS, type="detention-notices.submitted.v1")
    assert reindexed(desk) == 0
    with_key(desk, AFTER).send(told, PRISONS, type="detention-notices.submitted.v1")
    assert desk.rows("SELECT count(*) FROM set_aside") == [(1,)]


def test_likenesses_are_found_afterwards(desk: Desk) -> None:
    one = with_key(desk, BEFORE).notice(familyName="Van Dam", givenNames="P.", birthDate="1990-02-03")
    other = with_key(desk, SECOND).notice(familyName="Van Dam", givenNames="Piet", birthDate="1990-02-03")
    assert reindexed(desk) == 0
    with with_key(desk, AFTER).unit() as unit:
        assert [known.subject_id for known in unit.store(SubjectStore).alike("noord", one)] == [other]


def test_what_follows_from_nothing_known_is_counted(desk: Desk) -> None:
    subject_id = with_key(desk, BEFORE).notice(**somebody(1))
    with psycopg.connect(desk.url) as connection:
        connection.execute("INSERT INTO traits VALUES ('noord', 'name', %s, %s)", [uuid4().bytes * 2, subject_id])
    assert reindexed(desk) == 1
