"""Readiness: the checks of a service's extensions."""

from types import SimpleNamespace

import eventlet

from shared.web import Health


class Database:
    """Takes some time to tell how it is."""

    asked = 0

    def why_not_ready(self) -> str | None:
        self.asked += 1
        eventlet.sleep(0.05)
        return f"away, {self.asked}"


def test_all_who_ask_at_the_same_time_share_the_checks() -> None:
    database, health = Database(), Health()
    health.container = SimpleNamespace(extensions=[database])
    answers = [*eventlet.GreenPool().imap(lambda _: health.checks(), range(100))]
    assert {check.problem for checks in answers for check in checks} == {"away, 1"}
    [check] = health.checks()
    assert (check.name, check.problem) == ("Database", "away, 2")
