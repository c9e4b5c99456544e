"""Which contact moments there are, and what each tells."""

from collections.abc import Sequence
from uuid import UUID

from services.intake.contact_moments.messages import ContactMomentLine, ContactMomentList, ContactMomentView
from services.intake.contact_moments.rules import UnknownContactMoment, likely_same
from services.intake.contact_moments.store import ContactMoment, ContactMomentStore
from services.intake.unit import Lookup


def contact_moments(house_id: str, lookup: Lookup) -> ContactMomentList:
    """What waits and what is settled, without texts and names."""
    store = lookup.store(ContactMomentStore)
    waiting, settled = store.waiting(house_id), store.settled(house_id)
    counting = [each for each in (*waiting, *settled) if each.state in ("received", "sorted")]
    return ContactMomentList(
        waiting=tuple(_line(each, counting) for each in waiting),
        settled=tuple(_line(each, ()) for each in settled),
    )


def contact_moment(house_id: str, contact_moment_id: UUID, lookup: Lookup) -> ContactMomentView:
    """A contact moment in full. Raises UnknownContactMoment."""
    store = lookup.store(ContactMomentStore)
    moment = store.contact_moment(house_id, contact_moment_id)
    if moment is None:
        raise UnknownContactMoment
    return ContactMomentView(
        contact_moment_id=moment.contact_moment_id,
        version=moment.version,
        state=moment.state,
        sorted_as=moment.sorted_as,
        destination=moment.destination,
        referral_id=moment.referral_id,
        duplicate_of=moment.duplicate_of,
        telling=moment.telling,
        recorded_by=moment.recorded_by,
        recorded_at=moment.recorded_at,
        likely_duplicates=_likely_duplicates(moment, store.told_on_day(house_id, moment.told_on)),
        earlier=tuple(store.earlier(moment)),
    )


def _line(moment: ContactMoment, others: Sequence[ContactMoment]) -> ContactMomentLine:
    return ContactMomentLine(
        contact_moment_id=moment.contact_moment_id,
        state=moment.state,
        channel=moment.telling.channel,
        told_on=moment.told_on,
        organisation=moment.telling.organisation,
        urgent=moment.telling.urgent,
        sorted_as=moment.sorted_as,
        recorded_by=moment.recorded_by,
        recorded_at=moment.recorded_at,
        likely_duplicates=_likely_duplicates(moment, others),
    )


def _likely_duplicates(moment: ContactMoment, others: Sequence[ContactMoment]) -> tuple[UUID, ...]:
    return tuple(other.contact_moment_id for other in others if likely_same(moment.described, other.described))
