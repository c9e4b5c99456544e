"""The problems that a picture of the platform shows, and since when they last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.reporting.watch.answers import DESK
from services.reporting.watch.rules import Alarm, DeskState, Group, Picture, QueueState, ServiceState
from services.reporting.watch.upkeep import Upkeep

LONG_IN_QUEUE = 60.0
LONG_IN_OUTBOX = 30.0
LONG_AT_PARTNER = 3600.0
LONG_POSTPONED = 300.0
SOON = 30 * 86400.0
"""In less time a certificate ends that nobody has renewed."""
LONG_WITHOUT_BACKUP = 2 * 86400.0
MANY_FAILED_LOGINS = 20
MANY_FAILING = 0.05


class Concern(StrEnum):
    """The kinds of problems, the worst first."""

    BROKER_DOWN = "broker_down"
    BROKER_MEMORY = "broker_memory"
    BROKER_DISK = "broker_disk"
    SERVICE_DOWN = "service_down"
    RELAY_DOWN = "relay_down"
    DESK_DOWN = "desk_down"
    DATABASE_CANNOT_WRITE = "database_cannot_write"
    REQUESTS_FAIL = "requests_fail"
    BRAKED = "braked"
    PAUSES = "pauses"
    DEAD_LETTERS = "dead_letters"
    DEAD_LETTERS_OF_PARTNER = "dead_letters_of_partner"
    PARKED = "parked"
    QUEUE_WAITS_LONG = "queue_waits_long"
    OUTBOX_WAITS_LONG = "outbox_waits_long"
    POSTPONED_WAITS_LONG = "postponed_waits_long"
    PARTNER_DOES_NOT_FETCH = "partner_does_not_fetch"
    FAILED_LOGINS = "failed_logins"
    CERTIFICATE_ENDS = "certificate_ends"
    BACKUP_OLD = "backup_old"


ALERTS = {
    Concern.BROKER_DOWN: "BrokerDown",
    Concern.BROKER_MEMORY: "BrokerShortOfMemory",
    Concern.BROKER_DISK: "BrokerShortOfDisk",
    Concern.SERVICE_DOWN: "ProcessDown",
    Concern.RELAY_DOWN: "ProcessDown",
    Concern.DESK_DOWN: "DeskDown",
    Concern.DATABASE_CANNOT_WRITE: "DatabaseCannotWrite",
    Concern.REQUESTS_FAIL: "RequestsFail",
    Concern.BRAKED: "BrakePulled",
    Concern.PAUSES: "ConsumingPauses",
    Concern.DEAD_LETTERS: "DeadLetters",
    Concern.DEAD_LETTERS_OF_PARTNER: "DeadLettersOfPartner",
    Concern.PARKED: "MessagesParked",
    Concern.QUEUE_WAITS_LONG: "QueueWaitsLong",
    Concern.OUTBOX_WAITS_LONG: "OutboxWaitsLong",
    Concern.POSTPONED_WAITS_LONG: "PostponedWaitsLong",
    Concern.PARTNER_DOES_NOT_FETCH: "PartnerDoesNotFetch",
    Concern.FAILED_LOGINS: "FailedLogins",
    Concern.CERTIFICATE_ENDS: "CertificateEnds",
    Concern.BACKUP_OLD: "BackupOld",
}
"""The alert of Prometheus on the same concern, by which the operators' manual is ordered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformProblem:
    """A concern, the service, queue or process that it is about, and since when it lasts. until: None while it lasts.

    amount: messages or, where something waits long, seconds, also until a certificate ends and since a backup was made;
    of failed log-ins their number, of requests the share; of processes or nodes that do not answer their number.
    """

    concern: Concern
    about: str
    since: datetime
    amount: float
    until: datetime | None = None


SHORT_OF = {Alarm.MEMORY: Concern.BROKER_MEMORY, Alarm.DISK: Concern.BROKER_DISK}
PATIENCE = {
    Concern.BROKER_DOWN: 4.0,
    Concern.SERVICE_DOWN: 4.0,
    Concern.RELAY_DOWN: 4.0,
    Concern.DESK_DOWN: 4.0,
    Concern.PAUSES: 60.0,
    Concern.REQUESTS_FAIL: 300.0,
}
"""How long, in seconds, a concern may last before a person is troubled with it; 0 for a concern that is not here."""

Finding = tuple[Concern, str, float]
"""A concern, the service or queue that it is about, and the amount."""


class Assessment:
    """Remembers since when each problem lasts."""

    def __init__(self) -> None:
        self._since: dict[tuple[Concern, str], datetime] = {}

    def assess(self, picture: Picture) -> list[PlatformProblem]:
        """The problems of this moment, the worst first."""
        found = list(findings(picture))
        self._since = {(concern, about): self._since.get((concern, about), picture.at) for concern, about, _ in found}
        problems = [self._problem(finding) for finding in found]
        order = list(Concern)
        lasting = [problem for problem in problems if _lasts(problem, picture.at)]
        return sorted(lasting, key=lambda problem: (order.index(problem.concern), problem.since))

    def _problem(self, finding: Finding) -> PlatformProblem:
        concern, about, amount = finding
        return PlatformProblem(concern=concern, about=about, since=self._since[concern, about], amount=float(amount))


def findings(picture: Picture) -> Iterator[Finding]:
    """Every concern of the moment, however short it lasts."""
    if picture.broker_silent:
        yield Concern.BROKER_DOWN, "broker", picture.broker_silent
    for alarm in picture.alarms:
        yield SHORT_OF[alarm], "broker", 0.0
    if picture.failed_logins > MANY_FAILED_LOGINS:
        yield Concern.FAILED_LOGINS, "broker", picture.failed_logins
    if picture.desk:
        yield from _desk_findings(picture.desk)
    for service in picture.services:
        yield from _service_findings(service)
    for queue in picture.queues:
        yield from _queue_findings(queue)
    yield from _upkeep_findings(picture.upkeep, picture.at)


def _desk_findings(desk: DeskState) -> Iterator[Finding]:
    if desk.silent:
        yield Concern.DESK_DOWN, DESK, desk.silent
    if desk.failing > MANY_FAILING:
        yield Concern.REQUESTS_FAIL, DESK, desk.failing


def _upkeep_findings(upkeep: Upkeep, now: datetime) -> Iterator[Finding]:
    if upkeep.certificate:
        left = (upkeep.certificate.ends_at - now).total_seconds()
        if left < SOON:
            yield Concern.CERTIFICATE_ENDS, upkeep.certificate.process, max(left, 0.0)
    for backup in upkeep.backups:
        if backup.made_at and (age := (now - backup.made_at).total_seconds()) > LONG_WITHOUT_BACKUP:
            yield Concern.BACKUP_OLD, backup.service, age


def _service_findings(service: ServiceState) -> Iterator[Finding]:
    if service.silent:
        yield Concern.SERVICE_DOWN, service.name, service.silent
    if service.relays_silent:
        yield Concern.RELAY_DOWN, service.name, service.relays_silent
    if not service.can_write:
        yield Concern.DATABASE_CANNOT_WRITE, service.name, 0.0
    if service.failing > MANY_FAILING:
        yield Concern.REQUESTS_FAIL, service.name, service.failing
    if "braked" in service.pauses:
        yield Concern.BRAKED, service.name, 0.0
    if set(service.pauses) - {"braked"}:
        yield Concern.PAUSES, service.name, 0.0
    if service.outbox_oldest_seconds > LONG_IN_OUTBOX:
        yield Concern.OUTBOX_WAITS_LONG, service.name, service.outbox_oldest_seconds


def _queue_findings(queue: QueueState) -> Iterator[Finding]:
    if queue.parked:
        yield Concern.PARKED, queue.name, queue.parked
    if queue.postponed_oldest_seconds > LONG_POSTPONED:
        yield Concern.POSTPONED_WAITS_LONG, queue.name, queue.postponed_oldest_seconds
    if queue.group is Group.DEAD_LETTERS and queue.waits:
        yield Concern.DEAD_LETTERS, queue.name, queue.waits
    elif queue.group is Group.DEAD_LETTERS_OF_PARTNER and queue.waits:
        yield Concern.DEAD_LETTERS_OF_PARTNER, queue.name, queue.waits
    elif queue.group is Group.TO_PARTNER and queue.oldest_seconds > LONG_AT_PARTNER:
        yield Concern.PARTNER_DOES_NOT_FETCH, queue.name, queue.oldest_seconds
    elif queue.group in (Group.SERVICE, Group.FROM_PARTNER) and queue.oldest_seconds > LONG_IN_QUEUE:
        yield Concern.QUEUE_WAITS_LONG, queue.name, queue.oldest_seconds


def _lasts(problem: PlatformProblem, now: datetime) -> bool:
    return (now - problem.since).total_seconds() >= PATIENCE.get(problem.concern, 0.0)
