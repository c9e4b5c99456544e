"""What the oracle reads of each store, and no more than that. All ids are texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Referral(NamedTuple):
    referral_id: str
    subject_id: str
    kind: str
    referrer: str
    municipality: str


class Registered(NamedTuple):
    """A referral in intake: the first five fields are those of every store. message_id: None when it came by phone."""

    referral_id: str
    subject_id: str
    kind: str
    referrer: str
    municipality: str
    case_id: str
    message_id: str | None
    weighed: bool

    @property
    def referral(self) -> Referral:
        return Referral(*self[:5])


class Sealed(NamedTuple):
    """What a message of a sealed matter became. sealed: whether it is now.

    first_id, first_case_id: of its first receipt. referral_id, case_id: of one that is given again after an unsealing.
    """

    message_id: str
    referral_id: str
    case_id: str
    sealed: bool
    first_id: str
    first_case_id: str


class Told(NamedTuple):
    """What a person told a referrer that called: the decision. outcome: None as long as nobody did."""

    referral_id: str
    decision: str
    outcome: str | None


class Request(NamedTuple):
    request_id: str
    referral_id: str
    partner: str
    answered: bool


class Disclosure(NamedTuple):
    """A partner was told who a subject is, to be asked about them."""

    subject_id: str
    disclosed_to: str


class Link(NamedTuple):
    """A merge of two subjects, the lesser id first; it is out of force once they were separated."""

    merge_id: str
    subject_id: str
    other_id: str
    in_force: bool


class Tabled(NamedTuple):
    """What one briefing decided on a referral."""

    referral_id: str
    tabling: int
    decision: str


class Decided(NamedTuple):
    """The same with the table that the case goes to."""

    referral_id: str
    tabling: int
    decision: str
    opens_table: str | None

    @property
    def tabled(self) -> Tabled:
        return Tabled(*self[:3])


class TableCase(NamedTuple):
    table_case_id: str
    case_id: str
    referral_id: str
    at_table: str
    closed: bool


class Followed(NamedTuple):
    """A table case as another service knows it. at_table: None where it keeps those of one table only."""

    table_case_id: str
    at_table: str | None
    opened: bool
    closed: bool


class Brought(NamedTuple):
    """A referral that opened a table case or found it running."""

    table_case_id: str
    referral_id: str


class Session(NamedTuple):
    session_id: str
    cases: int


class Moment(NamedTuple):
    """An answered monitoring moment."""

    table_case_id: str
    code: str


class Detention(NamedTuple):
    """referral_id: None when it is not weighed."""

    detention_id: str
    case_id: str
    referral_id: str | None


class Trajectory(NamedTuple):
    trajectory_id: str
    case_id: str
    provider: str
    ended: bool


class Entry(NamedTuple):
    """A booking. amount: what came onto accounts; off: what all its postings add up to. invoiced_by: a partner."""

    entry_id: str
    kind: str
    about: str | None
    amount: str
    off: str
    invoiced_by: str | None
    invoice: str | None


class Balance(NamedTuple):
    """What stands on an account beside what its postings add up to. of: the commitment, line or the like."""

    kind: str
    of: str | None
    balance: str
    postings: str


class Event(NamedTuple):
    """An event in the journal, which is in order of position. type: short. correlation_id: what set it off."""

    position: int
    event_id: str
    type: str
    case_id: str | None
    correlation_id: str
    data: Mapping[str, Any]


class Parked(NamedTuple):
    id: int
    queue: str
    sender: str
    message_id: str
    kind: str


class Numbers(NamedTuple):
    """The last number on a stream before a round and now."""

    before: int
    now: int


@dataclass(frozen=True, kw_only=True)
class Intake:
    """calls: the referrals that came without a message. told: what their referrers hear. suspects: the subject of each.

    strangers: subjects of no referral; unanswered: BIJ questions; both of any year. open_briefings: the referrals of
    which the team may see the case.
    """

    referrals: tuple[Registered, ...]
    calls: tuple[Registered, ...]
    told: tuple[Told, ...]
    requests: tuple[Request, ...]
    disclosures: tuple[Disclosure, ...]
    suspects: tuple[str, ...]
    strangers: tuple[str, ...]
    unanswered: tuple[str, ...]
    open_briefings: tuple[str, ...]
    sealed: tuple[Sealed, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """taken_back: the decisions that were corrected. suspects: the case of each. withdrawn: of what was sealed.

    on_agenda: the referrals that wait for a briefing.
    """

    referrals: tuple[Referral, ...]
    requests: tuple[Request, ...]
    decisions: tuple[Decided, ...]
    taken_back: tuple[Tabled, ...]
    withdrawn: tuple[str, ...]
    on_agenda: tuple[str, ...]
    suspects: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """sessions_of: the table case of each place on an agenda. action_plans: the table case of each.

    suspects: the case of each. late_information: the table case of each.
    """

    table_cases: tuple[TableCase, ...]
    brought: tuple[Brought, ...]
    sessions: tuple[Session, ...]
    sessions_of: tuple[str, ...]
    action_plans: tuple[str, ...]
    late_information: tuple[str, ...]
    moments: tuple[Moment, ...]
    suspects: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Aftercare:
    """release_dates, plans: the detention of each."""

    detentions: tuple[Detention, ...]
    release_dates: tuple[str, ...]
    plans: tuple[str, ...]
    table_cases: tuple[Followed, ...]
    trajectories: tuple[Trajectory, ...]
    entries: tuple[Entry, ...]
    balances: tuple[Balance, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """The journal and the projections. detentions: registered; release_dates: those with one that was changed.

    action_plans: the table case of each. aftercare_plans: the detention of each.
    """

    journal: tuple[Event, ...]
    referrals: tuple[Referral, ...]
    tablings: tuple[Tabled, ...]
    table_cases: tuple[Followed, ...]
    referred_again: tuple[Brought, ...]
    sessions: tuple[Session, ...]
    action_plans: tuple[str, ...]
    moments: tuple[Moment, ...]
    detentions: tuple[str, ...]
    release_dates: tuple[str, ...]
    aftercare_plans: tuple[str, ...]
    links: tuple[Link, ...]
