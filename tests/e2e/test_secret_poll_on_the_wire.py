"""A secret poll by the real process on the fake Bot API and on a real Synapse: what each network, the database and the
log get to know of a vote is that there was one."""

import re
import sqlite3
import uuid
from pathlib import Path

from tests.bench.matrix import table
from tests.crash.process import Bot
from tests.e2e.test_one_poll_two_networks import buttons, plain
from tests.e2e.test_secret_poll import ACCEPTED
from tests.fakes.ports import free_port
from tests.fakes.synapse.makers import MakeAccount, MakeMember
from tests.fakes.synapse.server import SynapseServer
from tests.fakes.telegram import FakeTelegram
from tests.platforms.matrix.test_native_polls import START, told

ASKED = "tajna Kogo wysyłamy? | Barbara | Celina"


def stored(folder: Path) -> str:
    """Every row of the database but the poll's own options, while it runs."""
    with sqlite3.connect(f"file:{folder}/var/obrady.db?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [
            (table, row)
            for table in tables
            if table not in {"poll_option", "secret_ballot"}
            for row in database.execute(f"SELECT * FROM {table}")  # noqa: S608 - names from the schema
        ]
    return "\n".join(map(str, rows))


async def test_on_telegram(tmp_path: Path) -> None:
    token = f"{uuid.uuid4().int % 10**10}:{uuid.uuid4().hex}abc"
    async with FakeTelegram(token) as fake:
        marek, anna, jan, ewa = (fake.user(n, name) for n, name in enumerate(("Marek", "Anna", "Jan", "Ewa"), 1))
        group = fake.chat("supergroup", "Federacja", members=[marek, anna, jan, ewa])
        tables = f"""
[people]
owners = ["telegram:1"]
[platforms.telegram]
token = "{token}"
base_url = "{fake.url}"
"""
        async with Bot(tmp_path, tables, free_port()) as bot:
            await bot.start()
            await bot.ready()
            await fake.say(ewa, None, "cześć")
            await fake.wait_for("/prywatnosc", chat=ewa, timeout=15)
            await fake.say(marek, group, f"/ankieta {ASKED}")
            shown = await fake.wait_for(lambda one: buttons(one) == ["1. Barbara", "2. Celina"], chat=group, timeout=15)
            data = [row[0]["callback_data"] for row in shown["reply_markup"]["inline_keyboard"]]
            assert all(len(one.encode()) <= 64 for one in data)
            assert not any(name in one for one in data for name in ("Barbara", "Celina", "Kogo"))
            for voter, choice in ((anna, "1. Barbara"), (jan, "2. Celina")):
                answer = await fake.wait_answer(await fake.press(voter, shown, choice))
                assert (answer["text"], answer.get("show_alert", False)) == (ACCEPTED, False)
            # What others see is no vote; the direct chat is one, and so is no second one.
            await fake.say(ewa, group, "/glos 1")
            await fake.wait_for("ten głos widzą inni, więc się nie liczy", chat=ewa, timeout=15)
            await fake.say(ewa, None, "1")
            await fake.wait_for(ACCEPTED, chat=ewa, timeout=15)
            answer = await fake.wait_answer(await fake.press(ewa, shown, "2. Celina"))
            assert answer["text"].startswith("Głos w tej ankiecie jest już oddany")
            await fake.wait_for("Zagłosowały 3 osoby", chat=group, timeout=15)
            held = stored(tmp_path)
            assert "Barbara" not in held
            assert "Celina" not in held
            for row in held.splitlines():
                # What was offered is kept with the card; which of it was pressed is kept nowhere.
                assert len(set(re.findall(r"vote:[0-9a-f]+:\d", row))) != 1, row
            await fake.say(marek, group, "/zamknij")
            result = plain((await fake.wait_for("Wynik ankiety", chat=group, timeout=15))["text"])
            assert "1. Barbara: 2 (67%)\n2. Celina: 1 (33%)" in result
            assert await bot.stop() == 0
        said = [text for person in (anna, jan, ewa) for text in fake.texts(person)]
        assert not any(name in text for text in said for name in ("Barbara", "Celina"))
        assert fake.violations == []
    log = bot.log.read_text("utf-8")
    assert not any(words in log for words in ("Barbara", "Celina", "vote:", "Anna", token))


async def test_on_matrix(
    tmp_path: Path, synapse: SynapseServer, make_account: MakeAccount, make_member: MakeMember
) -> None:
    account = await make_account("obrady")
    us = account.user_id
    ola, jan = await make_member("ola"), await make_member("jan")
    owners = f'[people]\nowners = ["matrix:{ola.user_id}"]\n'
    tables = owners + table(tmp_path, synapse.url, account, "*")
    async with Bot(tmp_path, tables, free_port()) as bot:
        await bot.start()
        await bot.ready()
        room = await ola.create_room(name="Zespół", invite=[us, jan.user_id])
        await jan.join(room)
        direct = await jan.create_room(direct=True, invite=[us])
        await ola.wait_membership(room, us, "join", 20)
        await jan.wait_membership(direct, us, "join", 20)
        await ola.text(room, f"!ankieta {ASKED}")
        card = await told(jan, room, us, "Kogo wysyłamy?")
        assert "W grupie głosów nie liczymy" in card.body
        assert f"https://matrix.to/#/{us}" in str(card.content["formatted_body"])
        # In the room everybody sees it: not counted, and told in the direct chat, where it then counts.
        await jan.text(room, "!głos 1")
        await told(jan, direct, us, "ten głos widzą inni, więc się nie liczy")
        await jan.react(room, card.event_id, "1️⃣")
        await jan.text(direct, "2")
        await told(jan, direct, us, ACCEPTED)
        held = stored(tmp_path)
        assert "Barbara" not in held
        assert "Celina" not in held
        await ola.text(room, "!zamknij")
        result = await told(jan, room, us, "Wynik ankiety")
        assert "1. Barbara: 0 (0%)\n2. Celina: 1 (100%)" in result.body
        assert not [one for one in await ola.messages(room) if one["type"] == START], (
            "no native poll beside a secret one"
        )
        assert await bot.stop() == 0
    log = bot.log.read_text("utf-8")
    assert not any(words in log for words in ("Barbara", "Celina", "vote:", jan.user_id))
