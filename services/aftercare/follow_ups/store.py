"""Each answer to what became of a plan's bottlenecks."""

from pathlib import Path
from typing import Any
from uuid import UUID

from services.aftercare.detentions.rules import Detention
from services.aftercare.follow_ups.rules import DomainFollowedUp, FollowUp, Moment, RecordedFollowUp
from shared.postgres import load_queries
from shared.sealed_texts import StoreWithTexts


class FollowUpStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    sealed_columns = ("because", "withdrawn_because")

    def add_follow_up(self, detention: Detention, answer: FollowUp, by: str) -> None:
        parameters = {
            "house": detention.house,
            "detention_id": detention.detention_id,
            "moment": answer.moment,
            "answered_on": answer.answered_on,
            "recorded_by": by,
            "domains": [followed_up.domain for followed_up in answer.domains],
            "solved": [followed_up.solved for followed_up in answer.domains],
        }
        self.execute("add_follow_up", parameters)

    def withdraw_follow_up(self, detention: Detention, answer: FollowUp, because: str, by: str) -> None:
        about = {
            "detention_id": detention.detention_id,
            "moment": answer.moment,
            "answered_on": answer.answered_on,
            "because": because,
            "by": by,
        }
        self.execute("withdraw_follow_up", self._sealed(detention, about))

    def follow_ups(self, detention_id: UUID) -> list[RecordedFollowUp]:
        """In the order in which they came, withdrawn or not."""
        return self.fetch_all("follow_ups", {"detention_id": detention_id}, _follow_up)


def _follow_up(*, moment: str, domains: list[str], solved: list[bool], **columns: Any) -> RecordedFollowUp:
    pairs = zip(domains, solved, strict=True)
    answers = tuple(DomainFollowedUp(domain=domain, solved=is_solved) for domain, is_solved in pairs)
    return RecordedFollowUp(moment=Moment(moment), domains=answers, **columns)
