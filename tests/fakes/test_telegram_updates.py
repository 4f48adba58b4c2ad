"""Updates: what is confirmed, what comes again, who sees what in a group, and the server as a process of its own."""

import asyncio
import json
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.telegram import FakeTelegram, fixtures
from tests.fakes.telegram.clients import Aiogram, Client
from tests.fakes.telegram.queue import UpdateQueue

fake, client = fixtures.fake, fixtures.client


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100, seconds: int = 0) -> list[int]:
    return [item.update_id for item in await queue.poll(offset, limit, seconds)]


def filled(count: int) -> UpdateQueue:
    queue = UpdateQueue(first_id=1)
    for _ in range(count):
        queue.push({"message": {}})
    return queue


async def test_only_an_offset_confirms(fake: FakeTelegram, client: Client) -> None:
    anna = fake.user(101, "Anna")
    for text in ("raz", "dwa", "trzy"):
        await fake.say(anna, None, text)
    first = await client.updates()
    assert [update.message.text for update in first] == ["raz", "dwa", "trzy"]
    assert [update.message.text for update in await client.updates()] == ["raz", "dwa", "trzy"]
    again = await client.updates(offset=first[1].update_id)
    assert [update.message.text for update in again] == ["dwa", "trzy"]
    assert list(await client.updates(offset=first[2].update_id + 1)) == []
    assert (fake.queue.confirmed, len(fake.queue.pending)) == (3, 0)


async def test_limit_negative_offset_and_a_repeated_offset() -> None:
    queue = filled(150)
    assert len(await ids(queue)) == 100
    assert await ids(queue, 0, 3) == [1, 2, 3]
    assert await ids(queue, 10, 3) == [10, 11, 12]
    assert await ids(queue, 10, 3) == [10], "the same offset again at once gets one"
    assert await ids(queue, -2) == [149, 150]
    assert await ids(queue) == [149, 150]


async def test_a_large_answer_is_cut() -> None:
    queue = UpdateQueue(first_id=1)
    for _ in range(5):
        queue.push({"message": {"text": "x" * 1_500_000}})
    assert await ids(queue) == [1, 2]


async def test_duplicates_and_old_ids_are_delivered_once_more(fake: FakeTelegram) -> None:
    anna = fake.user(101, "Anna")
    await fake.say(anna, None, "raz")
    (item,) = await fake.queue.poll()
    update = json.loads(item.data)
    offset = item.update_id + 1
    fake.push(update)
    fake.push({**update, "update_id": item.update_id - 500})
    assert await ids(fake.queue, offset) == [item.update_id, item.update_id - 500]
    fake.push({**update, "update_id": offset + 9})
    fake.push({**update, "update_id": offset + 4})
    assert await ids(fake.queue, offset + 1) == [offset + 9, offset + 4]
    assert await ids(fake.queue, offset + 5) == [offset + 9]


async def test_a_waiting_poll_wakes_at_once(fake: FakeTelegram, client: Client) -> None:
    waiting = asyncio.create_task(client.updates(seconds=10))
    await asyncio.sleep(0.2)
    start = time.monotonic()
    await fake.say(fake.user(101, "Anna"), None, "hej")
    assert [update.message.text for update in await waiting] == ["hej"]
    assert time.monotonic() - start < 0.2


async def test_a_poll_ends_when_its_time_is_over() -> None:
    start = time.monotonic()
    assert await ids(UpdateQueue(), seconds=1) == []
    assert 0.9 < time.monotonic() - start < 2


async def test_the_kinds_of_updates_stick(fake: FakeTelegram, client: Client) -> None:
    anna = fake.user(101, "Anna", started=True)
    await client.updates(allowed=["callback_query"])
    await fake.say(anna, None, "nie widać")
    await client.send(101, "Głosuj", buttons=[[("Za", "v:1")]])
    await fake.press(anna, fake.sent(anna)[0], "Za")
    (update,) = await client.updates()
    assert update.callback_query.data == "v:1"
    await client.updates(offset=update.update_id + 1, allowed=[])
    await fake.react(anna, fake.sent(anna)[0], "👍")
    await fake.say(anna, None, "widać")
    assert [one.message.text for one in await client.updates()] == ["widać"]


async def test_privacy_mode(fake: FakeTelegram, client: Client) -> None:
    anna, group = fake.user(101, "Anna"), fake.chat("supergroup", "Koło")
    card = await client.send(group.id, "Karta")
    own = fake.sent(group)[0]
    assert own["message_id"] == card.message_id
    for text in (
        "pogawędka",
        "/pomoc",
        "/pomoc@obrady_bot",
        "/pomoc@inny_bot",
        "@obrady_bot co nowego?",
        "a/b @obrady_botx",
    ):
        await fake.say(anna, group, text)
    await fake.say(anna, group, "odpowiedź botowi", reply_to=own)
    await fake.say(anna, group, "odpowiedź sobie", reply_to=await fake.say(anna, group, "sama"))
    seen = [update.message.text for update in await client.updates()]
    assert seen == ["/pomoc", "/pomoc@obrady_bot", "@obrady_bot co nowego?", "odpowiedź botowi"]
    fake.queue.forget()
    fake.privacy = False
    await fake.say(anna, group, "pogawędka")
    assert len(await client.updates()) == 1
    await fake.kick_bot(group, anna)
    await fake.say(anna, group, "/pomoc")
    (_, kicked) = await client.updates()
    assert kicked.my_chat_member.new_chat_member.status == "kicked"


async def test_an_anonymous_administrator_is_the_group(fake: FakeTelegram, client: Client) -> None:
    group = fake.chat("supergroup", "Koło")
    await fake.say_anonymously(group, "/pomoc")
    (update,) = await client.updates()
    assert update.message.from_user.id == 1087968824
    assert update.message.sender_chat.id == update.message.chat.id == group.id


async def test_poison_and_unknown_updates_are_delivered_raw(fake: FakeTelegram) -> None:
    fake.push_poison()
    fake.push_unknown("telepathy")
    kinds = [next(key for key in json.loads(item.data) if key != "update_id") for item in await fake.queue.poll()]
    assert kinds == ["poll", "telepathy"]


async def test_as_a_process_with_a_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    command = ("-m", "tests.fakes.telegram", "--ledger", str(ledger), "--seconds", "30", "--strict")
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    fake = FakeTelegram(port=int(url.rpartition(":")[2]))  # not started: it lends its address
    async with aiohttp.ClientSession() as session, Aiogram(fake) as client:

        async def control(route: str, **body: object) -> dict[str, object]:
            async with session.post(f"{url}/control/{route}", json=body) as response:
                answer: dict[str, object] = await response.json()
                return answer

        assert (await control("say", user=101, text="hej"))["message_id"] == 1
        await control("flood", count=3, chats=2, text="nr {n}")
        await control("fault", kind="reset_after", method="sendMessage")
        updates = await client.updates()
        assert [update.message.text for update in updates] == ["hej", "nr 0", "nr 1", "nr 2"]
        with pytest.raises(client.errors["network"]):
            await client.send(101, "doszło")
        assert "no such fault" in str((await control("fault", kind="earthquake"))["error"])
        async with session.get(f"{url}/control/state") as response:
            state = await response.json()
        assert (state["pending"], state["sent"], state["violations"], state["faults_used"]) == (4, 1, [], 1)
        await control("stop")
    assert await asyncio.wait_for(process.wait(), 10) == 0
    lines = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["update"] * 4 + ["sent"]
    assert (lines[-1]["chat"], lines[-1]["text"], lines[-1]["fault"]) == (101, "doszło", "reset_after")


async def test_a_process_ends_by_itself() -> None:
    command = ("-m", "tests.fakes.telegram", "--seconds", "0.1")
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    output, _ = await asyncio.wait_for(process.communicate(), 20)
    assert "time is over" in output.decode()
    assert process.returncode == 0
