"""A meeting votes: many votes in ten seconds on a poll that stands in Telegram groups and Matrix rooms, over the wire.

The fake Bot API has Telegram's limits (20 messages a minute in a group, edits included), Synapse its own; the bot's are
lifted there, as an operator may. Of those who vote on Matrix half do it in the native poll of their app, half by word.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.matrix import open_room, register, table
from tests.bench.processes import Sizes, fresh_token, process
from tests.bench.report import Row, limit
from tests.crash.votes import OPTIONS, recount
from tests.fakes.ports import free_port
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import SynapseServer
from tests.fakes.telegram import Chat, FakeTelegram, Person
from tests.fakes.telegram.faults import Limits

PLACES = 5
"""Groups, and as many rooms."""
ON_MATRIX = 40
SECONDS = 10.0
RIGHT_SECONDS = 10.0
START, RESPONSE = "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.response"
OWNER = 900_000


@dataclass
class Hall:
    """Where the poll stands, who votes, and what should come of it."""

    fake: FakeTelegram
    owner: Person
    groups: list[Chat]
    host: Member
    rooms: list[str]
    bot_id: str
    members: list[Member]
    model: Counter[int] = field(default_factory=Counter)
    cards: list[dict[str, Any]] = field(default_factory=list)
    starts: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    async def open(self) -> None:
        """Claim every place, open the poll, and wait until it stands everywhere."""
        for group in self.groups:
            await self.fake.say(self.owner, group, "/obszary")
        for room in self.rooms:
            await self.host.text(room, "!obszary")
        await self._until(lambda: all(map(self.fake.sent, self.groups)) and all(map(self._said, self.rooms)), 60)
        await self.fake.say(self.owner, self.groups[0], f"/ankieta Kiedy? | {' | '.join(OPTIONS)}")
        await self._until(lambda: all(map(self._card, self.groups)) and len(self._native()) == PLACES, 60)
        self.cards, self.starts = [self._card(group) or {} for group in self.groups], self._native()

    async def vote(self, votes: int) -> None:
        """Everybody once, evenly over ten seconds."""
        loop = asyncio.get_running_loop()
        begun, every = loop.time(), votes // len(self.members) if self.members else votes
        writing = []
        for number in range(votes):
            await asyncio.sleep(max(0.0, begun + SECONDS * number / votes - loop.time()))
            choice = number % len(OPTIONS)
            self.model[choice] += 1
            if number % every == 0 and number // every < len(self.members):
                writing.append(asyncio.create_task(self._on_matrix(number // every, choice)))
            else:
                person = self.fake.user(OWNER + 1 + number, f"v{number}")
                card = self.cards[number % PLACES]
                await self.fake.press(person, card, _buttons(card)[choice])
        await asyncio.gather(*writing)

    async def right(self, votes: int, within: float) -> float:
        """Seconds until every card shows every vote; `within` when some never do."""
        wanted = [f"{n}. {option}: {self.model[n - 1]}" for n, option in enumerate(OPTIONS, 1)]
        begun = time.monotonic()
        with contextlib.suppress(TimeoutError):
            await self._until(lambda: all(self._shows(place, wanted) for place in [*self.groups, *self.rooms]), within)
        return time.monotonic() - begun

    async def _on_matrix(self, number: int, choice: int) -> None:
        member, room = self.members[number], self.rooms[number % PLACES]
        if number % 2:
            await member.text(room, f"!głos {choice + 1}")
            return
        start, answers = self.starts[room]
        relation = {"rel_type": "m.reference", "event_id": start}
        await member.send(room, RESPONSE, {"m.relates_to": relation, RESPONSE: {"answers": [answers[choice]]}})

    def _shows(self, place: Chat | str, wanted: list[str]) -> bool:
        if isinstance(place, Chat):
            words = (self._card(place) or {}).get("text", "")
        else:
            edits = [
                one.content["m.new_content"]["body"]
                for one in self.host.seen
                if one.room_id == place and one.sender == self.bot_id and "m.new_content" in one.content
            ]
            words = next((body for body in reversed(edits) if body.startswith("Ankieta: ")), "")
        return all(line in words for line in wanted)

    def _card(self, group: Chat) -> dict[str, Any] | None:
        return next((one for one in self.fake.sent(group) if len(_buttons(one)) == len(OPTIONS)), None)

    def _native(self) -> dict[str, tuple[str, list[str]]]:
        return {
            one.room_id: (one.event_id, [answer["id"] for answer in one.content[START]["answers"]])
            for one in self.host.seen
            if one.type == START
        }

    def _said(self, room: str) -> bool:
        # Not the greeting: a room that it stands in need not be claimed yet.
        return any(body.startswith("Obszary") for body in self.host.bodies(room, self.bot_id))

    @staticmethod
    async def _until(ready: Any, within: float) -> None:
        async with asyncio.timeout(within):
            while not ready():
                await asyncio.sleep(0.1)


def _buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


@contextlib.asynccontextmanager
async def hall(folder: Path, synapse: SynapseServer, members: int) -> AsyncIterator[Hall]:
    """The bot in its groups and rooms, on both networks."""
    folder.mkdir(parents=True, exist_ok=True)
    account, token = await register(synapse, "obrady"), fresh_token()
    async with contextlib.AsyncExitStack() as stack:
        admin = Member(
            synapse.url,
            await asyncio.to_thread(synapse.register, f"op-{time.monotonic_ns():x}", admin=True),
            listening=False,
        )
        await stack.enter_async_context(admin)
        host = await stack.enter_async_context(Member(synapse.url, await register(synapse, "host")))
        for one in (account.user_id, host.user_id):
            await admin.override_ratelimit(one)
        fake = await stack.enter_async_context(FakeTelegram(token, strict=False, limits=Limits()))
        owner = fake.user(OWNER, "ola")
        groups = [fake.chat("supergroup", f"g{n}", members=[owner]) for n in range(PLACES)]
        config = folder / "config.toml"
        config.write_text(
            f'[database]\nurl = "sqlite:///{folder}/obrady.db"\n[web]\nport = {free_port()}\n'
            f'[people]\nowners = ["telegram:{OWNER}", "matrix:{host.user_id}"]\n'
            f'[platforms.telegram]\ntoken = "{token}"\nbase_url = "{fake.url}"\n'
            + table(folder, synapse.url, account, host.user_id),
            "utf-8",
        )
        config.chmod(0o600)
        await stack.enter_async_context(process(["-m", "bot", "run", "--config", str(config)], folder))
        rooms = [await open_room(host, f"r{n}", account) for n in range(PLACES)]
        for room in rooms:
            await host.wait_membership(room, account.user_id, "join", 30)
        voters = []
        for number in range(members):
            voter = Member(synapse.url, await register(synapse, f"v{number}"), listening=False)
            voters.append(await stack.enter_async_context(voter))
            await host.invite(rooms[number % PLACES], voter.user_id)
            await voter.join(rooms[number % PLACES])
        yield Hall(fake, owner, groups, host, rooms, account.user_id, voters)


async def once(folder: Path, synapse: SynapseServer, votes: int, members: int) -> tuple[float, float, float]:
    """One meeting: seconds until all cards are right, refusals by 429, votes lost."""
    async with hall(folder, synapse, members) as there:
        await there.open()
        refused = sum(there.fake.limiter.refused.values()) if there.fake.limiter else 0
        await there.vote(votes)
        seconds = await there.right(votes, 90)
        refused = sum(there.fake.limiter.refused.values()) - refused if there.fake.limiter else 0
        counted = recount(f"sqlite:///{folder}/obrady.db")
        lost = sum(abs(counted[n] - there.model[n]) for n in range(len(OPTIONS)))
    return seconds, float(refused), float(lost)


async def measured(folder: Path, rounds: int, sizes: Sizes, synapse: SynapseServer | None = None) -> list[Row]:
    """The rows of the meeting that votes."""
    votes, members = min(1_000, sizes.votes), min(ON_MATRIX, sizes.in_flight)
    async with contextlib.AsyncExitStack() as stack:
        home = synapse or SynapseServer(folder / "synapse", limits="default")
        if synapse is None:
            await asyncio.to_thread(home.start)
            stack.push_async_callback(asyncio.to_thread, home.stop)
        found = [await once(folder / f"hall-{number}", home, votes, members) for number in range(rounds)]
    what = f"{votes} votes in {SECONDS:g} s, {PLACES} groups and {PLACES} rooms"
    return [
        limit(f"{what}: all cards right after", "s", [one[0] for one in found], RIGHT_SECONDS),
        limit("the same: refused by Telegram (429)", "calls", [one[1] for one in found], 0, every=True),
        limit("the same: lost", "votes", [one[2] for one in found], 0, every=True),
    ]
