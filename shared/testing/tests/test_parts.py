import subprocess
import sys
from pathlib import Path

import pytest

from shared.testing.parts import groups_of_part

TESTS = [("a", 1)] * 5 + [("b", 1)] * 2 + [("c", 1)] * 4 + [("d", 1)]


def test_each_group_is_in_one_part_and_no_part_has_much_more_to_do_than_another() -> None:
    assert groups_of_part(TESTS, 1, 2) == {"a", "d"}
    assert groups_of_part(TESTS, 2, 2) == {"b", "c"}


def test_what_takes_longer_weighs_more() -> None:
    tests = [*TESTS, ("e", 20)]
    assert groups_of_part(tests, 1, 2) == {"e"}
    assert groups_of_part(tests, 2, 2) == {"a", "b", "c", "d"}


def test_one_part_is_everything() -> None:
    assert groups_of_part(TESTS, 1, 1) == {"a", "b", "c", "d"}


def test_there_may_be_fewer_groups_than_parts() -> None:
    assert groups_of_part([("a", 1)], 2, 2) == set()


def test_separable_tests_are_shared_out_one_by_one(tmp_path: Path) -> None:
    module = tmp_path / "test_module.py"
    module.write_text("import pytest\npytestmark = pytest.mark.separable\ndef test_a(): ...\ndef test_b(): ...\n")
    assert [_run(tmp_path, part) for part in ("1/2", "2/2")] == [["test_a"], ["test_b"]]


def test_a_module_is_read_by_its_own_part_alone(tmp_path: Path) -> None:
    for name in "ab":
        read = f"open({str(tmp_path / 'read')!r}, 'a').write({name!r})"
        (tmp_path / f"test_{name}.py").write_text(f"{read}\ndef test_{name}(): ...\n")
    assert [_run(tmp_path, part) for part in ("1/2", "2/2")] == [["test_a"], ["test_b"]]
    assert (tmp_path / "read").read_text() == "ab"


def test_modules_stay_together_where_a_session_starts_something_for_them(tmp_path: Path) -> None:
    for folder, name in (("together", "a"), ("together", "b"), ("", "c")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"test_{name}.py").write_text(f"def test_{name}(): ...\n")
    (tmp_path / "together/conftest.py").write_text('import pytest\n\n@pytest.fixture(scope="session")\ndef it(): ...\n')
    assert [_run(tmp_path, part) for part in ("1/2", "2/2")] == [["test_a", "test_b"], ["test_c"]]


def test_modules_that_are_said_to_take_long_are_there(pytestconfig: pytest.Config) -> None:
    paths = [pytestconfig.rootpath / line.split()[0] for line in pytestconfig.getini("heavy_modules")]
    assert [path for path in paths if not path.is_file()] == []


def _run(place: Path, part: str) -> list[str]:
    """The names of the tests that ran."""
    command = [sys.executable, "-m", "pytest", "-v", "-p", "shared.testing.parts", f"--part={part}", str(place)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line.split("::")[1].split()[0] for line in ran.splitlines() if "PASSED" in line]
