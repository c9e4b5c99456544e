"""The import contracts of `.importlinter` see every module that they are about."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_directory_of_a_service_is_hidden_from_the_contracts() -> None:
    # import-linter looks below a package only where there is an __init__.py
    modules = [path for path in (ROOT / "services").glob("*/**/*.py") if "tests" not in path.parts]
    hidden = {path.parent for path in modules if not (path.parent / "__init__.py").exists()}
    assert hidden == set()


NAME_THE_FRAMEWORK = {
    "services/*/__main__.py",
    "services/reporting/operations/collector.py",
    "services/reporting/parked_messages/neighbours.py",
    "services/reporting/processes/readiness.py",
    "shared/messaging/entrypoint.py",
    "shared/messaging/units.py",
    "shared/postgres/cooperative.py",
    "shared/postgres/pool.py",
    "shared/runner.py",
    "shared/testing/browser.py",
    "shared/testing/service.py",
    "shared/timer.py",
    "shared/web/*.py",
}
FRAMEWORK = re.compile(r"^\s*(?:import|from) (?:nameko|eventlet)\b", re.MULTILINE)


def test_nameko_and_eventlet_are_named_where_they_must_and_nowhere_else() -> None:
    """The rest of the code would run on another framework."""
    files = [path for top in ("services", "shared", "deploy", "replay", "docs") for path in (ROOT / top).rglob("*.py")]
    naming = {path.relative_to(ROOT) for path in files if "tests" not in path.parts and _names_the_framework(path)}
    assert {path for path in naming if not any(path.match(pattern) for pattern in NAME_THE_FRAMEWORK)} == set()
    assert {pattern for pattern in NAME_THE_FRAMEWORK if not any(path.match(pattern) for path in naming)} == set()


def _names_the_framework(path: Path) -> bool:
    return FRAMEWORK.search(path.read_text(encoding="utf-8")) is not None
