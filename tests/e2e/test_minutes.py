"""A date is asked for, becomes a meeting, is held on two networks and ends in minutes: through the real process."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_meetings import MX, OWNERS, TG, at, cards, last, press
from tests.platforms.console.support import Console, Line, config, errors, posts, say


@pytest.fixture
def bot(tmp_path: Path) -> Any:
    with Console(*OWNERS, "--config", str(config(tmp_path))) as console:
        console.send(at("2026-10-14T12:00:00+02:00"))
        console.send(say("tg/ola", "/czaty", room=TG), say("mx/ola", "!czaty", room=MX))
        console.sync()
        yield console


def newest(shown: list[Line], room: str, words: str) -> Line:
    """The newest post in a room with these words."""
    return next(post for post in reversed(posts(shown, room)) if words in post["text"])


def test_from_a_date_to_the_minutes(bot: Console) -> None:
    # Whoever chose the date is asked in the direct chat: they have one.
    bot.send(say("tg/anna", "/pomoc"), say("mx/jan", "pomoc"))
    bot.send(say("tg/ola", "/termin Zebranie | 15.10.2026 17:00-19:00 | 16.10.2026 18:00", room=TG))
    asked = newest(bot.sync(), TG, "Termin: Zebranie")
    assert "czwartek, 15 października 2026, 17:00–19:00 (czas polski)" in asked["text"]
    bot.send(press("tg/ola", asked["post"], 1))
    poll = cards(bot.sync(), "Ankieta: ")
    assert poll.keys() == {TG, MX}
    bot.send(
        press("tg/anna", poll[TG], 1),
        say("mx/jan", "1 2", room=MX, reply=poll[MX]),
        say("mx/ewa", "2", room=MX, reply=poll[MX]),
        say("tg/iza", "1", room=TG, reply=poll[TG]),
    )
    bot.sync()
    bot.send(say("mx/ola", "!zamknij", room=MX, reply=poll[MX]))
    bot.sync()
    bot.send(press("tg/ola", asked["post"], 1))
    shown = bot.sync()
    assert errors(shown) == []
    meeting = cards(shown)
    assert meeting.keys() == {TG, MX}
    assert "Będą: 0 · Może: 3" in last(shown, meeting[TG])
    confirm = newest(shown, "@tg/anna", "Termin wybrany: Zebranie")
    assert "Termin wybrany" in newest(shown, "@mx/jan", "Zebranie")["text"]
    bot.send(press("tg/anna", confirm["post"], 1))
    assert "Będą: 1 · Może: 2" in last(bot.sync(), meeting[MX])

    # Held: presence on both networks, a poll of those present, lines marked by command and in reply.
    bot.send(at("2026-10-15T17:00:00+02:00"), say("tg/ola", "/rozpocznij_spotkanie", room=TG))
    shown = bot.sync()
    begun = cards(shown, "Spotkanie: Zebranie\n\nSpotkanie trwa")
    assert begun.keys() == {TG, MX}
    bot.send(press("tg/anna", begun[TG], 1), say("mx/jan", "!jestem", room=MX), say("mx/ewa", "!jestem", room=MX))
    bot.send(say("tg/ola", "/ankieta Przerwa? | Tak | Nie", room=TG))
    poll = cards(bot.sync(), "Ankieta: Przerwa?")
    bot.send(press("tg/anna", poll[TG], 1), say("mx/jan", "1", room=MX, reply=poll[MX]))
    assert "Głosowało 2 z 3 obecnych." in last(bot.sync(), poll[MX])
    bot.send(say("tg/ola", "/zamknij", room=TG))
    bot.send({**say("mx/ewa", "Kupujemy rzutnik", room=MX), "id": "e7"})
    bot.send(say("mx/jan", "!ustalenie", room=MX, reply="e7"))
    proposed = newest(bot.sync(), MX, "Propozycja do protokołu")
    assert "Ustalenie: Kupujemy rzutnik" in proposed["text"]
    bot.send(press("mx/ola", proposed["post"], 1), say("tg/ola", "/zadanie lista lokali do 20.10", room=TG))
    task = newest(bot.sync(), TG, "Zadanie: lista lokali")
    bot.send(press("tg/anna", task["post"], 1))
    bot.send(say("tg/ola", "/zakończ_spotkanie", room=TG))
    shown = bot.sync()
    assert errors(shown) == []
    assert {post["room"] for post in posts(shown) if "Spotkanie się skończyło" in post["text"]} == {TG, MX}
    files = [file for post in posts(shown, "@tg/ola") for file in post.get("files", [])]
    assert [str(file["name"]).rsplit(".", 1)[1] for file in files] == ["md", "html", "odt"]
    approve = newest(shown, "@tg/ola", "Protokół: Zebranie")
    bot.send(say("tg/ola", "/popraw_protokol 1 Kupujemy jeden rzutnik"), press("tg/ola", approve["post"], 1))
    shown = bot.sync()
    assert errors(shown) == []
    assert any("Protokół zatwierdzony" in str(one.get("text")) for one in shown)

    # The task reminds who took it, once.
    bot.send(at("2026-10-19T09:00:00+02:00"))
    assert "lista lokali" in newest(bot.sync(), "@tg/anna", "Przypomnienie o zadaniu")["text"]
    bot.send(at("2026-10-20T12:00:00+02:00"))
    assert not any("Przypomnienie o zadaniu" in post["text"] for post in posts(bot.sync()))


def test_a_meeting_step_by_step_on_the_second_network(bot: Console) -> None:
    bot.send(say("mx/ola", "!nowe_spotkanie"))
    for answer in ("Zebranie", "15.10.2026 17:00-19:00", "nie", "Biblioteka", "winda"):
        bot.send(say("mx/ola", answer))
    bot.send(*[say("mx/ola", "pomiń")] * 4)
    draft = newest(bot.sync(), "@mx/ola", "Czy wszystko się zgadza?")
    assert "Dostępność: winda" in draft["text"]
    bot.send(say("mx/ola", "1", reply=draft["post"]))
    shown = bot.sync()
    assert errors(shown) == []
    assert cards(shown).keys() == {TG, MX}
