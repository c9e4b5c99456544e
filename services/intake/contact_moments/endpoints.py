"""What reached the house outside partners' messages, over HTTP."""

from uuid import UUID

from services.intake.access import GIVE_FEEDBACK, SORT_CONTACT
from services.intake.contact_moments import handlers, lookups
from services.intake.contact_moments.messages import (
    ChangeContactMoment,
    ContactMomentList,
    ContactMomentView,
    FeedbackCaller,
    KeptContactMoment,
    RecordContactMoment,
    WithdrawContactMoment,
)
from services.intake.contact_moments.store import ContactMoment
from services.intake.feedback.lookups import feedback
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup, recorded_lookup


@command(action=SORT_CONTACT, takes=RecordContactMoment, gives=KeptContactMoment, status=201, keyed=True)
def record_contact_moment(call: Call[RecordContactMoment], unit: Unit) -> KeptContactMoment:
    """Record a call, a mail or a visit, and what it is if that is known."""
    return kept(handlers.record(call.house, call.input, call.caller.name, unit))


@lookup(action=SORT_CONTACT, gives=ContactMomentList)
def list_contact_moments(call: Call[None], unit: Lookup) -> ContactMomentList:
    """The contact moments that wait to be sorted and those that are settled, without texts and names."""
    return lookups.contact_moments(call.house, unit)


@recorded_lookup(action=SORT_CONTACT, gives=ContactMomentView)
def show_contact_moment(call: Call[None], unit: Unit, contact_moment_id: UUID) -> ContactMomentView:
    """A contact moment in full, with who called and about whom; that the caller has seen it is logged."""
    unit.concerns("contact-moments", contact_moment_id)
    return lookups.contact_moment(call.house, contact_moment_id, unit)


@recorded_lookup(action=GIVE_FEEDBACK, gives=FeedbackCaller)
def show_caller(call: Call[None], unit: Unit, feedback_id: UUID) -> FeedbackCaller:
    """Who called or wrote and is to hear what was decided, with a phone number; that it was looked at is logged."""
    found = feedback(call.house, feedback_id, unit)
    unit.concerns("feedback", feedback_id, found.case_id)
    return lookups.caller_of(call.house, found, unit)


@command(action=SORT_CONTACT, takes=ChangeContactMoment, gives=KeptContactMoment, versioned=True)
def change_contact_moment(call: Call[ChangeContactMoment], unit: Unit, contact_moment_id: UUID) -> KeptContactMoment:
    """Correct a contact moment, and sort it. How it was stays readable."""
    by, version = call.caller.name, call.version
    return kept(handlers.change(call.house, contact_moment_id, call.input, by=by, version=version, unit=unit))


@command(action=SORT_CONTACT, takes=WithdrawContactMoment, gives=KeptContactMoment, versioned=True)
def withdraw_contact_moment(
    call: Call[WithdrawContactMoment], unit: Unit, contact_moment_id: UUID
) -> KeptContactMoment:
    """Withdraw a contact moment that was recorded by mistake."""
    by, version, because = call.caller.name, call.version, call.input.because
    return kept(handlers.withdraw(call.house, contact_moment_id, because, by=by, version=version, unit=unit))


def kept(moment: ContactMoment) -> KeptContactMoment:
    """What its recorder or changer hears of it."""
    return KeptContactMoment(
        contact_moment_id=moment.contact_moment_id,
        version=moment.version,
        state=moment.state,
        referral_id=moment.referral_id,
    )
