"""Access depends on the caller's roles and on the resource's house."""

import pytest

from shared.testing.callers import token_caller
from shared.web import PUBLIC, Action, Caller, Resource, may

CLOSE = Action("close a table case", {"process_director"})
INBOX = Action("see the sealed referrals of the theme", {"theme_role"})
LOOK = Action("see what is parked", {"operator"}, every_house=True)
OWN, OTHER = Resource("here"), Resource("elsewhere")


def caller(*roles: str) -> Caller:
    return token_caller("somebody", "here", roles)


@pytest.mark.parametrize(
    ("roles", "action", "resource", "expected"),
    [
        (["process_director"], CLOSE, OWN, True),
        (["process_director"], CLOSE, OTHER, False),
        (["reader"], CLOSE, OWN, False),
        ([], CLOSE, OWN, False),
        (["reader", "process_director"], CLOSE, OWN, True),
        (["operator"], LOOK, OTHER, True),
        (["process_director"], LOOK, OTHER, False),
        (["theme_role"], INBOX, OWN, True),
        (["theme_role_trafficking"], INBOX, OWN, True),
        (["theme_role_trafficking"], INBOX, OTHER, False),
        (["theme_rolename"], INBOX, OWN, False),
        ([], PUBLIC, OTHER, True),
    ],
)
def test_a_role_admits_to_what_is_of_its_house(
    roles: list[str], action: Action, resource: Resource, expected: bool
) -> None:
    assert may(caller(*roles), action, resource) is expected
