"""What every network must do for the engine, said once. A platform's module gives a harness and inherits the tests."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import pytest

from bot.app import App
from bot.core.chats import ChatKind
from bot.core.clean import clean
from bot.core.content import Body
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.files import LARGEST_TAKEN, File
from bot.core.intents import Intent, Pin, Post, Refresh, Reply, Retract, SendFile
from bot.core.markup import Run, paragraph
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Names, Router
from bot.engine.lock import Locks
from bot.platforms.port import FetchError, Outgoing, Platform, UndeliverableError
from storage import Store
from tests.engine.world import PATIENCE, World, body, house

Place = Literal["direct", "room"]
PLACES: tuple[Place, ...] = ("direct", "room")
HOSTILE = "@room @inny_bot /start <b>nie</b> &amp; <script>alert(1)</script> [a](b) *c* `d` \u202eodwrotnie"

FILE = File("../Protokół 3/2026.pdf", "application/pdf", bytes(range(256)) * 5000)
EXACT = ("jedna linia", "dwie\nlinie", "puste\n\nmiędzy", "💬 👩‍👧 2️⃣ ąę Щ", "a  b\tc", HOSTILE)


@dataclass(frozen=True)
class Shown:
    """A message of the bot's as people see it now."""

    id: str
    text: str
    reply_to: str | None = None
    files: tuple[tuple[str, bytes], ...] = ()
    """Name and content of each, as people get them."""


class Harness(ABC):
    """A network with a person and the bot on it: in their direct chat and in a room of several."""

    platform: Platform
    no_file = "nothing-here"
    """The id of a file that there is not."""

    @abstractmethod
    async def begin(self, app: App) -> None:
        """The bot runs: make the direct chat and the room, and let the bot in."""

    @abstractmethod
    async def say(self, place: Place, text: str, *, reply_to: str | None = None) -> str:
        """The person writes; the network's id of the message."""

    @abstractmethod
    async def give(self, place: Place, name: str, content: bytes, caption: str) -> None:
        """The person sends a file."""

    @abstractmethod
    async def choose(self, place: Place, post: Shown, number: int) -> None:
        """The person takes the choice with this number under the bot's message, as the network offers it."""

    @abstractmethod
    async def shown(self, place: Place) -> Sequence[Shown]:
        """The bot's messages there, as they stand now, oldest first."""

    @abstractmethod
    async def pinned(self) -> Sequence[str]:
        """The ids of the messages that are pinned in the room."""

    @abstractmethod
    async def allow_pins(self, *, allowed: bool) -> None:
        """The bot may pin in the room, or may not."""

    @abstractmethod
    async def shut(self) -> None:
        """The room throws the bot out."""


@dataclass
class Scene:
    """A running bot on a harness, what its handlers saw, and waiting for what people see."""

    harness: Harness
    heard: list[Message] = field(default_factory=list)
    pressed: list[Pressed] = field(default_factory=list)

    async def answer(self, place: Place, ready: Callable[[Sequence[Shown]], bool]) -> Sequence[Shown]:
        """Wait until what is shown pleases."""
        async with asyncio.timeout(PATIENCE):
            while not ready(shown := await self.harness.shown(place)):
                await asyncio.sleep(0.05)
            return shown

    async def command(self, place: Place, name: str, argument: str = "") -> str:
        """The person gives a command with the network's prefix."""
        prefix = self.harness.platform.capabilities.command_prefix
        return await self.harness.say(place, f"{prefix}{name} {argument}".strip())

    async def chat(self, place: Place) -> ChatRef:
        """Where the place is."""
        count = len(self.heard)
        await self.command(place, "powtorz", "adres")
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) == count:
                await asyncio.sleep(0.02)
        return self.heard[-1].chat

    def routers(self) -> list[Router[Store]]:
        """Handlers that repeat, count and ask."""
        router: Router[Store] = Router()
        state = {"n": 0}

        @router.command("repeat", Names("powtorz", "repeat", "повтори"))
        def repeat(message: Message, argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
            self.heard.append(message)
            return [Reply(body(argument))]

        @router.command("ask", Names("pytaj", "ask", "питай"))
        def ask(message: Message, argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
            return [Reply(body(argument, "vote:tak", "vote:nie", "vote:nie-wiem"))]

        @router.command("count", Names("licz", "count", "лічи"))
        def count(message: Message, argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
            state["n"] += 1
            card = CardRef("count", "1")
            return [Post(card, message.chat)] if state["n"] == 1 else [Refresh(card)]

        @router.command("file", Names("plik", "file", "файл"))
        def file(message: Message, argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
            if argument == "na bieżąco":
                return [SendFile(CardRef("count", "1"), body("kalendarz"))]
            return [SendFile(FILE, body(argument) if argument else Body(()))]

        @router.file("count")
        def render(_store: Store, _id: str, lang: str) -> File:
            return File(f"stan.{lang}.ics", "text/calendar", f"stan {state['n']}".encode())

        @router.command("pin", Names("przypnij", "pin", "закріпити"))
        def pin(_message: Message, _argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
            return [Pin(CardRef("count", "1")), Reply(body("przypięte"))]

        @router.command("retract", Names("wycofaj", "retract", "відкликати"))
        def retract(_message: Message, _argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
            return [Retract(CardRef("count", "1")), Refresh(CardRef("count", "1")), Reply(body("wycofane"))]

        @router.press("vote")
        def vote(event: Pressed, _ctx: Context[Store]) -> Sequence[Intent]:
            self.pressed.append(event)
            return [Reply(body(f"wybrano {event.action}"))]

        @router.text(500)
        def text(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
            self.heard.append(message)
            return [Reply(body(f"{'moje' if ctx.post else 'nie moje'}: {message.text}"))]

        @router.card("count")
        def show(_store: Store, _id: str) -> Body:
            return body(f"stan {state['n']}")

        return [house(), router]


class Contract:
    """The tests. A subclass has a fixture `harness`."""

    @pytest.fixture
    async def scene(self, harness: Harness, sqlite_url: str) -> AsyncIterator[Scene]:
        """The whole bot on the harness's platform."""
        scene = Scene(harness)
        app = App(World(sqlite_url).settings(), capabilities=scene.routers())
        task = asyncio.create_task(app.run([harness.platform], Locks()))
        try:
            async with asyncio.timeout(PATIENCE):
                while not (harness.platform.last_ok or task.done()):
                    await asyncio.sleep(0.01)
            await harness.begin(app)
            yield scene
        finally:
            app.stop()
            await asyncio.wait_for(task, PATIENCE)

    async def test_a_message_is_one_event_with_stable_ids(self, scene: Scene) -> None:
        first = await scene.harness.say("direct", "Zażółć gęślą jaźń 💬")
        second = await scene.harness.say("direct", "Щиро дякую")
        await scene.answer("direct", lambda shown: len(shown) == 2)
        one, two = scene.heard
        assert [one.text, two.text] == ["Zażółć gęślą jaźń 💬", "Щиро дякую"]
        assert [one.id, two.id] == [first, second]
        assert one.key != two.key
        assert one.sender == two.sender is not None
        assert one.chat == two.chat
        assert one.chat.platform == one.sender.platform
        assert one.kind is two.kind is ChatKind.DIRECT
        assert one.at.utcoffset() is not None

    @pytest.mark.parametrize("place", PLACES)
    async def test_a_command_is_answered_and_in_a_room_under_its_question(self, scene: Scene, place: Place) -> None:
        asked = await scene.command(place, "powtorz", "raz")
        [shown] = await scene.answer(place, lambda shown: len(shown) == 1)
        assert shown.text == "raz"
        assert shown.reply_to == (asked if place == "room" else None)
        assert scene.heard[0].kind is (ChatKind.ROOM if place == "room" else ChatKind.DIRECT)

    async def test_a_reply_to_the_bot_is_known_as_one(self, scene: Scene) -> None:
        await scene.command("room", "powtorz", "raz")
        [post] = await scene.answer("room", lambda shown: len(shown) == 1)
        await scene.harness.say("room", "to do ciebie", reply_to=post.id)
        shown = await scene.answer("room", lambda shown: len(shown) == 2)
        assert shown[1].text == "moje: to do ciebie"
        assert scene.heard[-1].reply_to == post.id

    async def test_talk_of_others_in_a_room_is_not_answered(self, scene: Scene) -> None:
        other = await scene.harness.say("room", "cześć wszystkim")
        await scene.harness.say("room", "no cześć", reply_to=other)
        await scene.command("room", "powtorz", "raz")
        shown = await scene.answer("room", lambda shown: len(shown) >= 1)
        assert [one.text for one in shown] == ["raz"]
        assert [message.text for message in scene.heard][:-1] == []

    @pytest.mark.parametrize("place", PLACES)
    async def test_a_message_arrives_with_exactly_its_text_and_nothing_else(self, scene: Scene, place: Place) -> None:
        chat = await scene.chat(place)
        await scene.answer(place, lambda shown: len(shown) == 1)
        for number, words in enumerate(EXACT):
            await scene.harness.platform.deliver(_outgoing(chat, words, seq=900 + number))
        shown = await scene.answer(place, lambda shown: len(shown) == 1 + len(EXACT))
        assert [one.text for one in shown[1:]] == [clean(words) for words in EXACT]

    async def test_hostile_words_of_members_start_nothing(self, scene: Scene) -> None:
        await scene.command("room", "powtorz", HOSTILE)
        [shown] = await scene.answer("room", lambda shown: len(shown) == 1)
        assert shown.text.replace("\u2060", "") == clean(HOSTILE)
        assert "@room" not in shown.text
        assert "/start" not in shown.text
        # The bot doesn't hear itself either.
        await scene.command("room", "powtorz", "koniec")
        await scene.answer("room", lambda shown: len(shown) == 2)
        assert len(scene.heard) == 2

    async def test_a_card_is_edited_where_it_stands(self, scene: Scene) -> None:
        await scene.command("room", "licz")
        [first] = await scene.answer("room", lambda shown: len(shown) == 1)
        assert first.text == "stan 1"
        for _ in range(3):
            await scene.command("room", "licz")
        [last] = await scene.answer("room", lambda shown: shown[0].text == "stan 4")
        assert last.id == first.id

    @pytest.mark.parametrize("place", PLACES)
    async def test_a_choice_comes_back_as_its_action(self, scene: Scene, place: Place) -> None:
        await scene.command(place, "pytaj", "Kiedy?")
        [post] = await scene.answer(place, lambda shown: len(shown) == 1)
        await scene.harness.choose(place, post, 2)
        shown = await scene.answer(place, lambda shown: len(shown) == 2)
        assert shown[1].text == "wybrano vote:nie"
        [press] = scene.pressed
        assert (press.post, press.action) == (post.id, "vote:nie")

    @pytest.mark.parametrize("place", PLACES)
    async def test_a_number_in_reply_is_a_choice_too(self, scene: Scene, place: Place) -> None:
        await scene.command(place, "pytaj", "Kiedy?")
        [post] = await scene.answer(place, lambda shown: len(shown) == 1)
        await scene.harness.say(place, "3", reply_to=post.id)
        shown = await scene.answer(place, lambda shown: len(shown) == 2)
        assert shown[1].text == "wybrano vote:nie-wiem"

    async def test_a_repeated_id_is_one_message_where_the_network_says_so(self, scene: Scene) -> None:
        chat = await scene.chat("room")
        await scene.answer("room", lambda shown: len(shown) == 1)
        call = _outgoing(chat, "raz")
        sent = [await scene.harness.platform.deliver(call) for _ in range(3)]
        idempotent = scene.harness.platform.capabilities.idempotent_send
        shown = await scene.answer("room", lambda shown: len(shown) >= (2 if idempotent else 4))
        assert len({one.message_id for one in sent}) == (1 if idempotent else 3)
        assert len({one.id for one in shown}) == (2 if idempotent else 4)

    async def test_a_room_that_threw_the_bot_out_is_told_apart(self, scene: Scene) -> None:
        chat = await scene.chat("room")
        await scene.answer("room", lambda shown: len(shown) == 1)
        await scene.harness.shut()
        with pytest.raises(UndeliverableError) as refused:
            await scene.harness.platform.deliver(_outgoing(chat, "po"))
        assert refused.value.chat_gone

    async def test_a_long_answer_arrives_whole_and_in_order(self, scene: Scene) -> None:
        chat = await scene.chat("direct")
        await scene.answer("direct", lambda shown: len(shown) == 1)
        assert chat == scene.heard[0].chat
        limit = scene.harness.platform.capabilities.text_limit
        await scene.command("direct", "powtorz", " ".join(f"słowo{number}" for number in range(300)))
        shown = await scene.answer("direct", lambda shown: len(shown) == 2)
        assert shown[1].text.split()[-1] == "słowo299"
        assert all(len(one.text) <= limit for one in shown)

    @pytest.mark.parametrize("place", PLACES)
    async def test_a_file_arrives_whole_with_its_name_and_caption(self, scene: Scene, place: Place) -> None:
        asked = await scene.command(place, "plik", "<b>protokół</b> @room")
        [shown] = await scene.answer(place, lambda shown: len(shown) == 1)
        assert shown.files == (("Protokół-3-2026.pdf", FILE.content),)
        assert unquoted(shown.text).replace("\u2060", "") == "<b>protokół</b> @room"
        assert shown.reply_to == (asked if place == "room" else None)
        await scene.command(place, "plik")
        shown = (await scene.answer(place, lambda shown: len(shown) == 2))[1]
        assert (shown.text, shown.files) == ("", (("Protokół-3-2026.pdf", FILE.content),))

    async def test_a_file_is_made_of_the_state_when_it_is_sent(self, scene: Scene) -> None:
        await scene.command("room", "licz")
        await scene.answer("room", lambda shown: len(shown) == 1)
        await scene.command("room", "plik", "na bieżąco")
        [_, shown] = await scene.answer("room", lambda shown: len(shown) == 2)
        assert (unquoted(shown.text), shown.files) == ("kalendarz", (("stan.pl.ics", b"stan 1"),))

    async def test_a_long_caption_comes_whole_too(self, scene: Scene) -> None:
        words = " ".join(f"słowo{number}" for number in range(250))
        await scene.command("direct", "plik", words)
        fits = scene.harness.platform.capabilities.caption_limit > len(words)
        shown = await scene.answer("direct", lambda shown: len(shown) == (1 if fits else 2))
        assert [len(one.files) for one in shown] == ([1] if fits else [1, 0])
        assert unquoted(shown[-1].text) == words

    @pytest.mark.parametrize("place", PLACES)
    async def test_a_file_with_a_command_in_its_caption_comes_in_and_can_be_fetched(
        self, scene: Scene, place: Place
    ) -> None:
        platform = scene.harness.platform
        await scene.harness.give(
            place, "Statut ąę.pdf", FILE.content, f"{platform.capabilities.command_prefix}powtorz oto"
        )
        [shown] = await scene.answer(place, lambda shown: len(shown) == 1)
        assert unquoted(shown.text) == "oto"
        [message] = scene.heard
        assert message.file
        assert message.file.name == "Statut-ąę.pdf"
        assert message.file.size in (None, len(FILE.content))
        assert await platform.fetch(message.file, len(FILE.content)) == FILE.content
        with pytest.raises(FetchError) as refused:
            await platform.fetch(message.file, len(FILE.content) - 1)
        assert refused.value.too_large
        with pytest.raises(FetchError) as refused:
            await platform.fetch(replace(message.file, id=scene.harness.no_file), LARGEST_TAKEN)
        assert not refused.value.too_large

    async def test_a_file_alone_is_read_where_somebody_takes_it(self, scene: Scene) -> None:
        await scene.harness.give("direct", "statut.pdf", b"%PDF", "")
        await scene.answer("direct", lambda shown: len(shown) == 1)
        assert [(message.text, message.file and message.file.name) for message in scene.heard] == [("", "statut.pdf")]

    async def test_what_is_taken_back_is_gone_for_everybody(self, scene: Scene) -> None:
        await scene.command("room", "licz")
        await scene.answer("room", lambda shown: len(shown) == 1)
        await scene.command("room", "wycofaj")
        shown = await scene.answer("room", lambda shown: [one.text for one in shown] == ["wycofane"])
        call = Outgoing(id="again", seq=998, op="delete", chat=await scene.chat("room"), message_id=shown[0].id)
        for _ in range(2):
            await scene.harness.platform.deliver(call)

    async def test_a_card_is_pinned_where_the_bot_may(self, scene: Scene) -> None:
        await scene.harness.allow_pins(allowed=True)
        await scene.command("room", "licz")
        [card] = await scene.answer("room", lambda shown: len(shown) == 1)
        for count in (2, 3):
            await scene.command("room", "przypnij")
            await scene.answer("room", lambda shown, count=count: len(shown) == count)  # type: ignore[misc]
        async with asyncio.timeout(PATIENCE):
            while list(await scene.harness.pinned()) != [card.id]:
                await asyncio.sleep(0.05)

    async def test_where_the_bot_may_not_pin_it_is_told_so_and_the_room_is_not_gone(self, scene: Scene) -> None:
        await scene.harness.allow_pins(allowed=False)
        chat = await scene.chat("room")
        [shown] = await scene.answer("room", lambda shown: len(shown) == 1)
        call = Outgoing(id="pin", seq=997, op="pin", chat=chat, message_id=shown.id)
        with pytest.raises(UndeliverableError) as refused:
            await scene.harness.platform.deliver(call)
        assert not refused.value.chat_gone

    async def test_a_repeated_file_is_one_message_where_the_network_says_so(self, scene: Scene) -> None:
        chat = await scene.chat("room")
        call = replace(_outgoing(chat, "raz"), file=FILE)
        sent = [await scene.harness.platform.deliver(call) for _ in range(2)]
        idempotent = scene.harness.platform.capabilities.idempotent_send
        assert len({one.message_id for one in sent}) == (1 if idempotent else 2)


def _outgoing(chat: ChatRef, words: str, *, seq: int = 999) -> Outgoing:
    return Outgoing(id=f"row{seq}", seq=seq, op="send", chat=chat, markup=(paragraph("para", [Run(words)]),))


def unquoted(text: str) -> str:
    """Plain text without the signs of a quotation."""
    return "\n".join(line.removeprefix("> ") for line in text.split("\n"))
