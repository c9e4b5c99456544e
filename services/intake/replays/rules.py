"""What of its own stream a partner may get once more."""

from typing import Protocol

from shared.rules import BrokenRule


class ReplayRefused(BrokenRule):
    """Base: an ordinary answer to a partner's request for a replay."""

    field = "data.fromSequence"


class NotSentYet(ReplayRefused):
    reason = "has not been sent yet"


class NoLongerKept(ReplayRefused):
    def __init__(self, first_kept: int) -> None:
        super().__init__(reason=f"is no longer kept; ask from number {first_kept} on")


class ReplayUnderWay(ReplayRefused):
    reason = "an earlier replay is still under way"


class ReplayedEnough(ReplayRefused):
    reason = "asks for more than may be replayed in a day"


class SentStream(Protocol):
    """What went to one partner: the number given last, the first that is kept, and how many may still be replayed."""

    @property
    def last(self) -> int: ...
    @property
    def first_kept(self) -> int: ...
    @property
    def replay_under_way(self) -> bool: ...
    @property
    def left_today(self) -> int: ...


def check_replay(stream: SentStream, from_sequence: int, most: int) -> None:
    """from_sequence: a number from 1 on. most: messages of one replay. Raises ReplayRefused."""
    if from_sequence > stream.last:
        raise NotSentYet
    if from_sequence < stream.first_kept:
        raise NoLongerKept(stream.first_kept)
    if stream.replay_under_way:
        raise ReplayUnderWay
    if min(most, stream.last - from_sequence + 1) > stream.left_today:
        raise ReplayedEnough
