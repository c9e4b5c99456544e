"""Answers to callers, over HTTP."""

from uuid import UUID

from services.intake.access import SORT_CONTACT
from services.intake.callers.handlers import answer_caller
from services.intake.callers.messages import AnswerCaller
from services.intake.contact_moments.endpoints import kept
from services.intake.contact_moments.messages import KeptContactMoment
from services.intake.unit import Unit
from shared.web import Call, command


@command(action=SORT_CONTACT, takes=AnswerCaller, gives=KeptContactMoment, versioned=True)
def record_answer(call: Call[AnswerCaller], unit: Unit, contact_moment_id: UUID) -> KeptContactMoment:
    """Record what somebody who asked something was told, or correct it and say why."""
    by, version = call.caller.name, call.version
    return kept(answer_caller(call.house, contact_moment_id, call.input, by=by, version=version, unit=unit))
