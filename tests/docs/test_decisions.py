"""Each decision record has a number of its own, and none is missing."""

import re

from tests.docs.markdown import ROOT

RECORDS = sorted((ROOT / "docs/adr").glob("*.md"))


def test_records_are_numbered_from_1_on_without_a_hole() -> None:
    assert [int(record.name.partition("-")[0]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_the_heading_of_a_record_has_the_number_of_its_file() -> None:
    headings = {record: record.read_text(encoding="utf-8").partition("\n")[0] for record in RECORDS}
    wrong = [
        record.name for record, heading in headings.items() if not re.match(rf"# {int(record.name[:4])}\. ", heading)
    ]
    assert wrong == []
