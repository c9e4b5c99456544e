"""Guards of a referral, over HTTP."""

from uuid import UUID

from services.weighing.access import DECIDE
from services.weighing.guards import handlers
from services.weighing.guards.messages import OverrideGuard
from services.weighing.house import House
from shared.unit import Unit
from shared.web import Call, command


@command(action=DECIDE, takes=OverrideGuard)
def override_guard(call: Call[OverrideGuard], unit: Unit[House], referral_id: UUID, guard: str) -> None:
    """Go on although a guard speaks against it: the house may act. The same again changes nothing."""
    handlers.override(call.caller, referral_id, guard, call.input.because, unit)


@command(action=DECIDE)
def withdraw_override(call: Call[None], unit: Unit[House], referral_id: UUID, guard: str) -> None:
    """Let a guard hold again."""
    handlers.withdraw(call.caller, referral_id, guard, unit)
