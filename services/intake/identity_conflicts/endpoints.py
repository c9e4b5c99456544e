"""Referrals that wait until a person has decided whom they are about, over HTTP."""

from uuid import UUID

from services.intake.access import DECIDE_IDENTITY
from services.intake.identity_conflicts import handlers, lookups
from services.intake.identity_conflicts.messages import ConflictView, IdentityDecision, WaitingReferrals
from services.intake.referrals.messages import RegisteredReferral
from services.intake.subjects.messages import SubjectQuery, view
from services.intake.subjects.telling import limited, needed
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup, recorded_lookup


@lookup(action=DECIDE_IDENTITY, gives=WaitingReferrals)
def list_conflicts(call: Call[None], unit: Lookup) -> WaitingReferrals:
    """The referrals that wait until a person has decided whom they are about, without names."""
    return lookups.waiting_referrals(call.house, unit)


@recorded_lookup(action=DECIDE_IDENTITY, query=SubjectQuery, gives=ConflictView)
def show_conflict(call: Call[SubjectQuery], unit: Unit, referral_id: UUID) -> ConflictView:
    """Whom a waiting referral describes, and who has its number; the caller's id and the purpose are logged."""
    purpose = call.input.purpose
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    told, known = handlers.opposed(call.house, referral_id, to=call.caller.id, purpose=purpose, unit=unit)
    return ConflictView(
        referral_id=referral_id, told=limited(told, details), known=tuple(view(each, details) for each in known)
    )


@command(action=DECIDE_IDENTITY, takes=IdentityDecision, gives=RegisteredReferral)
def decide_conflict(call: Call[IdentityDecision], unit: Unit, referral_id: UUID) -> RegisteredReferral:
    """Decide whom a waiting referral is about: it goes on its way. The same decision again changes nothing."""
    decided = handlers.decide(call.house, referral_id, call.input, by=call.caller.name, unit=unit)
    return RegisteredReferral(referral_id=decided)
