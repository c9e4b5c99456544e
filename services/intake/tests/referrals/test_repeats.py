"""Who is referred while a table case runs is told to meetings too, and nobody else is."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, DETENTION, HOUSE, OTHER_BSN, PRISONS, notice
from shared.aliases.store import AliasStore, Link

TABLE_CASE = str(uuid4())
DETAINED = "detention-notices.submitted.v1"


def case_of(desk: Desk, subject_id: UUID) -> UUID:
    [(case_id,)] = desk.rows("SELECT case_id FROM subjects WHERE subject_id = %s", subject_id)
    return UUID(str(case_id))


def tell(desk: Desk, subject_id: UUID, type: str, opened_on: str = "2015-06-01") -> None:
    """What meetings tells of the table case of a subject."""
    told = {"tableCaseId": TABLE_CASE, "table": "focus", "openedOn": opened_on}
    desk.hear(type, told, case_id=case_of(desk, subject_id))


def at_table(desk: Desk, bsn: str = BSN) -> UUID:
    """Somebody of whom a table case runs."""
    subject_id = desk.notice(bsn=bsn)
    tell(desk, subject_id, "table-cases.opened.v1")
    return subject_id


def repeats(desk: Desk) -> list[dict[str, Any]]:
    return [event["data"] for event in desk.announced("repeats.received.v1")]


def test_a_referral_on_somebody_at_a_table_is_told_to_meetings(desk: Desk) -> None:
    subject_id = at_table(desk)
    desk.notice(bsn=OTHER_BSN)
    assert repeats(desk) == []
    assert desk.notice(bsn=BSN) == subject_id
    [told] = repeats(desk)
    newest = "SELECT referral_id FROM referrals WHERE subject_id = %s ORDER BY referral_id DESC LIMIT 1"
    [(referral_id,)] = desk.rows(newest, subject_id)
    assert told == {
        "referralId": str(referral_id),
        "subjectId": str(subject_id),
        "kind": "arrest_notice",
        "referrer": "politie",
        "receivedOn": "2015-06-01",
    }


def test_a_referral_that_came_before_intake_heard_of_the_table_case_is_told_once_it_does(desk: Desk) -> None:
    subject_id = desk.notice(bsn=BSN)
    desk.send(notice(reference="W-1", subject={"kind": "person", "bsn": BSN, "municipality": "Dorp"}))
    [*_, (withdrawn,)] = desk.rows("SELECT referral_id FROM referrals ORDER BY referral_id")
    desk.send({"reference": "W-1", "referralId": str(withdrawn)}, type="referral-withdrawals.submitted.v1")
    tell(desk, subject_id, "table-cases.opened.v1", opened_on="2015-05-31")
    [told] = repeats(desk)
    assert (told["subjectId"], told["receivedOn"]) == (str(subject_id), "2015-06-01")
    assert told["referralId"] != str(withdrawn)
    desk.notice(bsn=BSN)
    assert len(repeats(desk)) == 2


def test_a_referral_of_the_day_on_which_the_table_case_opened_is_no_repeat_of_it(desk: Desk) -> None:
    at_table(desk)
    assert repeats(desk) == []


def test_a_referral_is_a_repeat_as_long_as_the_table_case_runs(desk: Desk) -> None:
    subject_id = at_table(desk)
    for type, told in (
        ("table-cases.closed.v1", 0),
        ("closings.withdrawn.v1", 1),
        ("table-cases.withdrawn.v1", 1),
    ):
        tell(desk, subject_id, type)
        desk.notice(bsn=BSN)
        assert len(repeats(desk)) == told


def test_a_referral_that_is_told_again_is_no_repeat(desk: Desk) -> None:
    desk.send(notice(reference="PL-7"))
    [(subject_id,)] = desk.rows("SELECT subject_id FROM subjects")
    tell(desk, UUID(str(subject_id)), "table-cases.opened.v1")
    desk.send(notice(reference="PL-7"))
    assert repeats(desk) == []


def test_a_detention_that_nobody_weighs_is_a_repeat_and_aftercare_alone_makes_none(desk: Desk) -> None:
    elsewhere = DETENTION | {"subject": {"kind": "person", "bsn": BSN, "municipality": "Stad"}}
    desk.send(elsewhere, PRISONS, type=DETAINED)
    desk.send(elsewhere | {"detainedOn": "2015-05-29", "reference": "D-2"}, PRISONS, type=DETAINED)
    assert repeats(desk) == []
    [(subject_id,)] = desk.rows("SELECT subject_id FROM subjects")
    tell(desk, UUID(str(subject_id)), "table-cases.opened.v1")
    desk.send(elsewhere | {"detainedOn": "2015-05-30", "reference": "D-3"}, PRISONS, type=DETAINED)
    [told] = repeats(desk)
    assert told["kind"] == "detention_notice"
    assert desk.rows("SELECT DISTINCT weighed FROM referrals") == [(False,)]


def test_a_sealed_referral_on_somebody_at_a_table_is_told_to_nobody(desk: Desk) -> None:
    at_table(desk)
    sealed = notice(concern="Hij verandert.", theme="hidden")
    del sealed["arrestedOn"], sealed["offence"]
    desk.send(sealed, type="current-referrals.submitted.v1")
    assert desk.rows("SELECT count(*) FROM referrals WHERE sealed") == [(1,)]
    assert repeats(desk) == []


def test_a_referral_on_a_merged_record_is_a_repeat_of_the_table_case_of_the_other(desk: Desk) -> None:
    one, other = at_table(desk), desk.notice(bsn=OTHER_BSN)
    cases = case_of(desk, one), case_of(desk, other)
    link = Link(house=HOUSE.id, merge_id=uuid4(), subjects=(one, other), cases=cases)
    with desk.unit() as unit:
        unit.store(AliasStore).begin(link, date(2015, 6, 1))
    desk.notice(bsn=OTHER_BSN)
    [told] = repeats(desk)
    assert told["subjectId"] == str(other)


def test_that_a_referral_nobody_weighs_was_withdrawn_is_told_to_meetings_alone_and_of_a_sealed_one_nothing(
    desk: Desk,
) -> None:
    desk.send(notice(subject={"kind": "person", "bsn": BSN, "municipality": "Stad"}))
    sealed = {"reference": "C-2", "subject": {"kind": "person", "bsn": OTHER_BSN, "municipality": "Dorp"}}
    desk.send(sealed | {"concern": "Hij verandert.", "theme": "hidden"}, type="current-referrals.submitted.v1")
    ids = [str(id) for (id,) in desk.rows("SELECT referral_id FROM referrals ORDER BY sealed")]
    for referral_id in ids:
        desk.send({"reference": "W-1", "referralId": referral_id}, type="referral-withdrawals.submitted.v1")
    told = [event["data"] for event in desk.announced("repeats.withdrawn.v1")]
    assert told == [{"referralId": ids[0], "withdrawnOn": "2015-06-01"}]
    assert desk.announced("referrals.withdrawn.v1") == []
