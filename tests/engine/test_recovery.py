"""What a dead process left under way: sent again where that is harmless, uncertain where it may be there already."""

from dataclasses import replace

from sqlmodel import Session

from bot.core.intents import Direct
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Names
from bot.engine.clock import SystemClock
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import NotSentError, Outgoing, Sent, UndeliverableError
from storage.engine import open_engine
from storage.sending import recover
from tests.engine.world import Network, Running, World, body, echo, press, say

ONCE_ONLY = replace(CAPABILITIES, idempotent_send=False)


async def _left_in_sending(world: World) -> None:
    """A message, an edit and the answer to a press, each marked and not settled."""
    router = echo()
    router.press("quiet")(lambda _event, _ctx: [])

    def judge(_outgoing: Outgoing) -> None:
        raise NotSentError("down", 3600)

    async with world.bot(router, network=Network(judge=judge)) as bot:
        await bot.tell(say("raz"), press("1", action="quiet", press_id="p1"))
    _add_edit(world, "e", "send")
    world.sql("UPDATE outbox SET state = 'sending', not_before = created_at")


def _add_edit(world: World, id_: str, like: str) -> None:
    same = "adapter, platform, chat_id, thread_id, lang, payload, not_before, created_at"
    world.sql(
        f"INSERT INTO outbox ({same}, id, op, priority, message_id, state, attempts, parts) "  # noqa: S608
        f"SELECT {same}, '{id_}', 'edit', 2, '7', 'pending', 0, 0 FROM outbox WHERE op = '{like}'"
    )


async def test_where_a_repeated_id_is_one_message_all_goes_again(world: World) -> None:
    await _left_in_sending(world)
    before = dict(world.rows("op, id", "outbox"))
    async with world.bot() as bot:
        await bot.until(lambda: len(bot.network.delivered) == 3)
        assert {one.outgoing.op: one.outgoing.id for one in bot.network.delivered} == before
        await bot.settle()
    assert set(world.states()) == {"sent"}


async def test_elsewhere_a_message_is_uncertain_and_the_rest_goes_again(world: World) -> None:
    await _left_in_sending(world)
    async with world.bot(network=Network(capabilities=ONCE_ONLY)) as bot:
        await bot.until(lambda: len(bot.network.delivered) == 2)
        assert {one.outgoing.op for one in bot.network.delivered} == {"edit", "ack"}
        await bot.settle()
    states = dict(world.rows("op, state", "outbox"))
    assert states == {"send": "uncertain", "edit": "sent", "ack": "sent"}
    assert world.rows("payload", "outbox WHERE op = 'send'") == [("",)]


async def test_an_edit_left_under_way_gives_way_to_a_newer_one(world: World) -> None:
    await _left_in_sending(world)
    _add_edit(world, "f", "edit")
    async with world.bot() as bot:
        await bot.until(lambda: len(bot.network.delivered) == 3)
        await bot.settle()
    assert dict(world.rows("id, state", "outbox WHERE op = 'edit'")) == {"e": "cancelled", "f": "sent"}


async def test_another_networks_rows_are_left_alone(world: World) -> None:
    await _left_in_sending(world)
    engine = open_engine(world.url)
    with engine.connect().execution_options(write=True) as connection, Session(connection) as session:
        assert recover(session, "other", SystemClock().now(), idempotent=False) == 0
        session.commit()
    engine.dispose()
    assert set(world.states()) == {"sending"}


JAN, OLA = AccountRef("memory", "jan"), AccountRef("memory", "ola")


def _writing(*people: AccountRef):  # type: ignore[no-untyped-def]
    return echo(
        lambda message, ctx: [
            Direct(ctx.store.people.of(account).id, body(f"{message.text} {account.user_id}")) for account in people
        ]
    )


class Opening(Network):
    """Opens direct chats as Matrix does: the chat's id is not the person's."""

    opened: dict[str, int]

    async def deliver(self, outgoing: Outgoing) -> Sent:
        sent = await super().deliver(outgoing)
        if outgoing.chat.chat_id:
            return sent
        account = outgoing.account_id or ""
        self.opened[account] = self.opened.get(account, 0) + 1
        return Sent(sent.message_id, ChatRef("memory", f"!{account}-{self.opened[account]}"))


def _opening(**more: object) -> Opening:
    network = Opening(**more)  # type: ignore[arg-type]
    network.opened = {}
    return network


async def _chats(bot: Running) -> list[str]:
    await bot.settle()
    return [one.outgoing.chat.chat_id for one in bot.network.delivered]


async def test_a_person_who_wrote_is_written_to_in_their_chat(world: World) -> None:
    async with world.bot(_writing(JAN)) as bot:
        await bot.tell(say("ja", ChatRef("memory", "dm-jan"), sender="jan", direct=True))
        assert bot.network.delivered[-1].outgoing.chat == ChatRef("memory", "dm-jan")


async def test_one_direct_chat_is_opened_for_a_person_however_much_waits(world: World) -> None:
    long = " ".join(["słowo"] * 2000)
    network = _opening()
    async with world.bot(_writing(JAN), network=network) as bot:
        await bot.tell(say(long), say("dwa"), say("trzy"))
        await bot.tell(say("cztery"))
        chats = await _chats(bot)
        assert network.opened == {"jan": 1}
        assert set(chats) == {"", "!jan-1"}
        assert chats.count("") == 1
        assert network.texts[-3:] == ["dwa jan", "trzy jan", "cztery jan"]
        # What the person writes there is known to come from them.
        await bot.tell(say("odpowiedź", ChatRef("memory", "!jan-1"), sender="jan", direct=True))
        assert network.delivered[-1].outgoing.chat.chat_id == "!jan-1"


async def test_a_text_that_broke_off_goes_on_in_the_chat_that_was_opened(world: World) -> None:
    attempts: list[str] = []

    def judge(outgoing: Outgoing) -> None:
        attempts.append(outgoing.id)
        if len(attempts) == 2:
            raise NotSentError("429", 0.1)

    network = _opening(judge=judge)
    async with world.bot(_writing(JAN), network=network) as bot:
        network.push(say(" ".join(["słowo"] * 1500)))
        await bot.until(lambda: len(network.delivered) >= 3)
        assert network.opened == {"jan": 1}
        assert (await _chats(bot)).count("") == 1


async def test_a_stranger_who_can_not_be_written_to_takes_no_other_along(world: World) -> None:
    def judge(outgoing: Outgoing) -> None:
        if outgoing.account_id == "jan":
            raise UndeliverableError("blocked", chat_gone=True)

    network = _opening(judge=judge, capabilities=ONCE_ONLY)
    async with world.bot(_writing(JAN, OLA), network=network) as bot:
        await bot.tell(say("raz"), say("dwa"))
        assert network.texts == ["raz ola", "dwa ola"]
        assert len([call for call in network.calls if call.account_id == "jan"]) == 1


async def test_a_person_who_wrote_meanwhile_is_written_to_there(world: World) -> None:
    trouble = [NotSentError("down", 0.3)]

    def judge(_outgoing: Outgoing) -> None:
        if trouble:
            raise trouble.pop()

    network = _opening(judge=judge)
    router = _writing(JAN)
    router.command("hi", Names("hej", "hi", "гей"))(lambda _message, _argument, _ctx: [])
    async with world.bot(router, network=network) as bot:
        await bot.tell(say("raz"))
        await bot.tell(say("/hej", ChatRef("memory", "dm-jan"), sender="jan", direct=True))
        await bot.until(lambda: network.texts == ["raz jan"])
        assert network.opened == {}
        assert network.delivered[0].outgoing.chat.chat_id == "dm-jan"
