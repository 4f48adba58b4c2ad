"""From nothing to an owner who gets a question: `obrady init`, `check`, `run`, the one-time link, on both networks."""

import asyncio
import re
import stat
import sys
import uuid
from pathlib import Path

from tests.crash.process import ROOT, Bot
from tests.fakes.ports import free_port
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember
from tests.fakes.telegram import FakeTelegram


async def obrady(*arguments: str, typed: str = "") -> tuple[int, str]:
    """The exit code and all that was printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *arguments),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        out, _ = await process.communicate(typed.encode())
    return process.returncode or 0, out.decode()


async def test_init_makes_an_owner(
    tmp_path: Path, synapse, make_account: MakeAccount, make_encrypted_member: MakeEncryptedMember
) -> None:
    token = f"{uuid.uuid4().int % 10**10}:{uuid.uuid4().hex}abc"
    account = await make_account("obrady")
    chief = await make_encrypted_member("szefowa")
    config = tmp_path / "config.toml"
    async with FakeTelegram(token) as fake:
        # Matrix is asked for first: networks come in alphabetical order. A wrong password is asked for again.
        typed = [synapse.url, account.user_id, "wrong", synapse.url, account.user_id, account.password, ""]
        typed += ["123:wrong", fake.url, token, fake.url]
        code, out = await obrady("init", "--config", str(config), typed="\n".join(typed) + "\n")
        assert code == 0, out
        assert stat.S_IMODE(config.stat().st_mode) == 0o600
        assert account.password not in config.read_text("utf-8")
        assert "wrong" not in config.read_text("utf-8")
        assert "no: " in out
        link = re.search(r"https://t\.me/obrady_bot\?start=(\S+)", out)
        assert link, out
        assert f"!start {link[1]}" in out

        code, out = await obrady("init", "--config", str(config))
        assert code == 1
        assert "is there already" in out
        code, out = await obrady("check", "--config", str(config))
        assert code == 0, out
        assert "NO " not in out

        with config.open("a", encoding="utf-8") as file:
            port = free_port()
            file.write(f"\n[web]\nport = {port}\n")
        async with Bot(tmp_path, config.read_text("utf-8").partition("\n[web]")[0], port) as bot:
            await bot.start()
            await bot.ready()
            # The first one who opens the link is the owner; the code is no use to a second one.
            room = await chief.plain.create_room(direct=True, encrypted=True, invite=[account.user_id])
            await chief.wait_ready(room, account.user_id)
            await chief.text(room, f"!start {link[1]}")
            await answer(chief, room, account.user_id, "Kod przyjęty")
            thief = fake.user(6, "Ktoś")
            await fake.say(thief, None, f"/start {link[1]}")
            await fake.wait_for("Ten kod nie działa", chat=thief, timeout=15)

            member = fake.user(7, "Ola")
            await fake.say(member, None, "Ile kosztuje bilet do zoo?")
            card = await fake.wait_for("nie ma odpowiedzi", chat=member, timeout=15)
            await fake.press(member, card, "Przekaż pytanie")
            passed_on = await answer(chief, room, account.user_id, "Ile kosztuje bilet do zoo?")
            assert "Ola" not in passed_on
            await fake.wait_for("przekazano", chat=member, timeout=15)
            assert await bot.stop() == 0
        assert fake.violations == []
        assert token not in bot.log.read_text("utf-8")
        assert "zoo" not in bot.log.read_text("utf-8")


async def answer(member, room: str, bot: str, words: str) -> str:
    """The bot's message in the room that holds the words."""
    seen = await member.wait_for(
        lambda entry: entry.room_id == room and entry.sender == bot and words in (entry.body or ""), 20
    )
    return seen.body or ""
