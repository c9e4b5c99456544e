"""Who a subject is, over HTTP."""

from uuid import UUID

from services.intake.access import SEE_NAMES, SEE_SUBJECT
from services.intake.house import ASKED
from services.intake.subjects.handlers import (
    disclosed,
    disclosed_alike,
    disclosed_like,
    disclosed_to_asked,
    disclosed_together,
)
from services.intake.subjects.messages import (
    AlikeView,
    LikeQuery,
    SubjectList,
    SubjectQuery,
    SubjectsQuery,
    SubjectView,
    view,
)
from services.intake.subjects.telling import needed
from services.intake.unit import Unit
from shared.web import Call, possible_relations, recorded_lookup


@recorded_lookup(action=SEE_SUBJECT, query=SubjectQuery, gives=SubjectView)
def show_subject(call: Call[SubjectQuery], unit: Unit, subject_id: UUID) -> SubjectView:
    """Who a subject is, as far as the purpose needs it; the caller's id and the purpose are logged."""
    purpose = call.input.purpose
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    return view(disclosed(call.house, subject_id, to=call.caller.id, purpose=purpose, unit=unit), details)


@recorded_lookup(action=SEE_NAMES, takes=SubjectsQuery, gives=SubjectList)
def show_subjects(call: Call[SubjectsQuery], unit: Unit) -> SubjectList:
    """Who some subjects are, as far as the purpose needs it; each is logged with the caller's id and the purpose."""
    purpose, subject_ids = call.input.purpose, list(dict.fromkeys(call.input.subject_ids))
    if purpose == ASKED and possible_relations(call.caller, SEE_NAMES):
        return SubjectList(items=tuple(disclosed_to_asked(call.caller, subject_ids, unit)))
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    shown = disclosed_together(call.house, subject_ids, to=call.caller.id, purpose=purpose, unit=unit)
    return SubjectList(items=tuple(view(known, details) for known in shown))


@recorded_lookup(action=SEE_SUBJECT, query=SubjectQuery, gives=AlikeView)
def show_alike(call: Call[SubjectQuery], unit: Unit, subject_id: UUID) -> AlikeView:
    """The subjects that may be the same person or family; the caller's id and the purpose are logged."""
    purpose = call.input.purpose
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    alike = disclosed_alike(call.house, subject_id, to=call.caller.id, purpose=purpose, unit=unit)
    return AlikeView(alike=tuple(view(known, details) for known in alike))


@recorded_lookup(action=SEE_SUBJECT, takes=LikeQuery, gives=AlikeView)
def show_like(call: Call[LikeQuery], unit: Unit) -> AlikeView:
    """The subjects that may be whom somebody describes, twenty at most; each is logged with the caller's id."""
    purpose, about = call.input.purpose, call.input.subject()
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    found = disclosed_like(call.house, about, to=call.caller.id, purpose=purpose, unit=unit)
    return AlikeView(alike=tuple(view(known, details) for known in found))
