"""`obrady status`: true counts from both databases, also beside a running bot, and nothing that people wrote."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.core.chats import ChatKind
from bot.core.intents import At
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.operator.status import show_status
from storage import schema
from storage.engine import open_engine
from storage.outbox import Priority
from storage.store import Store
from storage.tables import OutboxRow
from tests.storage.support import NOW, Box

ROOM = ChatRef("console.tg", "tg/ngo")


def filled(url: str) -> Box:
    engine = open_engine(url)
    schema.upgrade(engine)
    box = Box(engine)

    def job(store: Store) -> None:
        person = store.people.of(AccountRef("console.tg", "tg/anna")).id
        store.chats.seen(ROOM, ChatKind.ROOM, "pl", None)
        store.rooms.claim(ROOM, person)
        store.desk.open(CardRef("report", "r"))
        store.outbox.send(ROOM, lang="pl", priority=Priority.REPLY, payload={"secret": "words"})
        store.due.arm(At(NOW - timedelta(hours=1), "late", "late"))
        store.due.arm(At(NOW + timedelta(hours=1), "later", "later"))

    box.do(job)
    for number, (state, why) in enumerate(
        [("failed", "gone"), ("failed", "gone"), ("uncertain", None), ("sent", None)]
    ):
        box.do(lambda store, n=number, s=state, w=why: store.session.add(_row(n, s, w)))  # type: ignore[misc]
    return box


def _row(number: int, state: str, why: str | None) -> OutboxRow:
    return OutboxRow(
        id=f"row-{number}",
        adapter="console",
        platform="console.tg",
        chat_id="tg/ngo",
        op="send",
        priority=1,
        lang="pl",
        state=state,
        why=why,
        not_before=NOW,
        created_at=NOW,
        done_at=NOW - timedelta(hours=number),
    )


def shown(tmp_path: Path, url: str, *, as_json: bool) -> str:
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "{url}"\n', "utf-8")
    config.chmod(0o600)
    out = io.StringIO()
    show_status(config, out, as_json=as_json, now=NOW + timedelta(minutes=10))
    return out.getvalue()


def test_it_counts_what_is_there(database_url: str, tmp_path: Path) -> None:
    box = filled(database_url)
    found: dict[str, Any] = json.loads(shown(tmp_path, database_url, as_json=True))
    box.engine.dispose()
    assert found["running"] is None
    assert found["schema"] == schema.version()
    assert found["database_bytes"] > 10_000
    assert found["rooms"] == {"claimed": 1}
    assert found["desk"] == {"report": 1}
    assert found["timers_late"] == {"count": 1, "oldest_s": 4200.0}
    assert found["failed_last_day"] == {"console": {"gone": 2, "uncertain": 1}}
    network = found["networks"]["console"]
    assert (network["waiting"], network["oldest_s"], network["heard_s_ago"]) == (1, 600.0, 600.0)
    assert network["sent_s_ago"] == 11_400.0


def test_the_lines_say_the_same_and_no_words_of_people(sqlite_url: str, tmp_path: Path) -> None:
    box = filled(sqlite_url)
    # As beside a running bot: another connection holds the write lock.
    with box.engine.connect().execution_options(write=True) as writing:
        writing.exec_driver_sql("UPDATE desk_item SET outcome = NULL")
        told = shown(tmp_path, sqlite_url, as_json=False)
    box.engine.dispose()
    assert "rooms: claimed 1" in told
    assert "console gone 2, console uncertain 1" in told
    assert "timers late: 1, the oldest due 1:10:00 ago" in told
    assert "secret" not in told
    assert "anna" not in told
