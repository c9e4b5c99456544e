"""Who may do what. A service declares its actions in its `access.py`; `may` is asked once for every request.

CLOSE_TABLE_CASE = Action("close a table case", {"process_director"})
"""

from dataclasses import dataclass

from shared.web.call import Caller


@dataclass(frozen=True, init=False)
class Action:
    """What a caller does. roles: any of them admits. every_house: to what is another house's too."""

    name: str
    roles: frozenset[str]
    every_house: bool

    def __init__(self, name: str, roles: set[str] | frozenset[str], *, every_house: bool = False) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "roles", frozenset(roles))
        object.__setattr__(self, "every_house", every_house)


PUBLIC = Action("look at what anybody may see", frozenset())


@dataclass(frozen=True)
class Resource:
    """What an action is done to, as far as it decides who may."""

    house: str


def may(caller: Caller, action: Action, resource: Resource) -> bool:
    """Whether the caller's roles admit the action, in the house that the resource belongs to."""
    if action is PUBLIC:
        return True
    own = action.every_house or resource.house == caller.house
    return own and not caller.roles.isdisjoint(action.roles)
