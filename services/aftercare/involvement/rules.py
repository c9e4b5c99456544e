"""How partners are involved in somebody's aftercare, and until when. since: what ended before that day is over."""

from collections.abc import Iterable, Iterator
from datetime import date

from services.aftercare.conversations.rules import Conversation
from services.aftercare.detentions.rules import Detention
from services.aftercare.house import House
from services.aftercare.trajectories.rules import Trajectory


def returning_to(partner: str, detentions: Iterable[Detention], house: House, since: date) -> Iterator[Detention]:
    """The detentions of people who come back to the partner's municipality, or came back lately."""
    for detention in detentions:
        returns = house.contacts.get(detention.municipality) == partner
        if returns and (detention.release_on is None or detention.release_on >= since):
            yield detention


def providers_of(partner: str, house: House) -> frozenset[str]:
    """The codes under which the partner gets assignments."""
    return frozenset(provider.code for provider in house.providers.values() if provider.partner == partner)


def is_over(assignment: Conversation | Trajectory, since: date) -> bool:
    """Whether the provider's part ended before that day."""
    ended_on = assignment.ended_on if isinstance(assignment, Trajectory) else held_on(assignment)
    return ended_on is not None and ended_on < since


def held_on(conversation: Conversation) -> date | None:
    """None as long as it was not held."""
    return conversation.report.held_on if conversation.report else None
