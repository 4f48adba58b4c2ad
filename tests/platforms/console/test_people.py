"""One person on two networks, and who may do what, through a real process."""

import csv
import re
from pathlib import Path

from bot.operator.export import export_audit
from tests.platforms.console.support import Console, Line, config, posts, say

OWNER = ("--owner", "tg/olga")


def code_in(shown: list[Line]) -> str:
    found = re.search(r"\b[A-Z][2-9]-[A-Z2-9]{4}\b", posts(shown)[0]["text"])
    assert found
    return found[0]


def ask(console: Console, *lines: Line) -> list[Line]:
    console.send(*lines)
    return console.sync()


def test_two_networks_are_linked_by_a_code_and_parted_again() -> None:
    with Console() as console:
        code = code_in(ask(console, say("tg/anna", "/polacz")))
        told = ask(console, say("mx/ania", code))
        assert "Tg" in posts(told, "@mx/ania")[0]["text"]
        assert "Mx" in posts(told, "@tg/anna")[0]["text"]
        assert "Mx, Tg" in posts(ask(console, say("mx/ania", "/połącz")), "@mx/ania")[0]["text"]
        # A language that is chosen on one network is the person's on the other.
        ask(console, say("tg/anna", "in English"))
        [question] = posts(ask(console, say("mx/ania", "/unlink")))
        assert [choice["label"] for choice in question["choices"]] == ["1. Unlink", "2. Leave it"]
        press = {"op": "press", "from": "mx/ania", "post": question["post"], "choice": "1"}
        parted = ask(console, press, press)
        assert "Mx" in posts(parted, "@tg/anna")[0]["text"]
        first, second = [one["text"] for one in parted if one["op"] == "toast"]
        assert first == "Account unlinked."
        assert "not linked" in second


def test_of_two_votes_cast_before_linking_the_newer_one_counts_and_the_voter_is_told() -> None:
    with Console(*OWNER, "--owner", "mx/ola") as console:
        ask(console, say("mx/ola", "/pomoc", room="mx/ngo"))
        ask(console, say("tg/olga", "/ankieta Czy robimy przerwę? | Tak | Nie", room="tg/ngo"))
        ask(console, say("tg/anna", "/glos 1", room="tg/ngo"))
        ask(console, say("mx/ania", "/glos 2"))
        code = code_in(ask(console, say("tg/anna", "/polacz")))
        told = ask(console, say("mx/ania", code))
        assert "nowszy głos" in posts(told, "@mx/ania")[0]["text"]
        cards = [one["text"] for one in told if one["op"] == "edit"]
        assert len(cards) == 2
        assert all("1. Tak: 0\n2. Nie: 1\n" in card for card in cards)


def test_a_code_seen_by_a_room_and_a_code_on_its_own_account() -> None:
    with Console() as console:
        code = code_in(ask(console, say("tg/anna", "/polacz")))
        assert "drugim koncie" in posts(ask(console, say("tg/anna", code)))[0]["text"]
        assert "inni" in posts(ask(console, say("mx/ania", f"/polacz {code}", room="mx/ngo")), "mx/ngo")[0]["text"]
        assert "nie działa" in posts(ask(console, say("mx/ania", code)))[0]["text"]


def test_guessing_is_stopped_after_five() -> None:
    with Console() as console:
        guesses = [say("mx/eve", f"/polacz B{digit}-2345") for digit in range(2, 8)]
        answers = [posts(ask(console, guess))[0]["text"] for guess in guesses]
        assert ["nie działa" in answer for answer in answers] == [True] * 5 + [False]
        assert "10 minut" in answers[5]


def test_a_moderator_is_appointed_by_a_reply_and_by_a_code_and_all_of_it_is_in_the_log(tmp_path: Path) -> None:
    path = config(tmp_path)
    with Console(*OWNER, "--config", str(path)) as console:
        ask(console, say("tg/jan", "Zgłaszam się", room="tg/ngo", id="e1"))
        refused = ask(console, say("tg/jan", "/moderator", room="tg/ngo", reply="e1"))
        assert "większych uprawnień" in posts(refused, "tg/ngo")[-1]["text"]
        told = ask(console, say("tg/olga", "/moderator", room="tg/ngo", reply="e1"))
        assert any("moderowania" in post["text"] for post in posts(told, "tg/ngo"))
        assert "moderowania" in posts(told, "@tg/jan")[0]["text"]
        help_ = posts(ask(console, say("tg/jan", "/pomoc")))[0]["text"]
        assert "Dla osób, które moderują" in help_
        ask(console, say("tg/olga", "/moderator odbierz", room="tg/ngo", reply="e1"))
        assert "Dla osób, które moderują" not in posts(ask(console, say("tg/jan", "/pomoc")))[0]["text"]
        line = re.search(r"!start \S+", posts(ask(console, say("tg/olga", "/koordynator")))[0]["text"])
        assert line
        assert "Uprawnienia" in posts(ask(console, say("mx/ewa", line[0])))[0]["text"]
        assert "nie działa" in posts(ask(console, say("mx/eve", line[0])))[0]["text"]
        # Beside the running bot.
        with (tmp_path / "audit.csv").open("w+", encoding="utf-8", newline="") as out:
            export_audit(path, None, out)
            out.seek(0)
            acts = [row["act"] for row in csv.DictReader(out)]
    assert [act for act in acts if act.startswith("role")] == [
        "role-granted", "role-revoked", "role-code-made", "role-granted",
    ]  # fmt: skip


def test_a_message_that_this_process_did_not_see_has_no_author() -> None:
    with Console(*OWNER) as console:
        shown = ask(console, say("tg/olga", "/moderator", room="tg/ngo", reply="e99"))
        assert any("prywatnej rozmowie" in post["text"] for post in posts(shown, "tg/ngo"))
