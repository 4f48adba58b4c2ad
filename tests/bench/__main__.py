"""`python -m tests.bench [--only NAME …] [--rounds N]`: what `make bench` runs.

Prints the table and writes it to build/bench.json. A missed target is told, not an error: the figures depend on the
machine, and only a person can say what a miss means.
"""

import argparse
import asyncio
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from tests.bench import (
    broadcast,
    broadcast_matrix,
    matrix,
    reminders,
    report,
    state,
    telegram,
    trouble,
    votes,
    votes_wire,
)
from tests.bench.processes import Sizes
from tests.bench.report import Row
from tests.crash.process import ROOT

Bench = Callable[[Path, int, Sizes], Awaitable[list[Row]]]

BENCHES: dict[str, tuple[Bench, float]] = {
    "flood": (telegram.flooded, 240),
    "paced": (telegram.at_pace, 120),
    "matrix": (matrix.measured, 300),
    "trouble": (trouble.measured, 600),
    "start": (state.started, 240),
    "memory": (state.remembered, 300),
    "votes": (votes.measured, 180),
    "broadcast": (broadcast.measured, 300),
    "broadcast-matrix": (broadcast_matrix.measured, 300),
    "meeting": (votes_wire.measured, 300),
    "reminders": (reminders.measured, 240),
}
"""What can be measured, and the seconds that a round of it may take at most."""


async def run(names: Sequence[str], rounds: int, sizes: Sizes, folder: Path) -> tuple[list[Row], dict[str, float]]:
    """The rows of the named benchmarks, one after another, and the load of the machine before each."""
    rows: list[Row] = []
    load: dict[str, float] = {}
    for name in names:
        bench, longest = BENCHES[name]
        load[name] = os.getloadavg()[0]
        at = time.monotonic()
        print(f"{name}: load {load[name]:.1f} … ", end="", flush=True)
        async with asyncio.timeout(longest * rounds):
            rows += await bench(folder / name, rounds, sizes)
        print(f"{time.monotonic() - at:.0f} s", flush=True)
    return rows, load


def main() -> None:
    """Read the options, measure, print, write."""
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("--only", action="append", choices=list(BENCHES), help="may be given several times")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json")
    options = parser.parse_args()
    cpus = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="obrady-bench-") as folder:
        rows, load = asyncio.run(run(options.only or list(BENCHES), options.rounds, Sizes(), Path(folder)))
    about = {"python": platform.python_version(), "cpus": cpus, "rounds": options.rounds, "load_before": load}
    report.write(options.json, rows, **about)
    print(
        f"\nMedians of {options.rounds} rounds; {cpus} cores, Python {about['python']}; {options.json.name} written.\n"
    )
    print(report.table(rows))
    if statistics.median(load.values()) > cpus:
        print("\nThe machine was busy with other work: compare the rounds before you trust a figure.")


if __name__ == "__main__":
    main()
