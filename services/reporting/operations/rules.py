"""The platform over time: its latest picture, the problems in the picture, and the throughput of the last hour."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from services.reporting.counters.rules import Readings
from services.reporting.problems.rules import Assessment, PlatformProblem
from services.reporting.watch.answers import Answers
from services.reporting.watch.rules import Picture, Watch

MOST_ENDED = 500
NOW_SECONDS = 10.0
"""What is called throughput now is a mean over so long: the broker refreshes its figures every five seconds."""


class Monitor:
    """Watches the targets of these names."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._watch = Watch(targets)
        self._assessment = Assessment()
        self.problems: Sequence[PlatformProblem] = ()
        self._ended = deque[PlatformProblem](maxlen=MOST_ENDED)

    def observe(self, now: float, answers: Answers) -> Picture:
        """Take in the metrics of a moment (seconds since the epoch)."""
        picture = self._watch.observe(now, answers)
        problems = self._assessment.assess(picture)
        lasting = {(problem.concern, problem.about) for problem in problems}
        gone = (problem for problem in self.problems if (problem.concern, problem.about) not in lasting)
        self._ended.extend(replace(problem, until=picture.at) for problem in gone)
        self.problems = problems
        return picture

    @property
    def picture(self) -> Picture | None:
        """None until all targets were asked once."""
        return self._watch.picture

    @property
    def services(self) -> Sequence[str]:
        return self._watch.services

    @property
    def readings(self) -> Readings:
        """The counters of the processes that answered last."""
        return self._watch.readings

    def take_ended(self) -> list[PlatformProblem]:
        """The problems that ended since this was called before."""
        ended = list(self._ended)
        self._ended.clear()
        return ended

    def oldest_since(self) -> Mapping[str, float]:
        """For each queue with messages the moment (seconds since the epoch) from which the age of the oldest counts."""
        return self._watch.oldest.since()

    def remember_oldest(self, since: Mapping[str, float]) -> None:
        """The same as a process before this one knew it."""
        self._watch.oldest.remember(since)

    def throughput_after(self, moment: float) -> list[tuple[float, ...]]:
        """Seconds since the epoch, then messages a second that each service took."""
        return self._watch.points_after(moment)

    def throughput_now(self) -> dict[str, float]:
        """Messages a second that each service takes."""
        points = self._watch.points
        lately = [rates for moment, *rates in points if moment > points[-1][0] - NOW_SECONDS] if points else []
        columns = zip(*lately, strict=True) if lately else ([0.0] for _ in self.services)
        return {name: round(sum(rates) / len(rates), 1) for name, rates in zip(self.services, columns, strict=True)}
