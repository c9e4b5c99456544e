"""Room on disks, certificates and backups, as the processes tell of them."""

from datetime import UTC, datetime
from math import nan

from services.reporting.tests.story import metrics_of, replicas_of
from services.reporting.watch.answers import Sample
from services.reporting.watch.upkeep import Backup, Certificate, Disk, upkeep_of

DAY = datetime(2027, 6, 3, tzinfo=UTC)
ROOM, LEAST = "rabbitmq_disk_space_available_bytes", "rabbitmq_disk_space_available_limit_bytes"


def ends(at: float) -> Sample:
    return Sample("messaging_certificates_end_seconds", {}, at)


def backed_up(at: float) -> Sample:
    return Sample("barman_cloud_cloudnative_pg_io_last_available_backup_timestamp", {}, at)


def test_each_node_of_the_broker_tells_of_its_disk_and_a_silent_one_of_nothing() -> None:
    nodes = [[Sample(ROOM, {}, 3e9), Sample(LEAST, {}, 2e9)], None]
    assert upkeep_of(replicas_of("broker", *nodes)).disks == (
        Disk(address="broker-0", free_bytes=3_000_000_000, least_bytes=2_000_000_000),
    )


def test_the_certificate_that_ends_first_is_named_with_its_process() -> None:
    later, first = DAY.timestamp() + 60, DAY.timestamp()
    told = metrics_of(intake=[ends(later)], relay=[ends(first)]) | {"weighing": replicas_of("w", [ends(nan)])["w"]}
    assert upkeep_of(told).certificate == Certificate(process="intake-relay", ends_at=DAY)


def test_without_tls_no_certificate_ends() -> None:
    assert upkeep_of(metrics_of(intake=[ends(0)])).certificate is None


def test_a_backup_is_as_old_as_the_replica_says_that_knows_the_latest() -> None:
    told = replicas_of("intake-postgres", [backed_up(0)], [backed_up(DAY.timestamp())], None)
    assert upkeep_of(told | replicas_of("desk-postgres", None)).backups == (
        Backup(service="intake", made_at=DAY),
        Backup(service="desk", made_at=None),
    )
    assert upkeep_of(metrics_of()).backups == ()
