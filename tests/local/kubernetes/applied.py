"""What an installation's files put into a cluster, as far as it can be seen without one."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from deploy.kubernetes.__main__ import write_manifests
from deploy.kubernetes.installation import MOUNTED, Installation
from deploy.settings import relay_of
from deploy.topology import Topology

ROOT = Path(__file__).parents[3]
HOUSES = ROOT / "houses"
KUBERNETES = ROOT / "deploy/kubernetes"
TOPOLOGY = Topology.load(HOUSES)
SERVICES, DATABASES = TOPOLOGY.services, TOPOLOGY.databases
PROCESSES = tuple(name for service in SERVICES for name in (service, relay_of(service)))

Document = dict[str, Any]


class Applied:
    """The files of one installation, written into `directory`."""

    def __init__(self, name: str, directory: Path) -> None:
        self.directory = directory
        self.installation = Installation.load(KUBERNETES / f"{name}.toml")
        self.topology = self.installation.topology(HOUSES)
        write_manifests(self.installation, HOUSES, directory)
        files = sorted(directory.glob("[0-9]-*.yaml"))
        self.steps = {file.stem: list(yaml.safe_load_all(file.read_text())) for file in files}

    @property
    def documents(self) -> list[Document]:
        return [document for step in self.steps.values() for document in step]

    def of(self, kind: str) -> dict[str, Document]:
        """Those of one kind, by name."""
        return {each["metadata"]["name"]: each for each in self.documents if each["kind"] == kind}

    def pods(self) -> dict[str, Document]:
        """The template of each Deployment's and each Job's pods."""
        return {name: each["spec"]["template"] for name, each in (self.of("Deployment") | self.of("Job")).items()}

    def environment(self, pod: Document) -> dict[str, str]:
        """What its container is told."""
        [container] = pod["spec"]["containers"]
        told: dict[str, str] = {}
        for source in container["envFrom"]:
            told |= self._content(source)
        return told

    def files(self, pod: Document) -> dict[str, str]:
        """What it finds below MOUNTED, by path."""
        [container] = pod["spec"]["containers"]
        [name] = [each["name"] for each in container["volumeMounts"] if each["mountPath"] == str(MOUNTED)]
        [volume] = [each for each in pod["spec"]["volumes"] if each["name"] == name]
        found: dict[str, str] = {}
        for source in volume["projected"]["sources"] if "projected" in volume else [volume]:
            content = self._content(source)
            paths = {item["key"]: item["path"] for each in source.values() for item in _items(each)}
            found |= {paths.get(key, key): text for key, text in content.items()}
        return found

    def _content(self, source: Document) -> dict[str, str]:
        for key, kind, field in (
            ("configMapRef", "ConfigMap", "data"),
            ("configMap", "ConfigMap", "data"),
            ("secretRef", "Secret", "stringData"),
            ("secret", "Secret", "stringData"),
        ):
            if key in source:
                name = source[key].get("name") or source[key]["secretName"]
                content: dict[str, str] = self.of(kind)[name][field]
                return content
        raise KeyError(source)


def _items(source: Any) -> Iterable[Document]:
    return source.get("items", ()) if isinstance(source, dict) else ()


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Kubernetes' label selectors, as far as they are used here."""
    if any(labels.get(name) != value for name, value in selector.get("matchLabels", {}).items()):
        return False
    for each in selector.get("matchExpressions", ()):
        value = labels.get(each["key"])
        if value is None if each["operator"] == "Exists" else value not in each["values"]:
            return False
    return True


def values_of(document: Any, *keys: str) -> Iterator[Any]:
    """What stands under these keys, anywhere in it."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in keys:
                yield value
            yield from values_of(value, *keys)
    elif isinstance(document, list):
        for each in document:
            yield from values_of(each, *keys)
