"""Trouble on demand: both clients must see each fault as what it is, and the server must know what took effect."""

import asyncio
import time
from datetime import timedelta

import pytest

from tests.fakes.telegram import ERRORS, FakeTelegram, Limits, fixtures
from tests.fakes.telegram.clients import CLIENTS, Client
from tests.fakes.telegram.errors import ApiError

fake, client = fixtures.fake, fixtures.client


@pytest.fixture(autouse=True)
def _pauses_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot's RetryAfter warns unless one takes the type of its next version."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("flood", "flood"),
        ("blocked", "forbidden"),
        ("deactivated", "forbidden"),
        ("group_deleted", "forbidden"),
        ("not_member_supergroup", "forbidden"),
        ("bad_token", "unauthorized"),
        ("internal", "server"),
        ("reply_not_found", "bad_request"),
        ("html_502", "gateway"),
        ("reset_before", "network"),
    ],
)
async def test_a_refused_call_is_not_delivered(fake: FakeTelegram, client: Client, kind: str, seen: str) -> None:
    fake.user(101, "Anna", started=True)
    fake.fault(kind, method="sendMessage", seconds=7)
    with pytest.raises(client.errors[seen]) as caught:
        await client.send(101, "raz")
    assert fake.texts() == []
    if kind == "flood":
        pause: object = getattr(caught.value, "retry_after", None)
        assert pause in (7, timedelta(seconds=7))
    await client.send(101, "dwa")
    assert fake.texts() == ["dwa"]
    assert [call.fault for call in fake.transcript("sendMessage")] == [kind, None]


@pytest.mark.parametrize(
    ("kind", "seen"),
    [("reset_after", "network"), ("hang_after", "timeout"), ("stall", "timeout"), ("truncated", "garbage")],
)
async def test_a_broken_answer_leaves_a_delivered_message(
    fake: FakeTelegram, client: Client, kind: str, seen: str
) -> None:
    fake.user(101, "Anna", started=True)
    fake.fault(kind, seconds=1.5)
    with pytest.raises(client.errors[seen]):
        await client.send(101, "raz", wait=0.4)
    assert fake.texts() == ["raz"]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_a_reset_is_a_reset(fake: FakeTelegram, kind: str) -> None:
    fake.user(101, "Anna", started=True)
    fake.fault(kind)
    reader, writer = await asyncio.open_connection("127.0.0.1", int(fake.url.rpartition(":")[2]))
    writer.write(f"GET /bot{fake.token}/sendMessage?chat_id=101&text=x HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()
    assert len(fake.sent()) == (kind == "reset_after")


async def test_a_slow_answer_arrives_whole(fake: FakeTelegram, client: Client) -> None:
    fake.user(101, "Anna", started=True)
    fake.fault("drip", seconds=0.4)
    before = time.monotonic()
    assert (await client.send(101, "powoli")).text == "powoli"
    assert time.monotonic() - before >= 0.35


async def test_a_fault_hits_the_calls_it_is_meant_for(fake: FakeTelegram, client: Client) -> None:
    for number in (101, 102):
        fake.user(number, "Osoba", started=True)
    fault = fake.fault("flood", chat=102, skip=1, times=2)
    outcome = []
    for chat in (101, 102, 102, 101, 102, 102):
        try:
            await client.send(chat, "x")
        except client.errors["flood"]:
            outcome.append(429)
        else:
            outcome.append(200)
    assert outcome == [200, 200, 429, 200, 429, 200]
    assert (fault.used, fault.over) == (2, True)


async def test_a_group_migrates_at_a_call(fake: FakeTelegram, client: Client) -> None:
    group = fake.chat("group", "Koło")
    fake.fault("migrate", chat=group.id, skip=1)
    await client.send(group.id, "raz")
    with pytest.raises(client.errors["migrated"]) as caught:
        await client.send(group.id, "dwa")
    new = group.migrated_to
    moved: object = caught.value
    assert new in (getattr(moved, "migrate_to_chat_id", None), getattr(moved, "new_chat_id", None))
    old_side, new_side = await client.updates()
    assert (old_side.message.chat.id, old_side.message.migrate_to_chat_id) == (group.id, new)
    assert (new_side.message.chat.id, new_side.message.migrate_from_chat_id) == (new, group.id)
    assert (await client.send(new, "trzy")).chat.type == "supergroup"


async def test_a_revoked_token(fake: FakeTelegram, client: Client) -> None:
    fake.revoke_token()
    with pytest.raises(client.errors["unauthorized"]):
        await client.updates()


async def test_the_older_poll_gets_the_conflict(fake: FakeTelegram, client: Client) -> None:
    async with CLIENTS["aiogram"](fake) as other:
        older = asyncio.create_task(client.updates(seconds=5))
        await asyncio.sleep(0.2)
        newer = asyncio.create_task(other.updates(seconds=5))
        with pytest.raises(client.errors["conflict"], match="terminated by other getUpdates"):
            await older
        assert not newer.done()
        await fake.say(fake.user(101, "Anna"), None, "hej")
        assert [update.message.text for update in await newer] == ["hej"]


async def test_a_black_hole_swallows_polls_and_nothing_is_confirmed(fake: FakeTelegram, client: Client) -> None:
    waiting = asyncio.create_task(client.updates(seconds=5))
    await asyncio.sleep(0.2)
    fake.black_hole(0.4)
    anna = fake.user(101, "Anna")
    await fake.say(anna, None, "halo")
    await client.send(101, "inne wywołania działają")
    with pytest.raises(client.errors["network"]):
        await waiting
    assert [update.message.text for update in await client.updates()] == ["halo"]


async def test_the_server_can_go_down_and_come_back(fake: FakeTelegram, client: Client) -> None:
    await fake.say(fake.user(101, "Anna"), None, "hej")
    await fake.down()
    with pytest.raises(client.errors["network"]):
        await client.updates()
    await fake.start()
    assert len(await client.updates()) == 1


async def test_the_limits_of_sending() -> None:
    limits = Limits(private_burst=2, group=3, minute=0.5, second=0.5)
    async with FakeTelegram(limits=limits) as fake, CLIENTS["ptb"](fake) as one:
        fake.user(101, "Anna", started=True)
        group = fake.chat("group", "Koło")
        for chat, fine in ((101, 2), (group.id, 3)):
            for _ in range(fine):
                await one.send(chat, "x")
            with pytest.raises(one.errors["flood"]):
                await one.send(chat, "x")
        assert fake.limiter is not None
        assert dict(fake.limiter.refused) == {"101": 1, str(group.id): 1}
        await asyncio.sleep(0.55)
        await one.send(101, "x")
        await one.send(group.id, "x")


async def test_the_limit_of_all_sending() -> None:
    async with FakeTelegram(limits=Limits(overall=5)) as fake, CLIENTS["aiogram"](fake) as one:
        for number in range(6):
            fake.user(number + 1, "Osoba", started=True)
        for number in range(5):
            await one.send(number + 1, "x")
        with pytest.raises(one.errors["flood"]):
            await one.send(6, "x")


def test_every_error_says_where_its_text_comes_from() -> None:
    assert len(ERRORS) >= 59
    for row in ERRORS.values():
        assert row["source"] or "not verified" in row["verified"]
    assert ApiError("flood", retry_after=7).body() == (
        b'{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7", '
        b'"parameters": {"retry_after": 7}}'
    )
    assert ApiError("flood", retry_after=7).headers == {"Retry-After": "7"}


def test_a_fault_must_be_known() -> None:
    with pytest.raises(ValueError, match="no such fault"):
        FakeTelegram().fault("earthquake")
