"""The page for partners explains each reason for which aftercare refuses what they send."""

from pathlib import Path

import pytest

from services.aftercare.conversations.rules import (
    AlreadyHeld,
    HeldBeforeAsked,
    NothingOffered,
    UnknownConversation,
)
from services.aftercare.detentions.rules import BeforeDetention
from services.aftercare.invoices.rules import InvoicedBefore, NothingPromised
from services.aftercare.ledger.rules import YearClosed
from services.aftercare.needs.rules import UnknownLifeDomain
from services.aftercare.outflows.rules import NotOfTheListsYear, ReleasedBeforeDetained
from services.aftercare.trajectories.rules import (
    AlreadyEnded,
    BeforeStage,
    BeforeStart,
    ResultMissing,
    StageBehind,
    TrajectoryOver,
    UnknownStage,
    UnknownTrajectory,
)
from shared.rules import BrokenRule

GUIDE = Path(__file__).resolve().parents[3] / "docs/partners.md"
TEXT = GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "rule",
    [
        BeforeDetention,
        ReleasedBeforeDetained,
        NotOfTheListsYear,
        UnknownConversation,
        HeldBeforeAsked,
        AlreadyHeld,
        NothingOffered,
        UnknownLifeDomain,
        UnknownTrajectory,
        UnknownStage,
        StageBehind,
        BeforeStart,
        BeforeStage,
        TrajectoryOver,
        AlreadyEnded,
        ResultMissing,
        NothingPromised,
        InvoicedBefore,
        YearClosed,
    ],
)
def test_every_reason_for_which_a_message_is_refused_is_explained(rule: type[BrokenRule]) -> None:
    assert f"`{rule.reason}`" in TEXT
