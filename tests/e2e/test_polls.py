"""One poll on two networks with one tally, through the real process: opened, voted in every way, closed, killed."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.platforms.console.support import START, SYNC, Console, Line, config, errors, play, posts, say

OWNERS = ("--owner", "tg/ola", "--owner", "mx/ola")
TG, MX = "tg/ngo", "mx/ngo"


def at(time: str) -> Line:
    return {"op": "clock", "at": f"2026-12-01T{time}+01:00"}


def press(who: str, post: str, choice: str | int) -> Line:
    return {"op": "press", "from": who, "post": post, "choice": str(choice)}


def claimed() -> list[Line]:
    """Two rooms on two networks that hear the same things."""
    return [say("tg/ola", "/czaty", room=TG), say("mx/ola", "!czaty", room=MX)]


def cards(shown: list[Line]) -> dict[str, str]:
    """Rooms and the posts of the newest poll's card there."""
    return {post["room"]: post["post"] for post in posts(shown) if post["text"].startswith("Ankieta: ")}


def last(shown: list[Line], post: str) -> str:
    """What a post shows in the end."""
    return [str(one["text"]) for one in shown if one.get("post") == post][-1]


def results(shown: list[Line]) -> dict[str, str]:
    return {post["room"]: post["text"] for post in posts(shown) if post["text"].startswith("Wynik ankiety")}


@pytest.fixture
def bot(tmp_path: Path) -> Any:
    with Console(*OWNERS, "--config", str(config(tmp_path))) as console:
        console.send(START, *claimed())
        console.sync()
        yield console


def test_from_one_line_to_the_same_result_in_every_room(bot: Console) -> None:
    bot.send(say("tg/ola", "/ankieta do 18:00 Czy robimy przerwę?", room=TG))
    shown = bot.sync()
    card = cards(shown)
    assert card.keys() == {TG, MX}
    first = next(post for post in posts(shown, TG) if post["post"] == card[TG])
    assert first["text"].split("\n\n")[:2] == ["Ankieta: Czy robimy przerwę?", "1. Tak\n2. Nie\n3. Wstrzymuję się"]
    assert [choice["label"] for choice in first["choices"]] == ["1. Tak", "2. Nie", "3. Wstrzymuję się"]
    assert "18:00" in first["text"]
    assert "Jawna" in first["text"]

    bot.send(
        press("tg/anna", card[TG], 1),  # a button
        {"op": "react", "from": "mx/jan", "post": card[MX], "key": "2️⃣"},  # a reaction
        say("mx/ewa", "2", room=MX, reply=card[MX]),  # a reply
        say("tg/iza", "/glos 1", room=TG),  # the command
        say("mx/kot", "1"),  # a number in the direct chat
    )
    shown = bot.sync()
    assert [one["text"] for one in shown if one["op"] == "toast"] == ["Zapisano: 1. Tak. Można zmienić do 18:00."]
    assert sum(one["text"].startswith("Zapisano: ") for one in posts(shown)) == 4
    assert last(shown, card[TG]) == last(shown, card[MX])
    assert "1. Tak: 3\n2. Nie: 2\n3. Wstrzymuję się: 0" in last(shown, card[MX])
    assert "Zagłosowało 5 osób" in last(shown, card[MX])

    # Taking a reaction off, digits as talk and double taps change nothing; a change of mind does.
    bot.send(
        {"op": "react", "from": "mx/jan", "post": card[MX], "key": "2️⃣", "off": True},
        say("mx/ewa", "1", room=MX),
        press("tg/anna", card[TG], 1),
        say("mx/kot", "3"),
    )
    shown = bot.sync()
    assert "1. Tak: 2\n2. Nie: 2\n3. Wstrzymuję się: 1" in last(shown, card[TG])

    # Two accounts, one person: what was cast last stays.
    bot.send(say("tg/anna", "/polacz"))
    code = next(
        found[0] for post in posts(bot.sync(), "@tg/anna") if (found := re.search(r"[A-Z]\d-[A-Z\d]{4}", post["text"]))
    )
    bot.send(say("mx/anna", "2"))
    assert "Zagłosowało 6 osób" in last(bot.sync(), card[TG])
    bot.send(say("mx/anna", f"!połącz {code}"))
    shown = bot.sync()
    assert "1. Tak: 1\n2. Nie: 3\n3. Wstrzymuję się: 1" in last(shown, card[TG])
    bot.send(press("tg/anna", card[TG], 2))
    assert [one["text"] for one in bot.sync() if one["op"] == "toast"] == [
        "Zapisano: 2. Nie. Zamiast głosu z Mx. Można zmienić do 18:00."
    ]

    # 18:00, the grace, and after it.
    bot.send(at("18:00:29"), say("tg/nela", "2"))
    shown = bot.sync()
    assert results(shown) == {}
    assert "tuż po czasie" in posts(shown, "@tg/nela")[0]["text"]
    bot.send(at("18:00:30"), press("tg/late", card[TG], 1), say("mx/late", "1"))
    shown = bot.sync()
    told = results(shown)
    assert told.keys() == {TG, MX}
    assert told[TG] == told[MX]
    assert "1. Tak: 1 (17%)\n2. Nie: 4 (67%)\n3. Wstrzymuję się: 1 (17%)" in told[TG]
    assert "zakończona" in last(shown, card[TG])
    assert "zakończona" in last(shown, card[MX])
    late = "Ankieta zamknięta: 18:00. Ten głos nie został policzony."
    assert [one["text"][: len(late)] for one in shown if one["op"] == "toast"] == [late]
    assert posts(shown, "@mx/late")[0]["text"].startswith(late)
    bot.send({"op": "react", "from": "mx/late", "post": card[MX], "key": "1️⃣"})
    # In a room without toasts it is told in the direct chat that is there.
    assert posts(bot.sync(), "@mx/late")[0]["text"].startswith(late)


def test_a_kill_in_the_middle_loses_nothing_and_counts_nothing_twice(tmp_path: Path) -> None:
    where = (*OWNERS, "--config", str(config(tmp_path)))
    votes = [say(f"{net}/v{number}", "/glos 1", room=room, id=f"{net}{number}")
             for number in range(12) for net, room in (("tg", TG), ("mx", MX))]  # fmt: skip
    with Console(*where) as bot:
        bot.send(START, *claimed(), say("tg/ola", "/ankieta do 18:00 Czy idziemy? | Tak | Nie", room=TG))
        card = cards(bot.sync())
        bot.send(*votes[:10])
        bot.sync()
        bot.send(*votes[10:18])
        bot.process.kill()
    shown = play(at("17:30:00"), *votes, SYNC, arguments=where, clock=False)
    assert errors(shown) == []
    assert last(shown, card[MX]).count("1. Tak: 24\n2. Nie: 0") == 1
    # The closing time is past when it starts again: the result comes at once.
    shown = play(at("19:00:00"), SYNC, arguments=where, clock=False)
    told = results(shown)
    assert told.keys() == {TG, MX}
    assert told[TG] == told[MX]
    assert "1. Tak: 24 (100%)\n2. Nie: 0 (0%)" in told[TG]
    # 12 voters on each network: nobody can be told from their shares.
    assert "Mx: głosujących 12 (1: 12 · 2: 0)\nTg: głosujących 12 (1: 12 · 2: 0)" in told[TG]


def test_hands_that_take_it_back(bot: Console) -> None:
    bot.send(say("tg/ola", "/ankieta Gdzie? | Tu | Tam", room=TG))
    shown = bot.sync()
    card = cards(shown)
    [back] = [post for post in posts(shown, TG) if len(post["choices"]) == 2 and "Cofnij" in str(post["choices"])]
    assert [choice["label"] for choice in back["choices"]] == ["1. Tylko tu", "2. Cofnij"]
    bot.send(press("tg/anna", back["post"], 2), press("tg/ola", back["post"], 1))
    shown = bot.sync()
    assert [one["text"] for one in shown if one["op"] == "toast"][-1] == "Ankieta jest teraz tylko w tej grupie."
    assert "tylko w innej grupie" in last(shown, card[MX])
    assert "1. Tu" in last(shown, card[TG])
    bot.send(at("17:01:00"))
    edits = [one for one in bot.sync() if one["op"] == "edit" and one["post"] == back["post"]]
    assert edits[-1]["choices"] == []
    bot.send(press("tg/anna", card[TG], 1), say("tg/ola", "/zamknij", room=TG))
    shown = bot.sync()
    assert results(shown).keys() == {TG}
    [shut] = [post for post in posts(shown, TG) if [choice["label"] for choice in post["choices"]] == ["1. Cofnij"]]
    bot.send(press("tg/ola", shut["post"], 1), press("tg/ewa", card[TG], 2))
    shown = bot.sync()
    assert "1. Tu: 1\n2. Tam: 1" in last(shown, card[TG])
    bot.send(say("tg/ola", "/wycofaj", room=TG))
    assert "Ankieta wycofana" in last(bot.sync(), card[TG])


def test_a_number_with_two_polls_open_asks_and_the_answer_is_the_vote(bot: Console) -> None:
    bot.send(say("tg/ola", "/ankieta Pierwsza? | a | b", room=TG), say("mx/ola", "!ankieta Druga? | c | d", room=MX))
    bot.sync()
    bot.send(say("mx/jan", "1"))
    asked = posts(bot.sync(), "@mx/jan")[0]
    assert [choice["label"] for choice in asked["choices"]] == ["1. Pierwsza?", "2. Druga?"]
    bot.send(press("mx/jan", asked["post"], 2))
    assert [one["text"] for one in bot.sync() if one["op"] == "toast"] == [
        "Zapisano: 1. c. Można zmienić do zamknięcia."
    ]
    # By number too: the question is the last message of the bot.
    bot.send(say("mx/jan", "2"), say("mx/jan", "1"))
    assert posts(bot.sync(), "@mx/jan")[-1]["text"].startswith("Zapisano: 2. b.")


def test_a_choice_just_offered_in_the_direct_chat_is_answered_before_a_poll(bot: Console) -> None:
    bot.send(say("tg/jan", "cześć"), say("tg/ola", "/ankieta Czy idziemy?", room=TG), say("tg/jan", "/jezyk"))
    bot.sync()
    bot.send(say("tg/jan", "2"), say("tg/jan", "2"))
    told = [post["text"] for post in posts(bot.sync(), "@tg/jan")]
    assert told[0] == "Saved: English."
    assert told[1].startswith("Saved: 2. No.")


def test_forged_and_foreign_presses_are_told_kindly(bot: Console) -> None:
    bot.send(say("tg/ola", "/ankieta Czy idziemy?", room=TG))
    card = cards(bot.sync())
    bot.send(press("tg/jan", card[TG], 9), press("tg/jan", card[TG], 0), press("tg/jan", card[TG], "²"))
    bot.send(say("tg/jan", "7", room=TG, reply=card[TG]), say("tg/jan", "99"))
    shown = bot.sync()
    assert all("/" in one["text"] for one in shown if one["op"] == "toast")
    assert "Nie ma odpowiedzi 99" in posts(shown, "@tg/jan")[0]["text"]
    bot.send(say("tg/ola", "/wyniki", room=TG))
    assert "Nikt nie zagłosował" in posts(bot.sync(), TG)[-1]["text"]
