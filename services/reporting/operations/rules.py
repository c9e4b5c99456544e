"""The platform over time: its latest picture, the problems in the picture, and the throughput of the last hour."""

from collections.abc import Iterable, Sequence

from services.reporting.problems.rules import Assessment, PlatformProblem
from services.reporting.watch.answers import Answers
from services.reporting.watch.rules import Picture, Watch


class Monitor:
    """Watches the targets of these names."""

    def __init__(self, targets: Iterable[str]) -> None:
        self._watch = Watch(targets)
        self._assessment = Assessment()
        self.problems: Sequence[PlatformProblem] = ()

    def observe(self, now: float, answers: Answers) -> Picture:
        """Take in the metrics of a moment (seconds since the epoch)."""
        picture = self._watch.observe(now, answers)
        self.problems = self._assessment.assess(picture)
        return picture

    @property
    def picture(self) -> Picture | None:
        """None until all targets were asked once."""
        return self._watch.picture

    def throughput_after(self, moment: float) -> list[tuple[float, ...]]:
        """Seconds since the epoch, then messages a second that each service took."""
        return self._watch.points_after(moment)
