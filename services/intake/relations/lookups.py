"""Who belongs with somebody, and who said so."""

from collections.abc import Collection, Mapping
from uuid import UUID

from services.intake.house import ToldField
from services.intake.relations.messages import RelationList, RelationView
from services.intake.relations.rules import Relation
from services.intake.relations.store import RelationStore
from services.intake.subjects.handlers import disclosed, log_disclosures
from services.intake.subjects.messages import SubjectView, view
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.aliases.store import AliasStore

SHOWN = (
    *("relation_id", "since", "until", "source", "recorded_by", "recorded_at"),
    *("ended_by", "withdrawn_by", "withdrawn_at"),
)
"""What is shown of a relation as it is."""


def relations(
    house_id: str, subject_id: UUID, details: Collection[ToldField], *, to: str, purpose: str, unit: Unit
) -> RelationList:
    """Who belongs with somebody whom the caller may see for the purpose, with these details; each look is kept.

    Raises UnknownSubject.
    """
    disclosed(house_id, subject_id, to=to, purpose=purpose, unit=unit)
    own = unit.store(AliasStore).group(subject_id)
    found = unit.store(RelationStore).relations_of(house_id, own)
    others = unit.store(SubjectStore).subjects(house_id, list(dict.fromkeys(each.other_of(own) for each in found)))
    known = {each.subject_id: view(each, details) for each in others if not each.sealed}
    log_disclosures([each for each in others if not each.sealed], house_id, to=to, purpose=purpose, unit=unit)
    because = unit.texts.newest(house_id, [each.because_text for each in found if each.because_text])
    shown = (_view(each, own, known, because) for each in found if each.other_of(own) in known)
    return RelationList(items=tuple(shown))


def _view(
    relation: Relation, own: tuple[UUID, ...], known: Mapping[UUID, SubjectView], because: Mapping[UUID, str]
) -> RelationView:
    return RelationView(
        role=relation.role_for(own),
        other=known[relation.other_of(own)],
        because=because.get(relation.because_text) if relation.because_text else None,
        **{name: getattr(relation, name) for name in SHOWN},
    )
