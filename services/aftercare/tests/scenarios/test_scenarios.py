"""What people ask about a line before they promise something on it."""

from typing import Any

import pytest

from services.aftercare.tests.bookings import commitment, trajectory
from services.aftercare.tests.given import BOOKED, YEAR, BookInYear, euros
from shared.testing.service import Answer, RunningService

TODAY = "2015-06-30"


def asked(aftercare: RunningService, *proposed: dict[str, Any], caller: str = "manager", on: str = TODAY) -> Answer:
    return aftercare.post(f"{YEAR}/scenarios", {"on": on, "proposed": list(proposed)}, caller)


def trajectories(answer: Answer) -> dict[str, str]:
    """The amounts of that line."""
    assert answer.status == 200, answer.text
    [found] = [each for each in answer.body if each["line"] == "trajectories"]
    return {name: value["amount"] for name, value in found.items() if name != "line"}


def proposed(amount: str = "3000", **differently: Any) -> dict[str, Any]:
    return {"line": "trajectories", "amount": euros(amount), "startsOn": "2015-07-01"} | differently


def series(kind: str) -> str:
    """What is measured of the line for trajectories."""
    labels = f'fund="van_der_staaij",house="hollands-midden",kind="{kind}",line="trajectories",year="2015"'
    return f"aftercare_fund_line_euros{{{labels}}}"


@pytest.mark.usefixtures("line")
def test_a_new_trajectory_takes_its_amount_and_nothing_is_booked(aftercare: RunningService) -> None:
    assert trajectories(asked(aftercare, proposed("3000")))["left"] == "7000.00"
    both = trajectories(asked(aftercare, proposed("6000"), proposed("5000"), caller="coordinator"))
    assert (both["left"], both["short"]) == ("0.00", "1000.00")
    assert trajectories(asked(aftercare))["left"] == "10000.00"


@pytest.mark.usefixtures("line")
def test_what_runs_goes_on_as_it_does(aftercare: RunningService, book: BookInYear) -> None:
    promised = {"line": "trajectories", "provider": "exodus", "municipality": "Gouda", "amount": "3000"}
    path = f"/v1/commitments/{book('commitments', bookedOn='2015-06-01', **promised).body['about']}"
    assert book("spendings", path, amount="300", bookedOn="2015-06-20").status == 201
    assert book("spendings", path, amount="60", bookedOn="2015-07-05").status == 201
    found = trajectories(asked(aftercare))  # € 10 a day for 30 days; 184 to go
    assert (found["left"], found["spent"], found["stillCommitted"]) == ("7000.00", "2140.00", "860.00")
    assert found["coFinancingNeeded"] == "535.00"
    assert trajectories(asked(aftercare, on="2015-12-31"))["spent"] == "360.00"


@pytest.mark.usefixtures("line")
def test_a_trajectory_ends_its_commitment(aftercare: RunningService, book: BookInYear) -> None:
    assignment = trajectory(aftercare, startsOn="2015-03-02")
    assert commitment(book, assignmentId=assignment).status == 201
    ending = {"on": "2015-05-01", "result": "completed"}
    assert aftercare.post(f"/v1/trajectories/{assignment}/ending", ending, version=1).status == 201
    found = trajectories(asked(aftercare))
    assert (found["spent"], found["fallsFree"]) == ("0.00", "1000.00")


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        (proposed(line="nothing"), 422, "proposed[0].line"),
        (proposed(endsOn="2015-06-30"), 422, "proposed[0].endsOn"),
        (proposed("-5"), 400, "proposed[0].amount.amount"),
        (proposed() | {"amount": {"amount": "5", "currency": "USD"}}, 400, "proposed[0].amount.currency"),
    ],
)
@pytest.mark.usefixtures("line")
def test_what_can_not_be_is_refused(aftercare: RunningService, wrong: dict[str, Any], status: int, field: str) -> None:
    answer = asked(aftercare, wrong)
    assert (answer.status, answer.wrong_fields) == (status, [field])


@pytest.mark.usefixtures("line")
def test_in_a_closed_year_nothing_can_be_proposed(aftercare: RunningService) -> None:
    assert aftercare.post(f"{YEAR}/closing", BOOKED, "manager").status == 204
    assert asked(aftercare, proposed()).wrong_fields == ["year"]
    assert asked(aftercare).status == 200


def test_who_may_not_does_not(aftercare: RunningService) -> None:
    assert asked(aftercare, caller="director").status == 403
    assert aftercare.post("/v1/funds/nothing/2015/scenarios", {"on": TODAY}, "manager").status == 404


@pytest.mark.usefixtures("line")
def test_a_round_of_the_watch_measures_what_is_left_of_a_line(aftercare: RunningService, book: BookInYear) -> None:
    promised = {"line": "trajectories", "provider": "exodus", "municipality": "Gouda", "amount": "1000.50"}
    assert book("commitments", **promised).status == 201
    aftercare.post("/v1/watch-rounds", {"on": TODAY})
    metrics = aftercare.get("/metrics").text
    for kind, amount in (("available", "8999.5"), ("commitment", "1000.5")):
        assert f"{series(kind)} {amount}" in metrics


@pytest.mark.usefixtures("line")
def test_a_closed_year_is_measured_no_more(aftercare: RunningService) -> None:
    for closed in (False, True):
        if closed:
            assert aftercare.post(f"{YEAR}/closing", BOOKED, "manager").status == 204
        aftercare.post("/v1/watch-rounds", {"on": TODAY})
        assert (series("available") in aftercare.get("/metrics").text) is not closed


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ({"on": "2099-01-01"}, ("on", "in_future")),
        ({"on": "1970-01-01"}, ("on", "before_house_began")),
        ({"on": TODAY, "proposed": [proposed(startsOn="2099-07-01")]}, ("proposed[0].startsOn", "too_far_ahead")),
        ({"on": TODAY, "proposed": [proposed(endsOn="2199-07-01")]}, ("proposed[0].endsOn", "too_far_ahead")),
    ],
)
def test_a_forecast_is_not_made_from_or_for_a_day_that_cannot_be(
    aftercare: RunningService, question: dict[str, Any], problem: tuple[str, str]
) -> None:
    answer = aftercare.post(f"{YEAR}/scenarios", question, "manager")
    assert answer.status == 422
    assert [(each["field"], each["code"]) for each in answer.body["errors"]] == [problem]
