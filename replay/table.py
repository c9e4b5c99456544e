"""The comparison as people read it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from replay.compare import COMPARED, EQUAL, Line
from replay.script import Script

WIDTH, PAIR = 48, 19
ROWS = "by_municipality"


def as_text(lines: Sequence[Line], script: Script) -> str:
    """Published and platform's figures side by side, and below them what cannot match and why."""
    text = [f"{'published | platform':>{WIDTH + PAIR}}"]
    for kind in dict.fromkeys(line.kind for line in lines):
        group = [line for line in lines if line.kind == kind]
        text += _by_municipality(group) if kind == ROWS else _counts(kind, group)
    for title, named in (
        ("Published figures contradict each other", script.contradictions),
        ("No way was found", script.shortfalls),
    ):
        text += [f"{title}: {each.reason} ({', '.join(each.figures)})" for each in named]
    compared = [line for line in lines if line.kind in COMPARED]
    equal = sum(line.verdict == EQUAL for line in compared)
    return "\n".join([*text, f"{equal} of {len(compared)} compared figures are equal."])


def _counts(kind: str, lines: list[Line]) -> Iterator[str]:
    """One line for each figure, under the name of its kind."""
    if lines[0].figure != kind:
        yield kind
    for line in lines:
        name = line.figure if line.figure == kind else f"  {line.figure.removeprefix(f'{kind}.')}"
        yield f"{name:{WIDTH}}{_pair(line)}  {line.verdict}"


def _by_municipality(lines: list[Line]) -> Iterator[str]:
    """One line for each municipality, with all its columns."""
    columns = list(dict.fromkeys(line.figure.rsplit(".", 1)[1] for line in lines))
    yield f"{ROWS:{WIDTH}}" + "".join(f"{column:>{PAIR}}" for column in columns)
    for name, group in groupby(lines, key=lambda line: line.figure.rsplit(".", 1)[0].removeprefix(f"{ROWS}.")):
        cells = {line.figure.rsplit(".", 1)[1]: line for line in group}
        verdicts = dict.fromkeys(line.verdict for line in cells.values())
        pairs = "".join(_pair(cells[column]) if column in cells else " " * PAIR for column in columns)
        yield f"  {name:{WIDTH - 2}}{pairs}  {', '.join(each for each in verdicts if each != EQUAL) or EQUAL}"


def _pair(line: Line) -> str:
    return f"{line.published:>8} | {line.platform:<8}"
