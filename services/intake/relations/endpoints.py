"""Who belongs with whom, over HTTP."""

from uuid import UUID

from services.intake.access import RELATE, SEE_SUBJECT
from services.intake.relations import handlers, lookups
from services.intake.relations.messages import (
    EndRelation,
    KeptRelation,
    RecordRelation,
    RelationList,
    WithdrawRelation,
)
from services.intake.subjects.messages import SubjectQuery
from services.intake.subjects.telling import needed
from services.intake.unit import Unit
from shared.web import Call, command, recorded_lookup


@recorded_lookup(action=SEE_SUBJECT, query=SubjectQuery, gives=RelationList)
def show_relations(call: Call[SubjectQuery], unit: Unit, subject_id: UUID) -> RelationList:
    """Members, relatives and partners of a subject, as far as the purpose needs it; each is logged."""
    purpose = call.input.purpose
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    return lookups.relations(call.house, subject_id, details, to=call.caller.id, purpose=purpose, unit=unit)


@command(action=RELATE, takes=RecordRelation, gives=KeptRelation, status=201, keyed=True)
def record_relation(call: Call[RecordRelation], unit: Unit) -> KeptRelation:
    """Record who belongs with whom. One that runs already is the same relation."""
    return KeptRelation(relation_id=handlers.record(call.caller, call.input, unit).relation_id)


@command(action=RELATE, takes=EndRelation)
def end_relation(call: Call[EndRelation], unit: Unit, relation_id: UUID) -> None:
    """Record that a relation has ended."""
    handlers.end(call.caller, relation_id, call.input.until, unit)


@command(action=RELATE, takes=WithdrawRelation)
def withdraw_relation(call: Call[WithdrawRelation], unit: Unit, relation_id: UUID) -> None:
    """Withdraw a relation that was recorded by mistake; it stays readable."""
    handlers.withdraw(call.caller, relation_id, call.input.because, unit)
