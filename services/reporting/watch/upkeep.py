"""What runs out by itself: room on disks, certificates, and backups that grow old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from services.reporting.watch.answers import BROKER, DATABASE, Answers, highest, samples_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """The disk of a node of the broker.

    `address`: host and port of the node. `free_bytes`: the room that is left. `least_bytes`: with less the broker takes
    no message.
    """

    address: str
    free_bytes: int
    least_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The first to end of those with which processes come to the broker and to their databases.

    `process`: whose certificate it is. `ends_at`: when it ends.
    """

    process: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """The last backup of a database.

    `service`: whose database it is. `made_at`: when the backup was made; null: none is known.
    """

    service: str
    made_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """`disks`: of the broker's nodes. `certificate`: null without TLS, or if no process tells.

    `backups`: of the databases that tell; empty where none does.
    """

    disks: tuple[Disk, ...]
    certificate: Certificate | None
    backups: tuple[Backup, ...]


def upkeep_of(answers: Answers) -> Upkeep:
    certificates = sorted(_certificates(answers), key=lambda each: each.ends_at)
    return Upkeep(
        disks=tuple(_disks(answers)),
        certificate=certificates[0] if certificates else None,
        backups=tuple(_backup(target, answers) for target in answers if target.endswith(DATABASE)),
    )


def _disks(answers: Answers) -> Iterator[Disk]:
    for node in answers.get(BROKER, ()):
        free, least = (
            highest(node.samples or (), f"rabbitmq_disk_space_available_{name}") for name in ("bytes", "limit_bytes")
        )
        if free is not None and least is not None:
            yield Disk(address=node.address, free_bytes=round(free), least_bytes=round(least))


def _certificates(answers: Answers) -> Iterator[Certificate]:
    for target, replicas in answers.items():
        for replica in replicas:
            for sample in replica.samples or ():
                if sample.name == "messaging_certificates_end_seconds" and sample.value > 0:
                    yield Certificate(process=target, ends_at=datetime.fromtimestamp(sample.value, UTC))


def _backup(target: str, answers: Answers) -> Backup:
    """As the replica tells that knows of the latest."""
    made_at = highest(samples_of(answers, target), "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp")
    return Backup(
        service=target.removesuffix(DATABASE), made_at=datetime.fromtimestamp(made_at, UTC) if made_at else None
    )
