"""Announcements through a real process with two networks: one message, two areas, three languages, a true report."""

from datetime import datetime, timedelta

from tests.platforms.console.support import START, Console, Line, posts, say

OWNERS = ("--owner", "tg/olga", "--owner", "mx/olga")
WORDS = """do: Wielokulturowość, tg/supported
jak: przeczytane, przypnij
**Spotkanie** jutro: https://example.org/a?b=1
- sala 12
- godzina 18:00
en:
Meeting tomorrow
uk:
Зустріч завтра"""
ROOMS = {
    "tg/kultura": "pl",
    "tg/culture": "en",
    "tg/art": "pl",
    "mx/kultura": "uk",
    "mx/muzyka": "pl",
    "tg/supported": "pl",
}


def press(who: str, post: Line, label: str) -> Line:
    [choice] = [one["id"] for one in post["choices"] if label in one["label"]]
    return {"op": "press", "from": who, "post": post["post"], "choice": choice}


def at(minutes: float) -> Line:
    start = datetime.fromisoformat(str(START["at"]))
    return {"op": "clock", "at": (start + timedelta(minutes=minutes)).isoformat()}


def card_of(shown: list[Line], room: str, label: str) -> Line:
    """The card with this button, as it was shown last."""
    found = [
        one for one in shown if one.get("room") == room and any(label in c["label"] for c in one.get("choices", ()))
    ]
    return found[-1]


def rooms(console: Console) -> None:
    """Claim the rooms. Two are about the area, two about all areas, and one about another area."""
    languages = {"pl": "Polski", "en": "English", "uk": "Українська"}
    for room, lang in (ROOMS | {"tg/other": "pl"}).items():
        olga = f"{room[:2]}/olga"
        console.send({"op": "join", "from": olga, "room": room})
        [card] = posts(console.sync(), room)
        console.send(press(olga, card, languages[lang]), press(olga, card, "Przyjmij"))
        console.sync()
        number = {"tg/kultura": 4, "mx/kultura": 4, "tg/other": 1, "tg/supported": 1}.get(room)
        if number:
            console.send({"op": "press", "from": olga, "post": card["post"], "choice": "7"})
            switches = posts(console.sync(), room)[-1]
            console.send({"op": "press", "from": olga, "post": switches["post"], "choice": str(number)})
            console.sync()


def announce(console: Console, words: str = WORDS) -> tuple[Line, list[Line]]:
    """Write it, send it, and let the time for undoing pass. Returns the card at the desk and what was shown."""
    console.send(say("mx/olga", f"!ogłoszenie {words}"))
    card = card_of(console.sync(), "@mx/olga", "Wyślij")
    console.send(press("mx/olga", card, "Wyślij"))
    shown = console.sync()
    assert not any("Spotkanie" in one["text"] for one in posts(shown) if one["room"] in ROOMS)
    return card, shown


def texts(shown: list[Line], op: str = "post") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {room: [] for room in ROOMS}
    for one in shown:
        if one["op"] == op and one.get("room") in ROOMS:
            found[one["room"]].append(one["text"])
    return found


def test_each_room_has_it_once_in_its_language_corrected_and_withdrawn_with_true_reports() -> None:
    with Console(*OWNERS) as console:
        console.send(START)
        rooms(console)
        card, _ = announce(console)
        for part in ("Podgląd", "Wielokulturowość", "Tg: 4 grupy", "Mx: 2 grupy", "• sala 12", "tg/art (Tg)"):
            assert part in card["text"], part
        assert "tg/other" not in card["text"]
        assert "<strong>Spotkanie</strong>" in card["html"]
        assert '<a href="https://example.org/a?b=1">' in card["html"]
        # The bot loses the right to write in one room and is thrown out of another while it is held.
        console.send({"op": "mute", "room": "tg/art"}, {"op": "expel", "room": "mx/muzyka"})
        console.sync()
        console.send(at(0.5))
        shown = console.sync()
        sent = {room: [words for words in said if "Spotkanie" in words or "Meeting" in words or "Зустріч" in words]
                for room, said in texts(shown).items()}  # fmt: skip
        assert {room: len(said) for room, said in sent.items()} == {
            "tg/kultura": 1, "tg/culture": 1, "tg/art": 0, "mx/kultura": 1, "mx/muzyka": 0, "tg/supported": 1
        }  # fmt: skip
        assert "Announcement no. 1" in sent["tg/culture"][0]
        assert "Зустріч завтра" in sent["mx/kultura"][0]
        assert len([one for one in shown if one["op"] == "pin"]) == 4
        console.send(at(0.7))
        shown = console.sync()
        report = posts(shown, "@mx/olga")[-1]
        assert "Dotarło: 4 z 6" in report["text"]
        assert "tg/art (Tg): bot nie ma prawa pisać w tej grupie" in report["text"]
        assert "mx/muzyka (Mx): bot został usunięty z grupy" in report["text"]

        console.send(say("mx/olga", "!popraw_ogłoszenie Spotkanie pojutrze"))
        shown = console.sync()
        edits = [one["text"] for one in shown if one["op"] == "edit" and "pojutrze" in one["text"]]
        assert len(edits) == 4
        assert sum("The words of this announcement were corrected" in words for words in edits) == 1
        console.send(at(1))
        report = posts(console.sync(), "@mx/olga")[-1]
        assert "Raport: poprawki ogłoszenia nr 1. W porządku: 6 z 6" in report["text"]
        assert "Poprawione: 4" in report["text"]
        assert "Nie ma go tam, więc nie trzeba poprawiać: 2" in report["text"]

        # Whoever writes much in a minute has to wait.
        console.send(at(3), press("mx/olga", report, "Wycofaj"))
        sure = posts(console.sync(), "@mx/olga")[-1]
        console.send(press("mx/olga", sure, "Tak, wycofaj"))
        shown = console.sync()
        assert len([one for one in shown if one["op"] == "delete"]) == 4
        console.send(at(3.5))
        report = posts(console.sync(), "@mx/olga")[-1]
        assert "Usunięte: 4" in report["text"]


def test_it_can_be_undone_before_the_first_send_and_nobody_had_it() -> None:
    with Console(*OWNERS) as console:
        console.send(START)
        rooms(console)
        _, shown = announce(console)
        held = card_of(shown, "@mx/olga", "Cofnij")
        console.send(press("mx/olga", held, "Cofnij"))
        again = card_of(console.sync(), "@mx/olga", "Wyślij")
        assert "Podgląd" in again["text"]
        console.send(at(5))
        assert not any("Spotkanie" in one["text"] for one in posts(console.sync()) if one["room"] in ROOMS)
