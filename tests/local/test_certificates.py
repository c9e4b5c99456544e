"""An installation's own certificates: made once, kept, and made again in time."""

import ssl
from datetime import UTC, datetime, timedelta
from math import isnan
from pathlib import Path

from deploy.certificates import AUTHORITY_LIFE, LIFE, RENEW_BEFORE, Certificates
from shared.certificates import certificate_files, first_end
from shared.configuration import ProcessSettings, from_environment
from shared.testing.keys import KEY_TEXT

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PARTNER = "hollands-midden.halt"
DAY = timedelta(days=1)


def provided(directory: Path, now: datetime, *clients: str) -> dict[str, bytes]:
    """What each file holds afterwards."""
    Certificates(directory).provide(clients, now)
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_each_client_gets_its_own_beside_those_of_the_authority_and_the_server(tmp_path: Path) -> None:
    files = provided(tmp_path, NOW, PARTNER, "intake")
    names = ("ca", "server", PARTNER, "intake")
    assert files.keys() == {f"{name}.{kind}" for name in names for kind in ("pem", "key")}
    assert len(set(files.values())) == len(files)
    for name in (PARTNER, "intake"):
        tls = Certificates(tmp_path).of(name)
        ssl.create_default_context(cafile=tls.ca).load_cert_chain(tls.certificate, tls.key)


def test_they_are_kept_and_only_a_new_client_gets_a_new_one(tmp_path: Path) -> None:
    before = provided(tmp_path, NOW, "intake")
    after = provided(tmp_path, NOW + DAY, "intake", PARTNER)
    assert {name: after[name] for name in before} == before
    assert f"{PARTNER}.pem" in after


def test_one_that_ends_soon_is_made_again(tmp_path: Path) -> None:
    before = provided(tmp_path, NOW, "intake")
    assert provided(tmp_path, NOW + LIFE - RENEW_BEFORE - DAY, "intake") == before
    after = provided(tmp_path, NOW + LIFE - RENEW_BEFORE + DAY, "intake")
    assert {name for name in after if after[name] == before[name]} == {"ca.pem", "ca.key"}


def test_an_authority_that_ends_soon_is_replaced_with_all_that_it_signed(tmp_path: Path) -> None:
    before = provided(tmp_path, NOW, "intake")
    after = provided(tmp_path, NOW + AUTHORITY_LIFE - RENEW_BEFORE + DAY, "intake")
    assert [name for name in after if after[name] == before[name]] == []


def test_a_new_authority_signs_all_again(tmp_path: Path) -> None:
    before = provided(tmp_path, NOW, "intake")
    (tmp_path / "ca.key").unlink()
    after = provided(tmp_path, NOW, "intake")
    assert [name for name in after if after[name] == before[name]] == []


def test_a_certificate_that_does_not_go_with_its_key_is_made_again(tmp_path: Path) -> None:
    before = provided(tmp_path, NOW, "intake", PARTNER)
    (tmp_path / "intake.key").write_bytes(before[f"{PARTNER}.key"])
    after = provided(tmp_path, NOW, "intake", PARTNER)
    assert {name for name in after if after[name] != before[name]} == {"intake.pem", "intake.key"}


def test_a_user_may_have_a_longer_name_than_a_certificate_holds(tmp_path: Path) -> None:
    name = "house." + "partner-" * 10 + "x"
    assert f"{name}.pem" in provided(tmp_path, NOW, name)


def test_a_process_tells_when_the_first_of_its_certificates_ends(tmp_path: Path) -> None:
    provided(tmp_path, NOW - DAY, "intake")
    provided(tmp_path, NOW, "intake-relay")
    broker, database = (Certificates(tmp_path).of(name) for name in ("intake-relay", "intake"))
    told = {
        "DATABASE_URL": f"postgresql://intake@localhost/intake?{database.in_database_url()}",
        "BROKER_URL": "amqps://intake-relay@localhost/v",
        "BROKER_CA": str(broker.ca),
        "BROKER_CERTIFICATE": str(broker.certificate),
        "BROKER_KEY": str(broker.key),
        "MESSAGE_KEY": KEY_TEXT,
    }
    files = certificate_files(from_environment(ProcessSettings, told))
    assert {*files} == {broker.ca, broker.certificate, database.certificate}
    assert first_end(files) == (NOW - DAY + LIFE).timestamp()
    database.certificate.write_text("nothing")
    assert isnan(first_end(files))
    plain = {"DATABASE_URL": "postgresql://h/d", "BROKER_URL": "amqp://h/v", "MESSAGE_KEY": KEY_TEXT}
    assert certificate_files(from_environment(ProcessSettings, plain)) == []
