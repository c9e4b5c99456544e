"""What a public project brings: a description that catalogues can read, owners, hooks, and a form for commits."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DESCRIPTION: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]

# Of the standard's version 0.7.
MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}
OPTIONAL = {"softwareVersion", "categories", "intendedAudience", "dependsOn"}
CATEGORIES = {"workflow-management", "collaboration", "communications"}
SCOPES = {"justice", "security", "healthcare", "welfare", "local-authorities"}


def test_catalogues_can_read_the_description() -> None:
    assert DESCRIPTION["publiccodeYmlVersion"] == "0.7"
    assert MANDATORY <= DESCRIPTION.keys() <= MANDATORY | OPTIONAL
    assert DESCRIPTION["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert DESCRIPTION["softwareType"] == "standalone/web"
    assert set(DESCRIPTION["categories"]) <= CATEGORIES
    assert set(DESCRIPTION["intendedAudience"]["scope"]) <= SCOPES
    assert all(re.fullmatch("[A-Z]{2}", country) for country in DESCRIPTION["intendedAudience"]["countries"])
    assert {type(value) for value in DESCRIPTION["localisation"].values()} == {bool, list}
    assert all(
        {"name"} <= each.keys() <= {"name", "versionMin", "versionMax"} for each in DESCRIPTION["dependsOn"]["open"]
    )


def test_the_description_is_neither_too_short_nor_too_long() -> None:
    for text in DESCRIPTION["description"].values():
        assert text["shortDescription"].strip() and len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_who_maintains_it_can_be_reached() -> None:
    maintenance = DESCRIPTION["maintenance"]
    assert maintenance["type"] in ("internal", "community") and "contractors" not in maintenance
    assert all(contact["name"] and "@" in contact["email"] for contact in maintenance["contacts"])


def test_version_and_licence_are_those_of_the_project() -> None:
    assert DESCRIPTION["softwareVersion"] == PROJECT["version"]
    assert DESCRIPTION["legal"]["license"] == PROJECT["license"] == "EUPL-1.2"
    assert (ROOT / "LICENSE").read_text().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")


def test_no_address_is_one_that_somebody_could_have() -> None:
    for name in ("publiccode.yml", "SECURITY.md", "CONTRIBUTING.md"):
        hosts = re.findall(r"(?:@|https?://)([\w.-]+\w)", (ROOT / name).read_text())
        assert all(host.endswith(".example") for host in hosts)


def owners() -> dict[str, list[str]]:
    lines = (line.split() for line in (ROOT / "CODEOWNERS").read_text().splitlines())
    return {words[0]: words[1:] for words in lines if words and words[0] != "#"}


def test_every_service_has_a_team_of_its_own_and_every_owned_path_exists() -> None:
    services = {f"/services/{path.parent.name}/" for path in ROOT.glob("services/*/service.py")}
    assert services <= owners().keys()
    assert all(owners()[service] == [f"@ketenhuis/{service.split('/')[2]}"] for service in services)
    for path, teams in owners().items():
        assert list(ROOT.glob(path.strip("/"))), path
        assert teams and all(re.fullmatch(r"@ketenhuis/\w+", team) for team in teams)


def test_the_hooks_check_what_make_checks() -> None:
    makefile = (ROOT / "Makefile").read_text().replace("$(RUN)", ".venv/bin/python -m").replace("$(MAKE)", "make")
    recipe = re.search(r"^check: .*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    asked = [line.strip("\t@") for line in recipe[1].splitlines()]
    checked = [re.sub(r"( --no-print-directory| \.$)", "", line) for line in asked]
    hooks = [hook for hook in HOOKS if "commit-msg" not in hook.get("stages", [])]
    assert [re.sub(r"( --force-exclude| \.$)", "", hook["entry"]) for hook in hooks] == checked
    assert {hook["language"] for hook in HOOKS} == {"system"}


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ("Keep the order of a case\n\nWithout it a closing came before its opening.\n", ""),
        ("x" * 73, "73 characters"),
        ("keep the order of a case", "capital letter"),
        ("Keep the order of a case.", "full stop"),
        ("Keep the order\nof a case", "second line"),
        ("# only what git wrote", "empty"),
        ("Merge branch 'a branch with a name that is much longer than anybody would want a subject to be'", ""),
    ],
)
def test_the_form_of_a_commit_message_is_checked(tmp_path: Path, message: str, problem: str) -> None:
    (tmp_path / "message").write_text(message)
    command = [sys.executable, str(ROOT / ".ci/commit_subject.py"), str(tmp_path / "message")]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert (ran.returncode == 0) == (not problem)
    assert problem in ran.stderr
