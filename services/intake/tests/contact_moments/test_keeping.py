"""A contact moment is kept as long as it is of use, and stays readable with a newer key."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from services.intake.contact_moments.rules import UnknownContactMoment
from services.intake.resealing import DATA_KEYS
from services.intake.tests.contact_moments.test_contact_moments import CALL, REFERRAL, WHO, change, record, seen
from services.intake.tests.desk import Desk
from services.intake.tests.given import MASTER_KEY, NOW
from services.intake.tests.test_forgetting import DAYS, forget
from shared.keys import Key, Keys
from shared.messaging.resealing import reseal


def test_what_became_no_referral_is_forgotten_after_its_time(desk: Desk) -> None:
    moment = change(desk, record(desk), text="Hij slaapt bij zijn zus.")
    forget(desk, NOW + timedelta(days=DAYS))
    assert seen(desk, moment.contact_moment_id).state == "received"
    forget(desk, NOW + timedelta(days=DAYS + 1))
    assert desk.rows("SELECT data_key, told FROM contact_moments") == [(b"", b"")]
    with pytest.raises(UnknownContactMoment):
        seen(desk, moment.contact_moment_id)


def test_what_became_a_referral_goes_with_its_subject(desk: Desk) -> None:
    record(desk, partner="politie", about=WHO, **REFERRAL)
    forget(desk, NOW + timedelta(days=DAYS + 2))
    assert desk.rows("SELECT data_key FROM subjects") == [(b"",)]
    assert desk.rows("SELECT data_key, told FROM contact_moments") == [(b"", b"")]


def test_a_newer_master_key_reads_what_was_recorded_before(desk: Desk) -> None:
    moment = record(desk)
    newer = Keys(Key(b"n" * 32, number=2), *MASTER_KEY.all)
    with psycopg.connect(desk.url, autocommit=True) as connection:
        assert reseal(connection, newer, DATA_KEYS) == 0
    alone = replace(desk, master_key=Keys(newer.all[0]))
    assert seen(alone, moment.contact_moment_id).telling.text == CALL["text"]
