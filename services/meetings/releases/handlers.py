"""Aftercare tells when somebody is released: a running table case of the same case shows it."""

from services.meetings.house import House
from services.meetings.releases.messages import DetentionJoined, DetentionWithdrawn, ReleaseDateChanged
from services.meetings.releases.store import ReleaseStore
from shared.messaging import Event
from shared.unit import Unit


def follow_release_date(event: Event[ReleaseDateChanged], unit: Unit[House]) -> None:
    """Store the release date, to show it with the table cases of the same case."""
    unit.store(ReleaseStore).set_release(event.house, event.required_case_id(), event.data)


def forget_withdrawn_detention(event: Event[DetentionWithdrawn], unit: Unit[House]) -> None:
    """Forget the release date of a detention that is withdrawn."""
    unit.store(ReleaseStore).drop_release(event.house, event.data.detention_id)


def forget_joined_detention(event: Event[DetentionJoined], unit: Unit[House]) -> None:
    """Forget the release date of a notice that belongs to another detention."""
    unit.store(ReleaseStore).drop_release(event.house, event.data.detention_id)
