"""Whom people may name for a follow-up, over HTTP."""

from services.weighing.access import SAY_WHO_DOES, SAY_WHO_LEFT, SEE_FOLLOW_UPS
from services.weighing.house import House
from services.weighing.people import handlers
from services.weighing.people.messages import PeopleQuery, PersonLeft, PersonList, PersonView
from services.weighing.people.store import PeopleStore
from shared.unit import Lookup, Unit
from shared.web import Call, acts_for_house, command, lookup


@lookup(action=SEE_FOLLOW_UPS, query=PeopleQuery, gives=PersonList)
def people(call: Call[PeopleQuery], unit: Lookup[House]) -> PersonList:
    """Who of the partners does follow-ups; a partner sees its own people."""
    partner = call.input.partner if acts_for_house(call.caller, SEE_FOLLOW_UPS) else call.caller.organisation
    return PersonList(items=tuple(unit.store(PeopleStore).people(call.house, partner)))


@command(action=SAY_WHO_DOES, gives=PersonView, status=201)
def join(call: Call[None], unit: Unit[House]) -> PersonView:
    """Say that the caller does follow-ups of its organisation: house and colleagues may name it then."""
    return handlers.join(call.caller, unit)


@command(action=SAY_WHO_LEFT, takes=PersonLeft, gives=PersonLeft, status=201)
def leave(call: Call[PersonLeft], unit: Unit[House]) -> PersonLeft:
    """Record that somebody works there no more: the name is forgotten, and the partner does what was the person's."""
    handlers.leave(call.caller, call.input, unit)
    return call.input
