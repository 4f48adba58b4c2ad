"""Rows of the table: what was measured, beside whom, what it must reach, and whether it does."""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Row:
    """One line. `ours` and `theirs` have a figure a round; the medians are compared. `met` is None without a target."""

    what: str
    unit: str
    ours: list[float]
    rival: str = ""
    theirs: list[float] = field(default_factory=list)
    compared: str = ""
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_least(what: str, unit: str, ours: list[float], rival: str, theirs: list[float], times: float) -> Row:
    """More is better: so many times the rival's median."""
    ratio = statistics.median(ours) / statistics.median(theirs)
    return Row(what, unit, ours, rival, theirs, f"{ratio:.2f} ×", f"≥ {times:g} ×", ratio >= times)


def at_most(what: str, unit: str, ours: list[float], rival: str, theirs: list[float], times: float) -> Row:
    """Less is better: at most so many times the rival's median."""
    ratio = statistics.median(ours) / statistics.median(theirs)
    return Row(what, unit, ours, rival, theirs, f"{ratio:.2f} ×", f"≤ {times:g} ×", ratio <= times)


def no_more_than(what: str, unit: str, ours: list[float], rival: str, theirs: list[float], extra: float) -> Row:
    """Less is better: at most so much above the rival's median."""
    above = statistics.median(ours) - statistics.median(theirs)
    return Row(what, unit, ours, rival, theirs, f"{above:+.1f} {unit}", f"≤ +{extra:g} {unit}", above <= extra)


def limit(what: str, unit: str, ours: list[float], most: float, *, every: bool = False, note: str = "") -> Row:
    """A bound for the median, or with `every` for each round."""
    value = max(ours) if every else statistics.median(ours)
    return Row(what, unit, ours, target=f"≤ {most:g} {unit}".rstrip(), met=value <= most, note=note)


def shown(what: str, unit: str, rival: str, theirs: list[float], note: str = "") -> Row:
    """Nothing of ours: to see where the others stand."""
    return Row(what, unit, [], rival, theirs, note=note)


def best(figures: Mapping[str, list[float]], *, most: bool) -> str:
    """Whose median is the highest, or the lowest."""
    choose = max if most else min
    return choose(figures, key=lambda name: statistics.median(figures[name]))


def table(rows: Sequence[Row]) -> str:
    """The rows for people, and beneath each the rounds."""
    heads = ("what", "ours", "rival", "compared", "target", "met")
    cells = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    lines = []
    for number, line in enumerate(cells):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            lines.append("  ".join("-" * width for width in widths))
        elif detail := _detail(rows[number - 1]):
            lines.append(f"    {detail}")
    missed = [row.what for row in rows if row.met is False]
    lines += ["", f"NOT MET: {'; '.join(missed)}" if missed else "Every target was met."]
    return "\n".join(lines)


def write(path: Path, rows: Sequence[Row], **about: Any) -> None:
    """The same as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [asdict(row) | {"ours_median": _median(row.ours), "theirs_median": _median(row.theirs)} for row in rows]
    path.write_text(json.dumps({**about, "rows": lines}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    ours = f"{_figure(row.ours)} {row.unit}".rstrip() if row.ours else ""
    theirs = f"{row.rival} {_figure(row.theirs)}".strip() if row.theirs else row.rival
    met = {True: "yes", False: "NO", None: ""}[row.met]
    return row.what, ours, theirs, row.compared, row.target, met


def _detail(row: Row) -> str:
    parts = []
    if len(row.ours) > 1:
        parts.append("rounds: " + ", ".join(map(_short, row.ours)))
    if len(row.theirs) > 1:
        parts.append(f"{row.rival}: " + ", ".join(map(_short, row.theirs)))
    if row.note:
        parts.append(row.note)
    return "; ".join(parts)


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def _figure(values: list[float]) -> str:
    return _short(statistics.median(values))


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"
