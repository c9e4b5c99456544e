"""The lock files belong to pyproject.toml, and name no place to install from."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKED = {
    "requirements.lock": [*PROJECT["dependencies"], *EXTRAS["local"]],
    "requirements-dev.lock": [
        *PROJECT["dependencies"],
        *EXTRAS["local"],
        *EXTRAS["identity"],
        *EXTRAS["bench"],
        *EXTRAS["dev"],
    ],
}


@pytest.mark.parametrize("lock", LOCKED)
def test_a_lock_has_every_dependency_in_an_allowed_version(lock: str) -> None:
    versions = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text(), re.MULTILINE))
    for text in LOCKED[lock]:
        asked = Requirement(text)
        assert asked.specifier.contains(versions[canonicalize_name(asked.name)]), text


def test_the_identity_providers_lock_vouches_for_each_package_and_names_no_registry() -> None:
    text = (ROOT / "deploy/identity/package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    asked = json.loads((ROOT / "deploy/identity/package.json").read_text())["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)
    assert "resolved" not in text


@pytest.mark.parametrize("lock", LOCKED)
def test_a_lock_vouches_for_each_package_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in package for package in packages[1:])
    assert "://" not in text
    assert "index-url" not in text
