"""The page for partners explains each reason for which aftercare refuses what they send."""

from pathlib import Path

import pytest

from services.aftercare.domain import errors
from services.aftercare.domain.errors import BrokenRule

GUIDE = Path(__file__).resolve().parents[4] / "docs/partners.md"
TEXT = GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "rule",
    [
        errors.BeforeDetention,
        errors.BeforeLastChange,
        errors.ReleasedBeforeDetained,
        errors.NotOfTheListsYear,
        errors.UnknownConversation,
        errors.HeldBeforeAsked,
        errors.AlreadyHeld,
        errors.NothingOffered,
        errors.UnknownLifeDomain,
        errors.UnknownTrajectory,
        errors.UnknownStage,
        errors.StageBehind,
        errors.BeforeStart,
        errors.BeforeStage,
        errors.TrajectoryOver,
        errors.AlreadyEnded,
        errors.ResultMissing,
        errors.NothingPromised,
        errors.InvoicedBefore,
        errors.YearClosed,
    ],
)
def test_every_reason_for_which_a_message_is_refused_is_explained(rule: type[BrokenRule]) -> None:
    assert f"`{rule.reason}`" in TEXT
