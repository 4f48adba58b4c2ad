"""What operators' monitors ask: does the process live, does its database write, is every network heard."""

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot.config import Web
from bot.engine.clock import SystemClock
from bot.platforms.memory import Memory
from bot.platforms.port import NotSentError, Outgoing
from bot.screen.health import Health
from bot.screen.server import Server
from storage.engine import open_engine
from storage.sending import backlog
from storage.writer import Reader
from tests.engine.world import Network, World, say


class Database:
    """A database that may be away."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.reader = Reader(self.engine)
        self.away = False

    async def backlog(self) -> Any:
        """Rows that wait."""
        await self.probe()
        return await self.reader.run(backlog)

    async def probe(self) -> None:
        """Fail while it is away."""
        if self.away:
            raise OperationalError("SELECT what people wrote", None, Exception("gone"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """With a message that waits."""

    def judge(_outgoing: Outgoing) -> None:
        raise NotSentError("down", 3600)

    async with World(database_url).bot(network=Network(judge=judge)) as bot:
        await bot.tell(say("raz"))
    database = Database(database_url)
    yield database
    database.reader.close()
    database.engine.dispose()


@pytest.fixture
async def health(database: Database) -> AsyncIterator[Server]:
    """Listening on a free port for one network."""
    memory = Memory(patience=5)
    server = Server([Health([memory], database.backlog, database.probe, SystemClock()).pages])
    server.memory = memory  # type: ignore[attr-defined]
    await server.start(Web(port=0))
    yield server
    await server.stop()


async def _ask(health: Server, path: str) -> tuple[int, dict[str, Any]]:
    url = f"http://127.0.0.1:{health.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.json()


async def test_a_network_is_ready_while_it_was_heard_lately(health: Server) -> None:
    memory = health.memory  # type: ignore[attr-defined]
    status, answer = await _ask(health, "/readyz")
    assert (status, answer["ready"]) == (503, False)
    assert answer["networks"]["memory"]["heard_s_ago"] is None
    memory.last_ok = time.monotonic() - 2
    status, answer = await _ask(health, "/readyz")
    assert (status, answer["ready"]) == (200, True)
    assert 2 <= answer["networks"]["memory"]["heard_s_ago"] < 5
    memory.last_ok = time.monotonic() - 6
    assert (await _ask(health, "/readyz"))[0] == 503


async def test_what_waits_is_counted_with_its_age(health: Server) -> None:
    network = (await _ask(health, "/readyz"))[1]["networks"]["memory"]
    assert network["waiting"] == 1
    assert 0 <= network["oldest_s"] < 60


async def test_a_database_that_is_away_is_an_answer_and_no_crash(health: Server, database: Database) -> None:
    assert (await _ask(health, "/healthz"))[0] == 200
    database.away = True
    assert await _ask(health, "/healthz") == (503, {"ok": False, "database": "OperationalError"})
    assert await _ask(health, "/readyz") == (503, {"ready": False, "database": "OperationalError"})
    database.away = False
    assert (await _ask(health, "/healthz"))[0] == 200


async def test_without_a_port_nobody_listens() -> None:
    server = Server([])
    await server.start(Web())
    assert server.port == 0
    await server.stop()
