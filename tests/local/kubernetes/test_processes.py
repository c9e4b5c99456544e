"""Every process of the platform runs, is told what it must know, and answers where it is asked."""

import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from deploy.credentials import Credentials
from deploy.kubernetes.installation import BROKER_METRICS_PORT, HTTP_PORT, MOUNTED, POSTGRES_METRICS_PORT
from deploy.kubernetes.manifests import memory_of_a_process
from deploy.rotation import rotate
from deploy.settings import relay_of
from desk.houses import load_houses
from desk.settings import DeskSettings
from docs.bounds import HELD_BYTES, READ_BYTES
from docs.declared import houses, service_class, settings_class
from shared.configuration import ProcessSettings, declared_settings, from_environment
from shared.messaging.relay_settings import RelaySettings
from shared.observability.health_server import serve_health
from shared.runner import STOP_SECONDS
from shared.testing.waiting import free_ports
from shared.web.openapi import offers_of
from tests.local.kubernetes.applied import DATABASES, PROCESSES, SERVICES, Applied, Document, selects, values_of

IDLE_BYTES = 100 * 1024**2
"""What a worker takes when it has nothing to do, and somewhat more."""
MIGRATION = {"ADMINISTRATOR_URL", "ROLE_PASSWORD", "OWNER_PASSWORD", "MIGRATION_DATABASE_URL"}
RELAYS = {relay_of(service): service for service in SERVICES}


def settings_class_of(process: str) -> type:
    if process in RELAYS:
        return RelaySettings
    return settings_class(process)


def laid_out(applied: Applied, process: str, directory: Path) -> dict[str, str]:
    """Its files, put into a directory, and its environment as if they were mounted there."""
    pod = applied.pods()[process]
    for path, text in applied.files(pod).items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text)
    return {name: value.replace(str(MOUNTED), str(directory)) for name, value in applied.environment(pod).items()}


def test_every_worker_and_relay_has_a_deployment_that_starts_it(applied: Applied) -> None:
    commands = {name: values_of(pod, "command") for name, pod in applied.pods().items()}
    started = {name: next(commands[name]) for name in applied.of("Deployment")}
    workers = {service: ["python", "-m", f"services.{service}"] for service in SERVICES}
    relays = {relay: ["python", "-m", "shared.messaging.relay", service] for relay, service in RELAYS.items()}
    assert started == workers | relays | {"desk": ["python", "-m", "desk"]}
    assert all(find_spec(f"services.{service}.__main__") for service in SERVICES)


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_gets_every_setting_it_reads_and_finds_every_file(
    applied: Applied, process: str, tmp_path: Path
) -> None:
    told = laid_out(applied, process, tmp_path)
    settings: ProcessSettings = from_environment(settings_class_of(process), told)  # raises what is missing or wrong
    assert told.keys() <= {each.name for each in declared_settings(type(settings))}
    assert settings.broker_tls
    named = re.findall(r"sslrootcert=([^&]+)&sslcert=([^&]+)&sslkey=([^&]+)", told["DATABASE_URL"])
    assert named and all(Path(file).is_file() for files in named for file in files)


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_reads_the_houses_and_the_callers(applied: Applied, service: str, tmp_path: Path) -> None:
    told = laid_out(applied, service, tmp_path)
    assert set(houses(service, Path(told["HOUSES"]))) == set(applied.topology.houses)
    assert json.loads(Path(told["API_TOKENS"]).read_text())


def test_the_desk_gets_every_setting_it_reads_and_finds_every_file(applied: Applied, tmp_path: Path) -> None:
    told = laid_out(applied, "desk", tmp_path)
    settings = from_environment(DeskSettings, told)
    assert told.keys() <= {each.name for each in declared_settings(DeskSettings)}
    assert set(load_houses(settings.houses)) == set(applied.topology.houses)
    assert settings.services == {service: f"http://{service}:{HTTP_PORT}" for service in SERVICES}
    named = re.findall(r"sslrootcert=([^&]+)&sslcert=([^&]+)&sslkey=([^&]+)", settings.database_url)
    assert named and all(Path(file).is_file() for files in named for file in files)
    secret = {each.name for each in declared_settings(DeskSettings) if each.secret}
    assert secret & applied.of("ConfigMap")["desk"]["data"].keys() == set()


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_sees_its_own_keys_only(applied: Applied, process: str) -> None:
    keys = {name for name in applied.files(applied.pods()[process]) if name.endswith(".key")}
    assert keys == {f"{process}.key", f"{RELAYS.get(process, process)}.key"}


@pytest.mark.parametrize("process", PROCESSES)
def test_what_is_secret_is_in_no_config_map(applied: Applied, process: str) -> None:
    secret = {each.name for each in declared_settings(settings_class_of(process)) if each.secret}
    assert secret & applied.of("ConfigMap")[process]["data"].keys() == set()


def test_nothing_that_was_drawn_is_outside_the_secrets(applied: Applied) -> None:
    def drawn(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for each in value.values():
                yield from drawn(each)
        elif value:  # a key of the identity provider is drawn for development machines only
            yield str(value)

    credentials = Credentials.read(applied.directory / "secrets.json")
    others = json.dumps([each for each in applied.documents if each["kind"] != "Secret"])
    assert [value for value in drawn(vars(credentials)) if value in others] == []
    assert "PRIVATE KEY" not in others
    assert (applied.directory / "2-secrets.yaml").stat().st_mode & 0o077 == 0


def test_a_second_time_keeps_every_password_and_certificate(applied: Applied, tmp_path: Path) -> None:
    again = Applied("national" if "national" in applied.directory.name else "region", applied.directory)
    before, after = applied.of("Secret"), again.of("Secret")
    changing = {"broker-definitions"}  # salts
    assert {name: after[name] for name in before if name not in changing} == {
        name: before[name] for name in before if name not in changing
    }


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_listens_where_its_service_and_its_probes_ask(applied: Applied, process: str) -> None:
    [container] = applied.pods()[process]["spec"]["containers"]
    told = applied.environment(applied.pods()[process])
    address = told.get("HTTP_ADDRESS") or told["RELAY_HTTP_ADDRESS"]
    assert address == f"0.0.0.0:{HTTP_PORT}"
    assert container["ports"] == [{"name": "http", "containerPort": HTTP_PORT}]
    service = applied.of("Service")[process]["spec"]
    assert service["ports"] == [{"name": "http", "port": HTTP_PORT, "targetPort": "http"}]
    assert service["selector"].items() <= applied.pods()[process]["metadata"]["labels"].items()
    for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[kind]["httpGet"]["port"] == "http"
        assert container[kind]["httpGet"]["path"] in paths_of(process)


@pytest.mark.parametrize("process", [*PROCESSES, "desk"])
def test_reporting_finds_every_replica(applied: Applied, process: str) -> None:
    targets = applied.environment(applied.pods()["reporting"])["SCRAPE_TARGETS"].split(",")
    assert f"{process}=http://{process}-replicas:{HTTP_PORT}/metrics" in targets
    assert f"broker=http://broker-metrics:{BROKER_METRICS_PORT}/metrics" in targets
    for name in (f"{process}-replicas", "broker-metrics"):
        spec = applied.of("Service")[name]["spec"]
        assert (spec["clusterIP"], spec["publishNotReadyAddresses"]) == ("None", True)
    found = {"matchLabels": applied.of("Service")[f"{process}-replicas"]["spec"]["selector"]}
    assert [name for name, pod in applied.pods().items() if selects(found, pod["metadata"]["labels"])] == [process]


@pytest.mark.parametrize("name", DATABASES)
def test_reporting_asks_every_database_when_its_last_backup_was_made(applied: Applied, name: str) -> None:
    targets = applied.environment(applied.pods()["reporting"])["SCRAPE_TARGETS"].split(",")
    assert f"{name}-postgres=http://{name}-postgres-metrics:{POSTGRES_METRICS_PORT}/metrics" in targets
    spec = applied.of("Service")[f"{name}-postgres-metrics"]["spec"]
    assert (spec["clusterIP"], spec["selector"]) == ("None", {"cnpg.io/cluster": f"{name}-postgres"})


def paths_of(process: str) -> set[str]:
    """What it answers: a worker by what it declares, a relay by trying."""
    if process not in RELAYS:
        return {offer.route for offer in offers_of(service_class(process)) if offer.public}
    return RELAY_PATHS


def _answered(port: int, path: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
            return True
    except HTTPError:
        return False


def _relay_paths() -> set[str]:
    [port] = free_ports(1)
    serve_health(("127.0.0.1", port), lambda: None)
    asked = ("/health/live", "/health/ready", "/metrics", "/health")
    return {path for path in asked if _answered(port, path)}


RELAY_PATHS = _relay_paths()


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_has_the_time_to_stop(applied: Applied, process: str) -> None:
    pod = applied.pods()[process]["spec"]
    waits = pod["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod["terminationGracePeriodSeconds"] > waits + STOP_SECONDS


def test_no_pod_may_do_more_than_it_must(applied: Applied) -> None:
    for name, pod in applied.pods().items():
        spec, [container] = pod["spec"], pod["spec"]["containers"]
        assert spec["securityContext"]["runAsNonRoot"] and spec["securityContext"]["runAsUser"] > 0, name
        assert not spec["automountServiceAccountToken"], name
        allowed = container["securityContext"]
        assert allowed["readOnlyRootFilesystem"] and not allowed["allowPrivilegeEscalation"], name
        assert allowed["capabilities"] == {"drop": ["ALL"]}, name
        assert {"cpu", "memory"} == container["resources"]["requests"].keys() == container["resources"]["limits"].keys()


@pytest.mark.parametrize("process", PROCESSES)
def test_replicas_are_spread_and_leave_one_at_a_time(applied: Applied, process: str) -> None:
    labels = applied.pods()[process]["metadata"]["labels"]
    spread = applied.pods()[process]["spec"]["topologySpreadConstraints"]
    assert {each["topologyKey"] for each in spread} == {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}
    budget = applied.of("PodDisruptionBudget")[process]["spec"]
    selectors = [budget["selector"], *(each["labelSelector"] for each in spread)]
    assert budget["maxUnavailable"] == 1
    for selector in [*selectors, applied.of("Deployment")[process]["spec"]["selector"]]:
        others = {name for name, pod in applied.pods().items() if selects(selector, pod["metadata"]["labels"])}
        assert others == {process} and selects(selector, labels)


@pytest.mark.parametrize("service", DATABASES)
def test_a_migration_gets_what_it_needs(applied: Applied, service: str) -> None:
    [pod] = [pod for name, pod in applied.pods().items() if name.startswith(f"{service}-migration-")]
    assert next(values_of(pod, "command")) == ["python", "-m", "deploy.databases", service]
    told, files = applied.environment(pod), applied.files(pod)
    assert told.keys() == MIGRATION
    for url in ("ADMINISTRATOR_URL", "MIGRATION_DATABASE_URL"):
        named = re.findall(rf"{MOUNTED}/([\w.]+)", told[url])
        assert len(named) == 3 and set(named) <= files.keys()


def test_a_worker_has_room_for_all_that_it_may_hold_and_read() -> None:
    assert memory_of_a_process() > IDLE_BYTES + HELD_BYTES + READ_BYTES


def test_other_passwords_mean_other_pods_and_other_tokens_the_same_pods(tmp_path: Path) -> None:
    def deployments(secret: str) -> dict[str, Document]:
        rotate(tmp_path / "secrets.json", secret, "begin")
        return Applied("region", tmp_path).of("Deployment")

    before = Applied("region", tmp_path).of("Deployment")
    assert deployments("API_TOKENS") == before
    after = deployments("PASSWORDS")
    assert {name for name in PROCESSES if after[name] == before[name]} == set()
