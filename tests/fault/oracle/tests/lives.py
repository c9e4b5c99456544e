"""What a person's story leaves behind: referrals, decisions, table cases, detentions and the help that is paid."""

from dataclasses import dataclass
from typing import Any

from tests.fault.oracle.account import DECIDED, PER_SERVICE
from tests.fault.oracle.rows import (
    Brought,
    Decided,
    Detention,
    Disclosure,
    Followed,
    Registered,
    Request,
    Session,
    TableCase,
    Tabled,
    Told,
    Trajectory,
)
from tests.fault.oracle.tests.making import HOUSE, Making
from tests.fault.oracle.witness import ABOVE_COMMITMENT, Deed, Sent

TYPES = {
    "arrest_notice": "arrest-notices.submitted.v1",
    "detention_notice": "detention-notices.submitted.v1",
    "current_referral": "current-referrals.submitted.v1",
}
TABLES = {"focus": "focus", "top60": "top60", "aftercare": "aftercare"}
"""The table that a decision opens; others open none."""
CORRECTED = {"no_follow_up": "bilateral"}
"""What is recorded first, in the place of a decision."""
ASKED_PER_SERVICE = frozenset({"gemeente-leiden"})


@dataclass(frozen=True)
class Life:
    """A person's referrals, by what is decided on each: one decision a tabling, none when it is not weighed.

    contact: the partner that is asked about them. twice: whether the first message goes out again after its receipt.
    """

    partner: str
    kind: str
    municipality: str
    contact: str | None
    decisions: tuple[tuple[str, ...], ...]
    twice: bool = False


@dataclass
class Living(Making):
    """People live."""

    def live(self, person: str, life: Life) -> None:
        """All of a person's story."""
        case_id, subject_id = self.new_id(), self.new_id()
        referrals = [
            self._refer(
                person,
                number,
                life,
                Registered(
                    self.new_id(),
                    subject_id,
                    life.kind,
                    life.partner,
                    life.municipality,
                    case_id,
                    self.new_id(),
                    bool(decisions),
                ),
            )
            for number, decisions in enumerate(life.decisions, start=1)
        ]
        at_tables: dict[str, str] = {}
        for referral, decisions in zip(referrals, life.decisions, strict=True):
            for tabling, decision in enumerate(decisions, start=1):
                self._decide(referral, tabling, decision, at_tables)
            if life.kind == "detention_notice":
                self._see_to_aftercare(referral)
        for table, table_case_id in at_tables.items():
            self._close(table, table_case_id, case_id)

    def _refer(self, person: str, number: int, life: Life, referral: Registered) -> Registered:
        user = f"{HOUSE}.{life.partner}"
        twice = life.twice and number == 1
        self.add(
            "sent",
            Sent(
                id=referral.message_id,
                user=user,
                type=TYPES[life.kind],
                person=person,
                number=number,
                times=2 if twice else 1,
                weighed=referral.weighed,
            ),
        )
        for _ in range(2 if twice else 1):
            self.hear(
                user,
                "messages.accepted.v1",
                referral.case_id,
                messageId=referral.message_id,
                referralId=referral.referral_id,
            )
        self.add("intake.referrals", referral)
        if referral.weighed:
            self._put_on_agenda(referral, life.contact)
        return referral

    def _put_on_agenda(self, row: Registered, contact: str | None) -> None:
        self.add("weighing.referrals", row.referral)
        self.add("reporting.referrals", row.referral)
        self.journal(
            "referrals.registered.v1",
            row.case_id,
            row.message_id,
            referralId=row.referral_id,
            subjectId=row.subject_id,
            kind=row.kind,
            referrer=row.referrer,
            municipality=row.municipality,
        )
        if contact:
            self._ask(row, contact)

    def _ask(self, row: Registered, contact: str) -> None:
        request, answer, user = self.new_id(), self.new_id(), f"{HOUSE}.{contact}"
        self.add("requests", Request(request, row.referral_id, contact, True))
        self.add("disclosures", Disclosure(row.subject_id, user))
        version = PER_SERVICE if contact in ASKED_PER_SERVICE else "information-requests.sent.v1"
        self.hear(user, version, row.case_id, requestId=request)
        self.add("sent", Sent(id=answer, user=user, type="information-answers.submitted.v1", about=request))
        self.hear(user, "messages.accepted.v1", row.case_id, messageId=answer)

    def _decide(self, row: Registered, tabling: int, decision: str, at_tables: dict[str, str]) -> None:
        opens, first = TABLES.get(decision), CORRECTED.get(decision, decision)
        self.add("decisions", Decided(row.referral_id, tabling, decision, opens))
        self.add("done", Deed(what="decide", about=row.referral_id, tabling=tabling, decision=first, opens=opens))
        self.journal(
            "referrals.weighed.v1",
            row.case_id,
            referralId=row.referral_id,
            tabling=tabling,
            decision=first,
            **({"opensTable": opens} if opens else {}),
        )
        self._tell(row, tabling, first)
        if first != decision:
            self.add("taken_back", Tabled(row.referral_id, tabling, first))
            self.add("done", Deed(what="correct", about=row.referral_id, tabling=tabling, decision=decision))
            self._tell(row, tabling, decision, correction=True)
        if opens and opens in at_tables:
            brought = Brought(at_tables[opens], row.referral_id)
            self.add("brought", brought)
            self.add("referred_again", brought)
            self.journal(
                "table-cases.referred-again.v1",
                row.case_id,
                tableCaseId=brought.table_case_id,
                referralId=row.referral_id,
            )
        elif opens:
            at_tables[opens] = self._open(row, opens)

    def _tell(self, row: Registered, tabling: int, decision: str, **correction: bool) -> None:
        """By message; who called is told by a person."""
        if row.message_id:
            self.hear(
                f"{HOUSE}.{row.referrer}",
                "feedback.given.v1",
                row.case_id,
                messageId=row.message_id,
                decision=decision,
                decidedOn=f"{self.year}-04-{tabling:02}",
                **correction,
            )

        for asked in self.parts.get("requests", ()):
            if asked.referral_id == row.referral_id and asked.partner in ASKED_PER_SERVICE:
                told = {"requestId": asked.request_id, "decision": decision, **correction}
                self.hear(f"{HOUSE}.{asked.partner}", DECIDED, row.case_id, **told)

    def call(self, life: Life) -> None:
        """About the first person, who lives this life, somebody calls too, and is told what was decided."""
        known: Registered = self.parts["intake.referrals"][0]
        row = known._replace(referral_id=self.new_id(), kind="current_referral", message_id=None, weighed=True)
        self.add("calls", row)
        self.add("done", Deed(what="call", about=row.referral_id, case=row.case_id))
        self._put_on_agenda(row, life.contact)
        self._decide(row, 1, "no_follow_up", {})
        self.add("told", Told(row.referral_id, "no_follow_up", "given"))
        self.add("done", Deed(what="tell", about=row.referral_id, decision="no_follow_up"))

    def _open(self, row: Registered, table: str) -> str:
        table_case_id = self.new_id()
        self.add("table_cases", TableCase(table_case_id, row.case_id, row.referral_id, table, True))
        self.add("brought", Brought(table_case_id, row.referral_id))
        self.journal(
            "table-cases.opened.v1", row.case_id, tableCaseId=table_case_id, referralId=row.referral_id, table=table
        )
        session_id = self.new_id()
        self.add("sessions", Session(session_id, 1))
        self.add("sessions_of", table_case_id)
        self.journal("sessions.planned.v1", session_id, sessionId=session_id, tableCaseIds=[table_case_id])
        self.journal("sessions.held.v1", session_id, sessionId=session_id, tableCaseIds=[table_case_id])
        self.add("action_plans", table_case_id)
        self.add("done", Deed(what="agree_on_plan", about=table_case_id))
        self.journal("action-plans.agreed.v1", row.case_id, tableCaseId=table_case_id)
        return table_case_id

    def _close(self, table: str, table_case_id: str, case_id: str) -> None:
        self.add("done", Deed(what="close", about=table_case_id))
        self.journal("table-cases.closed.v1", case_id, tableCaseId=table_case_id, table=table)
        self.add("reporting.table_cases", Followed(table_case_id, table, True, True))
        if table == "aftercare":
            self.add("aftercare.table_cases", Followed(table_case_id, None, True, True))

    def _see_to_aftercare(self, row: Registered) -> None:
        detention_id = self.new_id()
        referral_id = row.referral_id if row.weighed else None
        self.add("detentions", Detention(detention_id, row.case_id, referral_id))
        self.journal(
            "detentions.registered.v1",
            row.case_id,
            row.message_id,
            detentionId=detention_id,
            **({"referralId": referral_id} if referral_id else {}),
            expectedReleaseOn=f"{self.year}-06-01",
        )
        self.add("aftercare.release_dates", detention_id, detention_id)
        for what, type in (
            ("change_release_date", "release-dates.changed.v1"),
            ("make_plan", "aftercare-plans.made.v1"),
        ):
            self.add("done", Deed(what=what, about=detention_id))
            self.journal(type, row.case_id, detentionId=detention_id)

        self._help(row)

    def _help(self, row: Registered) -> None:
        """A trajectory from its start to the invoice, and an advance."""
        trajectory_id, provider = self.new_id(), "exodus"
        self.add("trajectories", Trajectory(trajectory_id, row.case_id, provider, True))
        self.add("done", Deed(what="start_trajectory", about=trajectory_id))
        self.add("disclosures", Disclosure(row.subject_id, f"{HOUSE}.{provider}"))
        self.hear(f"{HOUSE}.{provider}", "assignments.sent.v1", row.case_id, assignmentId=trajectory_id)
        commitment_id, advance_id = self.new_id(), self.new_id()
        self.book("commitment", "100.00", commitment_id)
        for type, particulars in (
            ("invoices.submitted.v1", {"invoice": "F-0", "amount": "100.01", "wrong": ABOVE_COMMITMENT}),
            ("trajectory-progress.submitted.v1", {}),
            ("invoices.submitted.v1", {"invoice": trajectory_id, "amount": "60.00"}),
        ):
            self._report(provider, type, trajectory_id, row.case_id, **particulars)
        for what in ("started", "ended"):
            self.journal(f"trajectories.{what}.v1", row.case_id, trajectoryId=trajectory_id)
        self._book("spending", "60.00", commitment_id, provider, trajectory_id)
        self.book("release", "40.00", commitment_id)
        self.book("advance", "50.00", advance_id)
        self.book("repayment", "20.00", advance_id)
        self.book("write_off", "10.00", advance_id)

    def _report(self, partner: str, type: str, about: str, case_id: str, **particulars: Any) -> None:
        id, user = self.new_id(), f"{HOUSE}.{partner}"
        self.add("sent", Sent(id=id, user=user, type=type, about=about, **particulars))
        answer = "refused" if "wrong" in particulars else "accepted"
        self.hear(user, f"messages.{answer}.v1", case_id, messageId=id)
