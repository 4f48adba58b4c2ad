"""Announcements in the crash ledger: written on Matrix, out to all groups and rooms while the bot is killed.

In each room on Matrix exactly one; in each group on Telegram one, or one more that says so, only where the first was in
`sending` at a kill. The report names those groups and no others.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import text, update

from storage.engine import open_engine
from storage.tables import DueRow
from storage.upsert import table_of
from tests.fakes.telegram import Chat, FakeTelegram

WITHIN = 60.0
"""Seconds for a card, or a report."""
STRIKE = 5.0
"""Seconds in which one that is due is expected to begin; after that the kill comes anyway."""
ROWS = (
    "SELECT outbox.chat_id, card_kind, state FROM outbox JOIN announcement ON announcement.id = outbox.card_id "
    "WHERE op = 'send' AND outbox.platform = 'telegram' AND card_kind IN ('announcement', 'announcement-again') "
    "AND announcement.number = :number"
)


@dataclass
class Broadcasts:
    """One announcement after another, each to all groups and rooms. They are held for half a minute, which is over at
    the next kill: while the bot is dead its clock goes on.
    """

    fake: FakeTelegram
    groups: list[Chat]
    member: object  # an owner, who writes them in a direct chat
    rooms: list[str]
    bot_id: str
    rng: random.Random
    direct: str = ""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    held: list[int] = field(default_factory=list)
    out: list[int] = field(default_factory=list)

    async def open(self) -> None:
        """The direct chat."""
        self.direct = await self.member.create_room(direct=True, invite=[self.bot_id])
        await self.member.wait_membership(self.direct, self.bot_id, "join", WITHIN)

    async def write(self) -> None:
        """Write and send one, and the next when that is due."""
        while not self.over.is_set():
            words = f"Komunikat {len(self.out) + 1}."
            await self.member.text(self.direct, f"!ogłoszenie jak: pilne\n{words}")
            card = await self._hears("Podgląd", words)
            await self._press(card)
            self.held.append(int(re.search(r"nr (\d+)", card.body)[1]))
            while self.held and not self.over.is_set():
                await asyncio.sleep(0.05)

    async def _press(self, card: object) -> None:
        """Choose "send" on the card, again if nothing came of it: the reaction to a card may be read by a bot that was
        killed over this card and does not know yet that it arrived. What is answered behind it says that it was read.
        """
        while True:
            after = len(self.member.seen)
            reaction = await self.member.react(self.direct, card.event_id, "1️⃣")
            await self.member.text(self.direct, "!pomoc")
            await self._hears("Co można tu zrobić", after=after)
            if any("wyjdzie po czasie na cofnięcie" in one.body for one in self.member.seen[after:]):
                return
            await self.member.redact(self.direct, reaction)

    def half_a_minute_later(self, database_url: str) -> None:
        """What is held is due. Only while the bot is dead."""
        engine = open_engine(database_url)
        try:
            with engine.connect().execution_options(write=True) as connection:
                due = update(table_of(DueRow)).where(table_of(DueRow).c.name == "announce.go")
                connection.execute(due.values(at=datetime.now(UTC)))
                connection.commit()
        finally:
            engine.dispose()
        self.out += self.held
        self.held.clear()

    async def in_the_middle(self) -> bool:
        """Wait until the newest is in some groups and not in all. False: it is in none or in all."""
        if not self.out:
            return False
        number = self.out[-1]
        there = [bool(self._sent(group, number)) for group in self.groups]
        if all(there):
            return False
        try:
            await self.fake.until(lambda: any(self._sent(group, number) for group in self.groups), STRIKE)
        except TimeoutError:
            return False
        return True

    async def account(self, database_url: str) -> None:
        """Compare what each room has with what the rows say and with what the report says."""
        again = unsure = 0
        for number in self.out:
            report = await self._hears(f"Raport: ogłoszenie nr {number}.")
            named = dict(re.findall(r"^(g\d+|r\d+) \((?:Telegram|Matrix)\): (.+)$", _plain(report.body), re.MULTILINE))
            states = await asyncio.to_thread(_states, database_url, number)
            for room in self.rooms:
                assert await self._heard(room, number) == 1, f"no. {number} is not exactly once in a room on Matrix"
            for group in self.groups:
                first, second = self._sent(group, number), self._sent(group, number, "ponownie")
                where = f"no. {number} in {group.title}: {first} and {second} again"
                match named.pop(group.title, None):
                    case None:
                        assert (first, second) == (1, 0), where
                        assert states[str(group.id)] == {"announcement": "sent"}, where
                    case "wysłane ponownie, może być dwa razy":
                        assert first <= 1, where
                        assert second == 1, where
                        assert states[str(group.id)] == {"announcement": "uncertain", "announcement-again": "sent"}
                        again += 1
                    case "nie wiadomo, czy dotarło":
                        assert first <= 1, where
                        assert second <= 1, where
                        assert set(states[str(group.id)].values()) == {"uncertain"}
                        unsure += 1
                    case other:
                        raise AssertionError(f"{where}; the report says {other!r}")
            assert named == {}, "the report names rooms where all is well"
            places = len(self.groups) + len(self.rooms)
            lost = sum(set(state.values()) == {"uncertain"} for state in states.values())
            assert f"Dotarło: {places - lost} z {places}" in report.body
            reports = Counter(self._reports())
            assert reports[number] == 1, f"{reports[number]} reports of no. {number}"
        print(f"announcements: {len(self.out)}, {again} repeated in a group, {unsure} unsure in a group")

    def _sent(self, group: Chat, number: int, more: str = "") -> int:
        head = f"Ogłoszenie nr {number}" + (f" ({more})" if more else "")
        return sum(_plain(words).splitlines()[:1] == [head] for words in self.fake.texts(group))

    async def _heard(self, room: str, number: int) -> int:
        events = await self.member.messages(room)
        bodies = [_plain(event["content"].get("body", "")) for event in events if event["sender"] == self.bot_id]
        return sum(bool(re.match(rf"Ogłoszenie nr {number}\b", body)) for body in bodies)

    def _reports(self) -> list[int]:
        found = (re.match(r"Raport: ogłoszenie nr (\d+)\.", _plain(body)) for body in self._bodies())
        return [int(one[1]) for one in found if one]

    def _bodies(self) -> list[str]:
        return self.member.bodies(self.direct, self.bot_id)

    async def _hears(self, *wanted: str, after: int = 0) -> object:
        return await self.member.wait_for(
            lambda one: (
                (one.room_id, one.sender) == (self.direct, self.bot_id)
                and "m.new_content" not in one.content
                and all(part in _plain(one.body) for part in wanted)
            ),
            WITHIN,
            after=after,
        )


def _plain(words: str) -> str:
    return words.replace("\u2060", "").strip()


def _states(database_url: str, number: int) -> dict[str, dict[str, str]]:
    """By group: the states of the rows that sent it, and sent it again. There is one of each at most."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text(ROWS), {"number": number}).all()
    finally:
        engine.dispose()
    found: dict[str, dict[str, str]] = {}
    for chat_id, kind, state in rows:
        assert kind not in found.setdefault(chat_id, {}), f"two rows for one sending of no. {number}"
        found[chat_id][kind] = state
    return found
