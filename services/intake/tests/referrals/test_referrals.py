"""What partners bring, on a real database."""

import json
from typing import Any
from uuid import UUID

import pytest
from prometheus_client import REGISTRY

from services.intake.referrals.lookups import registered_referral
from services.intake.referrals.rules import UnknownReferral
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, DETENTION, NOTICE, POLICE, PRISONS, notice, vault

CURRENT = "current-referrals.submitted.v1"


def concern(**changes: Any) -> dict[str, Any]:
    return {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries", **changes}


def counted(kind: str) -> float:
    return REGISTRY.get_sample_value("intake_referrals_total", {"house": "noord", "kind": kind}) or 0.0


def test_an_arrest_notice_is_registered_announced_and_answered(desk: Desk) -> None:
    message_id = desk.send()
    [event] = desk.announced("referrals.registered.v1")
    [(referral_id, subject_id, case_id)] = desk.rows(
        "SELECT referral_id, subject_id, case_id FROM referrals JOIN subjects USING (subject_id)"
    )
    assert event["data"] == {
        "referralId": str(referral_id),
        "subjectId": str(subject_id),
        "kind": "arrest_notice",
        "referrer": "politie",
        "receivedOn": "2015-06-01",
        "municipality": "Dorp",
        "subRegion": "Oost",
        "sex": "man",
        "ageClass": "23_and_over",
        "contributionIds": [str(referral_id)],
    }
    assert (event["subject"], event["house"], event["correlationid"]) == (str(case_id), "noord", str(message_id))
    assert desk.told(POLICE, "messages.accepted.v1") == [
        {"messageId": str(message_id), "reference": "PL-1", "referralId": str(referral_id)}
    ]


def test_no_event_for_the_services_tells_who_it_is_about(desk: Desk) -> None:
    desk.send()
    [event] = desk.announced("referrals.registered.v1")
    assert not [word for word in (BSN, "Jansen", "Piet", "1990-02-03", "burglary", "PL-1") if word in str(event)]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({}, {"reference": "C-1"}),
        ({"theme": "hidden"}, {"reference": "C-1", "concern": "worries", "theme": "hidden"}),
    ],
)
def test_what_was_told_besides_whom_it_is_about_is_kept_sealed(
    desk: Desk, told: dict[str, Any], kept: dict[str, Any]
) -> None:
    desk.send(concern(**told), type=CURRENT)
    [(subject_id, data_key, sealed)] = desk.rows(
        "SELECT subject_id, data_key, particulars FROM referrals JOIN subjects USING (subject_id)"
    )
    particulars = json.loads(vault().open(sealed, subject_id, data_key, "particulars"))
    assert len(particulars.pop("ids_as_sent")) == 2
    assert particulars == kept


def test_a_detention_notice_is_told_to_weighing_and_to_aftercare(desk: Desk) -> None:
    desk.send(DETENTION, PRISONS, type="detention-notices.submitted.v1")
    [referral], [detention] = desk.announced("referrals.registered.v1"), desk.announced("detentions.registered.v1")
    assert referral["data"]["kind"] == "detention_notice"
    assert detention["subject"] == referral["subject"]
    assert UUID(detention["data"].pop("detentionId"))
    assert detention["data"] == {
        "subjectId": referral["data"]["subjectId"],
        "referralId": referral["data"]["referralId"],
        "municipality": "Dorp",
        "institution": "pi_dorp",
        "detainedOn": "2015-05-30",
        "expectedReleaseOn": "2015-08-01",
        "ownAftercare": False,
        "registeredOn": "2015-06-01",
    }


def test_a_detention_notice_from_a_municipality_with_its_own_aftercare_is_not_weighed_as_its_receipt_says(
    desk: Desk,
) -> None:
    data = DETENTION | {"subject": NOTICE["subject"] | {"municipality": "Stad"}}
    message_id = desk.send(data, PRISONS, type="detention-notices.submitted.v1")
    [detention] = desk.announced("detentions.registered.v1")
    assert detention["data"]["ownAftercare"] is True
    assert "referralId" not in detention["data"]
    assert desk.announced("referrals.registered.v1") == []
    desk.send(data, PRISONS, type="detention-notices.submitted.v1", id=str(message_id))
    receipt, again = desk.told(PRISONS, "messages.accepted.v1")
    assert (receipt["messageId"], receipt["notWeighed"], again) == (str(message_id), True, receipt)


def test_a_worrying_arrest_from_a_municipality_with_its_own_aftercare_is_weighed(desk: Desk) -> None:
    desk.send(notice(subject=NOTICE["subject"] | {"municipality": "Stad"}, worrying=True))
    [referral] = desk.announced("referrals.registered.v1")
    assert referral["data"]["subRegion"] == "West"


def test_a_sealed_referral_is_registered_and_only_its_sender_hears_of_it(desk: Desk) -> None:
    before = counted("current_referral")
    desk.send(concern(theme="hidden"), type=CURRENT)
    desk.send(concern(), type=CURRENT)
    sealed, open_one = desk.told(POLICE, "messages.accepted.v1")
    assert sealed.keys() == open_one.keys()
    assert [event["data"]["referralId"] for event in desk.announced("referrals.registered.v1")] == [
        open_one["referralId"]
    ]
    assert counted("current_referral") == before + 1
    assert desk.rows("SELECT count(*) FROM referrals") == [(2,)]
    with desk.unit() as unit, pytest.raises(UnknownReferral):
        registered_referral("noord", UUID(sealed["referralId"]), unit)
