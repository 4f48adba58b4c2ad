"""A member who never saw the bot asks, and gets a right answer with a quotation: in the terminal, through the fake Bot
API, and in an end-to-end encrypted Matrix room. Each time by the real process, from its config file.
"""

import asyncio
import re
import sys
import uuid
from pathlib import Path

from bot.knowledge import Knowledge
from tests.crash.process import ROOT, Bot
from tests.fakes.ports import free_port
from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember
from tests.fakes.telegram import FakeTelegram

QUESTIONS = {
    "pl": ("Kto prowadził spotkanie w sprawie strategii?", "Tadeusz Mincer"),
    "en": ("Who led the meeting about the strategy?", "Tadeusz Mincer"),
    "uk": ("Хто вів зустріч про стратегію?", "Мінцер"),
}


def quoted(text: str) -> list[str]:
    """The quotations in an answer's plain form."""
    return [
        "\n".join(line.removeprefix(">").removeprefix(" ") for line in block.split("\n"))
        for block in re.findall(r"(?:^>.*\n?)+", text, re.MULTILINE)
    ]


def verbatim(text: str, lang: str) -> bool:
    """Whether every quotation stands to the letter in a shipped document of the language."""
    documents = [document.text for document in Knowledge.shipped().documents if document.lang == lang]
    quotations = [quotation.strip("\n") for quotation in quoted(text)]
    return bool(quotations) and all(any(words in text_ for text_ in documents) for words in quotations)


async def test_in_the_terminal() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    typed = "".join(question + "\n" for question, _ in QUESTIONS.values()) + "Ile kosztuje bilet do zoo?\n"
    async with asyncio.timeout(60):
        out, err = await process.communicate(typed.encode())
    shown = out.decode()
    assert process.returncode == 0, err.decode()
    assert err == b""
    assert shown.count("•") >= 3, "the greeting suggests three things to type"
    assert "Tadeusz Mincer" in shown
    assert "Мінцер" in shown
    assert "W dokumentach nie ma odpowiedzi" in shown


async def test_on_telegram(tmp_path: Path) -> None:
    token = f"{uuid.uuid4().int % 10**10}:{uuid.uuid4().hex}abc"
    async with FakeTelegram(token) as fake:
        config = f'[platforms.telegram]\ntoken = "{token}"\nbase_url = "{fake.url}"'
        async with Bot(tmp_path, config, free_port()) as bot:
            await bot.start()
            await bot.ready()
            for number, (lang, (question, name)) in enumerate(QUESTIONS.items(), 1):
                member = fake.user(number, "Ktoś", lang)
                await fake.say(member, None, question)
                answer = await fake.wait_for(name, chat=member, timeout=15)
                quotes = [entity for entity in answer["entities"] if entity["type"] == "blockquote"]
                assert quotes
                words = answer["text"].encode("utf-16-le")
                documents = [doc.text for doc in Knowledge.shipped().documents if doc.lang == lang]
                for quote in quotes:
                    start, end = quote["offset"] * 2, (quote["offset"] + quote["length"]) * 2
                    assert any(words[start:end].decode("utf-16-le") in document for document in documents)
                # The introduction comes after the answer, once.
                await fake.wait_for("/privacy" if lang != "pl" else "/prywatnosc", chat=member, timeout=15)
            group = fake.chat("supergroup", "Grupa", members=[fake.user(9, "Ola")])
            asked = await fake.say(fake.user(9, "Ola"), group, "/pytanie O jakich obszarach rozmawiano?")
            answer = await fake.wait_for("wielokultur", chat=group, timeout=15)
            assert answer["reply_to_message"]["message_id"] == asked["message_id"]
            assert await bot.stop() == 0
        assert fake.violations == []


async def test_in_an_encrypted_matrix_room(
    tmp_path: Path, synapse, make_account: MakeAccount, make_encrypted_member: MakeEncryptedMember
) -> None:
    account = await make_account("obrady")
    member = await make_encrypted_member("ola")
    config = f"""
[platforms.matrix]
homeserver = "{synapse.url}"
user_id = "{account.user_id}"
password = "{account.password}"
store = "keys"
invites = ["{member.account.user_id}"]
"""
    async with Bot(tmp_path, config, free_port()) as bot:
        await bot.start()
        await bot.ready()
        room = await member.plain.create_room(name="Krąg", encrypted=True, invite=[account.user_id])
        await member.wait_ready(room, account.user_id)
        for lang, (question, name) in QUESTIONS.items():
            command = {"pl": "!pytanie", "en": "!ask", "uk": "!питання"}[lang]
            before = len(member.seen)
            await member.text(room, f"{command} {question}")
            assert verbatim(await answer_with(member, room, account.user_id, name, before), lang)
        # After a restart the keys are still there, and what was asked meanwhile is answered.
        await bot.kill()
        before = len(member.seen)
        await member.text(room, "!pytanie Kto zaprosił na spotkanie?")
        await bot.start()
        await bot.ready()
        await answer_with(member, room, account.user_id, "FEPS", before)
        assert await bot.stop() == 0
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


async def answer_with(member: EncryptedMember, room: str, bot: str, words: str, after: int) -> str:
    """The bot's next message in the room that holds the words, decrypted."""
    seen = await member.wait_for(
        lambda entry: entry.room_id == room and entry.sender == bot and words in (entry.body or ""), 20, after=after
    )
    return seen.body or ""
