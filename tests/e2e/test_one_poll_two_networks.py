"""One poll, two networks, one tally: the real process between the fake Bot API and a real Synapse.

A line in a Telegram group opens it. People vote by button, by word, in an encrypted room and in the native poll of a
client that is not ours; one of them has an account on each network. Every room and the hall's screen end with the same.
"""

import asyncio
import json
import re
import uuid
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp

from tests.crash.process import Bot
from tests.crash.votes import recount
from tests.fakes.ports import free_port
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.server import SynapseServer
from tests.fakes.telegram import FakeTelegram
from tests.platforms.matrix.test_native_polls import END, RESPONSE, START, card, choice, polled, told

OWNER = 1
RESULT = "Wynik ankiety: Czy robimy przerwę?"


class Hall:
    """The screen in the hall, as a browser without a script sees it."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def words(self) -> str:
        """The page without its elements."""
        async with aiohttp.ClientSession() as session, session.get(self.address) as answer:
            assert answer.status == 200
            page = await answer.text()
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())

    async def shows(self, *wanted: str) -> None:
        """Until the page says all of it."""
        async with asyncio.timeout(15):
            while not holds(await self.words(), wanted):
                await asyncio.sleep(0.1)

    async def stream(self, *wanted: str) -> None:
        """Until an open page was sent all of it."""
        async with (
            asyncio.timeout(30),
            aiohttp.ClientSession() as session,
            session.get(f"{self.address}/events") as answer,
        ):
            async for line in answer.content:
                if line.startswith(b"data: ") and holds(json.loads(line[6:])["html"], wanted):
                    return
        raise AssertionError(f"the stream ended before {wanted}")


def holds(words: str, wanted: tuple[str, ...]) -> bool:
    return all(one in words for one in wanted)


def buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def plain(words: str) -> str:
    """What people read, without the joiners that keep a network from making mentions."""
    return words.replace("\u2060", "").strip()


async def test_a_line_on_telegram_is_a_right_result_everywhere(
    tmp_path: Path,
    synapse: SynapseServer,
    make_account: MakeAccount,
    make_member: MakeMember,
    make_encrypted_member: MakeEncryptedMember,
) -> None:
    token = f"{uuid.uuid4().int % 10**10}:{uuid.uuid4().hex}abc"
    account = await make_account("obrady")
    us = account.user_id
    ewa, anna_too, ola = await make_member("ewa"), await make_member("anna"), await make_encrypted_member("ola")
    port = free_port()
    async with FakeTelegram(token) as fake:
        marek, anna, jan = (fake.user(OWNER + n, name) for n, name in enumerate(("Marek", "Anna", "Jan")))
        group = fake.chat("supergroup", "Federacja", members=[marek, anna, jan])
        tables = f"""
[people]
owners = ["telegram:{OWNER}", "matrix:{ola.user_id}"]
[platforms.telegram]
token = "{token}"
base_url = "{fake.url}"
[platforms.matrix]
homeserver = "{synapse.url}"
user_id = "{us}"
access_token = "{account.access_token}"
device_id = "{account.device_id}"
store = "keys"
invites = ["{ola.user_id}", "{anna_too.user_id}"]
"""
        web = f'screen = true\npublic_url = "http://127.0.0.1:{port}"'
        async with Bot(tmp_path, tables, port, web) as bot:
            await bot.start()
            await bot.ready()
            # A plain room and an encrypted one; each is claimed by a word of the owner.
            members = [us, ewa.user_id, anna_too.user_id]
            open_room = await ola.plain.create_room(name="Zespół", invite=members)
            sealed = await ola.plain.create_room(name="Zarząd", encrypted=True, invite=[us])
            direct = await anna_too.create_room(direct=True, invite=[us])
            for member in (ewa, anna_too):
                await member.join(open_room)
            for room in (open_room, sealed):
                await ola.wait_membership(room, us, "join", 20)
            await ola.wait_ready(sealed, us)
            await anna_too.wait_membership(direct, us, "join", 20)
            for room in (open_room, sealed):
                await ola.text(room, "!ankiety")
                await told(ola, room, us, "Nie było tu jeszcze ankiety")
            await fake.say(marek, None, "/ekran")
            link = await fake.wait_for("/screen/", chat=marek, timeout=15)
            hall = Hall(re.search(r"http://127\.0\.0\.1:\S+", plain(link["text"]))[0])
            await hall.shows("Teraz nie trwa żadna ankieta")

            await fake.say(marek, group, "/ankieta Czy robimy przerwę?")
            shown = await fake.wait_for(lambda one: len(buttons(one)) == 3, chat=group, timeout=15)
            assert buttons(shown) == ["1. Tak", "2. Nie", "3. Wstrzymuję się"]
            native = await polled(ewa, open_room, START)
            answers = [answer["id"] for answer in native.content[START]["answers"]]
            await hall.shows("Ankieta trwa", "Czy robimy przerwę?", "Nie ma jeszcze głosów")

            # A button, a command, a word in the encrypted room, a native poll; one person with each of two accounts.
            query = await fake.press(marek, shown, "1. Tak")
            assert (await fake.wait_answer(query))["text"] == "Zapisano: 1. Tak. Można zmienić do zamknięcia."
            await fake.say(jan, group, "/glos 2")
            await fake.press(anna, shown, "1. Tak")
            await ola.text(sealed, "!głos 1")
            await ewa.send(open_room, RESPONSE, choice(native.event_id, answers[1]))
            for member, room in ((ewa, open_room), (ola, sealed)):
                await card(member, room, us, "1. Tak: 3\n2. Nie: 2")
            await anna_too.text(open_room, "!głos 2")
            for member, room in ((ewa, open_room), (ola, sealed)):
                await card(member, room, us, "1. Tak: 3\n2. Nie: 3\n3. Wstrzymuję się: 0")

            # Two accounts turn out to be one person: the newer vote is the one that stays.
            await fake.say(anna, None, "/polacz")
            message = await fake.wait_for(re.compile(r"[A-Z]\d-[A-Z\d]{4}"), chat=anna, timeout=15)
            code = re.search(r"[A-Z]\d-[A-Z\d]{4}", message["text"])[0]
            await anna_too.text(direct, f"!połącz {code}")
            await told(anna_too, direct, us, "Liczy się nowszy głos")
            await fake.wait_for("Konta połączone", chat=anna, timeout=15)
            for member, room in ((ewa, open_room), (ola, sealed)):
                await card(member, room, us, "1. Tak: 2\n2. Nie: 3\n3. Wstrzymuję się: 0")
            await hall.shows("Tak 2 głosy 40%", "Nie 3 głosy 60%", "Zagłosowało 5 osób")
            # Whichever account is used from now on, it is the same one vote.
            query = await fake.press(anna, shown, "2. Nie")
            assert "Zamiast głosu z Matrix" in (await fake.wait_answer(query))["text"]

            watching = asyncio.create_task(hall.stream("Wynik ankiety", "3 głosy", "60%"))
            await fake.say(marek, group, "/zamknij")
            result = plain((await fake.wait_for(RESULT, chat=group, timeout=15))["text"])
            assert "1. Tak: 2 (40%)\n2. Nie: 3 (60%)\n3. Wstrzymuję się: 0 (0%)" in result
            assert "Zagłosowało 5 osób (wszystkie sieci razem)." in result
            for member, room in ((ewa, open_room), (ola, sealed)):
                assert plain((await told(member, room, us, RESULT)).body) == result
                await card(member, room, us, "1. Tak: 2\n2. Nie: 3\n3. Wstrzymuję się: 0")
            await fake.wait_for("Ankieta zakończona", chat=group, timeout=15)
            await watching
            await hall.shows("Wynik ankiety", "Tak 2 głosy 40%", "Nie 3 głosy 60%", "Zagłosowało 5 osób")
            # The native polls end once the closing can't be taken back.
            assert (await polled(ewa, open_room, END)).sender == us
            assert await bot.stop() == 0
        assert fake.violations == []
    assert recount(f"sqlite:///{tmp_path}/var/obrady.db") == [2, 3, 0]
    log = bot.log.read_text("utf-8")
    assert not any(words in log for words in ("przerwę", "Marek", token, code))
