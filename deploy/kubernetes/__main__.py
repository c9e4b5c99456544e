"""Writes the manifests of an installation: `python -m deploy.kubernetes <installation.toml> <directory>`.

The files are numbered in the order in which they are applied. What was drawn at random stays in the directory, in
`secrets.json` and `certificates`: whoever has it has everything, and whoever loses it loses what is sealed with it.
"""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from deploy.certificates import Certificates
from deploy.credentials import Credentials, write_private
from deploy.kubernetes.confidential import Manifest, Secrets
from deploy.kubernetes.installation import Installation
from deploy.kubernetes.manifests import Manifests


class _Dumper(yaml.SafeDumper):
    """For people: nothing by reference, and texts line by line."""

    def ignore_aliases(self, _: Any) -> bool:
        return True

    def text(self, value: str) -> yaml.Node:
        return self.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _Dumper.text)


def write_manifests(installation: Installation, houses: Path, directory: Path) -> None:
    """Writes all of it; a second time keeps every password, and every certificate that does not end soon."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    topology = installation.topology(houses)
    settings = installation.settings(topology, Credentials.provide(directory / "secrets.json", topology))
    secrets = Secrets(installation, settings, Certificates(directory / "certificates"))
    secrets.provide_certificates(datetime.now(UTC))
    manifests = Manifests(installation, settings, houses)
    steps: dict[str, Iterable[Manifest]] = {
        "1-foundation": manifests.foundation(),
        "2-secrets": secrets.all(),
        "3-stores": manifests.stores(),
        "4-migrations": manifests.migrations(),
        "5-processes": manifests.processes(),
        "6-monitoring": manifests.monitoring(),
    }
    for name, step in steps.items():
        placed = [_placed(manifest, installation.namespace) for manifest in step]
        write_private(
            directory / f"{name}.yaml", yaml.dump_all(placed, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
        )


def _placed(manifest: Manifest, namespace: str) -> Manifest:
    if manifest["kind"] == "Namespace":
        return manifest
    return {**manifest, "metadata": {"namespace": namespace, **manifest["metadata"]}}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m deploy.kubernetes <installation.toml> <directory>")
    write_manifests(Installation.load(Path(sys.argv[1])), Path("houses"), Path(sys.argv[2]))
