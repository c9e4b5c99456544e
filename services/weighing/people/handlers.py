"""Somebody of a partner is known who takes follow-ups or says so, until somebody says that the person left."""

from services.weighing.access import SAY_WHO_LEFT
from services.weighing.house import House
from services.weighing.people.messages import PersonLeft, PersonView
from services.weighing.people.rules import UnknownPerson
from services.weighing.people.store import PeopleStore
from shared.unit import Unit
from shared.web import Caller, acts_for_house


def check_known(caller: Caller, partner: str, person: str, unit: Unit[House]) -> None:
    """Raises UnknownPerson unless the partner's person is known, as a caller of the partner is from now on."""
    store = unit.store(PeopleStore)
    if (partner, person) == (caller.organisation, caller.id):
        store.keep(caller)
    elif not store.knows(caller.house, partner, person):
        raise UnknownPerson


def join(caller: Caller, unit: Unit[House]) -> PersonView:
    """Know the caller, under the name of today."""
    unit.store(PeopleStore).keep(caller)
    return PersonView(partner=caller.organisation, person=caller.id, name=caller.name)


def leave(caller: Caller, left: PersonLeft, unit: Unit[House]) -> None:
    """Forget the name. Raises UnknownPerson, also if it is somebody of another partner."""
    may = acts_for_house(caller, SAY_WHO_LEFT) or left.partner == caller.organisation
    if not (may and unit.store(PeopleStore).forget(caller.house, left.partner, left.person)):
        raise UnknownPerson
