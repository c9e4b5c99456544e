"""What was booked, over HTTP and as other services hear it."""

import pytest

from services.aftercare.tests.bookings import commitment, standing
from services.aftercare.tests.given import BookInYear
from shared.testing.service import RunningService


@pytest.mark.usefixtures("line")
def test_an_entry_is_undone_once_by_its_counter_entry(aftercare: RunningService, book: BookInYear) -> None:
    made = commitment(book).body
    path = f"/v1/ledger-entries/{made['entryId']}"
    undone = book("correction", path)
    assert (undone.status, undone.body["corrects"]) == (201, made["entryId"])
    assert standing(aftercare)["available"] == "10000.00"
    assert book("correction", path).wrong_fields == ["entryId"]
    entries = aftercare.get("/v1/ledger-entries", about=made["about"]).body["items"]
    assert [each["kind"] for each in entries] == ["commitment", "correction"]
    assert entries[0]["correctedBy"] == undone.body["entryId"]
    assert (entries[0]["bookedBy"], entries[0]["decision"]) == ("coordinator", "B-2015-01")


def test_each_entry_is_announced(aftercare: RunningService, book: BookInYear) -> None:
    entry_id = book("contributions", municipality="Gouda", amount="12.30").body["entryId"]
    [told] = aftercare.announced("ledger-entries.booked.v1")
    assert told["subject"] == told["data"]["entryId"] == entry_id
    assert told["data"]["postings"] == [
        {"kind": "contribution", "municipality": "Gouda", "amount": "-12.30"},
        {"kind": "unassigned", "amount": "12.30"},
    ]


@pytest.mark.usefixtures("line")
def test_an_entry_is_not_corrected_before_it_was_booked(book: BookInYear) -> None:
    path = f"/v1/ledger-entries/{commitment(book).body['entryId']}"
    assert book("correction", path, bookedOn="2015-03-03").wrong_fields == ["bookedOn"]
    assert book("correction", path, because=" ").status == 400
    assert book("correction", path, bookedOn="2016-12-31").status == 201
