"""The harness of the benchmarks works, at sizes that measure nothing. No figure is judged here."""

import json
from dataclasses import replace
from pathlib import Path

from tests.bench import broadcast, broadcast_matrix, matrix, reminders, report, state, telegram, votes, votes_wire
from tests.bench.processes import Sizes
from tests.bench.report import Row
from tests.fakes.synapse.server import SynapseServer

TINY = Sizes(
    **{"pending": 50, "chats": 10, "pace": 50, "paced_seconds": 0.4, "settle_seconds": 0.2, "rows": 500},
    **{"votes": 200, "reminders": 200, "groups": 60, "window_seconds": 0.5},
    **{"sequence": 3, "burst": 8, "in_flight": 4, "rooms": 2},
)


def test_ratios_are_read_the_right_way_round(tmp_path: Path) -> None:
    rows = [
        report.at_least("rate", "/s", [30.0, 32.0, 31.0], "slow", [10.0, 11.0, 9.0], 3),
        report.at_most("wait", "ms", [30.0, 32.0, 31.0], "quick", [10.0, 11.0, 9.0], 3),
        report.no_more_than("wait", "ms", [4.0], "raw", [1.5], 3.0),
        report.limit("lost", "", [0.0, 0.0, 1.0], 0, every=True),
        report.limit("start", "s", [1.0, 2.0, 9.0], 3),
    ]
    assert [row.met for row in rows] == [True, False, True, False, True]
    shown = report.table(rows)
    assert "3.10 ×" in shown
    assert "NOT MET: wait; lost" in shown
    report.write(tmp_path / "build" / "bench.json", rows, rounds=3)
    written = json.loads((tmp_path / "build" / "bench.json").read_text("utf-8"))
    assert written["rows"][0]["ours_median"] == 31.0


async def test_telegram_is_measured(tmp_path: Path) -> None:
    assert await telegram.flood("raw", tmp_path / "flood", TINY) > 0
    p50, p95 = await telegram.paced("raw", tmp_path / "paced", TINY)
    assert 0 < p50 <= p95


async def test_matrix_is_measured(tmp_path: Path, synapse: SynapseServer) -> None:
    rows = await matrix.measured(tmp_path, 1, TINY, ("obrady", "nio"), synapse)
    assert [row.rival for row in rows[:3]] == ["nio"] * 3
    _whole(rows)


async def test_start_is_measured(tmp_path: Path) -> None:
    _whole(await state.started(tmp_path, 1, TINY, on_postgres=False))


async def test_votes_are_measured(tmp_path: Path) -> None:
    _whole(await votes.measured(tmp_path, 1, TINY))


async def test_a_broadcast_is_measured_and_its_reports_are_true(tmp_path: Path) -> None:
    rows = await broadcast.measured(tmp_path, 1, TINY)
    _whole(rows)
    assert all(row.met for row in rows if row.target.startswith("≤ 0")), rows


async def test_a_broadcast_on_matrix_is_measured(tmp_path: Path, synapse: SynapseServer) -> None:
    rows = await broadcast_matrix.measured(tmp_path, 1, replace(TINY, groups=4), synapse)
    _whole(rows)
    assert rows[1].met, rows[1]


async def test_reminders_are_measured(tmp_path: Path) -> None:
    _whole(await reminders.measured(tmp_path, 1, TINY))


async def test_a_meeting_that_votes_is_measured(tmp_path: Path, synapse: SynapseServer) -> None:
    rows = await votes_wire.measured(tmp_path, 1, TINY, synapse)
    _whole(rows)
    assert rows[1].met, "our limiter should have foreseen it"


def _whole(rows: list[Row]) -> None:
    assert rows
    assert all(row.ours for row in rows if row.met is not None)
    lost = [row for row in rows if row.what.endswith("lost")]
    assert all(row.met for row in lost)
