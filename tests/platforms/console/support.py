"""A bot in a process of its own, driven by JSON lines."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Self

ROOT = Path(__file__).parents[3]
START = {"op": "clock", "at": "2026-12-01T17:00:00+01:00"}
Line = dict[str, Any]


def command(*arguments: str) -> list[str]:
    """`obrady console --json …`."""
    return [sys.executable, "-m", "bot", "console", "--json", *arguments]


def play(*lines: Line | str, arguments: tuple[str, ...] = (), clock: bool = True) -> list[Line]:
    """Start, play the lines, end the input; everything that was shown. Time is virtual unless `clock` is False."""
    written = [json.dumps(line, ensure_ascii=False) if isinstance(line, dict) else line for line in lines]
    if clock:
        written.insert(0, json.dumps(START))
    done = subprocess.run(
        command(*arguments), input="\n".join(written) + "\n", capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def say(name: str, words: str, **more: Any) -> Line:
    """A line in which somebody writes."""
    return {"op": "say", "from": name, "text": words, **more}


SYNC: Line = {"op": "sync"}


def posts(shown: list[Line], room: str | None = None) -> list[Line]:
    """The posts, in a room if it is named."""
    return [one for one in shown if one["op"] == "post" and room in {None, one["room"]}]


def errors(shown: list[Line]) -> list[str]:
    """What was wrong with lines."""
    return [one["text"] for one in shown if one["op"] == "error"]


class Console:
    """A process to talk with line by line."""

    def __init__(self, *arguments: str, stderr: int | IO[str] = subprocess.DEVNULL) -> None:
        self.process = subprocess.Popen(
            command(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=ROOT
        )

    def send(self, *lines: Line) -> None:
        """Write lines."""
        assert self.process.stdin is not None
        for line in lines:
            self.process.stdin.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.process.stdin.flush()

    def read(self) -> Line:
        """The next line that is shown."""
        assert self.process.stdout is not None
        found: Line = json.loads(self.process.stdout.readline())
        return found

    def sync(self) -> list[Line]:
        """Everything shown until all is handled and delivered."""
        self.send(SYNC)
        shown: list[Line] = []
        while (line := self.read()) != {"op": "synced"}:
            shown.append(line)
        return shown

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


def config(folder: Path, text: str = "") -> Path:
    """A config file whose database is beside it."""
    path = folder / "config.toml"
    path.write_text('[database]\nurl = "sqlite:///data/obrady.db"\n' + text, "utf-8")
    os.chmod(path, 0o600)
    return path
