"""The page on renewal tells the versions that are pinned."""

import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.kubernetes.installation import Installation
from tests.docs.markdown import ROOT, rows_about
from tests.local.kubernetes.applied import KUBERNETES
from tests.local.kubernetes.test_documents import KUBERNETES_VERSION

PAGE = ROOT / "docs/renewal.md"
PINNED = {row["image"].partition(",")[0]: row["version"] for row in rows_about("image", PAGE)}
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_compose_runs_the_versions_of_the_page() -> None:
    images = {container["image"] for container in COMPOSE["services"].values()} - {"ketenhuis"}
    assert images == {
        f"{name}:{PINNED[name]}"
        for name in ("rabbitmq", "postgres", "keycloak/keycloak", "prom/prometheus", "grafana/grafana")
    }


def test_the_image_is_built_on_the_python_of_the_page() -> None:
    [base] = re.findall(r"^FROM python:(\S+)$", (ROOT / "deploy/images/Dockerfile").read_text(), re.MULTILINE)
    assert base == PINNED["python"]


@pytest.mark.parametrize("file", sorted(KUBERNETES.glob("*.toml")), ids=lambda file: file.stem)
def test_a_cluster_runs_the_versions_of_the_page(file: Path) -> None:
    images = Installation.load(file).file["images"]
    assert images["postgres"] == f"postgresql:{PINNED['postgresql']}"
    assert images["broker"] == f"rabbitmq:{PINNED['rabbitmq']}-management"


@pytest.mark.parametrize("document", [PAGE, KUBERNETES / "README.md"], ids=lambda document: document.stem)
def test_a_page_names_the_oldest_kubernetes_that_is_tested(document: Path) -> None:
    assert f"Kubernetes {KUBERNETES_VERSION} or newer" in document.read_text()
