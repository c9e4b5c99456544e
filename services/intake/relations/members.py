"""A family or group that is told with its members: it is recognised by them, and each of them is known from then on.

A member counts who is certain by a number. Two families may share a member, a child of parents who live apart: so the
name must agree too, or a second member. What decides nothing is proposed to an intake officer.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.partners.handlers import partner_of
from services.intake.relations.handlers import announce
from services.intake.relations.rules import Relation
from services.intake.relations.store import RelationStore
from services.intake.subjects.handlers import OnSubject, claimed, recognised
from services.intake.subjects.recognition import Conflict, agree_in_name, traits
from services.intake.subjects.rules import Claim, KnownSubject, Subject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.aliases.store import AliasStore
from shared.messaging import Event

ENOUGH = 2
"""So many members in common make one family, whatever it is called."""


def prepare_families(events: Sequence[Event[OnSubject]], unit: Unit) -> None:
    """Read at once of which families the people may be members whom these statements tell as members."""
    ids = set[UUID]()
    for event in events:
        _, *members = event.data.everybody
        for member in members:
            given = traits(member.told(), partner_of(event), theme=event.data.sealed_theme)
            ids |= {each.known.subject_id for each in unit.store(SubjectStore).candidates(event.house, given)}
    unit.store(RelationStore).load_families(ids)


def recognised_with_members(
    claim: Claim, members: Sequence[Subject], house_id: str, unit: Unit, *, theme: str | None = None
) -> KnownSubject | Conflict:
    """The subject of a referral; a family with the members that were told."""
    if not members:
        return recognised(claim, house_id, unit, theme=theme)
    people = [recognised_anyway(claim._replace(said=each.told()), house_id, unit, theme=theme) for each in members]
    return family_of(claim, people, house_id, unit, theme=theme)


def family_of(
    claim: Claim, people: Sequence[KnownSubject], house_id: str, unit: Unit, *, theme: str | None = None
) -> KnownSubject:
    """The family or group of these people, each of whom has one claim more than before."""
    found = _family_of(claim.said, people, house_id, unit, theme=theme)
    family = claimed(claim, found, (), house_id, unit, theme=theme)
    for person in people:
        _join(person, family, claim, house_id, unit)
    return family


def recognised_anyway(claim: Claim, house_id: str, unit: Unit, *, theme: str | None) -> KnownSubject:
    """Where nobody decides on somebody whose number is another's: the person goes without it."""
    known = recognised(claim, house_id, unit, theme=theme)
    if isinstance(known, Conflict):
        known = recognised(claim._replace(said=claim.said.without_numbers()), house_id, unit)
    assert not isinstance(known, Conflict)  # without a number nothing is in conflict
    return known


def _family_of(
    told: Subject, people: Sequence[KnownSubject], house_id: str, unit: Unit, *, theme: str | None
) -> KnownSubject | None:
    """The one known family or group that has these members; None if there is none, or several may be meant."""
    shared = Counter(family_id for person in people if _is_certain(person) for family_id in _families(person, unit))
    known = unit.store(SubjectStore).subjects(house_id, shared)
    alike = [family for family in known if family.sealed == (theme is not None) and family.details.kind == told.kind]
    meant = [each for each in alike if shared[each.subject_id] >= ENOUGH or _is_called(told, each)]
    return meant[0] if len({family.person or family.subject_id for family in meant}) == 1 else None


def _is_called(told: Subject, family: KnownSubject) -> bool:
    return any(agree_in_name(claim.said, told) for claim in family.all_claims)


def _is_certain(person: KnownSubject) -> bool:
    """Whether the number that was told just now was told of this person before."""
    *before, now = person.claims
    others = [claim for claims in person.joined for claim in claims]
    return now.said.bsn is not None and any(claim.said.bsn == now.said.bsn for claim in (*before, *others))


def _families(person: KnownSubject, unit: Unit) -> Collection[UUID]:
    records = unit.store(AliasStore).group(person.subject_id) if person.person else [person.subject_id]
    return unit.store(RelationStore).families_of(records)


def _join(person: KnownSubject, family: KnownSubject, claim: Claim, house_id: str, unit: Unit) -> None:
    store = unit.store(RelationStore)
    if family.subject_id in _families(person, unit):
        return
    relation = Relation(
        relation_id=uuid7(),
        house=house_id,
        kind="member",
        subject_id=person.subject_id,
        other_id=family.subject_id,
        source=claim.partner,
        recorded_at=unit.now(),
    )
    store.add_relation(relation)
    if not family.sealed:
        announce(relation, person, family, unit)
