"""An intake officer records who belongs with whom, ends it, or says that it was a mistake."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.house import House
from services.intake.relations.messages import RecordRelation, RelationChanged
from services.intake.relations.rules import (
    KINDS,
    EndedOrWithdrawn,
    NumberOfAnother,
    Relation,
    UnknownRelation,
    WithItself,
    check_days,
    check_kinds,
)
from services.intake.relations.store import RelationStore
from services.intake.subjects.handlers import open_subject, recognised
from services.intake.subjects.recognition import Conflict
from services.intake.subjects.rules import Claim, KnownSubject, placed
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.aliases.store import AliasStore
from shared.business_dates import dutch_date
from shared.messaging import Rejected, problem_of
from shared.sealed_texts import SealedText
from shared.web import Caller


def record(caller: Caller, told: RecordRelation, unit: Unit) -> Relation:
    """The relation, recorded now or running already.

    Raises UnknownSubject, NumberOfAnother, WithItself, CannotBeRelated, BeforeSince, or Rejected with every problem.
    """
    unit.store(SubjectStore).lock_house(caller.house)
    house = unit.profile(caller.house)
    if broken := [problem_of(rule) for rule in told.broken_rules(house, dutch_date(unit.now()))]:
        raise Rejected(*broken)
    one, other = open_subject(caller.house, told.subject_id, unit), _other(told, house, unit)
    first, second = (one, other) if told.role in ("family", "child") else (other, one)
    return _recorded(_relation(caller, told, first, second, unit), first, second, unit)


def end(caller: Caller, relation_id: UUID, until: date, unit: Unit) -> None:
    """Raises UnknownRelation, EndedOrWithdrawn, BeforeSince."""
    relation = _to_change(caller.house, relation_id, unit)
    if not relation.runs:
        raise EndedOrWithdrawn
    check_days(relation.since, until)
    _change(replace(relation, until=until, ended_by=caller.name), unit)


def withdraw(caller: Caller, relation_id: UUID, because: str, unit: Unit) -> None:
    """Raises UnknownRelation, EndedOrWithdrawn."""
    relation, text_id = _to_change(caller.house, relation_id, unit), uuid7()
    if relation.withdrawn_at:
        raise EndedOrWithdrawn
    withdrawn = replace(relation, withdrawn_by=caller.name, withdrawn_at=unit.now(), because_text=text_id)
    case_id = _change(withdrawn, unit)
    unit.texts.write(SealedText.by(caller, case_id, "because", because, at=unit.now(), text_id=text_id))


def _other(told: RecordRelation, house: House, unit: Unit) -> KnownSubject:
    """Whom the house knows, or whom it knows from now on. Raises UnknownSubject, NumberOfAnother."""
    if told.about is None:
        assert told.other_id
        return open_subject(house.id, told.other_id, unit)
    claim = Claim(told.source, unit.now(), placed(told.about.subject(), house).told())
    known = recognised(claim, house.id, unit)
    if isinstance(known, Conflict):
        raise NumberOfAnother
    return known


def _relation(caller: Caller, told: RecordRelation, first: KnownSubject, second: KnownSubject, unit: Unit) -> Relation:
    return Relation(
        relation_id=uuid7(),
        house=caller.house,
        kind=KINDS[told.role],
        subject_id=first.subject_id,
        other_id=second.subject_id,
        since=told.since,
        until=told.until,
        source=told.source,
        recorded_by=caller.name,
        recorded_at=unit.now(),
    )


def _recorded(relation: Relation, first: KnownSubject, second: KnownSubject, unit: Unit) -> Relation:
    records = unit.store(AliasStore).group(relation.subject_id)
    if relation.other_id in records:
        raise WithItself
    check_kinds(first.details, relation.kind, second.details)
    check_days(relation.since, relation.until)
    unit.concerns("relations", relation.relation_id, first.case_id)
    unit.concerns_case(second.case_id)
    if running := _running(relation, unit.store(RelationStore).relations_of(relation.house, records), unit):
        return running
    unit.store(RelationStore).add_relation(relation)
    announce(relation, first, second, unit)
    return relation


def _running(relation: Relation, known: Sequence[Relation], unit: Unit) -> Relation | None:
    """The same relation between these two people, if it runs already."""
    if relation.until:
        return None
    mine, others = (unit.store(AliasStore).group(id) for id in (relation.subject_id, relation.other_id))
    same = (each for each in known if each.runs and each.role_for(mine) == relation.role_for(mine))
    return next((each for each in same if each.other_of(mine) in others), None)


def _to_change(house_id: str, relation_id: UUID, unit: Unit) -> Relation:
    """Raises UnknownRelation."""
    relation = unit.store(RelationStore).relation_to_change(house_id, relation_id)
    if relation is None:
        raise UnknownRelation
    return relation


def _change(relation: Relation, unit: Unit) -> UUID:
    """Keep a relation as it is from now on, and announce it. Returns the case of its first."""
    first, second = (open_subject(relation.house, id, unit) for id in (relation.subject_id, relation.other_id))
    unit.store(RelationStore).change_relation(relation)
    announce(relation, first, second, unit)
    unit.concerns("relations", relation.relation_id, first.case_id)
    return first.case_id


def announce(relation: Relation, first: KnownSubject, second: KnownSubject, unit: Unit) -> None:
    message = RelationChanged(
        relation_id=relation.relation_id,
        kind=relation.kind,
        subject_id=relation.subject_id,
        other_id=relation.other_id,
        other_case_id=second.case_id,
        since=relation.since,
        until=relation.until,
        withdrawn=relation.withdrawn_at is not None,
    )
    unit.announce(message, house=relation.house, case_id=first.case_id, time=unit.now())
