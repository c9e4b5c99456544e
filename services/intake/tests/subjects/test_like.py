"""Whom somebody describes in part is shown while it is typed, and that it was shown is kept."""

from typing import Any
from uuid import UUID

import pytest

from services.intake.subjects.handlers import disclosed_like
from services.intake.subjects.messages import AboutWhom, LikeQuery
from services.intake.tests.desk import Desk
from services.intake.tests.given import BSN, HOUSE, NOTICE, POLICE


def like(desk: Desk, *, number: str | None = None, **about: Any) -> list[UUID]:
    described = LikeQuery(about=AboutWhom(**about), number=number, purpose="intake").subject()
    with desk.unit() as unit:
        found = disclosed_like(HOUSE.id, described, to="ilse", purpose="intake", unit=unit)
    return [known.subject_id for known in found]


@pytest.mark.parametrize(
    "about",
    [
        {"family_name": "jansen", "birth_date": "1990"},
        {"family_name": "Jansen", "given_names": "P.", "birth_date": "1990"},
        {"family_name": "Jansen", "given_names": "Piet"},
        {"bsn": BSN},
        {"number": "280.123-45 67"},
    ],
)
def test_whoever_is_described_in_part_is_found_and_told_once(desk: Desk, about: dict[str, str]) -> None:
    subject_id = desk.notice(**NOTICE["subject"] | {"identifiers": [{"kind": "rni", "number": "2801234567"}]})
    assert like(desk, **about) == [subject_id]
    assert desk.rows("SELECT disclosed_to, purpose FROM disclosures") == [("ilse", "intake")]


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"family_name": "Jansen"},
        {"family_name": "Jansen", "given_names": "Piet", "birth_date": "1971"},
        {"number": "2801234568"},
    ],
)
def test_nobody_else_is_found(desk: Desk, about: dict[str, str]) -> None:
    desk.notice(**NOTICE["subject"] | {"identifiers": [{"kind": "v_number", "number": "2801234567"}]})
    assert like(desk, **about) == []


def test_nobody_is_found_of_a_sealed_matter(desk: Desk) -> None:
    concern = {"reference": "C-1", "subject": NOTICE["subject"], "concern": "worries", "theme": "hidden"}
    desk.send(concern, POLICE, type="current-referrals.submitted.v1")
    assert like(desk, bsn=BSN) == like(desk, family_name="Jansen", given_names="Piet") == []
