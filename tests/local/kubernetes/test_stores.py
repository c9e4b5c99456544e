"""The broker and the databases are those that the platform expects."""

import gzip
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from deploy.kubernetes.installation import BROKER_METRICS_PORT, BROKER_PORT
from shared.postgres.roles import owner_of
from shared.testing.broker import START_GUARD
from tests.local.kubernetes.applied import DATABASES, PROCESSES, ROOT, SERVICES, Applied

SIZES = {"vm_memory_high_watermark", "disk_free_limit", "raft"}
OPERATORS_OWN = {"ssl_options.cacertfile", "ssl_options.certfile", "ssl_options.keyfile"}
OPERATORS_OWN |= {"listeners.tcp", "listeners.ssl.default"}


def lines(text: str) -> dict[str, str]:
    stated = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split(" = ") for line in stated)


def broker(applied: Applied) -> dict[str, Any]:
    spec: dict[str, Any] = applied.of("RabbitmqCluster")["broker"]["spec"]
    return spec


def certificate(applied: Applied, secret: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(applied.of("Secret")[secret]["stringData"]["tls.crt"].encode())


def hosts(applied: Applied, secret: str) -> list[str]:
    names = certificate(applied, secret).extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return names.value.get_values_for_type(x509.DNSName)


def test_the_broker_is_told_what_compose_tells_it(applied: Applied) -> None:
    images = ROOT / "deploy/images"
    files = ("rabbitmq.conf", "rabbitmq-limits.conf", "rabbitmq-tls.conf")
    in_compose = {name: value for file in files for name, value in lines((images / file).read_text()).items()}
    here = lines(broker(applied)["rabbitmq"]["additionalConfig"])
    told = {name: value for name, value in in_compose.items() if name not in OPERATORS_OWN}
    about = {name.partition(".")[0] for name in here}
    assert {name.partition(".")[0] for name in told} <= about
    fixed = {name: value for name, value in told.items() if name.partition(".")[0] not in SIZES}
    assert {name: here[name] for name in fixed} == fixed
    tls = {"secretName": "broker-server", "caSecretName": "authority", "disableNonTLSListeners": True}
    assert broker(applied)["tls"] == tls
    assert here["prometheus.tcp.port"] == str(BROKER_METRICS_PORT)


def test_the_broker_loads_the_topology(applied: Applied) -> None:
    pod = broker(applied)["override"]["statefulSet"]["spec"]["template"]["spec"]
    [unpacks] = pod["initContainers"]
    path = lines(broker(applied)["rabbitmq"]["additionalConfig"])["load_definitions"]
    assert unpacks["command"][-1] == f"gunzip -c /definitions/definitions.json.gz > {path}"
    mounted = {each["mountPath"]: each["name"] for each in unpacks["volumeMounts"]}
    [node] = pod["containers"]
    assert {each["mountPath"]: each["name"] for each in node["volumeMounts"]}["/settings"] == mounted["/settings"]
    assert str(Path(path).parent) == "/settings"
    [secret] = [each["secret"]["secretName"] for each in pod["volumes"] if each["name"] == mounted["/definitions"]]
    loaded = json.loads(gzip.decompress(b64decode(applied.of("Secret")[secret]["data"]["definitions.json.gz"])))
    wanted = applied.topology.definitions(dict.fromkeys(applied.topology.users, ""))
    assert [user["name"] for user in loaded.pop("users")] == [user["name"] for user in wanted.pop("users")]
    assert loaded == wanted


def test_the_broker_starts_the_guard_of_its_connections(applied: Applied) -> None:
    pod = broker(applied)["override"]["statefulSet"]["spec"]["template"]["spec"]
    [node] = pod["containers"]
    assert {each["name"]: each["value"] for each in node["env"]} == {
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": START_GUARD.format(images="/guard")
    }
    assert {"name": "guard", "mountPath": "/guard", "readOnly": True} in node["volumeMounts"]
    assert {"name": "guard", "configMap": {"name": "broker-guard"}} in pod["volumes"]
    assert list(applied.of("ConfigMap")["broker-guard"]["data"]) == ["connection_guard.erl"]


def test_every_queue_has_three_members_on_nodes_apart(applied: Applied) -> None:
    spec = broker(applied)
    assert spec["replicas"] == 3
    told = lines(spec["rabbitmq"]["additionalConfig"])
    assert told["quorum_queue.continuous_membership_reconciliation.target_group_size"] == "3"
    assert {
        queue["arguments"]["x-queue-type"]
        for queue in applied.topology.definitions(dict.fromkeys(applied.topology.users, ""))["queues"]
    } == {"quorum"}
    [apart] = spec["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert apart["topologyKey"] == "kubernetes.io/hostname"
    assert applied.of("PodDisruptionBudget")["broker"]["spec"]["maxUnavailable"] == 1


def test_the_broker_has_the_plugin_of_each_kind_of_exchange(applied: Applied) -> None:
    plugins = set(broker(applied)["rabbitmq"]["additionalPlugins"])
    of_kinds = {
        f"rabbitmq_{kind.removeprefix('x-').replace('-', '_')}_exchange"
        for kind in applied.topology.exchanges.values()
        if kind.startswith("x-")
    }
    assert of_kinds | {"rabbitmq_prometheus"} <= plugins


@pytest.mark.parametrize("process", PROCESSES)
def test_who_is_reached_has_a_certificate_by_the_name_it_is_reached_at(applied: Applied, process: str) -> None:
    told = applied.environment(applied.pods()[process])
    assert urlsplit(told["BROKER_URL"]).hostname in hosts(applied, "broker-server")
    assert urlsplit(told["BROKER_URL"]).port == BROKER_PORT
    database = str(urlsplit(told["DATABASE_URL"]).hostname).removesuffix("-rw")
    assert database in applied.of("Cluster")
    assert f"{database}-rw" in hosts(
        applied, applied.of("Cluster")[database]["spec"]["certificates"]["serverTLSSecret"]
    )


def test_partners_find_the_broker_by_its_public_name(applied: Applied) -> None:
    assert applied.installation.file["network"]["broker_name"] in hosts(applied, "broker-server")
    assert [port["port"] for port in applied.of("Service")["partners"]["spec"]["ports"]] == [BROKER_PORT]


@pytest.mark.parametrize("service", SERVICES)
def test_a_database_keeps_each_commit_twice_and_lets_in_its_own_roles_only(applied: Applied, service: str) -> None:
    spec = applied.of("Cluster")[f"{service}-postgres"]["spec"]
    assert spec["instances"] == 3
    assert spec["postgresql"]["synchronous"] == {"method": "any", "number": 1, "dataDurability": "required"}
    assert "fsync" not in spec["postgresql"]["parameters"]
    assert spec["postgresql"]["parameters"]["log_error_verbosity"] == "terse"
    first, last = spec["postgresql"]["pg_hba"]
    assert first.endswith("clientcert=verify-full") and re.fullmatch(r"hostnossl all all all reject", last)
    assert spec["bootstrap"]["initdb"]["database"] == service
    assert spec["bootstrap"]["initdb"]["owner"] == owner_of(service)
    follows = spec["certificates"]["replicationTLSSecret"]
    [name] = certificate(applied, follows).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert spec["postgresql"]["pg_ident"] == [f"cnpg_streaming_replica {name.value!s} streaming_replica"]


def test_every_database_is_backed_up(applied: Applied) -> None:
    backed_up = {each["spec"]["cluster"]["name"] for each in applied.of("ScheduledBackup").values()}
    assert backed_up == set(applied.of("Cluster")) == {f"{name}-postgres" for name in DATABASES}
    assert "Pooler" not in {each["kind"] for each in applied.documents}
    for cluster in applied.of("Cluster").values():
        [plugin] = cluster["spec"]["plugins"]
        assert plugin["parameters"]["barmanObjectName"] in applied.of("ObjectStore")
