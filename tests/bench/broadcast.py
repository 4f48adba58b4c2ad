"""Broadcasts: an announcement to a thousand groups at Telegram's limits, with members who ask meanwhile; to a hundred
rooms of a real Synapse beside a bare loop of matrix-nio.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.core.chats import ChatKind
from bot.core.refs import ChatRef
from storage import schema
from storage.engine import Session, open_engine
from storage.store import Store
from tests.bench.processes import Sizes, fresh_token
from tests.bench.report import Row, limit
from tests.crash.process import Bot
from tests.fakes.ports import free_port
from tests.fakes.telegram import Chat, FakeTelegram, Person
from tests.fakes.telegram.faults import Limits

LEAST_OF_LIMIT = 0.95
P95_MS = 300.0
OVERALL = 30
WINDOW_SECONDS = 20.0
LEAD_SECONDS = 2.0
"""How long after the first message the steady state begins."""
ASK_EVERY = 0.4
OWNER = 1000
HOLD_SECONDS = 60.0


@dataclass(frozen=True)
class Measured:
    """Of one broadcast: messages a second in the steady state, answers' waits in ms, refusals (429), how many groups
    had it more or less than once at the end of the window."""

    rate: float
    waits: list[float]
    refused: int
    twice: int


def claimed(url: str, chats: list[Chat]) -> None:
    """A database in which these groups are claimed."""
    engine = open_engine(url)
    try:
        schema.upgrade(engine)
        with Session(engine.connect().execution_options(write=True), expire_on_commit=False) as session:
            store = Store(session, datetime.now(UTC))
            for chat in chats:
                ref = ChatRef("telegram", str(chat.id))
                store.chats.seen(ref, ChatKind.ROOM, "pl", None, chat.title or "")
                store.rooms.claim(ref, None)
            store.flush()
            session.commit()
    finally:
        engine.dispose()


async def telegram(folder: Path, sizes: Sizes) -> Measured:
    """One announcement to `sizes.groups` groups on the fake Bot API with Telegram's published limits."""
    folder.mkdir(parents=True)
    token = fresh_token()
    async with FakeTelegram(token, strict=False, limits=Limits()) as fake:
        owner = fake.user(OWNER, "Olga")
        groups = [fake.chat("supergroup", f"Grupa {number}") for number in range(sizes.groups)]
        url = f"sqlite:///{folder}/obrady.db"
        claimed(url, groups)
        tables = (
            f'[people]\nowners = ["telegram:{OWNER}"]\n[database]\nurl = "{url}"\n'
            f"[announcements]\napproval_above = {sizes.groups}\n"
            f'[platforms.telegram]\ntoken = "{token}"\nbase_url = "{fake.url}"\n'
        )
        async with Bot(folder, tables, free_port()) as bot:
            await bot.start()
            await bot.ready()
            await announce(fake, owner)
            async with asyncio.timeout(HOLD_SECONDS):
                while not any(map(fake.sent, groups[:50])):
                    await asyncio.sleep(0.02)
            return await steady(fake, groups, sizes)


async def announce(fake: FakeTelegram, owner: Person) -> None:
    """Write it and press "send"."""
    await fake.say(owner, None, "/ogloszenie jak: pilne\nZapraszamy na **spotkanie**: https://example.org")
    card = await fake.wait_for(lambda message: "Podgląd" in message.get("text", ""), chat=owner, timeout=20)
    await fake.press(owner, card, "Wyślij")


async def steady(fake: FakeTelegram, groups: list[Chat], sizes: Sizes) -> Measured:
    """Look at the steady state for a while, asking like a member now and then."""
    await asyncio.sleep(LEAD_SECONDS)
    before, start = fake.state()["sent"], time.monotonic()
    waits: list[float] = []
    asking: list[asyncio.Task[None]] = []
    while time.monotonic() - start < sizes.window_seconds:
        asking.append(asyncio.create_task(ask(fake, fake.user(2000 + len(asking), "Ola"), waits)))
        await asyncio.sleep(ASK_EVERY)
    rate = (fake.state()["sent"] - before) / (time.monotonic() - start)
    await asyncio.gather(*asking)
    twice = sum(len(fake.sent(group)) > 1 for group in groups)
    return Measured(rate, waits, fake.state()["refused"], twice)


async def ask(fake: FakeTelegram, member: Person, waits: list[float]) -> None:
    """A question, and how long its answer takes."""
    at = time.monotonic()
    await fake.say(member, None, "/pytanie Na jakie lata jest strategia?")
    await fake.wait_for(lambda _message: True, chat=member, timeout=20)
    waits.append((time.monotonic() - at) * 1000)


async def measured(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """The rows."""
    found = [await telegram(folder / f"telegram-{number}", sizes) for number in range(rounds)]
    what = f"announcement to {sizes.groups} groups"
    rates = [one.rate for one in found]
    value = statistics.median(rates)
    least = LEAST_OF_LIMIT * OVERALL
    return [
        Row(f"{what}, in steady state", "messages/s", rates, target=f"≥ {least:g}", met=value >= least),
        limit(f"{what}: a question meanwhile p95", "ms", [_p95(one.waits) for one in found], P95_MS),
        limit(f"{what}: refused (429)", "", [float(one.refused) for one in found], 0, every=True),
        limit(f"{what}: twice", "", [float(one.twice) for one in found], 0, every=True),
    ]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]
