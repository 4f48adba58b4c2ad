"""Native polls on a real Synapse: written once, answered by clients that are not ours, ended, in plain and in encrypted
rooms; and the whole bot with them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.config import Database, People, Settings
from bot.core.events import Deleted, PollEnded, PollResponded
from bot.core.refs import AccountRef
from bot.engine.lock import Locks
from bot.platforms.matrix import Matrix
from bot.platforms.port import Outgoing, PollForm, UndeliverableError
from storage import schema
from storage.engine import open_engine
from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.seen import Seen
from tests.fakes.synapse.server import Account, SynapseServer
from tests.platforms.matrix.support import MakeBot, outgoing
from tests.platforms.matrix.test_e2ee import meet_encrypted
from tests.platforms.matrix.test_plain import meet

START, RESPONSE, END = (f"org.matrix.msc3381.poll.{name}" for name in ("start", "response", "end"))
FORM = PollForm("Idziemy?", (("p-1", "1. Tak"), ("p-2", "2. Nie")))
ENDED = PollForm("Idziemy?", FORM.answers, ended=True)


def choice(start: str, *answers: str) -> dict[str, Any]:
    """What Element sends."""
    return {"m.relates_to": {"rel_type": "m.reference", "event_id": start}, RESPONSE: {"answers": list(answers)}}


def closing(start: str) -> dict[str, Any]:
    return {
        "m.relates_to": {"rel_type": "m.reference", "event_id": start},
        END: {},
        "org.matrix.msc1767.text": "koniec",
    }


def poll(room: str, form: PollForm = FORM, **fields: Any) -> Outgoing:
    return outgoing(room, "Ankieta", poll=form, **fields)


async def test_a_poll_is_sent_once_answered_and_ended_once(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    asked = poll(room)
    start = (await bot.matrix.deliver(asked)).message_id
    assert (await bot.matrix.deliver(asked)).message_id == start
    written = await anna.event(room, start)
    assert written["type"] == START
    assert [answer["id"] for answer in written["content"][START]["answers"]] == ["p-1", "p-2"]
    first = await anna.send(room, RESPONSE, choice(start, "p-2"))
    await anna.send(room, "m.poll.response", {**choice(start), "m.selections": ["p-1"], RESPONSE: None})
    await anna.send(room, RESPONSE, choice(start))
    await anna.redact(room, first)
    await anna.send(room, END, closing(start))
    await bot.inbox.until_one(PollEnded)
    responses = bot.inbox.of(PollResponded)
    assert [(one.post, one.answers) for one in responses] == [(start, ("p-2",)), (start, ("p-1",)), (start, ())]
    assert responses[0].id == first
    assert responses[0].sender == AccountRef("matrix", anna.user_id)
    assert (await bot.inbox.until_one(Deleted)).id == first
    for _ in range(2):
        # However often it is asked for, with whatever id.
        await bot.matrix.deliver(poll(room, ENDED, op="edit", message_id=start))
    await bot.say(room, "potem")
    await anna.wait_text(room, "potem")
    ends = [one for one in await anna.messages(room) if one["type"] == END and one["sender"] == bot.user_id]
    assert [one["content"]["org.matrix.msc1767.text"] for one in ends] == ["Ankieta"]


async def test_an_end_by_somebody_without_the_right_is_nothing(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna, jan = await make_bot(), await make_member("anna"), await make_member("jan")
    room = await meet(anna, bot)
    await anna.invite(room, jan.user_id)
    await jan.join(room)
    start = (await bot.matrix.deliver(poll(room))).message_id
    await jan.send(room, END, closing(start))
    await jan.text(room, "potem")
    await bot.inbox.until_text("potem")
    assert not bot.inbox.of(PollEnded)


async def test_in_an_encrypted_room(make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    asked = poll(room)
    start = (await bot.matrix.deliver(asked)).message_id
    assert (await bot.matrix.deliver(asked)).message_id == start
    seen = await ola.wait_for(lambda one: one.type == START and one.room_id == room)
    assert seen.event_id == start
    raw = await ola.plain.event(room, start)
    assert raw["type"] == "m.room.encrypted"
    assert "Idziemy" not in str(raw)
    vote = await ola.send(room, RESPONSE, choice(start, "p-1"))
    found = await bot.inbox.until_one(PollResponded)
    assert (found.id, found.post, found.answers) == (vote, start, ("p-1",))
    await ola.plain.redact(room, vote)
    assert (await bot.inbox.until_one(Deleted)).id == vote
    await ola.send(room, END, closing(start))
    assert (await bot.inbox.until_one(PollEnded)).post == start
    await bot.matrix.deliver(poll(room, ENDED, op="edit", message_id=start))
    end = await ola.wait_for(lambda one: one.type == END and one.sender == bot.user_id)
    assert end.content["m.relates_to"]["event_id"] == start


async def test_where_polls_are_forbidden_the_room_stays(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot, power={"events": {START: 60}})
    with pytest.raises(UndeliverableError) as refused:
        await bot.matrix.deliver(poll(room))
    assert not refused.value.chat_gone
    await bot.say(room, "karta jest")
    await anna.wait_text(room, "karta jest")


# --- the whole bot ---


@contextlib.asynccontextmanager
async def running(url: str, account: Account, folder: Path, *owners: Member | EncryptedMember) -> AsyncIterator[None]:
    """The product on a database of its own, until the block ends."""
    database = f"sqlite:///{folder}/obrady.db"
    engine = open_engine(database)
    schema.upgrade(engine)
    engine.dispose()
    names = [f"matrix:{owner.user_id}" for owner in owners]
    app = App(Settings(database=Database(url=database), people=People(owners=names)))
    matrix = Matrix(
        url,
        account.user_id,
        store=folder / "keys",
        access_token=account.access_token,
        device_id=account.device_id,
        allow_invites=("*",),
    )
    task = asyncio.create_task(app.run([matrix], Locks()))
    try:
        yield
    finally:
        app.stop()
        await asyncio.wait_for(task, 20)


def shows(member: Member | EncryptedMember, room: str, bot: str, words: str) -> bool:
    """Whether the newest state of a card that the member has seen says so."""
    edits = [
        one.content["m.new_content"]["body"]
        for one in member.seen
        if one.room_id == room and one.sender == bot and "m.new_content" in one.content
    ]
    cards = [body for body in edits if body.startswith("Ankieta: ")]
    return bool(cards) and words in cards[-1]


async def card(member: Member | EncryptedMember, room: str, bot: str, words: str) -> None:
    """Until the newest state of the card says so."""
    await member.wait_until(lambda: shows(member, room, bot, words), 20)


async def told(member: Member | EncryptedMember, room: str, bot: str, words: str) -> Seen:
    """Until the bot has said something with these words."""
    return await member.wait_for(lambda one: one.room_id == room and one.sender == bot and words in one.body, 20)


async def polled(member: Member | EncryptedMember, room: str, kind: str) -> Seen:
    """Until the bot's poll event of that kind has been seen."""
    return await member.wait_for(lambda one: (one.room_id, one.type) == (room, kind) and "anna" not in one.sender, 30)


async def test_native_votes_of_a_plain_and_an_encrypted_room_are_one_tally(
    synapse: SynapseServer,
    make_account: MakeAccount,
    make_member: MakeMember,
    make_encrypted_member: MakeEncryptedMember,
    tmp_path: Path,
) -> None:
    account = await make_account("obrady")
    bot = account.user_id
    anna, jan, ola = await make_member("anna"), await make_member("jan"), await make_encrypted_member("ola")
    async with running(synapse.url, account, tmp_path, anna, ola):
        plain = await anna.create_room(name="Zespół", invite=[bot, jan.user_id])
        await jan.join(plain)
        sealed = await ola.plain.create_room(name="Zarząd", encrypted=True, invite=[bot])
        await anna.wait_membership(plain, bot, "join", 20)
        await ola.wait_membership(sealed, bot, "join", 20)
        await ola.wait_ready(sealed, bot)
        await ola.text(sealed, "!ankiety")
        await told(ola, sealed, bot, "Nie było tu jeszcze ankiety")
        await anna.text(plain, "!ankieta Idziemy? | Tak | Nie")
        start, other = await polled(jan, plain, START), await polled(ola, sealed, START)
        ids = [answer["id"] for answer in start.content[START]["answers"]]
        assert ids == [answer["id"] for answer in other.content[START]["answers"]]
        here = start.event_id

        await jan.send(plain, RESPONSE, choice(here, ids[0]))
        last = await jan.send(plain, RESPONSE, choice(here, ids[1]))
        await ola.send(sealed, RESPONSE, choice(other.event_id, ids[1]))
        await anna.text(plain, "!głos 1")
        await card(jan, plain, bot, "1. Tak: 1\n2. Nie: 2")
        await card(ola, sealed, bot, "1. Tak: 1\n2. Nie: 2")
        # Taken back, the choice before counts; spoilt, the vote of another way does.
        await jan.redact(plain, last)
        await card(jan, plain, bot, "1. Tak: 2\n2. Nie: 1")
        await anna.send(plain, RESPONSE, choice(here, ids[1]))
        await card(jan, plain, bot, "1. Tak: 1\n2. Nie: 2")
        await anna.send(plain, RESPONSE, choice(here, "x"))
        await card(jan, plain, bot, "1. Tak: 2\n2. Nie: 1")
        # Native votes were confirmed to nobody in the room: nobody has a direct chat, and apps show the choice.
        assert [body.partition(".")[0] for body in jan.bodies(plain, bot) if "mienić do" in body] == ["Zapisano: 1"]
        # The host of the room ends the native poll in their client: ours goes on, and the room is told once.
        await anna.send(plain, END, closing(here))
        await told(jan, plain, bot, "głosowanie trwa dalej")
        await jan.text(plain, "!głos 2")
        await card(ola, sealed, bot, "1. Tak: 1\n2. Nie: 2")

        await anna.text(plain, "!zamknij")
        for member, room, asked in ((jan, plain, start), (ola, sealed, other)):
            assert "1. Tak: 1 (33%)\n2. Nie: 2 (67%)" in (await told(member, room, bot, "Wynik ankiety")).body
            end = await polled(member, room, END)
            assert end.sender == bot
            assert end.content["m.relates_to"] == {"rel_type": "m.reference", "event_id": asked.event_id}
            assert "2. Nie: 2" in end.content["org.matrix.msc1767.text"]
