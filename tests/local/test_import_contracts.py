"""The import contracts of `.importlinter` see every module that they are about."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_directory_of_a_service_is_hidden_from_the_contracts() -> None:
    # import-linter looks below a package only where there is an __init__.py
    modules = [path for path in (ROOT / "services").glob("*/**/*.py") if "tests" not in path.parts]
    hidden = {path.parent for path in modules if not (path.parent / "__init__.py").exists()}
    assert hidden == set()
