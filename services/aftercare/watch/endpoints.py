"""Rounds of the watch for a given day, over HTTP."""

from services.aftercare.access import WATCH
from services.aftercare.house import House
from services.aftercare.watch import handlers
from services.aftercare.watch.messages import WatchDay, WatchRound
from shared.unit import Unit
from shared.web import Call, command


@command(action=WATCH, takes=WatchDay, gives=WatchRound, status=201)
def watch(call: Call[WatchDay], unit: Unit[House]) -> WatchRound:
    """Raise the overdue preparations and unprepared releases of a day, as the timer does for today."""
    return handlers.watch(call.house, call.input.on, unit)
