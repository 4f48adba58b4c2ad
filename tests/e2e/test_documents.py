"""A moderator sends files and a member gets the passage with its page; the operator adds beside the running bot."""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.documents.makers import docx_file, pdf
from tests.e2e.test_forms import choice
from tests.platforms.console.support import ROOT, START, Console, Line, config, posts, say

OLA = ("--owner", "tg/ola")


def program() -> bytes:
    """Sixty pages; on the 41st something worth asking for."""
    pages = []
    for number in range(1, 61):
        matter = ("stypendiów artystycznych", 41) if number == 41 else (f"zadania {number}", number)
        pages.append(
            [
                "Program współpracy na rok 2026",
                f"Rozdział {number}. Sprawy",
                f"Pieniądze dla {matter[0]} przyznaje komisja numer {matter[1]}, która co pół roku ogłasza",
                f"swoją decyzję na stronie internetowej urzędu w ciągu czternastu dni od posiedzenia {number}.",
                str(number),
            ]
        )
    return pdf(pages, title="Program wspolpracy 2026", day="20251120100000")


def pressed(bot: Console, label: str) -> list[Line]:
    """Press the newest choice of that name."""
    bot.send({"op": "press", "from": "tg/ola", "post": SEEN[label][0], "choice": SEEN[label][1]})
    return heard(bot)


SEEN: dict[str, tuple[str, str]] = {}


def heard(bot: Console) -> list[Line]:
    """What was shown, with its choices remembered; cards change by edits."""
    shown = bot.sync()
    for line in shown:
        for one in line.get("choices", []):
            SEEN[one["label"].partition(". ")[2] or one["label"]] = (line["post"], one["id"])
    return shown


def test_files_by_chat_and_by_command(tmp_path: Path) -> None:
    path = config(tmp_path)
    (tmp_path / "program.pdf").write_bytes(program())
    with Console(*OLA, "--config", str(path)) as bot:
        bot.send(START, say("tg/ola", "cześć"), say("tg/anna", "cześć"))
        bot.sync()
        # A member's file gets a kind word.
        bot.send(say("tg/anna", "", file=str(tmp_path / "program.pdf")))
        assert "tylko od osób, które prowadzą" in posts(heard(bot), "@tg/anna")[-1]["text"]
        # A moderator's is read.
        bot.send(say("tg/ola", "", file=str(tmp_path / "program.pdf")))
        shown = heard(bot)
        assert "Trwa czytanie" in posts(shown, "@tg/ola")[0]["text"]
        card = [line for line in shown if line["op"] == "edit"][-1]["text"]
        for words in ("Tytuł: Program wspolpracy 2026", "Strony: 60", "Język: polski", "Pieniądze dla zadania 1"):
            assert words in card
        shown = pressed(bot, "Dodaj")
        assert "adres" in posts(shown)[-1]["text"]
        for words in ("https://example.org/program.pdf", "pomiń", "31.12.2026", "pomiń"):
            bot.send(say("tg/ola", words))
            shown = heard(bot)
        review = posts(shown)[-1]["text"]
        assert "Data dokumentu: 20 listopada 2025" in review
        assert "31 grudnia 2026" in review
        shown = pressed(bot, "Dodaj")
        assert any(
            "Bot odpowiada już także" in line.get("text", "") for line in shown if line["op"] in {"post", "edit"}
        )
        bot.send(say("tg/anna", "Kto przyznaje pieniądze dla stypendiów artystycznych?"))
        answer = posts(heard(bot), "@tg/anna")[-1]
        assert "komisja numer 41" in answer["text"]
        assert "s. 41" in answer["text"]
        assert "https://example.org/program.pdf" in answer["html"]
        # The same file again: said.
        bot.send(say("tg/ola", "", file=str(tmp_path / "program.pdf")))
        assert any("jest już wśród dokumentów" in line.get("text", "") for line in heard(bot))
        # The list; a member can't take anything out.
        bot.send(say("tg/anna", "/dokumenty"))
        listed = posts(heard(bot), "@tg/anna")[-1]
        assert "Program wspolpracy 2026" in listed["text"]
        assert not listed.get("choices")
        # The operator adds beside the running bot, which sees it.
        (tmp_path / "regulamin.docx").write_bytes(
            docx_file(
                lambda one: one.add_paragraph("Salę konferencyjną federacji rezerwuje się u pani Wandy Zielińskiej.")
            )
        )
        done = obrady("knowledge", "add", str(tmp_path / "regulamin.docx"), "--config", str(path))
        assert done.startswith("added")
        time.sleep(4)
        bot.send(say("tg/anna", "U kogo rezerwuje się salę konferencyjną federacji?"))
        assert "Wandy Zielińskiej" in posts(heard(bot), "@tg/anna")[-1]["text"]
        # It is taken out in the chat, and answers no more; also after a restart.
        bot.send(say("tg/ola", "/dokumenty"))
        shown = heard(bot)
        post, number = choice(shown, "Usuń: regulamin")
        bot.send({"op": "press", "from": "tg/ola", "post": post, "choice": number})
        heard(bot)
        pressed(bot, "Usuń")
    with Console(*OLA, "--config", str(path)) as bot:
        bot.send(START, say("tg/anna", "U kogo rezerwuje się salę konferencyjną federacji?"))
        assert "Wandy Zielińskiej" not in json.dumps(bot.sync(), ensure_ascii=False)
        bot.send(say("tg/anna", "Kto przyznaje pieniądze dla stypendiów artystycznych?"))
        assert "s. 41" in posts(bot.sync(), "@tg/anna")[-1]["text"]


def test_a_broken_file_is_told_and_nothing_else_happens(tmp_path: Path) -> None:
    path = tmp_path / "zly.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    with Console(*OLA) as bot:
        bot.send(START, say("tg/ola", "cześć"), say("tg/ola", "", file=str(path)))
        assert any("jest uszkodzony" in line.get("text", "") for line in heard(bot) if line["op"] == "edit")
        bot.send(say("tg/ola", "Kto prowadził spotkanie?"))
        assert "Tadeusz Mincer" in posts(heard(bot))[-1]["text"]


def obrady(*arguments: str) -> str:
    """A command's output."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
