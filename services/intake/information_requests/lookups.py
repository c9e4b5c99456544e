"""Who answered what a partner is asked."""

from services.intake.access import ANSWER
from services.intake.information_requests.messages import AnswersQuery, GivenAnswers
from services.intake.information_requests.store import InformationRequestStore
from services.intake.unit import Lookup
from shared.web import Caller, acts_for_house


def given_answers(caller: Caller, query: AnswersQuery, lookup: Lookup) -> GivenAnswers:
    """The answers by persons: people of a partner see those of their own organisation."""
    partner = None if acts_for_house(caller, ANSWER) else caller.organisation
    return GivenAnswers(
        items=tuple(lookup.store(InformationRequestStore).given_answers(caller.house, partner, query.request_ids))
    )
