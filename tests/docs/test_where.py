"""The table "Where is …?" of the architecture points to names that are there."""

import re

import pytest

from tests.docs.markdown import LINK, ROOT, rows_about

ARCHITECTURE = ROOT / "docs/architecture.md"
ROWS = rows_about("question", ARCHITECTURE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["look for"]))
def test_a_file_holds_the_name_that_a_reader_is_to_look_for(row: dict[str, str]) -> None:
    found = LINK.fullmatch(row["file"])
    assert found
    text = (ARCHITECTURE.parent / found["target"]).read_text(encoding="utf-8")
    assert re.search(rf"(?<!\w){re.escape(row['look for'])}(?!\w)", text)
