"""What people of a partner see of a case."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from services.aftercare.access import HOME, PROVIDES, RETURNS, SEE_CASE
from services.aftercare.conversations.rules import Conversation
from services.aftercare.conversations.store import ConversationStore
from services.aftercare.detentions.rules import Detention, institution_on
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.involvement.messages import AftercareInvolvement, OwnConversation, Return
from services.aftercare.involvement.rules import held_on, is_over, providers_of, returning_to
from services.aftercare.plans.rules import standing
from services.aftercare.plans.store import PlanStore
from services.aftercare.preparations.lookups import missing_today
from services.aftercare.trajectories.messages import TrajectoriesQuery
from services.aftercare.trajectories.rules import Trajectory
from services.aftercare.trajectories.store import TrajectoryStore
from shared.aliases.store import AliasStore
from shared.rules import UnknownCase
from shared.unit import Lookup
from shared.web import MOST_ITEMS, Caller, possible_relations


def involvement(caller: Caller, case_id: UUID, lookup: Lookup[House]) -> AftercareInvolvement:
    """Raises UnknownCase unless the caller's organisation has a relation to the case that has not ended."""
    by, profile = possible_relations(caller, SEE_CASE), lookup.profile(caller.house)
    since = lookup.today - timedelta(days=profile.relation_days)
    store, records = lookup.store(DetentionStore), lookup.store(AliasStore).group(case_id)
    detentions = [detention for id in records for detention in store.detentions_of_case(caller.house, id)]
    coming = [*returning_to(caller.organisation, detentions, profile, since)] if by & {HOME, RETURNS} else []
    own = providers_of(caller.organisation, profile) if PROVIDES in by else frozenset()
    found = AftercareInvolvement(
        returns=tuple(_return(detention, HOME in by, lookup) for detention in coming),
        conversations=tuple(_conversations(detentions, own, since, lookup)),
        trajectories=tuple(_trajectories(caller.house, case_id, own, since, lookup)),
    )
    if not (found.returns or found.conversations or found.trajectories):
        raise UnknownCase
    return found


def _return(detention: Detention, for_contact: bool, lookup: Lookup[House]) -> Return:
    plans = lookup.store(PlanStore).plans(detention.detention_id) if for_contact else []
    missing = missing_today(detention.house, [detention.detention_id], lookup) if for_contact else []
    return Return(
        detention_id=detention.detention_id,
        detained_on=detention.detained_on,
        institution=institution_on(detention, lookup.today),
        release_on=detention.release_on,
        plan=standing(plans),
        missing=tuple(each for somebody in missing for each in somebody.missing),
    )


def _conversations(
    detentions: list[Detention], own: frozenset[str], since: date, lookup: Lookup[House]
) -> Iterator[OwnConversation]:
    for detention in detentions if own else ():
        for conversation in lookup.store(ConversationStore).conversations(detention.detention_id):
            if conversation.provider in own and not is_over(conversation, since):
                yield _conversation(conversation, detention, lookup.today)


def _conversation(conversation: Conversation, detention: Detention, today: date) -> OwnConversation:
    held = held_on(conversation)
    return OwnConversation(
        conversation_id=conversation.conversation_id,
        asked_on=conversation.asked_on,
        institution=None if held else institution_on(detention, today),
        release_on=detention.release_on,
        held_on=held,
    )


def _trajectories(
    house: str, case_id: UUID, own: frozenset[str], since: date, lookup: Lookup[House]
) -> Iterator[Trajectory]:
    if own:
        query = TrajectoriesQuery(case_id=case_id, limit=MOST_ITEMS)
        for trajectory in lookup.store(TrajectoryStore).trajectories(house, query):
            if trajectory.provider in own and not is_over(trajectory, since):
                yield trajectory
