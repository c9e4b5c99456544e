"""Access control. A service declares its actions in its `access.py`; `may` decides once for every request.

CLOSE_TABLE_CASE = Action("close a table case", {"process_director"})
"""

from dataclasses import dataclass

from shared.web.call import Caller


@dataclass(frozen=True, init=False)
class Action:
    """Something that a caller does. roles: a caller needs one of them. every_house: in other houses too."""

    name: str
    roles: frozenset[str]
    every_house: bool

    def __init__(self, name: str, roles: set[str] | frozenset[str], *, every_house: bool = False) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "roles", frozenset(roles))
        object.__setattr__(self, "every_house", every_house)


PUBLIC = Action("read public information", frozenset())


@dataclass(frozen=True)
class Resource:
    """The object of an action, as far as access depends on the object: the house it belongs to."""

    house: str


def may(caller: Caller, action: Action, resource: Resource) -> bool:
    """Whether the caller's roles admit the action, in the house that the resource belongs to."""
    if action is PUBLIC:
        return True
    in_reach = action.every_house or resource.house == caller.house
    return in_reach and not caller.roles.isdisjoint(action.roles)
