"""What intake knows of one case: its referrals, and nothing of a sealed matter."""

from uuid import UUID, uuid4

import pytest

from services.intake.referrals.lookups import case, registered_referral
from services.intake.referrals.messages import IntakeCase
from services.intake.tests.desk import Desk
from services.intake.tests.given import CONTACT, HOUSE, NOTICE, NOW, OTHER_BSN, notice
from shared.aliases.store import AliasStore, Link
from shared.rules import UnknownCase

CURRENT = "current-referrals.submitted.v1"


def case_of(desk: Desk, case_id: UUID, house: str = HOUSE.id) -> IntakeCase:
    with desk.unit() as unit:
        return case(house, case_id, unit)


def test_a_case_has_its_referrals_as_each_is_looked_up(desk: Desk) -> None:
    desk.send(notice(reference="PL-1"))
    desk.send(notice(reference="PL-2"))
    [(case_id, subject_id)] = desk.rows("SELECT case_id, subject_id FROM subjects")
    found = case_of(desk, case_id)
    assert (found.case_id, found.subject_id, len(found.referrals)) == (case_id, subject_id, 2)
    with desk.unit() as unit:
        alone = [registered_referral(HOUSE.id, referral.referral_id, unit) for referral in found.referrals]
    assert list(found.referrals) == alone


def test_a_sealed_matter_shows_nowhere(desk: Desk) -> None:
    desk.send()
    concern = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries", "theme": "hidden"}
    desk.send(concern, CONTACT, type=CURRENT)
    open_matter, sealed = desk.rows("SELECT case_id, sealed_only FROM subjects ORDER BY sealed_only")
    assert (open_matter[1], sealed[1]) == (False, True)
    assert len(case_of(desk, open_matter[0]).referrals) == 1
    with pytest.raises(UnknownCase):
        case_of(desk, sealed[0])


def test_a_case_of_another_house_or_of_whom_is_forgotten_does_not_exist(desk: Desk) -> None:
    desk.send()
    [(case_id,)] = desk.rows("SELECT case_id FROM subjects")
    for house, id in (("zuid", case_id), (HOUSE.id, uuid4())):
        with pytest.raises(UnknownCase):
            case_of(desk, id, house)


def test_a_case_has_the_referrals_on_merged_records_until_they_are_separated(desk: Desk) -> None:
    desk.notice()
    desk.notice(familyName="Jasnen", bsn=OTHER_BSN)
    cases = [(subject_id, case_id) for subject_id, case_id in desk.rows("SELECT subject_id, case_id FROM subjects")]
    before = [case_of(desk, case_id) for _, case_id in cases]
    subjects, case_ids = zip(*cases, strict=True)
    link = Link(house=HOUSE.id, merge_id=uuid4(), subjects=subjects, cases=case_ids)
    with desk.unit() as unit:
        unit.store(AliasStore).begin(link, NOW.date())
    for (subject_id, case_id), (_, other) in (cases, cases[::-1]):
        found = case_of(desk, case_id)
        assert (found.subject_id, found.case_ids, len(found.referrals)) == (subject_id, (case_id, other), 2)
    with desk.unit() as unit:
        unit.store(AliasStore).end(link, NOW.date())
    assert [case_of(desk, case_id) for _, case_id in cases] == before
