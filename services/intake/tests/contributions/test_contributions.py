"""What partners wrote is read by those who need it for a purpose, and each look is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from marshmallow import ValidationError

from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import MOST_TOGETHER, ContributionsQuery, ContributionView
from services.intake.house import LATE
from services.intake.referrals.handlers import register_by_hand
from services.intake.referrals.messages import ReferralByHand
from services.intake.subjects.telling import PurposeNotAllowed
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, DETENTION, NOTICE, NOW, POLICE, PRISONS, notice, person, vault
from services.intake.tests.information_requests.test_requests import PER_SERVICE, issued, per_service
from shared.web import Caller

CURRENT = "current-referrals.submitted.v1"
CONCERN = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "Slaapt in zijn auto"}
EARLIER, LATER = "2015-06-01T08:00:00+02:00", "2015-06-01T10:00:00+02:00"


def caller(role: str = "weighing_team", organisation: str = "noord", house: str = "noord") -> Caller:
    return Caller(id=f"a-{role}", name="", house=house, roles=frozenset({role}), organisation=organisation, origin="t")


def referral_id(desk: Desk) -> UUID:
    """Of the only referral."""
    [(found,)] = desk.rows("SELECT referral_id FROM referrals")
    return UUID(str(found))


def case_of(desk: Desk) -> UUID:
    [(found,)] = desk.rows("SELECT case_id FROM subjects")
    return UUID(str(found))


def look(
    desk: Desk, *ids: UUID, cases: Sequence[UUID] = (), by: Caller | None = None, purpose: str = "briefing"
) -> list[ContributionView]:
    query = ContributionsQuery(contribution_ids=ids, case_ids=tuple(cases), purpose=purpose)
    with desk.unit() as unit:
        return disclosed_contributions(by or caller(), query, unit)


def texts(views: list[ContributionView]) -> list[list[str]]:
    return [[version.text for version in view.versions] for view in views]


def test_the_concern_and_the_offence_are_read_by_the_id_that_the_event_tells(desk: Desk) -> None:
    desk.send(CONCERN, type=CURRENT)
    desk.send(notice(offence="Woninginbraak"))
    ids = [UUID(id) for event in desk.announced("referrals.registered.v1") for id in event["data"]["contributionIds"]]
    found = look(desk, *ids)
    assert {(view.kind, view.organisation, *[version.text for version in view.versions]) for view in found} == {
        ("concern", "politie", "Slaapt in zijn auto"),
        ("offence", "politie", "Woninginbraak"),
    }
    assert texts(look(desk, cases=[case_of(desk)])) == texts(found)


def test_a_detention_notice_brings_no_text(desk: Desk) -> None:
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    [event] = desk.announced("referrals.registered.v1")
    assert "contributionIds" not in event["data"]
    assert look(desk, cases=[case_of(desk)]) == []


def test_a_repetition_with_another_text_is_a_newer_version_and_both_are_shown(desk: Desk) -> None:
    desk.send(notice(offence="Diefstal"), time=LATER)
    desk.send(notice(offence="Diefstal"), time="2015-06-01T10:30:00+02:00")
    desk.send(notice(offence="Straatroof"), time="2015-06-01T11:00:00+02:00")
    desk.send(notice(offence="Winkeldiefstal"), time=EARLIER)
    assert texts(look(desk, referral_id(desk))) == [["Winkeldiefstal", "Diefstal", "Straatroof"]]


def test_what_came_by_phone_is_read_too(desk: Desk) -> None:
    by_hand = ReferralByHand(
        referrer="gemeente", received_on=NOW.date(), subject=person(family_name="Bakker"), concern="Belde wanhopig"
    )
    with desk.unit() as unit:
        found = register_by_hand("noord", by_hand, "officer", unit)
    [view] = look(desk, found)
    assert (view.organisation, texts([view])) == ("gemeente", [["Belde wanhopig"]])


def test_no_text_stands_readable_in_the_database_and_none_twice(desk: Desk) -> None:
    desk.send(CONCERN, type=CURRENT)
    assert not [
        row
        for row in desk.rows("SELECT (referrals, sealed_texts)::text FROM referrals, sealed_texts")
        if "auto" in row[0]
    ]
    [(sealed, subject_id, data_key)] = desk.rows(
        "SELECT particulars, subject_id, data_key FROM referrals JOIN subjects USING (subject_id)"
    )
    assert b"auto" not in vault().open(sealed, subject_id, data_key, "particulars")


def test_the_text_of_a_referral_from_before_texts_were_sealed_apart_is_read_and_corrected(desk: Desk) -> None:
    desk.send(notice(offence="Diefstal"))
    kept_before(desk, "Diefstal")
    assert texts(look(desk, referral_id(desk))) == texts(look(desk, cases=[case_of(desk)])) == [["Diefstal"]]
    desk.send(notice(offence="Diefstal"), time=LATER)
    desk.send(notice(offence="Straatroof"), time="2015-06-01T11:00:00+02:00")
    assert texts(look(desk, referral_id(desk))) == [["Diefstal", "Straatroof"]]


def kept_before(desk: Desk, offence: str) -> None:
    """Keep the text of the only referral as earlier versions kept it."""
    [(subject_id, data_key)] = desk.rows("SELECT subject_id, data_key FROM subjects")
    content = f'{{"reference": "PL-1", "arrested_on": "2015-05-30", "offence": "{offence}"}}'.encode()
    with psycopg.connect(desk.url) as connection:
        sealed = vault().seal(content, subject_id, data_key, "particulars")
        connection.execute("UPDATE referrals SET particulars = %s", [sealed])
        connection.execute("DELETE FROM sealed_texts")


def test_nothing_that_came_in_sealed_is_read_or_exists(desk: Desk) -> None:
    desk.send(CONCERN | {"theme": "hidden"}, type=CURRENT)
    assert look(desk, referral_id(desk), cases=[case_of(desk)]) == []
    assert desk.rows("SELECT count(*) FROM sealed_texts") == [(0,)]
    assert desk.rows("SELECT count(*) FROM disclosures") == [(0,)]


def test_each_look_is_kept_with_person_purpose_and_text(desk: Desk) -> None:
    desk.send(CONCERN, type=CURRENT)
    unknown = uuid4()
    query = ContributionsQuery(contribution_ids=(referral_id(desk), unknown), purpose="briefing")
    with desk.unit() as unit:
        disclosed_contributions(caller(), query, unit)
        concerned = {(each.kind, each.id, each.case_id) for each in unit._concerned}
    kept = desk.rows("SELECT subject_id, disclosed_to, purpose, contribution_id FROM disclosures")
    [(subject_id,)] = desk.rows("SELECT subject_id FROM subjects")
    assert kept == [(subject_id, "a-weighing_team", "briefing", referral_id(desk))]
    assert concerned == {
        ("contributions", str(referral_id(desk)), case_of(desk)),
        ("contributions", str(unknown), None),
    }


def test_a_purpose_that_is_not_told_texts_shows_none_and_another_purpose_is_refused(desk: Desk) -> None:
    desk.send(CONCERN, type=CURRENT)
    assert look(desk, referral_id(desk), by=caller("process_director"), purpose="focus") == []
    with pytest.raises(PurposeNotAllowed):
        look(desk, referral_id(desk), by=caller("process_director"))


def test_another_house_reads_nothing(desk: Desk) -> None:
    desk.send(CONCERN, type=CURRENT)
    assert look(desk, referral_id(desk), cases=[case_of(desk)], by=caller(organisation="zuid", house="zuid")) == []


def test_people_of_a_partner_read_what_it_wrote_itself_and_nothing_else(desk: Desk) -> None:
    desk.send(CONCERN, type=CURRENT)
    wanted = referral_id(desk)
    assert texts(look(desk, wanted, by=caller("participant", POLICE.id), purpose="own")) == [["Slaapt in zijn auto"]]
    assert look(desk, wanted, by=caller("participant", "gemeente"), purpose="own") == []
    for by, purpose in ((caller("participant", POLICE.id), "briefing"), (caller(), "own")):
        with pytest.raises(PurposeNotAllowed):
            look(desk, wanted, by=by, purpose=purpose)


def test_a_look_names_something_and_not_too_much() -> None:
    ids = tuple(uuid4() for _ in range(MOST_TOGETHER))
    assert ContributionsQuery(contribution_ids=ids, purpose="briefing")
    wrong: list[dict[str, Any]] = [{}, {"contribution_ids": ids, "case_ids": ids[:1]}]
    for each in wrong:
        with pytest.raises(ValidationError):
            ContributionsQuery(**each, purpose="briefing")


HOLDER = caller("case_holder", "stad")


def late_answer(desk: Desk) -> tuple[UUID, UUID]:
    """The partner that is asked answers. Gives the case and the id of the text."""
    desk.send()
    request_id = issued(desk)["requestId"]
    told = {"service": "housing", "answer": "known", "text": "Slaapt nu bij zijn zus."}
    desk.send(per_service(request_id, told), CONTACT, type=PER_SERVICE)
    [event] = desk.announced("information-requests.answered.v1")
    return case_of(desk), UUID(event["data"]["services"][0]["contributionId"])


def at_table(desk: Desk, case_id: UUID, type: str, **data: Any) -> None:
    desk.hear(type, {"tableCaseId": str(case_id), "table": "focus", **data}, case_id=case_id)


def test_the_holder_of_a_case_reads_what_came_late_by_its_id_as_long_as_it_holds_the_case(desk: Desk) -> None:
    case_id, text_id = late_answer(desk)

    def read(by: Caller = HOLDER) -> list[list[str]]:
        assert look(desk, cases=[case_id], by=by, purpose=LATE) == [], "an id says what came late"
        return texts(look(desk, text_id, by=by, purpose=LATE))

    at_table(desk, case_id, "table-cases.opened.v1", openedOn="2015-06-01")
    assert read() == []
    plans = [str(uuid4()), str(uuid4())]
    for plan, holder in zip(plans, ("stad", "gemeente"), strict=True):
        assert read() == ([] if holder == "stad" else [["Slaapt nu bij zijn zus."]])
        at_table(desk, case_id, "action-plans.agreed.v1", actionPlanId=plan, caseHolder=holder)
    assert (read(), read(caller("case_holder", "gemeente"))) == ([], [["Slaapt nu bij zijn zus."]])
    at_table(desk, case_id, "action-plans.withdrawn.v1", actionPlanId=plans[1])
    assert read() == [["Slaapt nu bij zijn zus."]]
    assert desk.rows("SELECT DISTINCT disclosed_to FROM disclosures WHERE purpose = %s", LATE) == [("a-case_holder",)]
    at_table(desk, case_id, "table-cases.withdrawn.v1")
    with desk.unit() as unit:
        later = replace(unit, now=lambda: NOW + timedelta(days=31))
        query = ContributionsQuery(contribution_ids=(text_id,), purpose=LATE)
        assert disclosed_contributions(HOLDER, query, later) == []


def test_nobody_but_a_holder_reads_what_came_late_and_a_holder_reads_nothing_else(desk: Desk) -> None:
    _, text_id = late_answer(desk)
    for by, purpose in (
        *((caller(role), LATE) for role in ("weighing_team", "process_director")),
        *((caller("participant", "stad"), LATE), (HOLDER, "focus"), (HOLDER, "briefing")),
        (caller("case_holder", "noord"), LATE),
    ):
        with pytest.raises(PurposeNotAllowed):
            look(desk, text_id, by=by, purpose=purpose)
