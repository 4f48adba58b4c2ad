"""Broadcasts: an announcement to a thousand groups at Telegram's limits, with members who ask meanwhile; then it is
corrected and withdrawn everywhere, though some groups put the bot out or deleted it by hand.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
REPORT_SECONDS = 120.0


@dataclass(frozen=True)
class Measured:
    """Of one broadcast: messages a second in the steady state, answers' waits in ms, refusals (429), how many groups
    had it more or less than once; and what became of it after that."""

    rate: float
    waits: list[float]
    refused: int
    twice: int
    changed: "Changed"


@dataclass(frozen=True)
class Changed:
    """Corrected and withdrawn: seconds until the report of each, groups that were left out and not reported, and
    whether the reports say how many could not be reached."""

    edit_seconds: float
    withdraw_seconds: float
    left_out: int
    untrue: int


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
            found = await steady(fake, groups, sizes)
            await reported(fake, owner, "Raport: ogłoszenie nr 1.")
            twice = sum(len(fake.sent(group)) != 1 for group in groups)
            changed = await change(fake, owner, groups)
            return Measured(*found, fake.state()["refused"], twice, changed)


async def announce(fake: FakeTelegram, owner: Person) -> None:
    """Write it and press "send"."""
    await fake.say(owner, None, "/ogloszenie jak: pilne\nZapraszamy na **spotkanie**: https://example.org")
    card = await fake.wait_for(lambda message: "Podgląd" in message.get("text", ""), chat=owner, timeout=20)
    await fake.press(owner, card, "Wyślij")


async def steady(fake: FakeTelegram, groups: list[Chat], sizes: Sizes) -> tuple[float, list[float]]:
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
    return rate, waits


async def change(fake: FakeTelegram, owner: Person, groups: list[Chat]) -> Changed:
    """When all have it: some put the bot out, in some a person deletes it; then other words, then none."""
    out, deleted = groups[:: max(10, len(groups) // 20)], groups[1 :: max(10, len(groups) // 10)]
    for group in out:
        await fake.kick_bot(group, owner)
    for group in deleted:
        await fake.remove(fake.sent(group)[0])
    begun = time.monotonic()
    await fake.say(owner, None, "/popraw_ogloszenie Spotkanie jest pojutrze")
    report = await reported(fake, owner, "Raport: poprawki ogłoszenia nr 1.")
    edited = time.monotonic() - begun
    reach = [group for group in groups if group not in out and group not in deleted]
    left_out = sum(not any("pojutrze" in words for words in fake.texts(group)) for group in reach)
    wanted = f"Poprawione: {len(reach)}", f"pisać: {len(out)}", f"odmówiła: {len(deleted)}"
    untrue = sum(one not in report["text"] for one in wanted)
    await fake.press(owner, report, "Wycofaj")
    sure = await fake.wait_for("Wycofać ogłoszenie nr 1", chat=owner, timeout=20)
    begun = time.monotonic()
    await fake.press(owner, sure, "Tak, wycofaj wszędzie")
    report = await reported(fake, owner, "Raport: wycofanie ogłoszenia nr 1.")
    withdrawn = time.monotonic() - begun
    left_out += sum(bool(fake.sent(group)) for group in groups if group not in out)
    wanted = f"Usunięte: {len(groups) - len(out)}", f"pisać: {len(out)}"
    untrue += sum(one not in report["text"] for one in wanted)
    return Changed(edited, withdrawn, left_out, untrue)


async def reported(fake: FakeTelegram, owner: Person, *wanted: str) -> dict[str, Any]:
    """A report, when it comes."""

    def fits(message: dict[str, Any]) -> bool:
        return all(part in message.get("text", "") for part in wanted)

    return await fake.wait_for(fits, chat=owner, timeout=REPORT_SECONDS)


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
        limit(f"{what}: not exactly once", "", [float(one.twice) for one in found], 0, every=True),
        limit(
            f"{what}, corrected and withdrawn: left out",
            "groups",
            [float(one.changed.left_out) for one in found],
            0,
            every=True,
        ),
        limit("the same: false in its reports", "", [float(one.changed.untrue) for one in found], 0, every=True),
        Row("the same: corrected everywhere after", "s", [one.changed.edit_seconds for one in found]),
        Row("the same: withdrawn everywhere after", "s", [one.changed.withdraw_seconds for one in found]),
    ]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]
