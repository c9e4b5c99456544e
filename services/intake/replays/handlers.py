"""A partner asks for messages that it missed."""

from services.intake import metrics
from services.intake.partners.handlers import accept, partner_of, refuse
from services.intake.replays.messages import ReplayRequest
from services.intake.replays.rules import ReplayRefused, check_replay
from services.intake.replays.store import RefusedReplayStore
from services.intake.unit import Unit
from shared.messaging import Event, Problem, problem_of
from shared.messaging.unit import MOST_REPLAYED


def replay_stream(event: Event[ReplayRequest], unit: Unit) -> None:
    """Send the partner's messages from the requested number on once more, or a refusal with the reason."""
    partner, wanted = partner_of(event), event.data.from_sequence
    try:
        check_replay(unit.stream(event.sender), wanted, MOST_REPLAYED)
    except ReplayRefused as refused:  # an ordinary answer: nobody has to look into it, so nothing is parked
        unit.store(RefusedReplayStore).add_refused_replay(event.house, partner, event.id, refused)
        _refuse(event, problem_of(refused), unit)
        return
    unit.replay(event.sender, from_sequence=wanted)
    metrics.REPLAYS.labels(event.house, partner).inc()
    _accept(event, unit)


def repeat_answer(event: Event[ReplayRequest], unit: Unit) -> None:
    """Give the partner the same receipt or refusal again, and no second replay."""
    problem = unit.store(RefusedReplayStore).refused_replay(event.house, partner_of(event), event.id)
    if problem:
        _refuse(event, problem, unit)
    else:
        _accept(event, unit)


def _refuse(event: Event[ReplayRequest], problem: Problem, unit: Unit) -> None:
    refuse(unit.profile(event.house), partner_of(event), event.ids_as_sent, [problem], unit)


def _accept(event: Event[ReplayRequest], unit: Unit) -> None:
    accept(event.ids_as_sent, unit, house=event.house, to=event.sender)
