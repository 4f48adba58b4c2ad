"""A weekly meeting on two networks through the real process: made by one message, answered in each way, reminded of at
the same hour on the wall across the change of the clocks, one of them moved."""

from pathlib import Path
from typing import Any

import pytest

from tests.platforms.console.support import Console, Line, config, errors, posts, say

OWNERS = ("--owner", "tg/ola", "--owner", "mx/ola")
TG, MX = "tg/ngo", "mx/ngo"


def at(moment: str) -> Line:
    return {"op": "clock", "at": moment}


def press(who: str, post: str, choice: str | int) -> Line:
    return {"op": "press", "from": who, "post": post, "choice": str(choice)}


def cards(shown: list[Line], head: str = "Spotkanie: ") -> dict[str, str]:
    return {post["room"]: post["post"] for post in posts(shown) if post["text"].startswith(head)}


def last(shown: list[Line], post: str) -> str:
    return [str(one["text"]) for one in shown if one.get("post") == post][-1]


@pytest.fixture
def bot(tmp_path: Path) -> Any:
    with Console(*OWNERS, "--config", str(config(tmp_path))) as console:
        console.send(at("2026-10-14T12:00:00+02:00"))
        console.send(say("tg/ola", "/czaty", room=TG), say("mx/ola", "!czaty", room=MX))
        console.sync()
        yield console


def test_a_weekly_meeting_across_the_change_of_the_clocks(bot: Console) -> None:
    bot.send(say("tg/ola", "/nowe_spotkanie Zebranie | 15.10.2026 17:00-19:00 co tydzień | Biblioteka", room=TG))
    preview = next(post for post in posts(bot.sync(), TG) if post["text"].startswith("Spotkanie: "))
    assert "czwartek, 15 października 2026, 17:00–19:00 (czas polski)" in preview["text"]
    bot.send(press("tg/ola", preview["post"], 1))
    shown = bot.sync()
    assert errors(shown) == []
    card = cards(shown)
    assert card.keys() == {TG, MX}

    bot.send(
        press("tg/anna", card[TG], 1),
        say("mx/jan", "!będę", room=MX),
        say("mx/ewa", "może", room=MX, reply=card[MX]),
        {"op": "react", "from": "tg/iza", "post": card[TG], "key": "3️⃣"},
        {"op": "react", "from": "mx/kot", "post": card[MX], "key": "✅"},
    )
    shown = bot.sync()
    assert "Będą: 3 · Może: 1 · Nie będzie: 1" in last(shown, card[TG])
    assert last(shown, card[TG]) == last(shown, card[MX])

    # Reminders: the day before and two hours before, at the same hours on the wall before and after 25 October.
    heard: dict[str, list[str]] = {}
    for moment in (
        "2026-10-14T16:59:00+02:00",
        "2026-10-14T17:00:00+02:00",
        "2026-10-15T14:59:00+02:00",
        "2026-10-15T15:00:00+02:00",
        "2026-10-28T16:59:00+01:00",
        "2026-10-28T17:00:00+01:00",
        "2026-10-29T14:59:00+01:00",
        "2026-10-29T15:00:00+01:00",
    ):
        bot.send(at(moment))
        texts = [post["text"].splitlines()[0] for post in posts(bot.sync(), MX)]
        heard[moment] = [one for one in texts if one.startswith("Za ")]
    for moment, head in (
        ("2026-10-14T17:00:00+02:00", "Za 1 dzień: Zebranie"),
        ("2026-10-15T15:00:00+02:00", "Za 2 godziny: Zebranie"),
        ("2026-10-28T17:00:00+01:00", "Za 1 dzień: Zebranie"),
        ("2026-10-29T15:00:00+01:00", "Za 2 godziny: Zebranie"),
    ):
        assert heard[moment] == [head], moment


def test_one_is_moved_everywhere_and_reminded_of_at_its_new_hour(bot: Console) -> None:
    bot.send(say("tg/ola", "/nowe_spotkanie Zebranie | 15.10.2026 17:00 co tydzień | Biblioteka", room=TG))
    preview = next(post for post in posts(bot.sync(), TG) if post["text"].startswith("Spotkanie: "))
    bot.send(press("tg/ola", preview["post"], 1))
    card = cards(bot.sync())
    bot.send(say("mx/ola", "!zmień_spotkanie start: 16.10.2026 18:00", room=MX, reply=card[MX]))
    asked = next(post for post in posts(bot.sync(), MX) if "Nowy termin" in post["text"])
    bot.send(press("mx/ola", asked["post"], 1))
    shown = bot.sync()
    assert "Kiedy: piątek, 16 października 2026, 18:00" in last(shown, card[TG])
    assert "Wyjątkowo, zamiast: czwartek, 15 października 2026, 17:00" in last(shown, card[MX])
    told = [post["room"] for post in posts(shown) if post["text"].startswith("Zmiana: Zebranie.")]
    assert sorted(told) == [MX, TG]
    bot.send(at("2026-10-16T17:00:00+02:00"))
    heard = [post["text"].splitlines()[2] for post in posts(bot.sync(), TG) if post["text"].startswith("Za 2 godziny")]
    assert heard == ["Kiedy: piątek, 16 października 2026, 18:00 (czas polski)"]
