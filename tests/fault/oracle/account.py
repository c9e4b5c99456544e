"""The witness and the stores side by side, with what several rules ask of both."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from tests.fault.oracle.rows import Event, Registered
from tests.fault.oracle.stores import Stores
from tests.fault.oracle.witness import Deed, Heard, Sent, Witness

KINDS = {
    "arrest-notices.submitted.v1": "arrest_notice",
    "detention-notices.submitted.v1": "detention_notice",
    "current-referrals.submitted.v1": "current_referral",
}
"""The kind of referral that each type of message brings."""
PER_SERVICE = "information-requests.sent.v2"
REQUESTS = frozenset({"information-requests.sent.v1", PER_SERVICE})
"""How partners are asked."""
DECIDED = "information-requests.decided.v1"
"""What partners that are asked service by service hear of the decision."""
ANSWERS = frozenset({"information-answers.submitted.v1", "information-answers.submitted.v2"})
ADVICE = "bij-questions.answered.v1"
SUSPECTS = "suspect-lists.submitted.v1"
PROGRESS, INVOICE = "trajectory-progress.submitted.v1", "invoices.submitted.v1"


@dataclass(frozen=True)
class Account:
    """All that the rules are about."""

    witness: Witness
    stores: Stores

    @cached_property
    def right(self) -> tuple[Sent, ...]:
        return tuple(sent for sent in self.witness.sent if sent.wrong is None)

    @cached_property
    def wrong(self) -> tuple[Sent, ...]:
        return tuple(sent for sent in self.witness.sent if sent.wrong is not None)

    @cached_property
    def bringing(self) -> tuple[Sent, ...]:
        """The right messages that bring a referral, but for what is sealed in the end or was at first."""
        return tuple(sent for sent in self.right if sent.type in KINDS and not sent.sealed)

    @cached_property
    def registered(self) -> tuple[tuple[Sent, Registered], ...]:
        """Each of them with the referral in intake that it became, where there is one."""
        pairs = ((sent, self._referrals.get((sent.user, sent.id))) for sent in self.bringing)
        return tuple((sent, referral) for sent, referral in pairs if referral)

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """What was heard, without what was numbered before the round began and is only heard again."""
        return tuple(heard for heard in self.witness.heard if not self._is_old(heard))

    @cached_property
    def first_heard(self) -> tuple[Heard, ...]:
        """The first arrival of each event."""
        firsts: dict[tuple[str, str], Heard] = {}
        for heard in self.heard:
            firsts.setdefault((heard.user, heard.id), heard)
        return tuple(firsts.values())

    @cached_property
    def case_of(self) -> dict[str, str]:
        """The case of each referral, table case, detention and trajectory, by its id."""
        stores = self.stores
        return {
            **{row.referral_id: row.case_id for row in (*stores.intake.referrals, *stores.intake.calls)},
            **{row.table_case_id: row.case_id for row in stores.meetings.table_cases},
            **{row.detention_id: row.case_id for row in stores.aftercare.detentions},
            **{row.trajectory_id: row.case_id for row in stores.aftercare.trajectories},
        }

    def user_of(self, partner: str) -> str:
        return f"{self.witness.house}.{partner}"

    def deeds(self, what: str) -> list[Deed]:
        return [deed for deed in self.witness.done if deed.what == what]

    def events(self, type: str) -> list[Event]:
        """The events of a type in the journal, in its order."""
        return [event for event in self.stores.reporting.journal if event.type == type]

    def told(self, type: str, *fields: str) -> list[tuple[Hashable, ...]]:
        """The case of each event of a type in the journal, with some fields of its data."""
        return [(event.case_id, *map(event.data.get, fields)) for event in self.events(type)]

    @cached_property
    def _referrals(self) -> dict[tuple[str, str | None], Registered]:
        referrals = reversed(self.stores.intake.referrals)
        return {(self.user_of(row.referrer), row.message_id): row for row in referrals}

    def _is_old(self, heard: Heard) -> bool:
        numbers = self.stores.numbers.get(heard.user)
        return heard.sequence is not None and numbers is not None and heard.sequence <= numbers.before
