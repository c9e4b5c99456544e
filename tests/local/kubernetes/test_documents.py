"""Every document is what Kubernetes and the operators take, and what one names, another is."""

import os
import re
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator

from deploy.kubernetes.__main__ import write_manifests
from deploy.kubernetes.installation import Installation, Unpinned
from tests.docs.markdown import rows_about
from tests.local.kubernetes.applied import HOUSES, KUBERNETES, Applied, Document, values_of

KUBERNETES_VERSION = "1.35"
"""The oldest that will do."""
OPERATORS = ("rabbitmq.com", "cnpg", "keda.sh", "monitoring.coreos.com")
CRDS = "KETENHUIS_CRDS"
MOST_BYTES = 2**20
"""Of content in a Secret or a ConfigMap."""
MADE_BY_HAND = {"backups"}
SECRET_KEYS = (
    "secretName",
    "caSecretName",
    "serverTLSSecret",
    "serverCASecret",
    "clientCASecret",
    "replicationTLSSecret",
)


def is_an_operators(document: Document) -> bool:
    return any(operator in document["apiVersion"] for operator in OPERATORS)


def test_kubernetes_takes_every_document_of_its_own_kinds(applied: Applied) -> None:
    own = [each for each in applied.documents if not is_an_operators(each)]
    assert own
    for document in own:
        kubernetes_validate.validate(document, KUBERNETES_VERSION, strict=True)


@pytest.mark.skipif(CRDS not in os.environ, reason=f"{CRDS} names no directory with the operators' CRDs")
def test_the_operators_take_every_document_of_theirs(applied: Applied) -> None:
    schemas = {}
    for file in Path(os.environ[CRDS]).glob("*.yaml"):
        for crd in yaml.safe_load_all(file.read_text()):
            for version in crd["spec"]["versions"]:
                kind = (f"{crd['spec']['group']}/{version['name']}", crd["spec"]["names"]["kind"])
                schemas[kind] = strict(version["schema"]["openAPIV3Schema"]["properties"]["spec"])
    for document in filter(is_an_operators, applied.documents):
        Draft202012Validator(schemas[document["apiVersion"], document["kind"]]).validate(document["spec"])


def strict(schema: Any) -> Any:
    """A CRD's schema in which an unknown field is an error."""
    if not isinstance(schema, dict):
        return [strict(each) for each in schema] if isinstance(schema, list) else schema
    if schema.get("x-kubernetes-int-or-string"):
        return {}
    known = {name: strict(each) for name, each in schema.items() if name != "properties"}
    if "properties" in schema:
        known["properties"] = {name: strict(each) for name, each in schema["properties"].items()}
        if not schema.get("x-kubernetes-preserve-unknown-fields"):
            known["additionalProperties"] = False
    return known


def test_the_readme_names_every_operator_that_is_needed(applied: Applied) -> None:
    told = {group for row in rows_about("operator", KUBERNETES / "README.md") for group in row["kinds of"].split(", ")}
    assert {each["apiVersion"].partition("/")[0] for each in applied.documents if is_an_operators(each)} == told


def test_every_document_is_in_the_namespace_and_has_a_name_of_its_own(applied: Applied) -> None:
    namespace = applied.installation.namespace
    names = [(each["kind"], each["metadata"]["name"]) for each in applied.documents]
    assert len(names) == len(set(names))
    assert [name for _, name in names if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", name)] == []
    placed = [each for each in applied.documents if each["kind"] != "Namespace"]
    assert {each["metadata"]["namespace"] for each in placed} == {namespace} == set(applied.of("Namespace"))


def test_what_a_country_of_33_houses_has_fits_into_secrets_and_config_maps(tmp_path: Path) -> None:
    houses = tmp_path / "houses"
    houses.mkdir()
    profile = (HOUSES / "hollands-midden.toml").read_text()
    for number in range(33):
        (houses / f"house-{number}.toml").write_text(profile.replace('"hollands-midden"', f'"house-{number}"'))
    write_manifests(Installation.load(KUBERNETES / "national.toml"), houses, tmp_path / "written")
    for file in (tmp_path / "written").glob("[0-9]-*.yaml"):
        for document in yaml.load_all(file.read_text(), Loader=yaml.CSafeLoader):
            if document["kind"] in ("Secret", "ConfigMap"):
                content = {**document.get("data", {}), **document.get("stringData", {})}
                assert sum(map(len, content.values())) < MOST_BYTES, document["metadata"]["name"]


def test_every_secret_and_config_map_that_is_named_is_there(applied: Applied) -> None:
    secrets, maps = {*applied.of("Secret"), *MADE_BY_HAND}, set(applied.of("ConfigMap"))
    others = [each for each in applied.documents if each["kind"] != "Secret"]
    named = {each for document in others for each in values_of(document, *SECRET_KEYS)}
    for reference in values_of(others, "secret", "secretRef", "superuserSecret", "accessKeyId", "secretAccessKey"):
        named.add(reference.get("name") or reference["secretName"])
    assert named == secrets
    assert {each["name"] for each in values_of(others, "configMap", "configMapRef")} <= maps


def test_every_image_has_the_version_that_compose_has_and_comes_from_the_installations_registry(
    applied: Applied,
) -> None:
    named = {image for document in applied.documents for image in values_of(document, "image", "imageName")}
    registry = applied.installation.file["images"]["registry"]
    images = {image.removeprefix(f"{registry}/") for image in named}
    assert images == {value for name, value in applied.installation.file["images"].items() if name != "registry"}
    compose = (KUBERNETES.parents[1] / "docker-compose.yml").read_text()
    tried = dict(re.findall(r"image: (postgres|rabbitmq):([\d.]+)", compose))
    versions = {name: version for image in images for name, version in re.findall(r"^(\w+?)(?:ql)?:([\d.]+)", image)}
    assert {name: versions[name] for name in tried} == tried


@pytest.mark.parametrize("image", ["ketenhuis", "ketenhuis:latest", "ketenhuis:1"])
def test_an_image_without_a_whole_version_is_refused(tmp_path: Path, image: str) -> None:
    file = tmp_path / "installation.toml"
    file.write_text(f'namespace = "n"\n[images]\nregistry = "r"\nplatform = "{image}"\n')
    with pytest.raises(Unpinned):
        Installation.load(file)


def test_every_value_of_an_installation_is_used(applied: Applied) -> None:
    templates = "".join(file.read_text() for file in (KUBERNETES / "templates").glob("*.yaml"))
    elsewhere = {"network_broker_name", "processes_shards"}  # in a certificate, in the topology
    elsewhere |= {
        "identity_issuer",
        "identity_keys_url",
        "network_identity_provider",
        "desk_url",
        "desk_proxies",
    }  # in settings, in policies
    asked = set(re.findall(r"\$(\w+)", templates)) | elsewhere
    assert set(applied.installation.values) - asked == set()
