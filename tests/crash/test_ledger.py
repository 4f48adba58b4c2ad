"""The crash ledger: the bot is killed at random moments under load, and every message is accounted for.

`make test` kills 20 times, `make crash KILLS=200` longer; half of the kills are on SQLite, half on PostgreSQL, and both
networks are under load all the time. What must hold:

- no event lost, none handled twice: each command has exactly one row in the outbox;
- each answer on Matrix is there exactly once;
- no vote lost, none counted twice, whatever way it came: the tally is the model (`tests/crash/votes.py`);
- each reminder that fell due is accounted for once: sent, late or expired (`tests/crash/reminders.py`);
- announcements that go out meanwhile are in every room, and their reports are right (`tests/crash/broadcasts.py`);
- on Telegram an answer that is not there exactly once has a row that was in `sending` at a kill, shown as `uncertain`.
"""

import asyncio
import os
import random
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import open_engine
from tests.crash.broadcasts import Broadcasts
from tests.crash.process import Bot
from tests.crash.reminders import Reminding
from tests.crash.votes import Voting
from tests.fakes.ports import free_port
from tests.fakes.synapse.makers import MakeAccount, MakeMember
from tests.fakes.telegram import Chat, FakeTelegram, Person

ROWS = "SELECT platform, chat_id, reply_to, state FROM outbox WHERE op = 'send' AND reply_to IS NOT NULL"
KILLS = int(os.environ.get("OBRADY_KILLS", "20"))
GROUPS = 8
ROOMS = 3
LAST = 1
"""So many kills before the last no announcement is written any more."""


@dataclass
class Load:
    """Members who write commands, and what they wrote: (chat, message id)."""

    telegram: list[tuple[str, str]] = field(default_factory=list)
    matrix: list[tuple[str, str]] = field(default_factory=list)

    def keys(self) -> set[tuple[str, str, str]]:
        """All of it, as (network, chat, message id): ids of two groups may be the same."""
        return {("telegram", *at) for at in self.telegram} | {("matrix", *at) for at in self.matrix}


def tables(
    database_url: str, token: str, fake_url: str, synapse_url: str, account: object, store: Path, inviter: str
) -> str:
    # All who write are owners: of others the bot answers those who write so fast no more where a hundred answers wait,
    # as they do on a busy machine. That is the flood guard's own test's subject.
    owners = ", ".join(f'"telegram:{1000 + number}"' for number in range(GROUPS))
    return f"""
[people]
owners = [{owners}, "matrix:{inviter}"]
[database]
url = "{database_url}"
[platforms.telegram]
token = "{token}"
base_url = "{fake_url}"
overall_per_second = 0
room_per_minute = 0
person_per_3_seconds = 0
[platforms.matrix]
homeserver = "{synapse_url}"
user_id = "{account.user_id}"
access_token = "{account.access_token}"
device_id = "{account.device_id}"
store = "{store}"
invites = ["{inviter}"]
"""


@pytest.mark.crash
@pytest.mark.timeout(1800 if KILLS <= 20 else 7200)
async def test_every_message_is_accounted_for(
    database_url: str, tmp_path: Path, synapse, make_account: MakeAccount, make_member: MakeMember
) -> None:
    rng = random.Random(os.environ.get("OBRADY_SEED", database_url[:8]))
    load = Load()
    account = await make_account("obrady")
    member = await make_member("anna")
    # A token of its own: one process on a machine may use it.
    token = f"{rng.randrange(10**9, 10**10)}:{uuid.uuid4().hex}abc"
    async with FakeTelegram(token, strict=False) as fake:
        users = [fake.user(1000 + n, f"u{n}") for n in range(GROUPS)]
        groups = [fake.chat("supergroup", f"g{n}", members=[users[n]]) for n in range(GROUPS)]
        config = tables(database_url, token, fake.url, synapse.url, account, tmp_path / "keys", member.account.user_id)
        async with Bot(tmp_path, config, free_port()) as bot:
            await bot.start()
            # Something is there from the first poll on.
            await say(fake, users[0], groups[0], load)
            await bot.ready()
            rooms = [await member.create_room(name=f"r{n}", invite=[account.user_id]) for n in range(ROOMS)]
            for room in rooms:
                await member.wait_membership(room, account.user_id, "join")
            voting = Voting(fake, users, groups, member, rooms, account.user_id, rng)
            await voting.open()
            announcing = Broadcasts(fake, groups, member, rooms, account.user_id, rng)
            await announcing.open()
            writing = [
                asyncio.create_task(write_on_telegram(fake, users, groups, load, rng)),
                asyncio.create_task(write_on_matrix(member, rooms, load, rng)),
            ]
            votes = [asyncio.create_task(voting.vote_on_telegram()), asyncio.create_task(voting.vote_on_matrix())]
            reminding = Reminding(database_url, fake, groups, rng)
            votes.append(asyncio.create_task(reminding.fall_due()))
            sender = asyncio.create_task(announcing.write())
            kills = max(1, KILLS // 2)
            for left in reversed(range(kills)):
                # Some kills hit an announcement on its way.
                if rng.random() < 0.6 or not await announcing.in_the_middle():
                    await asyncio.sleep(rng.uniform(0.1, 2.0))
                if left <= LAST:
                    announcing.over.set()
                    await sender
                await bot.kill()
                announcing.half_a_minute_later(database_url)
                await bot.start()
                # Some kills hit a bot that is still starting, most one that works.
                if rng.random() < 0.8:
                    await bot.ready()
            for task in writing:
                task.cancel()
            voting.over.set()
            reminding.over.set()
            await asyncio.gather(*writing, return_exceptions=True)
            await asyncio.gather(*votes)
            await bot.ready()
            # What is answered behind the last vote of a chat was read after it.
            await say(fake, users[0], groups[0], load)
            load.matrix.append((rooms[0], await member.text(rooms[0], "!pomoc")))
            while reminding.due():
                await asyncio.sleep(0.2)
            await all_answered(bot, database_url, load)
            await voting.close(database_url)
            await announcing.account(database_url)
            code = await bot.stop()
        reminding.audit()
        answered = Counter(
            (str(message["chat"]["id"]), str(message["reply_to_message"]["message_id"]))
            for group in groups
            for message in fake.sent(group)
            if "reply_to_message" in message
        )
    assert code == 0, bot.tail()
    seen: Counter[tuple[str, str]] = Counter()
    for room in rooms:
        for event in await member.messages(room):
            relates = event.get("content", {}).get("m.relates_to", {})
            if event["sender"] == account.user_id and "m.in_reply_to" in relates:
                seen[room, relates["m.in_reply_to"]["event_id"]] += 1
    audit(database_url, load, answered, seen, bot)
    print(f"votes: {voting.sent} of {len(voting.model)} voters, tally = recount = model in every room")


async def write_on_telegram(fake: FakeTelegram, users: list, groups: list, load: Load, rng: random.Random) -> None:
    while True:
        n = rng.randrange(GROUPS)
        await say(fake, users[n], groups[n], load)
        await asyncio.sleep(rng.uniform(0.0, 0.03))


async def say(fake: FakeTelegram, user: Person, group: Chat, load: Load) -> None:
    message = await fake.say(user, group, "/pomoc")
    load.telegram.append((str(message["chat"]["id"]), str(message["message_id"])))


async def write_on_matrix(member, rooms: list[str], load: Load, rng: random.Random) -> None:
    while True:
        room = rng.choice(rooms)
        load.matrix.append((room, await member.text(room, "!pomoc")))
        await asyncio.sleep(rng.uniform(0.0, 0.2))


async def all_answered(bot: Bot, database_url: str, load: Load, patience: float = 60.0) -> None:
    """Wait until every command has its row and no row waits.

    A test that fails by the clock would measure the machine: it fails when nothing has moved for `patience` seconds.
    """
    wanted = load.keys()
    seen: set[tuple[int, int]] = set()
    moved = time.monotonic()
    while time.monotonic() - moved < patience:
        lost = wanted - await asyncio.to_thread(answered_in, database_url)
        now = (len(lost), await bot.waiting())
        if now == (0, 0):
            return
        if now not in seen:
            seen.add(now)
            moved = time.monotonic()
        await asyncio.sleep(0.2)
    pytest.fail(f"{now[0]} of {len(wanted)} commands have no row, {now[1]} rows wait\n{sorted(lost)[:8]}\n{bot.tail()}")


def answered_in(database_url: str) -> set[tuple[str, str, str]]:
    """The messages that have their answer's row."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            return {(row.platform, row.chat_id, row.reply_to) for row in connection.execute(text(ROWS))}
    finally:
        engine.dispose()


def audit(database_url: str, load: Load, telegram: Counter, matrix: Counter, bot: Bot) -> None:
    """Compare what was written with what was stored and with what arrived."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text(ROWS)).all()
            poison = connection.execute(text("SELECT key, error FROM poison")).all()
    finally:
        engine.dispose()
    assert poison == []
    handled = Counter((row.platform, row.chat_id, row.reply_to) for row in rows)
    states = {(row.platform, row.chat_id, row.reply_to): row.state for row in rows}
    wanted = load.keys()
    lost = [key for key in wanted if handled[key] == 0]
    twice = [key for key in wanted if handled[key] > 1]
    assert not lost, f"{len(lost)} of {len(wanted)} events lost\n{bot.tail()}"
    assert not twice, f"{len(twice)} events handled twice"
    assert {at: n for at in load.matrix if (n := matrix[at]) != 1} == {}, "answers on Matrix not exactly once"
    odd = [at for at in load.telegram if telegram[at] != 1]
    unexplained = [at for at in odd if states["telegram", *at] != "uncertain" or telegram[at] > 1]
    assert not unexplained, f"{len(unexplained)} answers on Telegram not exactly once and not uncertain"
    uncertain = sum(1 for key, state in states.items() if state == "uncertain")
    assert set(states.values()) <= {"sent", "uncertain"}
    print(
        f"\n{database_url.split(':')[0]}: {bot.starts - 1} kills; telegram {len(load.telegram)} commands, "
        f"{len(odd)} answers missing, {uncertain} rows uncertain; matrix {len(load.matrix)} commands, all exactly once"
    )
