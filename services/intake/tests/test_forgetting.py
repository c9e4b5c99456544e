"""Whoever has been quiet for SUBJECT_DAYS is forgotten, and nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import psycopg
import pytest

from services.intake.forgetting import forget_subjects
from services.intake.resealing import DATA_KEYS
from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.rules import UnknownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.tests.aftercare_reports.test_handing_on import RELEASED, judge
from services.intake.tests.assigned import detained
from services.intake.tests.desk import Desk
from services.intake.tests.feedback.test_feedback import weighed
from services.intake.tests.given import (
    BSN,
    HOUSE,
    INDEX_KEY,
    MASTER_KEY,
    NOTICE,
    NOW,
    POLICE,
    PRISONS,
    delivery,
    message,
)
from services.intake.tests.identity_conflicts.test_conflicts import decided, sofie, waiting
from services.intake.tests.matches.test_matches import PIET, SLIP, decide, proposed, separated
from services.intake.tests.openings.test_openings import at_table
from services.intake.tests.sealed_referrals.test_sealing import seal
from services.intake.tests.test_reindexing import reindexed
from services.intake.unit import Unit
from shared.configuration import SettingsError, from_environment
from shared.keys import Key, Keys
from shared.messaging.resealing import reseal
from shared.testing.keys import key_text
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import wait_until

DAYS = 400
QUIET_SINCE = NOW + timedelta(days=DAYS + 2)
"""The moment by which somebody told of at NOW has been quiet for so long."""
JANSEN: dict[str, Any] = {"bsn": BSN, "familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03"}

MEMBER = """
INSERT INTO relations (relation_id, house, subject_id, other_id, kind, since, recorded_by, recorded_at)
VALUES (gen_random_uuid(), 'noord', %s, %s, 'member', '2015-01-01', 'officer', now())
"""
KEY = key_text(b"k" * 32)
SETTINGS = {
    "DATABASE_URL": "postgresql://",
    "BROKER_URL": "amqp://",
    "API_TOKENS": "tokens.json",
    "MESSAGE_KEY": KEY,
    "MASTER_KEY": KEY,
    "INDEX_KEY": KEY,
}


def forget(desk: Desk, at: datetime = QUIET_SINCE, *, over: bool = True) -> None:
    """over: whatever was open for a case, the briefing for example, was over when it was told of."""
    if over:
        with psycopg.connect(desk.url) as connection:
            connection.execute("UPDATE openings SET last_day = %s", [NOW.date()])

    @contextmanager
    def begin() -> Iterator[Unit]:
        with psycopg.connect(desk.url) as connection:
            unit = replace(desk.unit_on(connection, uuid4()), now=lambda: at, subject_days=DAYS)
            yield unit
            unit.flush()

    forget_subjects(begin)


def forgotten(desk: Desk) -> int:
    """How many subjects are."""
    return len(desk.rows("SELECT FROM subjects WHERE data_key = ''"))


def disclose(desk: Desk, subject_id: UUID) -> None:
    with desk.unit() as unit:
        disclosed(HOUSE.id, subject_id, to="officer", purpose="intake", unit=unit)


def test_nothing_is_left_of_whom_the_house_forgot_and_who_comes_again_is_new(desk: Desk) -> None:
    subject_id = desk.notice(**JANSEN)
    forget(desk)
    assert forgotten(desk) == 1
    for table in ("claims", "traits", "likenesses"):
        assert desk.rows(f"SELECT FROM {table}") == []
    assert desk.rows("SELECT octet_length(particulars), told FROM referrals") == [(0, None)]
    assert desk.rows("SELECT data_key, sealed FROM sealed_texts") == [(b"", b"")]
    [told] = desk.announced("subjects.forgotten.v1")
    assert told["data"]["subjectId"] == str(subject_id)
    with pytest.raises(UnknownSubject):
        disclose(desk, subject_id)
    assert desk.notice(**JANSEN) != subject_id


def test_of_somebody_in_a_sealed_matter_who_is_forgotten_nobody_hears(desk: Desk) -> None:
    worries = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "Recruits friends.", "theme": "hidden"}
    desk.send(worries, POLICE, type="current-referrals.submitted.v1")
    forget(desk)
    assert forgotten(desk) == 1
    assert desk.announced("subjects.forgotten.v1") == []


def test_of_somebody_whose_referral_was_sealed_later_others_forget_what_they_wrote_under_the_case_of_before(
    desk: Desk,
) -> None:
    subject_id = desk.notice(**JANSEN)
    [(referral_id,)] = desk.rows("SELECT referral_id FROM referrals")
    seal(desk, UUID(str(referral_id)))
    forget(desk)
    [told] = desk.announced("subjects.forgotten.v1")
    assert told["data"]["subjectId"] == str(subject_id)


def test_a_day_before_nobody_is_forgotten(desk: Desk) -> None:
    desk.notice(**JANSEN)
    forget(desk, QUIET_SINCE - timedelta(days=3))
    assert forgotten(desk) == 0


def test_whoever_waits_for_a_briefing_is_not_forgotten(desk: Desk) -> None:
    desk.notice(**JANSEN)
    forget(desk, over=False)
    assert forgotten(desk) == 0


def test_whoever_is_at_a_table_or_of_a_family_that_is_is_not_forgotten(desk: Desk) -> None:
    child, family, other = (desk.notice(familyName=name) for name in ("Bakker", "De Boer", "Visser"))
    with psycopg.connect(desk.url) as connection:
        connection.execute("UPDATE openings SET last_day = %s", [NOW.date()])
        connection.execute(MEMBER, [child, family])
    at_table(desk, family, "table-cases.opened.v1")
    forget(desk, over=False)
    assert desk.rows("SELECT subject_id FROM subjects WHERE data_key = ''") == [(other,)]
    forget(desk)
    assert forgotten(desk) == 3


def told_again(desk: Desk) -> None:
    desk.send(NOTICE)
    desk.send(NOTICE)


def told_to_somebody(desk: Desk) -> None:
    disclose(desk, desk.notice(**JANSEN))
    with psycopg.connect(desk.url) as connection:
        connection.execute("UPDATE disclosures SET disclosed_at = disclosed_at + interval '1 month'")


def described_anew(desk: Desk) -> None:
    desk.notice(**JANSEN)
    with psycopg.connect(desk.url) as connection:
        connection.execute("UPDATE claims SET stated_at = stated_at + interval '1 month'")


def about_to_be_decided_on(desk: Desk) -> None:
    sofie(desk)


def reported_on(desk: Desk) -> None:
    detained(desk)
    desk.send(RELEASED, PRISONS, type="release-dates.submitted.v1")


NOT_QUIET = (told_again, told_to_somebody, described_anew, about_to_be_decided_on, reported_on)


@pytest.mark.parametrize("not_quiet", NOT_QUIET, ids=lambda each: each.__name__)
def test_whoever_is_not_quiet_is_not_forgotten(desk: Desk, not_quiet: Callable[[Desk], None]) -> None:
    not_quiet(desk)
    forget(desk)
    assert forgotten(desk) == 0


def test_records_of_one_person_are_forgotten_together(desk: Desk) -> None:
    """Each record tells what the others know, so that one that stays would tell who was forgotten."""
    piet, slip, other = desk.notice(**PIET), desk.notice(**SLIP), desk.notice(familyName="Visser")
    match = decide(desk, proposed(desk, piet, slip), "merge")
    with psycopg.connect(desk.url) as connection:
        later = "UPDATE claims SET stated_at = stated_at + interval '1 month' WHERE subject_id = %s"
        connection.execute(later, [slip])
    forget(desk)
    assert desk.rows("SELECT subject_id FROM subjects WHERE data_key = ''") == [(other,)]
    forget(desk, QUIET_SINCE + timedelta(days=31))
    assert forgotten(desk) == 3
    with pytest.raises(UnknownSubject):
        separated(desk, match)


def test_nobody_is_proposed_or_seen_any_more_with_whom_the_house_forgot(desk: Desk) -> None:
    proposed(desk, desk.notice(**PIET), desk.notice(**SLIP))
    assert desk.rows("SELECT FROM openings") != []
    forget(desk)
    assert desk.rows("SELECT FROM openings") == desk.rows("SELECT FROM matches") == []


def test_records_that_were_separated_are_forgotten_apart(desk: Desk) -> None:
    piet, slip = desk.notice(**PIET), desk.notice(**SLIP)
    separated(desk, decide(desk, proposed(desk, piet, slip), "merge"))
    with psycopg.connect(desk.url) as connection:
        later = "UPDATE claims SET stated_at = stated_at + interval '1 month' WHERE subject_id = %s"
        connection.execute(later, [slip])
    forget(desk)
    assert desk.rows("SELECT subject_id FROM subjects WHERE data_key = ''") == [(piet,)]


def test_a_report_counts_as_long_as_the_inbox_knows_it_and_goes_with_its_subject(desk: Desk) -> None:
    detained(desk)
    judge(desk, desk.send(RELEASED, PRISONS, type="release-dates.submitted.v1"))
    with psycopg.connect(desk.url) as connection:
        connection.execute("DELETE FROM inbox")
    forget(desk)
    assert (forgotten(desk), desk.rows("SELECT FROM handed_on")) == (1, [])


def test_a_message_that_comes_again_gets_the_same_receipt(desk: Desk) -> None:
    sent = delivery(message())
    desk.take(sent)
    forget(desk)
    assert desk.take(sent)[sent.queue, "repeated"] == 1
    first, again = desk.told(POLICE, "messages.accepted.v1")
    assert (first, forgotten(desk)) == (again, 1)


def test_a_decision_on_whom_nobody_knows_any_more_is_parked(desk: Desk) -> None:
    desk.notice(**JANSEN)
    forget(desk)
    desk.hear("referrals.weighed.v1", weighed(desk))
    assert desk.parked() == [["referralId"]]


def test_of_a_referral_that_was_set_aside_nothing_is_left_either(desk: Desk) -> None:
    document = sofie(desk)
    [referral_id] = waiting(desk)
    decided(desk, referral_id, "other")
    forget(desk)
    assert forgotten(desk) == 2
    assert desk.rows("SELECT told, because FROM set_aside") == [(b"", b"")]
    desk.take(delivery(message(document["data"], PRISONS, "detention-notices.submitted.v1"), PRISONS))
    assert len(desk.rows("SELECT FROM subjects")) == 3


def test_keys_are_rotated_without_those_that_are_gone(desk: Desk) -> None:
    desk.notice(**JANSEN)
    forget(desk)
    with psycopg.connect(desk.url, autocommit=True) as connection:
        assert reseal(connection, Keys(Key(b"n" * 32, number=2), *desk.master_key.all), DATA_KEYS) == 0
    assert reindexed(desk) == 0


def test_all_are_forgotten_in_small_steps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.intake.forgetting.STEP", 2)
    for letter in "abcde":
        desk.notice(familyName=f"Van {letter * 3}", givenNames="Piet", birthDate="1990-02-03")
    forget(desk)
    assert forgotten(desk) == 5


def test_of_whom_a_partner_tells_at_the_moment_is_not_forgotten(desk: Desk) -> None:
    subject_id = desk.notice(**JANSEN)
    with desk.unit() as unit:
        store = unit.store(SubjectStore)
        store.lock_house(HOUSE.id)
        known = store.subject(HOUSE.id, subject_id)
        assert known
        store.add_claim(HOUSE.id, known, known.claims[0]._replace(stated_at=QUIET_SINCE))
        forgetting = Thread(target=forget, args=(desk,))
        forgetting.start()
        assert wait_until(lambda: desk.rows("SELECT FROM pg_locks WHERE NOT granted") != [], 5)
    forgetting.join()
    assert forgotten(desk) == 0


@pytest.fixture(scope="module")
def intake(start_service: ServiceStarter) -> RunningService:
    """It forgets ten times a second."""
    callers = {"officer": {"house": HOUSE.id, "roles": ["intake_officer"]}}
    with patch("services.intake.settings.DAY_SECONDS", 0.1):
        return start_service(
            Intake, callers, IntakeSettings, master_key=MASTER_KEY, index_key=INDEX_KEY, subject_days=DAYS
        )


def test_intake_forgets_by_itself(intake: RunningService) -> None:
    for days in (DAYS - 1, DAYS + 1):
        intake.as_service.execute(
            """
            INSERT INTO subjects (subject_id, case_id, house, kind, data_key, registered_at)
            SELECT gen_random_uuid(), gen_random_uuid(), 'noord', 'person', 'key', now() - make_interval(days => %s)
            """,
            [days],
        )
    keys = "SELECT data_key FROM subjects ORDER BY registered_at"
    assert wait_until(lambda: intake.as_service.execute(keys).fetchall() == [(b"",), (b"key",)], 5)


@pytest.mark.parametrize(("days", "seconds"), [("0", 0), ("366", 86_400)])
def test_nobody_is_forgotten_unless_the_setting_says_so(days: str, seconds: float) -> None:
    assert from_environment(IntakeSettings, SETTINGS | {"SUBJECT_DAYS": days}).forget_seconds == seconds


@pytest.mark.parametrize("days", ["365", "-1", "never"])
def test_no_setting_forgets_too_soon(days: str) -> None:
    with pytest.raises(SettingsError, match="SUBJECT_DAYS is wrong"):
        from_environment(IntakeSettings, SETTINGS | {"SUBJECT_DAYS": days})
