"""What people send by mistake or on purpose: each is told kindly, in their language, with what to do next."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.refs import CardRef
from tests.handlers.test_poll_units import delegate
from tests.handlers.test_polls import ROOM, claim, opened, text_of
from tests.handlers.test_voting import counts
from tests.handlers.world import Shown, World

Case = Callable[[World], list[Shown]]
OVERRIDE = "\u202e"
LETTERS = {"pl": "[ąćęłńóśźż]|pytani", "en": "[a-z]", "uk": "[а-щьюяіїєґ]"}


def bad(words: str) -> Case:
    """A line that makes no poll."""
    return lambda world: world.say("olga", f"/ankieta {words}", ROOM)


def vote(action: str, room: str | None = ROOM, words: str = "Czy idziemy? | Tak | Nie") -> Case:
    """A press in a poll that runs."""
    return lambda world: world.press("jan", action.format(opened(world, words)), room)


def typed(words: str, poll: str = "Czy idziemy? | Tak | Nie", room: str | None = ROOM) -> Case:
    """A text in a poll that runs."""

    def case(world: World) -> list[Shown]:
        opened(world, poll)
        return world.say("jan", words, room)

    return case


def late(world: World) -> list[Shown]:
    poll = opened(world)
    world.say("olga", "/zamknij", ROOM)
    return world.press("jan", f"vote:{poll}:1", ROOM)


def withdrawn(world: World) -> list[Shown]:
    poll = opened(world)
    world.say("olga", "/wycofaj", ROOM)
    return world.press("jan", f"vote:{poll}:1", ROOM)


def replayed_undo(world: World) -> list[Shown]:
    poll = opened(world)
    world.press("olga", f"poll.undo:{poll}", ROOM)
    return world.press("olga", f"poll.undo:{poll}", ROOM)


def too_late_to_undo(world: World) -> list[Shown]:
    poll = opened(world)
    world.later(timedelta(minutes=5))
    return world.press("olga", f"poll.undo:{poll}", ROOM)


def replayed_draft(world: World) -> list[Shown]:
    claim(world, ROOM)
    start = world.say("olga", "/ankieta Czy idziemy?")[0].actions[0]
    world.press("olga", start)
    return world.press("olga", start)


def twice_in_secret(world: World) -> list[Shown]:
    poll = opened(world, "tajna Czy idziemy?")
    world.press("jan", f"vote:{poll}:1", ROOM)
    return world.press("jan", f"vote:{poll}:1", ROOM)


def two_delegates(world: World) -> list[Shown]:
    for who in ("anna", "jan"):
        delegate(world, who, "Fundacja X")
    delegate(world, "iza", "Fundacja Y")
    poll = opened(world, "na organizacje Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    return world.press("jan", f"vote:{poll}:2", ROOM)[:1]


def two_polls(world: World) -> list[Shown]:
    opened(world, "Pierwsza? | a | b")
    opened(world, "Druga? | c | d")
    return world.say("jan", "/głos 1", ROOM)


def guessed_code(world: World) -> list[Shown]:
    for _ in range(5):
        world.say("jan", "/polacz K7-4QX2")
    return world.say("jan", "/polacz K7-4QX2")


CASES: dict[str, Case] = {
    "too few options": bad("Pytanie? | jedna"),
    "too many options": bad("Pytanie? |" + "|".join(map(str, range(13)))),
    "duplicates": bad("Pytanie? | Tak | TAK "),
    "duplicates by an invisible letter": bad("Pytanie? | Tak | Ta\u200bk"),
    "duplicates by an override": bad(f"Pytanie? | Tak | {OVERRIDE}Tak"),
    "4,000 characters": bad("x" * 4000),
    "4,000 characters of options": bad("Pytanie? | " + "y" * 4000 + " | z"),
    "no question": bad("| Tak | Nie"),
    "an override alone": bad(f"{OVERRIDE} | Tak | Nie"),
    "no such hour": bad("do 25:61 Czy idziemy?"),
    "no such quorum": bad("kworum 0 Czy idziemy?"),
    "no such threshold": bad("próg 3/2 Czy idziemy?"),
    "a share of nobody knows whom": bad("kworum 50% Czy idziemy?"),
    "no such area": bad("obszar Kosmos Czy idziemy?"),
    "a forged poll": vote("vote:0:1"),
    "a forged option": vote("vote:{}:9"),
    "a forged number": vote("vote:{}:²"),
    "a forged organisation": vote("for:{}:o1:0", words="na organizacje Czy idziemy?"),
    "a foreign room": vote("vote:{}:1", "obca"),
    "a foreign undo": vote("poll.undo:{}"),
    "a foreign close": vote("poll.close:{}"),
    "a replayed undo": replayed_undo,
    "an undo that is too late": too_late_to_undo,
    "a replayed draft": replayed_draft,
    "a vote after the close": late,
    "a vote after the withdrawal": withdrawn,
    "a second secret vote": twice_in_secret,
    "a secret vote in the room": typed("/głos 1", "tajna Czy idziemy?"),
    "a guest in a members' poll": vote("vote:{}:1", words="dla członków Czy idziemy?"),
    "nobody's delegate": vote("vote:{}:1", words="na organizacje Czy idziemy?"),
    "two delegates of one organisation": two_delegates,
    "two options where one is": typed("/głos 1 2"),
    "an option that is none": typed("/głos może"),
    "a bare 1 with two polls open": two_polls,
    "a guessed code": guessed_code,
}


@pytest.mark.parametrize("lang", ["pl", "en", "uk"])
@pytest.mark.parametrize("case", CASES)
def test_it_is_told_kindly_in_the_persons_language_with_what_to_do(world: World, case: str, lang: str) -> None:
    for who in ("olga", "jan"):
        world.say(who, f"/language {lang}")
    shown = CASES[case](world)
    assert shown, "it is never silent"
    told = shown[0].text
    assert re.search(LETTERS[lang], told.lower()), told
    assert lang == "uk" or not re.search("[а-яіїєґ]", told.lower()), told
    asks = shown[0].text.endswith("?") or case == "a bare 1 with two polls open"
    assert asks or re.search(r"/[a-z_]+", told), f"it names no next thing: {told}"
    assert "poll-" not in told, "no untranslated id"
    assert "vote-" not in told


@pytest.mark.parametrize("words", ["<b>a</b>", "[x](http://e.org)", "@all", "/zamknij", "<cmd:help>", f"a{OVERRIDE}b"])
def test_markup_in_options_is_shown_as_it_is(world: World, words: str) -> None:
    shown = world.say("olga", f"/ankieta Co? | {words} | inne", ROOM)[0]
    assert OVERRIDE not in shown.text
    plain = shown.text.replace("\u2060", "")
    assert words.replace(OVERRIDE, "") in plain
    assert not re.search(r"(?<!\S)@all|(?<!\S)/zamknij", shown.buttons[0])


def test_double_taps_and_the_same_reply_again_are_one_vote(world: World) -> None:
    poll = opened(world)
    for _ in range(3):
        world.press("jan", f"vote:{poll}:1", ROOM)
        world.say("jan", "1", ROOM, reply=CardRef("poll", poll))
        world.say("jan", "1")
    assert counts(world, poll) == (1, 0)
    assert "już jest zapisany" in text_of(world.press("jan", f"vote:{poll}:1", ROOM))
