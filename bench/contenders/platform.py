"""The platform as it is shipped: five services, five relays, partners with their own users, people over HTTP."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

import requests

from bench.contender import SERVICES_TABLES, Door, Mailbox
from bench.ground import Ground
from bench.work import Task


class Platform:
    """A contender; see `Contender`. replicas: how many of each worker and relay."""

    name = "platform"
    watched = SERVICES_TABLES
    content_type = "application/cloudevents+json"

    def __init__(self, ground: Ground, replicas: int = 1) -> None:
        self._ground = ground
        self._stack = ground.stack
        self._replicas = replicas

    @contextmanager
    def running(self) -> Iterator[Mapping[str, int]]:
        programs = self._stack.installation.service_programs(self._ground.services, self._replicas)
        with self._ground.processes(programs) as pids:
            for name in pids:
                self._ground.wait_for(lambda name=name: self._stack.is_ready(name), f"{name} to be ready")
            yield pids

    def sender_url(self, user: str) -> str:
        return self._stack.amqp_url(user)

    def door(self, task: Task) -> Door:
        return Door(f"partner.{task.user}.in", "")

    def mailboxes(self, users: Iterable[str]) -> Sequence[Mailbox]:
        return [Mailbox(self._ground.replies_url, f"partner.{user}.out") for user in users]

    @contextmanager
    def decider(self) -> Iterator[Callable[[Sequence[tuple[str, Task]]], None]]:
        """A briefing's decisions in one call, as the team's secretary sends them."""
        with requests.Session() as session:

            def decide(weighed: Sequence[tuple[str, Task]]) -> None:
                for (house, day), decisions in groupby(sorted(weighed, key=_briefing), key=_briefing):
                    body = {"decisions": [_decision(referral_id, task) for referral_id, task in decisions]}
                    url = f"{self._stack.http_url('weighing')}/v1/briefings/{day}/decisions"
                    headers = {"Authorization": f"Bearer {self._stack.token(house, 'weighing_team')}"}
                    session.post(url, json=body, headers=headers, timeout=60).raise_for_status()

            yield decide


def _briefing(weighed: tuple[str, Task]) -> tuple[str, str]:
    return weighed[1].house, str(weighed[1].decision["briefingOn"])


def _decision(referral_id: str, task: Task) -> dict[str, object]:
    return {"referralId": referral_id, **{key: value for key, value in task.decision.items() if key != "briefingOn"}}
