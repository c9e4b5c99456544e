"""What the tests of a fund's year book, and how its line for trajectories stands then."""

from typing import Any

from services.aftercare.tests.given import YEAR, BookInYear
from shared.testing.service import Answer, RunningService


def commitment(book: BookInYear, amount: str = "1000", **differently: Any) -> Answer:
    promised = {"line": "trajectories", "provider": "exodus", "municipality": "Gouda", "needs": ["housing", "care"]}
    return book("commitments", amount=amount, **promised | differently)


def standing(aftercare: RunningService) -> dict[str, str]:
    """How the line for trajectories stands."""
    [found] = [each for each in aftercare.get(YEAR).body["lines"] if each["line"] == "trajectories"]
    return {name: amount["amount"] for name, amount in found.items() if name != "line"}
