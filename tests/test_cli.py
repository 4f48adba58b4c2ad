"""The command line as an operator types it: what is read, what is said when something is missing."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.config import load

UNKNOWN = "Czy jutro pada deszcz?"
COMMANDS = [["run"], ["invite"], ["db", "upgrade"]]


def obrady(*arguments: str, folder: Path, stdin: str = "", code: int | None = 0) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": ""},
    )
    assert code is None or done.returncode == code, done.stderr
    return done


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_config_of_the_current_folder_is_the_default(command: list[str], tmp_path: Path) -> None:
    said = obrady(*command, folder=tmp_path, code=1).stderr
    assert said == (
        "obrady: There is no file config.toml. Make one with: obrady init, or by hand from what obrady config prints.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_check_names_a_config_that_is_missing(tmp_path: Path) -> None:
    assert "There is no file config.toml" in obrady("check", folder=tmp_path, code=1).stdout


def test_the_database_of_the_config_is_upgraded(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[database]\nurl = "sqlite:///here/mine.db"\n', "utf-8")
    assert obrady("db", "upgrade", folder=tmp_path).stdout == "The database is up to date.\n"
    assert (tmp_path / "here" / "mine.db").stat().st_size > 0
    assert not (tmp_path / "var").exists()


def test_the_example_is_printed_and_is_a_config(tmp_path: Path) -> None:
    printed = obrady("config", folder=tmp_path).stdout
    tomllib.loads(printed)
    path = tmp_path / "config.toml"
    path.write_text(printed, "utf-8")
    assert load(path).platforms == {}


def asked(question: str, folder: Path) -> dict[str, Any]:
    """What `ask --json` says."""
    answer: dict[str, Any] = json.loads(obrady("ask", question, "--json", folder=folder).stdout)
    return answer


def test_asking_takes_courtesy_off_as_the_bot_does(tmp_path: Path) -> None:
    bare, kind = (asked(words, tmp_path) for words in ("Kto prowadził?", "Dzień dobry! Kto prowadził? Dziękuję bardzo"))
    assert bare["answered"]
    assert kind == bare


@pytest.mark.parametrize(("question", "says"), [("?", "Jakie jest pytanie"), ("długie " * 200, "za długie")])
def test_asking_says_what_is_wrong_with_a_question(question: str, says: str, tmp_path: Path) -> None:
    answer = asked(question, tmp_path)
    assert (answer["answered"], answer["quotes"]) == (False, [])
    assert says in answer["text"]


def console(*requests: dict[str, Any], folder: Path, owner: str) -> list[dict[str, Any]]:
    """What the console answers, in real time unless the first request is a clock."""
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    shown = obrady("console", "--json", "--owner", owner, folder=folder, stdin=lines).stdout
    return [json.loads(line) for line in shown.splitlines()]


def test_in_real_time_a_sync_waits_for_every_edit(tmp_path: Path) -> None:
    shown = console(
        {"op": "say", "from": "tg/anna", "room": "tg/ngo", "text": f"/pytanie {UNKNOWN}"},
        {"op": "press", "from": "tg/anna", "post": "1", "choice": "1"},
        {"op": "sync"},
        folder=tmp_path,
        owner="tg/marek",
    )
    assert sorted(one["op"] for one in shown[:-1]) == ["edit", "post", "post", "toast"]
    assert shown[-1] == {"op": "synced"}


@pytest.mark.parametrize("clock", [True, False], ids=["virtual time", "real time"])
def test_a_question_that_reaches_no_owner_is_told_to_who_asked(clock: bool, tmp_path: Path) -> None:
    start = [{"op": "clock", "at": "2026-12-01T17:00:00+01:00"}] if clock else []
    shown = console(
        *start,
        {"op": "rule", "network": "tg", "direct": "after-start"},
        {"op": "say", "from": "tg/anna", "room": "tg/ngo", "text": f"/pytanie {UNKNOWN}"},
        {"op": "press", "from": "tg/anna", "post": "1", "choice": "1"},
        {"op": "sync"},
        {"op": "say", "from": "tg/marek", "text": "/start"},
        {"op": "press", "from": "tg/anna", "post": "1", "choice": "1"},
        {"op": "sync"},
        folder=tmp_path,
        owner="tg/marek",
    )
    at = shown.index({"op": "synced"})
    edits = [one["text"] for one in shown[:at] if one["op"] == "edit"]
    assert "nie udało się przekazać" in edits[-1]
    last = [one for one in shown[at:] if one["op"] == "edit"][-1]
    assert "przekazano ludziom" in last["text"]
    assert any(one["op"] == "post" and one["room"] == "@tg/marek" and UNKNOWN in one["text"] for one in shown[at:])


def test_check_names_files_and_folders_that_others_can_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "config.toml").write_text('[database]\nurl = "sqlite:///var/obrady.db"\n', "utf-8")
    obrady("db", "upgrade", folder=tmp_path)
    folder, path = tmp_path / "var", tmp_path / "var" / "obrady.db"
    assert "chmod" not in obrady("check", folder=tmp_path, code=1).stdout  # There is no network.
    path.chmod(0o644)
    folder.chmod(0o755)
    said = obrady("check", folder=tmp_path, code=1).stdout
    assert f"NO  other users of this machine can get at {path}\n    → Run: chmod 600 {path}\n" in said
    assert f"ok  other users can look into the folder {folder}\n" in said
    folder.chmod(0o777)
    assert f"    → Run: chmod 700 {folder}\n" in obrady("check", folder=tmp_path, code=1).stdout
