"""What is told with a referral besides the concern: weighing gets codes, and its texts are told like the concern."""

from typing import Any
from uuid import UUID

import pytest

from services.intake.contributions.handlers import disclosed_contributions
from services.intake.contributions.messages import ContributionsQuery
from services.intake.pre_sorting.lookups import held_back
from services.intake.referrals.announcing import weigh
from services.intake.tests.desk import Desk
from services.intake.tests.given import DETENTION, HOUSE, NOTICE, NOW, POLICE, PRISONS
from services.intake.tests.referrals.test_corrected_concerns import CONCERN, LATER, TEAM, referrals, send
from services.intake.tests.referrals.test_corrected_concerns import weigh as decide
from services.intake.tests.sealed_referrals.test_sealing import newest, seal, shown, unseal

CODES: dict[str, Any] = {
    "urgent": True,
    "consent": "no",
    "organisations": ["gemeente", "school"],
    "measures": [
        {"kind": "area_ban", "startedOn": "2015-05-01", "endsOn": "2015-07-31"},
        {"kind": "supervision_order"},
    ],
}
RISKS, WHY = "Heeft een mes bij zich", "Komt morgen vrij"
TOLD = CODES | {"risks": RISKS, "urgentBecause": WHY}
LAST = "2015-06-01T11:00:00+02:00"


def stated(desk: Desk, type: str = "referrals.registered.v1") -> list[Any]:
    """What weighing is told of each referral; of its texts how many there are."""
    told = [event["data"].get("stated") for event in desk.announced(type)]
    return [each and {**each, "contributionIds": len(each.get("contributionIds", ()))} for each in told]


def read(desk: Desk, ids: list[str]) -> list[list[str]]:
    """All versions of each text that the team may read."""
    query = ContributionsQuery(contribution_ids=tuple(map(UUID, ids)), purpose="briefing")
    with desk.unit() as unit:
        shown = disclosed_contributions(TEAM, query, unit)
    return sorted([version.text for version in view.versions] for view in shown)


def ids_in(event: dict[str, Any]) -> list[str]:
    return list(event["data"]["stated"]["contributionIds"])


def test_what_the_sender_states_goes_with_the_referral_and_nothing_with_one_that_states_nothing(desk: Desk) -> None:
    send(desk, CONCERN | TOLD)
    send(desk, CONCERN | {"reference": "C-2", "urgent": False, "consent": "not_asked", "measures": []})
    desk.send(NOTICE)
    assert stated(desk) == [CODES | {"contributionIds": 2}, None, None]


def test_its_texts_are_sealed_and_told_like_the_concern(desk: Desk) -> None:
    send(desk, CONCERN | TOLD)
    [registered] = desk.announced("referrals.registered.v1")
    assert read(desk, ids_in(registered)) == [[RISKS], [WHY]]
    assert RISKS not in str(registered)
    kept = desk.rows("SELECT sealed_texts::text FROM sealed_texts UNION ALL SELECT referrals::text FROM referrals")
    assert RISKS not in str(kept)


def test_what_is_stated_otherwise_corrects_it_and_an_older_message_does_not(desk: Desk) -> None:
    send(desk, CONCERN | TOLD)
    send(desk, CONCERN | TOLD, time=LATER)
    send(desk, CONCERN, time="2015-06-01T08:00:00+02:00")
    assert stated(desk, "referrals.corrected.v1") == []
    send(desk, CONCERN | {"consent": "yes", "risks": "Heeft geen mes"}, time=LAST)
    send(desk, CONCERN, time="2015-06-01T12:00:00+02:00")
    assert stated(desk, "referrals.corrected.v1") == [{"consent": "yes", "contributionIds": 1}, None]
    [corrected, _] = desk.announced("referrals.corrected.v1")
    assert read(desk, ids_in(corrected)) == [[RISKS, "Heeft geen mes"]]


def test_a_risk_that_is_told_after_the_decision_is_a_new_referral(desk: Desk) -> None:
    send(desk, CONCERN)
    decide(desk, referrals(desk)[0])
    send(desk, CONCERN | {"risks": RISKS}, time=LATER)
    assert stated(desk) == [None, {"contributionIds": 1}]


def test_a_referral_that_is_weighed_after_all_brings_what_was_stated_last(desk: Desk) -> None:
    held = CONCERN | {"kind": "stalking"}
    send(desk, held | TOLD)
    send(desk, held | CODES | {"risks": RISKS}, time=LATER)
    assert stated(desk) == stated(desk, "referrals.corrected.v1") == []
    with desk.unit() as unit:
        [waiting] = held_back(HOUSE.id, unit).waiting
        weigh(waiting.referral_id, NOW, unit)
    assert stated(desk) == [CODES | {"contributionIds": 1}]
    assert read(desk, [str(id) for id in waiting.contribution_ids]) == [[RISKS], [WHY], [CONCERN["concern"]]]


@pytest.mark.parametrize("came", ["sealed", "open"])
def test_all_of_it_goes_with_a_referral_that_is_sealed_and_comes_back_with_it(desk: Desk, came: str) -> None:
    send(desk, CONCERN | TOLD | ({"theme": "hidden"} if came == "sealed" else {}))
    if came == "open":
        seal(desk, newest(desk))
    sealed, in_open = newest(desk), desk.announced("referrals.registered.v1")
    assert [text.text for text in shown(desk, sealed).texts if text.kind != "because"] == [
        CONCERN["concern"],
        RISKS,
        WHY,
    ]
    assert in_open == [] or read(desk, ids_in(in_open[0])) == []
    unseal(desk, sealed)
    [*_, registered] = desk.announced("referrals.registered.v1")
    assert stated(desk)[-1] == CODES | {"contributionIds": 2}
    assert read(desk, ids_in(registered)) == [[RISKS], [WHY]]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"organisations": ["gemeente", "kerk"]}, "data.organisations[1]"),
        ({"measures": [{"kind": "lijfstraf"}]}, "data.measures[0].kind"),
        (
            {"measures": [{"kind": "area_ban", "startedOn": "2015-05-01", "endsOn": "2015-04-30"}]},
            "data.measures[0].endsOn",
        ),
        ({"measures": [{"kind": "area_ban", "endsOn": "1801-01-01"}]}, "data.measures[0].endsOn"),
        ({"measures": [{"kind": "area_ban", "startedOn": "2015-06-02"}]}, "data.measures[0].startedOn"),
        ({"measures": [{"kind": "area_ban"}] * 21}, "data.measures"),
        ({"risks": "x" * 2001}, "data.risks"),
        ({"urgentBecause": WHY}, "data.urgentBecause"),
        ({"consent": "maybe"}, "data.consent"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(desk: Desk, told: dict[str, Any], field: str) -> None:
    send(desk, CONCERN | told)
    assert desk.wrong_fields(POLICE) == [field]


def test_weighing_hears_that_somebody_is_detained_in_a_youth_institution(desk: Desk) -> None:
    for reference, institution in (("T-1", "JJI"), ("T-2", "PI Dorp")):
        told = DETENTION | {"reference": reference, "institution": institution}
        desk.send(told, PRISONS, type="detention-notices.submitted.v1")
    desk.send(NOTICE)
    registered = desk.announced("referrals.registered.v1")
    assert [event["data"].get("youthInstitution") for event in registered] == [True, None, None]
