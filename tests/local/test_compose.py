"""The Compose file, as far as it can be checked without a Docker engine."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.compose import write_settings
from deploy.local.supervisor import LOG_MEGABYTES
from deploy.rotation import rotate
from deploy.topology import Topology
from desk.settings import DeskSettings
from docs.declared import settings_class
from shared.configuration import declared_settings
from shared.messaging.relay_settings import RelaySettings
from shared.testing.broker import START_GUARD
from shared.testing.cluster import CONFIGURATION

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
OPEN_IN_REALM = ("DESK_", "SECRET_OF_", "PASSWORD_OF_")
TOPOLOGY = Topology.load(ROOT / "houses")
SERVICES, DATABASES = TOPOLOGY.services, TOPOLOGY.databases


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("settings")
    write_settings(directory)
    return directory


def environment(file: Path) -> dict[str, str]:
    """What a command sees that is started as the image starts it."""
    start = ROOT / "deploy/images/with-settings.sh"
    printed = subprocess.run(
        [start, file, "env", "-0"], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True
    )
    return dict(line.split("=", 1) for line in printed.stdout.decode().split("\0") if line)


def mounts(name: str) -> dict[str, str]:
    return mounts_of(CONTAINERS[name])


def mounts_of(container: dict[str, Any]) -> dict[str, str]:
    return dict(each.split(":")[:2] for each in container.get("volumes", []))


def required(settings: type) -> set[str]:
    return {each.name for each in declared_settings(settings) if each.default is None}


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_and_its_relay_get_every_setting_they_require(settings: Path, service: str) -> None:
    assert required(settings_class(service)) <= environment(settings / service / "worker.env").keys()
    assert required(RelaySettings) <= environment(settings / service / "relay.env").keys()


def test_aftercare_watches_today(settings: Path) -> None:
    assert "WATCH_SECONDS" not in environment(settings / "aftercare/worker.env")


@pytest.fixture(scope="module")
def settings_with_tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("settings-with-tls")
    write_settings(directory, tls=True)
    return directory


@pytest.mark.parametrize("service", SERVICES)
def test_with_tls_worker_and_relay_see_their_own_certificates_and_no_other(
    settings_with_tls: Path, service: str
) -> None:
    volume = settings_with_tls / service
    for process in ("worker", "relay"):
        told = environment(volume / f"{process}.env")
        files = [Path(told[name]) for name in ("BROKER_CA", "BROKER_CERTIFICATE", "BROKER_KEY")]
        assert told["BROKER_URL"].startswith("amqps://")
        assert [file for file in files if not (volume / file.relative_to("/settings")).is_file()] == []
    assert {file.name for file in volume.glob("*.key")} == {f"{service}.key", f"{service}-relay.key"}


def test_with_tls_the_broker_finds_its_files_and_speaks_nothing_else(settings_with_tls: Path) -> None:
    lines = (ROOT / "deploy/images/rabbitmq-tls.conf").read_text().splitlines()
    told = dict(line.split(" = ") for line in lines if not line.startswith("#"))
    files = [Path(value).relative_to("/settings") for value in told.values() if value.startswith("/settings/")]
    assert {str(file) for file in files} == {"ca.pem", "server.pem", "server.key"}
    assert [file for file in files if not (settings_with_tls / "broker" / file).is_file()] == []
    assert {file.name for file in (settings_with_tls / "broker").glob("*.key")} == {"server.key"}
    asked = ("listeners.tcp", "ssl_options.verify", "ssl_options.fail_if_no_peer_cert")
    assert [told[name] for name in asked] == ["none", "verify_peer", "true"]
    assert told["listeners.ssl.default"] == CONTAINERS["broker"]["ports"][0].rpartition(":")[2]


def test_the_file_for_tls_only_adds_to_containers_that_there_are() -> None:
    added = yaml.safe_load((ROOT / "docker-compose.tls.yml").read_text())["services"]
    assert set(added) <= set(CONTAINERS)
    assert all((ROOT / source).exists() for each in added.values() for source in mounts_of(each))
    assert added["settings"]["command"] == ["--tls"]
    assert CONTAINERS["settings"]["entrypoint"][-2:] == ["deploy.compose", "/settings"]


def test_the_broker_reads_its_limits_and_starts_the_guard_of_its_connections() -> None:
    mounted = mounts("broker")
    assert mounted["./deploy/images/rabbitmq-limits.conf"].startswith("/etc/rabbitmq/conf.d/")
    guard = Path(mounted["./deploy/images/connection_guard.erl"])
    told = CONTAINERS["broker"]["environment"]["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"]
    assert told == START_GUARD.format(images=guard.parent)


@pytest.mark.parametrize("name", DATABASES)
def test_whoever_has_a_database_has_a_migration_that_gets_what_it_needs(settings: Path, name: str) -> None:
    assert CONTAINERS[f"{name}-postgres"]["image"].startswith("postgres:17")
    assert CONTAINERS[f"{name}-migration"]["command"][-1] == name
    needed = {"ADMINISTRATOR_URL", "ROLE_PASSWORD", "OWNER_PASSWORD", "MIGRATION_DATABASE_URL"}
    assert needed <= environment(settings / f"{name}-setup" / "migration.env").keys()


def test_while_passwords_are_rotated_a_migration_can_give_the_superuser_the_new_one(tmp_path: Path) -> None:
    write_settings(tmp_path)
    file = tmp_path / "intake-setup/migration.env"
    before = environment(file)
    rotate(tmp_path / "secrets/secrets.json", "PASSWORDS", "begin")
    write_settings(tmp_path)
    during = environment(file)
    assert during["FORMER_ADMINISTRATOR_URL"] == before["ADMINISTRATOR_URL"] != during["ADMINISTRATOR_URL"]
    rotate(tmp_path / "secrets/secrets.json", "PASSWORDS", "end")
    write_settings(tmp_path)
    assert environment(file).keys() == before.keys()


def test_keycloak_gets_every_secret_that_its_realm_leaves_open(settings: Path) -> None:
    mounted = mounts("identity")
    assert mounted["./deploy/identity/keycloak-realm.json"].startswith("/opt/keycloak/data/import/")
    realm = (ROOT / "deploy/identity/keycloak-realm.json").read_text()
    told = environment(settings / "identity/identity.env")
    assert set(re.findall(r"\$\{(\w+)\}", realm)) == {name for name in told if name.startswith(OPEN_IN_REALM)}
    assert told["DESK_SECRET"] == json.loads((settings / "secrets/secrets.json").read_text())["clients"]["desk"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_takes_the_issuer_that_browsers_see_and_its_keys_from_the_containers_network(
    settings: Path, service: str
) -> None:
    told = environment(settings / service / "worker.env")
    [port] = CONTAINERS["identity"]["ports"]
    outside = CONTAINERS["identity"]["environment"]["KC_HOSTNAME"]
    assert outside == f"http://{port.rpartition(':')[0]}"
    assert told["OIDC_ISSUER"] == f"{outside}/realms/ketenhuis"
    assert told["OIDC_KEYS_URL"].startswith(f"http://identity:{port.rpartition(':')[2]}/realms/ketenhuis/")


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_its_worker_and_its_relay(service: str) -> None:
    assert CONTAINERS[service]["command"][-1] == f"services.{service}"
    assert CONTAINERS[f"{service}-relay"]["command"][-1] == service


def test_the_desk_gets_every_setting_it_requires_and_sees_its_own_only(settings: Path) -> None:
    assert required(DeskSettings) <= environment(settings / "desk/desk.env").keys()
    assert {source for source in mounts("desk") if not source.startswith(".")} == {"desk-settings"}


def test_the_desk_is_where_the_provider_sends_people_back_to(settings: Path) -> None:
    told = environment(settings / "desk/desk.env")
    [port] = CONTAINERS["desk"]["ports"]
    assert told["DESK_URL"] == f"http://{port.rpartition(':')[0]}"
    assert told["DESK_URL"] == environment(settings / "identity/identity.env")["DESK_URL"]
    assert told["OIDC_CLIENT_SECRET"] == environment(settings / "identity/identity.env")["DESK_SECRET"]
    assert told["OIDC_CONFIGURATION_URL"].startswith("http://identity:8080/realms/ketenhuis/")
    assert told["WEIGHING_URL"] == "http://weighing:8000"


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_sees_its_own_settings_only(service: str) -> None:
    for process in (service, f"{service}-relay"):
        volumes = {source for source in mounts(process) if not source.startswith(".")}
        assert volumes == {f"{service}-settings"}


def test_a_second_start_keeps_every_password(settings: Path) -> None:
    files = [path for path in settings.rglob("*") if path.is_file() and path.name != "definitions.json"]
    before = {path: path.read_text() for path in files}
    write_settings(settings)
    assert {path: path.read_text() for path in files} == before


def test_every_image_is_pinned() -> None:
    images = {each["image"] for each in CONTAINERS.values()} - {"ketenhuis"}
    assert [image for image in images if not re.fullmatch(r"[\w/-]+:v?\d+\.\d+(\.\d+)?", image)] == []
    assert re.search(r"^FROM python:\d+\.\d+\.\d+-", (ROOT / "deploy/images/Dockerfile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_waits_only_for_what_will_happen(name: str) -> None:
    for other, wait in CONTAINERS[name].get("depends_on", {}).items():
        if wait["condition"] == "service_healthy":
            assert "healthcheck" in CONTAINERS[other]
        else:
            assert wait["condition"] == "service_completed_successfully"
            assert "restart" not in CONTAINERS[other]


@pytest.mark.parametrize("name", CONTAINERS)
def test_what_a_container_mounts_exists(name: str) -> None:
    for source in mounts(name):
        assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]


@pytest.mark.parametrize("name", CONTAINERS)
def test_what_keeps_running_has_a_health_check_and_listens_on_this_machine_only(name: str) -> None:
    assert ("restart" in CONTAINERS[name]) == ("healthcheck" in CONTAINERS[name])
    assert all(port.startswith("127.0.0.1:") for port in CONTAINERS[name].get("ports", []))


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_log_is_rotated_and_holds_nobody_up(name: str) -> None:
    logs = CONTAINERS[name]["logging"]
    assert logs["driver"] == "local"
    assert (logs["options"]["max-size"], logs["options"]["max-file"]) == (f"{LOG_MEGABYTES}m", "2")
    assert logs["options"]["mode"] == "non-blocking"


@pytest.mark.parametrize("name", DATABASES)
def test_postgresql_leaves_details_out_of_its_log_everywhere(name: str) -> None:
    here = CONTAINERS[f"{name}-postgres"]["command"]
    assert "log_error_verbosity=terse" in here
    assert "log_error_verbosity = terse" in CONFIGURATION
