"""What is heard together is written together, in whatever order it was heard."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import eventlet
import psycopg
import pytest
from uuid_utils.compat import uuid7

from services.aftercare.service import LISTENS
from services.aftercare.tests.given import detention_registered
from shared.messaging import Delivery, Reader
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import Batch
from shared.messaging.envelope import Envelope, encode
from shared.testing.service import RunningService

CASE_ID = uuid4()


def heard(type: str, data: dict[str, Any], **attributes: Any) -> Delivery:
    usual: dict[str, Any] = {
        "id": uuid7(),
        "source": "urn:nld:ketenhuis:somebody",
        "type": type,
        "subject": str(CASE_ID),
        "time": datetime(2015, 3, 10, 12, tzinfo=UTC),
        "house": "hollands-midden",
        "data": data,
    }
    return Delivery(queue="aftercare", body=encode(Envelope(**usual | attributes)))


def opened(table_case_id: UUID, on: str = "2015-03-10", **attributes: Any) -> Delivery:
    data = {"tableCaseId": table_case_id, "table": "aftercare", "openedOn": on}
    return heard("table-cases.opened.v1", data, **attributes)


def closed(table_case_id: UUID, on: str = "2015-09-01") -> Delivery:
    return heard("table-cases.closed.v1", {"tableCaseId": table_case_id, "table": "aftercare", "closedOn": on})


def detained(**attributes: Any) -> Delivery:
    """Of a case of its own, unless a case is given."""
    return heard("detentions.registered.v1", detention_registered(), **{"subject": str(uuid4())} | attributes)


def take(aftercare: RunningService, *deliveries: Delivery) -> None:
    """One batch."""
    batch = Batch(Reader(LISTENS), ["aftercare"], list(deliveries), Brake())
    aftercare.units.take(batch)
    assert batch.settled


def table_cases(aftercare: RunningService) -> dict[UUID, tuple[str | None, str | None]]:
    """When each was opened and closed, of those that were opened."""
    with psycopg.connect(aftercare.database.url) as connection:
        rows = connection.execute(
            "SELECT table_case_id, opened_on::text, closed_on::text FROM table_cases"
            " WHERE case_id = %s AND opened_on IS NOT NULL",
            (CASE_ID,),
        ).fetchall()
    return {table_case_id: (opened_on, closed_on) for table_case_id, opened_on, closed_on in rows}


def times_registered(aftercare: RunningService) -> float:
    """What is counted: more than was registered when a batch was undone and taken again."""
    return aftercare.metric("aftercare_detentions_total", house=aftercare.house, own_aftercare="false")


def told(type: str, table_case_id: UUID, **more: Any) -> Delivery:
    return heard(type, {"tableCaseId": table_case_id, "table": "aftercare", "withdrawnOn": "2015-09-02"} | more)


def test_a_closing_is_corrected_or_withdrawn_and_so_is_a_table_case(aftercare: RunningService) -> None:
    corrected, reopened, mistaken = uuid4(), uuid4(), uuid4()
    take(aftercare, *(opened(each) for each in (corrected, reopened, mistaken)), closed(corrected), closed(reopened))
    take(
        aftercare,
        told("closings.corrected.v1", corrected, closedOn="2015-08-01"),
        told("closings.withdrawn.v1", reopened),
        told("table-cases.withdrawn.v1", mistaken),
    )
    assert table_cases(aftercare) == {corrected: ("2015-03-10", "2015-08-01"), reopened: ("2015-03-10", None)}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_openings_and_closings_of_a_batch_are_kept_in_whatever_order_they_are_heard(
    order: tuple[int, ...], aftercare: RunningService
) -> None:
    both, running = uuid4(), uuid4()
    deliveries = [opened(both), closed(both), opened(running, on="2015-03-11")]
    take(aftercare, *(deliveries[each] for each in order))
    assert table_cases(aftercare) == {both: ("2015-03-10", "2015-09-01"), running: ("2015-03-11", None)}


def test_a_batch_adds_to_what_was_heard_before(aftercare: RunningService) -> None:
    first, second = uuid4(), uuid4()
    take(aftercare, opened(first), closed(second))
    take(aftercare, closed(first), opened(second))
    assert table_cases(aftercare) == dict.fromkeys((first, second), ("2015-03-10", "2015-09-01"))


def test_of_what_a_batch_hears_twice_the_last_counts(aftercare: RunningService) -> None:
    table_case_id, before = uuid4(), times_registered(aftercare)
    days = [f"2015-03-{day}" for day in (12, 10, 11)]
    take(aftercare, *(opened(table_case_id, on=day) for day in days), closed(table_case_id, "2015-04-02"), detained())
    take(aftercare, *(closed(table_case_id, on=day) for day in days), detained())
    assert table_cases(aftercare) == {table_case_id: ("2015-03-11", "2015-03-11")}
    assert times_registered(aftercare) - before == 2


def test_notices_of_one_stay_that_are_heard_together_are_one_detention(aftercare: RunningService) -> None:
    case_id = str(uuid4())
    take(aftercare, *(detained(subject=case_id) for _ in range(3)))
    [detention] = aftercare.get("/v1/detentions", caseId=case_id).body["items"]
    assert len(aftercare.get(f"/v1/detentions/{detention['detentionId']}").body["notices"]) == 3
    assert len(aftercare.announced("detentions.joined.v1")) == 2


def outflow(message_id: UUID, row: int, rows: int, part: int = 1) -> Delivery:
    """A row of an outflow list, of a case of its own."""
    data = {
        "messageId": message_id,
        "partner": "dji",
        "listYear": 2015,
        "part": part,
        "parts": 2,
        "rows": rows,
        "row": row,
        "municipality": "Gouda",
        "institution": "pi_alphen_aan_den_rijn",
        "detainedOn": "2015-03-02",
        "releasedOn": "2015-07-01",
    }
    return heard("outflows.reported.v1", data, subject=str(uuid4()))


def test_a_list_of_which_the_rows_are_taken_at_the_same_moment_is_judged_once(aftercare: RunningService) -> None:
    parts, rows = [uuid4(), uuid4()], 12
    batches = [
        [outflow(message_id, row, rows, part) for part, message_id in enumerate(parts, start=1)]
        for row in range(1, rows + 1)
    ]
    taken = [eventlet.spawn(take, aftercare, *batch) for batch in batches]
    for each in taken:
        each.wait()
    judged = [event["data"] for event in aftercare.announced("submissions.judged.v1")]
    assert sorted(each["messageId"] for each in judged) == sorted(str(each) for each in parts)
    assert aftercare.parked() == []
    seen = aftercare.get("/v1/reconciliations/2015").body
    assert (seen["partsIn"], seen["summary"]["outflowTheirs"]) == (2, 2 * rows)


@pytest.mark.parametrize(
    "wrong",
    [
        opened(uuid4(), subject=None),
        opened(uuid4(), house="elsewhere"),
        heard("table-cases.opened.v1", {}),
        heard("detentions.registered.v1", {}),
    ],
)
def test_a_wrong_message_is_parked_and_the_rest_of_its_batch_takes_effect(
    wrong: Delivery, aftercare: RunningService
) -> None:
    table_case_id, before = uuid4(), times_registered(aftercare)
    take(aftercare, opened(table_case_id), detained(), wrong, closed(table_case_id), detained())
    assert len(aftercare.parked()) == 1
    assert table_cases(aftercare) == {table_case_id: ("2015-03-10", "2015-09-01")}
    assert len(aftercare.get("/v1/detentions").body["items"]) == 2
    assert times_registered(aftercare) - before == 2
