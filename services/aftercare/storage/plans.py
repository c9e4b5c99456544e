"""What comes beside and after a plan: refusals, and follow-ups."""

from typing import Any
from uuid import UUID

from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.follow_ups import DomainFollowedUp, FollowUp, Moment
from services.aftercare.domain.plans import Refusal
from shared.postgres import Store, as_row


class PlanStore(Store):
    """The queries of plans.sql."""

    def add_refusal(self, detention: Detention, refusal: Refusal) -> None:
        self.execute("add_refusal", _of(detention) | as_row(refusal))

    def refusals(self, detention_id: UUID) -> list[Refusal]:
        return [Refusal(**row) for row in self.fetch_all("refusals", {"detention_id": detention_id})]

    def add_follow_up(self, detention: Detention, answer: FollowUp) -> None:
        answered = {
            "moment": answer.moment,
            "answered_on": answer.answered_on,
            "domains": [each.domain for each in answer.domains],
            "solved": [each.solved for each in answer.domains],
        }
        self.execute("add_follow_up", _of(detention) | answered)

    def follow_ups(self, detention_id: UUID) -> list[FollowUp]:
        return [_follow_up(**row) for row in self.fetch_all("follow_ups", {"detention_id": detention_id})]


def _of(detention: Detention) -> dict[str, Any]:
    return {"house": detention.house, "detention_id": detention.detention_id}


def _follow_up(domains: list[str], solved: list[bool], moment: str, **row: Any) -> FollowUp:
    pairs = zip(domains, solved, strict=True)
    answers = tuple(DomainFollowedUp(domain=domain, solved=is_solved) for domain, is_solved in pairs)
    return FollowUp(moment=Moment(moment), domains=answers, **row)
