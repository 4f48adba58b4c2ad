"""Votes in the crash ledger: one poll on both networks, and the model that its tally is compared with.

Every vote that a member sent is taken by a network that repeats itself until the bot confirms: so whatever crashes, the
tally is each voter's last vote, and no vote is lost or counted twice.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import text

from storage.engine import open_engine
from tests.fakes.telegram import Chat, FakeTelegram, Person

OPTIONS = ("Rano", "Po południu", "Wieczorem")
WITHIN = 60.0
"""Seconds for cards and results to be everywhere."""


@dataclass
class Voting:
    """A poll that was opened in a Telegram group and stands in all groups and rooms."""

    fake: FakeTelegram
    voters: list[Person]
    groups: list[Chat]
    member: object  # a member on Matrix, who votes in `rooms[0]`: votes in several rooms have no order
    rooms: list[str]
    bot_id: str
    rng: random.Random
    over: asyncio.Event = field(default_factory=asyncio.Event)
    sent: int = 0
    model: dict[str, int] = field(default_factory=dict)
    cards: list[dict] = field(default_factory=list)

    async def open(self) -> None:
        """Claim every group by a word of the owner, who is the first voter, and open the poll in all of them."""
        for group in self.groups:
            await self.fake.say(self.voters[0], group, "/obszary")
        for room in self.rooms:
            await self.member.text(room, "!obszary")
        said: dict[str, list[str]] = {}
        try:
            async with asyncio.timeout(WITHIN):
                # Not at any word of the bot's: a room that it was brought to is greeted before it is claimed.
                while not said or not all(map(_claimed, said.values())):
                    await asyncio.sleep(0.1)
                    said = {group.title: self._texts(group) for group in self.groups}
                    said |= {room: await self._said(room) for room in self.rooms}
        except TimeoutError:
            silent = {place: words for place, words in said.items() if not _claimed(words)}
            raise AssertionError(f"not claimed: {silent}") from None
        await self.fake.say(self.voters[0], self.groups[0], f"/ankieta Kiedy? | {' | '.join(OPTIONS)}")
        async with asyncio.timeout(WITHIN):
            while not all(cards := [self._card(group) for group in self.groups]):
                await asyncio.sleep(0.1)
            self.cards = [card for card in cards if card]
            while not all([any("Kiedy?" in words for words in await self._said(room)) for room in self.rooms]):
                await asyncio.sleep(0.1)

    async def vote_on_telegram(self) -> None:
        """Press a button, again and again."""
        while not self.over.is_set():
            number = self.rng.randrange(len(self.voters))
            choice = self.rng.randrange(len(OPTIONS))
            card = self.cards[number]
            await self.fake.press(self.voters[number], card, _buttons(card)[choice])
            self.model[f"telegram {number}"] = choice
            self.sent += 1
            await asyncio.sleep(self.rng.uniform(0.0, 0.05))

    async def vote_on_matrix(self) -> None:
        """Type a number, again and again."""
        while not self.over.is_set():
            choice = self.rng.randrange(len(OPTIONS))
            await self.member.text(self.rooms[0], f"!głos {choice + 1}")
            self.model["matrix"] = choice
            self.sent += 1
            await asyncio.sleep(self.rng.uniform(0.2, 0.6))

    async def close(self, database_url: str) -> None:
        """Close the poll: tally, recount and model are one, and every group and room is told so once."""
        await self.fake.say(self.voters[0], self.groups[0], "/zamknij")
        results: dict[str, list[str]] = {}
        try:
            async with asyncio.timeout(WITHIN):
                while not results or not all(results.values()):
                    await asyncio.sleep(0.2)
                    results = {group.title: self._results(self._texts(group)) for group in self.groups}
                    results |= {room: self._results(await self._said(room)) for room in self.rooms}
        except TimeoutError:
            silent = [place for place, found in results.items() if not found]
            raise AssertionError(f"no result in {len(silent)} of {len(results)} rooms") from None
        wanted = [Counter(self.model.values())[choice] for choice in range(len(OPTIONS))]
        assert recount(database_url) == wanted, "the recount of the ballots is not the model"
        for place, found in results.items():
            assert len(found) == 1, f"{len(found)} results in {place}"
            assert counts(found[0]) == wanted, f"another result in {place}"

    def _card(self, group: Chat) -> dict | None:
        for message in self.fake.sent(group):
            if len(_buttons(message)) == len(OPTIONS):
                return message
        return None

    def _texts(self, group: Chat) -> list[str]:
        return [message.get("text", "") for message in self.fake.sent(group)]

    async def _said(self, room: str) -> list[str]:
        events = await self.member.messages(room)
        return [event["content"].get("body", "") for event in events if event["sender"] == self.bot_id]

    def _results(self, texts: list[str]) -> list[str]:
        return [words for words in texts if words.startswith("Wynik ankiety: Kiedy?")]


def _claimed(said: list[str]) -> bool:
    return any("Obszary tej grupy" in words for words in said)


def _buttons(message: dict) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


def counts(words: str) -> list[int]:
    """The counts in a result's text, by option."""
    return [int(re.search(rf"{option}: (\d+) \(", words)[1]) for option in OPTIONS]


def recount(database_url: str) -> list[int]:
    """The ballots as they are stored."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            found = Counter(choices for (choices,) in connection.execute(text("SELECT choices FROM ballot")))
    finally:
        engine.dispose()
    return [found[1 << number] for number in range(len(OPTIONS))]
