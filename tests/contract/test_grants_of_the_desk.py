"""The desk offers what the services grant: `desk/grants.py` repeats their `access.py`, and nothing else does."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import desk
from desk.grants import GRANTS
from desk.sessions.rules import FUNCTIONS

DESK = Path(desk.__file__).parent
NAMING = {Path("grants.py"), Path("words.py"), Path("sessions/rules.py"), Path("discussed/views.py")}
"""Who name functions: what they are granted, what people call them, which there are, and whom to ask for."""


@pytest.mark.parametrize("action", GRANTS)
def test_the_desk_offers_what_the_service_grants(action: str) -> None:
    service, name = action.split(".")
    assert GRANTS[action] == getattr(import_module(f"services.{service}.access"), name).functions


def test_no_page_has_functions_of_its_own() -> None:
    function = re.compile(rf"""["']({"|".join(FUNCTIONS)})["']""")
    files = [*DESK.rglob("*.py"), *DESK.rglob("*.html")]
    own = {file.relative_to(DESK) for file in files if "tests" not in file.parts and function.search(file.read_text())}
    assert own == NAMING
