"""Results of polls as files: counts that anybody may see, no voter, no formula."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.poll_form import YES_NO
from bot.core.poll_terms import Quorum
from bot.core.polls import Draft
from bot.core.refs import AccountRef, ChatRef
from bot.operator.export_poll import NoSuchPollError, export_poll, list_polls
from storage import schema
from storage.engine import open_engine
from storage.store import Store
from tests.storage.support import NOW, Box

HERE = ChatRef("telegram", "-1")


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Path:
    """A config with a database of one poll in which six people voted, and a draft."""
    engine = open_engine(database_url)
    schema.upgrade(engine)

    def job(store: Store) -> None:
        opener = store.people.of(AccountRef("telegram", "secret-name")).id
        poll = store.polls.open(store.polls.draft(Draft("=Czy?", ("=1+1", *YES_NO)), opener, HERE, [HERE]))
        store.polls.draft(Draft("Szkic?", YES_NO), opener, HERE, [HERE])
        store.polls.count_hall(poll, (12, *range(len(YES_NO))))
        for number in range(6):
            store.polls.vote(poll.id, f"voter-{number}", 1 << number % 2, HERE)

    Box(engine).do(job)
    engine.dispose()
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "{database_url}"\n', "utf-8")
    path.chmod(0o600)
    return path


def listed(config: Path) -> list[dict[str, str]]:
    out = io.StringIO()
    list_polls(config, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def exported(config: Path, form: str) -> str:
    out = io.StringIO()
    export_poll(config, listed(config)[0]["id"], form, out)
    return out.getvalue()


def test_the_list_has_every_poll_and_no_draft(config: Path) -> None:
    [poll] = listed(config)
    assert (poll["state"], poll["voters"], poll["question"]) == ("open", "6", "'=Czy?")
    assert poll["opened"] == NOW.isoformat(timespec="seconds")


def test_counts_as_csv(config: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(config, "csv"))))
    assert [(row["option"], row["count"], row["percent"]) for row in rows[:2]] == [
        ("'=1+1", "3", "50"),
        ("Tak", "3", "50"),
    ]
    assert [row["hall"] for row in rows] == ["12", *(str(number) for number in range(len(YES_NO)))]


def test_all_that_may_be_told_as_json(config: Path) -> None:
    found = json.loads(exported(config, "json"))
    assert (found["question"], found["voters"], found["kind"]) == ("=Czy?", 6, "single")
    assert found["options"][1]["words"]["uk"] == "Так"
    assert found["networks"] == []
    for secret in ("voter-", "secret-name"):
        assert secret not in json.dumps(found)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command(config: Path) -> None:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "bot", "export", "poll", "--config", str(config), *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=Path(__file__).parent.parent,
        )

    [_, line] = run().stdout.splitlines()
    assert json.loads(run(line.split(",")[0], "--format", "json").stdout)["state"] == "open"
    refused = run("nothing")
    assert refused.returncode == 1
    assert "obrady export poll" in refused.stderr
    with pytest.raises(NoSuchPollError):
        export_poll(config, "nothing", "csv", io.StringIO())


def test_of_a_secret_poll_counts_come_out_after_the_close(config: Path, database_url: str) -> None:
    engine = open_engine(database_url)

    def job(store: Store) -> str:
        draft = Draft("Kto?", ("a", "b"), secret=True, quorum=Quorum(count=2))
        poll = store.polls.open(store.polls.draft(draft, None, HERE, [HERE]))
        for number in range(3):
            store.polls.secret.cast(poll.id, f"secret-voter-{number}", 1)
        return poll.id

    poll = Box(engine).do(job)

    def counts() -> list[int | None]:
        out = io.StringIO()
        export_poll(config, poll, "json", out)
        found = json.loads(out.getvalue())
        assert (found["secret"], found["voters"], found["networks"]) == (True, 3, [])
        assert found["quorum"]["reached"]
        assert "secret-voter" not in out.getvalue()
        return [option["count"] for option in found["options"]]

    assert counts() == [None, None]
    Box(engine).do(lambda store: store.polls.close(store.polls.running()[-1], None, NOW))
    engine.dispose()
    assert counts() == [3, 0]
    out = io.StringIO()
    export_poll(config, poll, "csv", out)
    assert "1,a,3,100" in out.getvalue()
