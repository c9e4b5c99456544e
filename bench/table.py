"""Figures as a table for people."""

from collections.abc import Mapping, Sequence


def table(rows: Mapping[str, Mapping[str, float]], columns: Sequence[str] = ()) -> str:
    """A line for each row; without `columns`, all that any row has, in the order in which they come."""
    names = list(columns) or list(dict.fromkeys(name for row in rows.values() for name in row))
    first = max(map(len, rows), default=0)
    widths = {name: max(len(name), 8) for name in names}
    lines = [" ".join([" " * first, *(f"{name:>{widths[name]}}" for name in names)])]
    for title, row in rows.items():
        cells = (_figure(row[name]) if name in row else "" for name in names)
        lines.append(
            " ".join(
                [f"{title:{first}}", *(f"{cell:>{widths[name]}}" for name, cell in zip(names, cells, strict=True))]
            )
        )
    return "\n".join([*lines, ""])


def _figure(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
