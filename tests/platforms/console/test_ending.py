"""How a console process ends, and how the next one goes on."""

import json
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.platforms.console.support import ROOT, START, SYNC, Console, command, config, play, posts, say


def test_sigterm_drains_and_exits_well(tmp_path: Path) -> None:
    where = ("--config", str(config(tmp_path)))
    with Console(*where) as console:
        console.send(*(say("tg/anna", "/pomoc", id=f"e{number}") for number in range(30)))
        first = console.read()
        console.process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert console.process.stdout is not None
        rest = [json.loads(line) for line in console.process.stdout]
        assert console.process.wait(20) == 0
        assert time.monotonic() - started < 15
    # Whatever was committed went out: nothing is left for the next start.
    assert play(SYNC, arguments=where) == [{"op": "synced"}]
    ids = [post["post"] for post in posts([first, *rest])]
    assert ids == [str(number) for number in range(1, len(ids) + 1)]


def test_a_second_sigterm_ends_at_once() -> None:
    with Console() as console:
        console.sync()
        console.process.send_signal(signal.SIGTERM)
        console.process.send_signal(signal.SIGTERM)
        assert console.process.wait(10) in {0, -signal.SIGTERM}


def test_ctrl_c_is_no_traceback(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("w") as stderr, Console(stderr=stderr) as console:
        console.sync()
        console.process.send_signal(signal.SIGINT)
        assert console.process.wait(20) == 0
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("kills", range(2))
def test_after_a_kill_unconfirmed_posts_are_shown_again_with_the_same_id(tmp_path: Path, kills: int) -> None:
    where = ("--config", str(config(tmp_path)))
    seen: dict[str, str] = {}
    with Console(*where) as console:
        console.send(START, *(say("tg/anna", "/pomoc", id=f"e{number}") for number in range(40)))
        for _ in range(5 + 7 * kills):
            post = console.read()
            seen[post["post"]] = post["text"]
        console.process.kill()
        console.process.wait(10)
        assert console.process.stdout is not None
        for line in console.process.stdout:
            post = json.loads(line)
            seen[post["post"]] = post["text"]
    # All lines again: those that were handled are not handled twice, posts that were shown keep their id.
    again = play(*(say("tg/anna", "/pomoc", id=f"e{number}") for number in range(40)), SYNC, arguments=where)
    for post in posts(again):
        assert seen.setdefault(post["post"], post["text"]) == post["text"]
    assert sorted(map(int, seen)) == list(range(1, 42))


def test_a_post_that_was_not_confirmed_is_shown_again(tmp_path: Path) -> None:
    where = ("--config", str(config(tmp_path)))
    [first, *_] = play(say("tg/anna", "/pomoc", id="e1"), SYNC, arguments=where)
    database = sqlite3.connect(tmp_path / "data/obrady.db")
    payload = json.dumps({"v": 1, "blocks": [{"q": "jeszcze raz"}]})
    database.execute(
        "UPDATE outbox SET state = 'sending', done_at = NULL, parts = 0, payload = ? WHERE seq = 1", (payload,)
    )
    database.commit()
    database.close()
    again = posts(play(SYNC, arguments=where))
    assert [(post["post"], post["room"], post["text"]) for post in again] == [
        (first["post"], "@tg/anna", "> jeszcze raz")
    ]


def test_a_second_process_on_the_same_database_says_so(tmp_path: Path) -> None:
    where = ("--config", str(config(tmp_path)))
    with Console(*where) as console:
        console.sync()
        done = subprocess.run(command(*where), input="", capture_output=True, text=True, timeout=30, cwd=ROOT)
        assert done.returncode == 1
        assert done.stderr.strip().splitlines()[-1].startswith("obrady: Another Obrady (process ")
        assert "Traceback" not in done.stderr


def test_virtual_time_goes_only_forward_and_fires_housekeeping() -> None:
    shown = play(
        {"op": "clock", "at": "2026-12-03T12:00:00+01:00"},
        {"op": "clock", "at": "2020-01-01T00:00:00+00:00"},
        say("tg/anna", "/pomoc"),
        SYNC,
    )
    assert [one["op"] for one in shown] == ["post", "post", "synced"]
