"""The groups of parked messages of all services, in pages."""

from collections.abc import Iterator, Sequence

from services.reporting.parked_messages.messages import ParkedAtService, ParkedGroupsPage, ParkedGroupsQuery
from services.reporting.parked_messages.rules import GroupAtService, Shown, page_of


def parked_groups(query: ParkedGroupsQuery, services: Sequence[ParkedAtService]) -> ParkedGroupsPage:
    """services: as each service tells."""
    groups = [group for service in services for group in _groups_of(service, query.state)]
    page = page_of(groups, query.page, query.limit)
    return ParkedGroupsPage(
        items=tuple(page.groups),
        messages=sum(group.messages for group in groups),
        groups=len(groups),
        silent=tuple(service.name for service in services if not service.answers),
        next=page.next,
    )


def _groups_of(service: ParkedAtService, state: Shown) -> Iterator[GroupAtService]:
    if state is Shown.COUNTED:
        for counted in service.before:
            yield GroupAtService(
                service=service.name,
                house=counted.house,
                sender=counted.sender,
                kind=None,
                reason=counted.reason,
                messages=counted.messages,
                newest_at=counted.last_at,
                newest=None,
            )
    for group in {Shown.WAITING: service.waiting, Shown.ANSWERED: service.answered}.get(state, ()):
        yield GroupAtService(
            service=service.name,
            house=group.house,
            sender=group.sender,
            kind=group.kind,
            reason=group.reason,
            messages=group.messages,
            newest_at=group.newest_at,
            newest=group.newest,
        )
