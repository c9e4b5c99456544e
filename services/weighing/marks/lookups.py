"""In which order referrals are discussed."""

from collections.abc import Collection
from uuid import UUID

from services.weighing.families.store import FamilyStore
from services.weighing.house import House
from services.weighing.marks.rules import Discussed, in_order
from services.weighing.marks.store import MarkStore
from services.weighing.referrals.rules import Referral
from shared.aliases.store import AliasStore
from shared.unit import Lookup


def agenda_order(referrals: Collection[Referral], lookup: Lookup[House]) -> list[Referral]:
    """These referrals in the order of every agenda that nobody has fixed."""
    aliases, subjects = lookup.store(AliasStore), {referral.subject_id for referral in referrals}
    aliases.load(subjects)
    noted = lookup.store(MarkStore).noted([referral.referral_id for referral in referrals])
    items = [Discussed(each, aliases.person(each.subject_id), noted[each.referral_id]) for each in referrals]
    return in_order(items, _relations(aliases.all_of(subjects), lookup))


def _relations(subjects: Collection[UUID], lookup: Lookup[House]) -> list[tuple[UUID, UUID]]:
    """The relations of these, between people and families whatever record they name."""
    aliases, found = lookup.store(AliasStore), lookup.store(FamilyStore).relations_of(subjects)
    aliases.load({id for pair in found for id in pair})
    return [(aliases.person(one), aliases.person(other)) for one, other in found]
