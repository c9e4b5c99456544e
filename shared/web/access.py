"""Access control. A service declares actions and relations in its `access.py`; `may` decides once for every request.

    CLOSE_TABLE_CASE = Action("close a table case", {"process_director"})

People of a partner see a case by a relation of their organisation to it, and of the case what that relation needs:

    HOLDS = Relation("holds", {"case_holder"})
    SEE_CASE = Action("see a case", {"process_director"}, relations=[HOLDS])

`may` lets in whoever has a function that uses a relation; whether the relation is there, the service's store proves.
"""

from collections.abc import Collection
from dataclasses import dataclass

from shared.functions import kind_of
from shared.web.call import Caller


@dataclass(frozen=True, init=False)
class Relation:
    """A relation of a partner to a case. functions: those of the partner's people who see the case by this relation."""

    name: str
    functions: frozenset[str]

    def __init__(self, name: str, functions: set[str] | frozenset[str]) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "functions", frozenset(functions))


@dataclass(frozen=True, init=False)
class Action:
    """Something that a caller does. roles: functions of the house; a caller needs one of them, or a function of one of
    the relations. every_house: in other houses too, by a function of the house alone.
    """

    name: str
    roles: frozenset[str]
    relations: frozenset[Relation]
    every_house: bool

    def __init__(
        self,
        name: str,
        roles: set[str] | frozenset[str] = frozenset(),
        *,
        relations: Collection[Relation] = (),
        every_house: bool = False,
    ) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "roles", frozenset(roles))
        object.__setattr__(self, "relations", frozenset(relations))
        object.__setattr__(self, "every_house", every_house)

    @property
    def functions(self) -> frozenset[str]:
        """Those that are let in, of the house and of partners."""
        return self.roles.union(*(relation.functions for relation in self.relations))


PUBLIC = Action("read public information")


@dataclass(frozen=True)
class Resource:
    """The object of an action, as far as access depends on the object: the house it belongs to."""

    house: str


def may(caller: Caller, action: Action, resource: Resource) -> bool:
    """Whether the caller's functions admit the action, in the house that the resource belongs to."""
    if action is PUBLIC:
        return True
    if acts_for_house(caller, action):
        return action.every_house or resource.house == caller.house
    return resource.house == caller.house and bool(possible_relations(caller, action))


def acts_for_house(caller: Caller, action: Action) -> bool:
    """Whether a function of the house admits the action: then no relation is needed, and the whole is shown.

    A function for one sealed theme is admitted as `theme_role` is; what it shows is of its themes alone.
    """
    return not action.roles.isdisjoint(map(kind_of, caller.roles))


def possible_relations(caller: Caller, action: Action) -> frozenset[Relation]:
    """The relations that the caller may use, as far as they are there. None is for people of the house itself."""
    if caller.organisation == caller.house:
        return frozenset()
    return frozenset(each for each in action.relations if not caller.roles.isdisjoint(each.functions))
