"""What the tests of a fund's year book, and how its line for trajectories stands then."""

from decimal import Decimal
from typing import Any

from services.aftercare.tests.given import SUPPORT_YEAR, YEAR, BookInYear, Detainee, euros, known_case
from shared.testing.service import Answer, RunningService


def commitment(book: BookInYear, amount: str = "1000", **differently: Any) -> Answer:
    promised = {"line": "trajectories", "provider": "exodus", "municipality": "Gouda", "needs": ["housing", "care"]}
    return book("commitments", amount=amount, **promised | differently)


def trajectory(aftercare: RunningService, **differently: Any) -> str:
    """A trajectory of somebody in detention; gives its id."""
    person = Detainee(aftercare)
    person.detained()
    usual = {"municipality": "Gouda", "provider": "exodus", "kind": "guidance", "needs": ["housing"]}
    wanted = {"caseId": str(person.case_id), "startsOn": "2015-03-04"} | usual | differently
    answer = aftercare.post("/v1/trajectories", wanted)
    assert answer.status == 201, answer.text
    return str(answer.body["trajectoryId"])


def conversation(aftercare: RunningService, provider: str = "exodus") -> str:
    """A conversation with somebody in detention that a provider is asked for; gives its id."""
    path = Detainee(aftercare).detained()
    answer = aftercare.post(f"{path}/conversations", {"provider": provider, "askedOn": "2015-03-04"})
    assert answer.status == 201, answer.text
    return str(answer.body["conversationId"])


def lent(
    aftercare: RunningService, book: BookInYear, amount: str = "150", parts: int = 3, **differently: Any
) -> Answer:
    """Lend somebody an amount, to be paid back on the first of May and of the months after it."""
    each = f"{Decimal(amount) / parts:.2f}"
    plan = [{"dueOn": f"2015-0{month}-01", "amount": euros(each)} for month in range(5, 5 + parts)]
    usual = {"line": "advances", "caseId": known_case(aftercare), "municipality": "Gouda", "instalments": plan}
    return book("advances", SUPPORT_YEAR, amount=amount, **usual | differently)


def standing(aftercare: RunningService, line: str = "trajectories", year: str = YEAR) -> dict[str, str]:
    """How a budget line stands."""
    [found] = [each for each in aftercare.get(year).body["lines"] if each["line"] == line]
    return {name: amount["amount"] for name, amount in found.items() if name != "line"}
