"""Intake tells who belongs with whom, so that their referrals are discussed together."""

from services.weighing.families.messages import RelationChanged
from services.weighing.families.store import FamilyStore
from services.weighing.house import House
from shared.messaging import Event
from shared.unit import Unit


def keep_relation(event: Event[RelationChanged], unit: Unit[House]) -> None:
    """Keep who belongs with whom, so that their referrals stand together; forget what ended or was a mistake."""
    store, told = unit.store(FamilyStore), event.data
    if told.until or told.withdrawn:
        store.forget_relation(told.relation_id)
    else:
        store.keep_relation(event.house, told)
