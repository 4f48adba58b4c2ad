"""What is new: announcements among it, which everybody may hear of, in the reader's language, in five lines."""

from datetime import timedelta

import pytest

from bot.core.chats import ChatKind
from bot.core.places import for_everybody
from bot.core.refs import ChatRef
from storage import Store
from tests.handlers.test_announcements import only, press, rooms, sent
from tests.handlers.world import World, ids


@pytest.fixture
def desk(world: World) -> World:
    """Three rooms of the default audience."""
    rooms(world)
    world.say("anna", "cześć")
    return world


def news(world: World, who: str = "anna", room: str | None = None) -> list[str]:
    [shown, *_] = world.say(who, "/co_nowego", room)
    return [line for line in shown.text.split("\n") if line.startswith("•")]


def test_an_announcement_is_one_line_without_marks_and_once(desk: World) -> None:
    sent(desk, "**Spotkanie** jutro\n- sala 12")
    desk.later(timedelta(minutes=1))
    assert news(desk) == ["• Ogłoszenie nr 1: Spotkanie jutro"]
    news(desk)
    assert ids(desk.intents) == ["news-none"]


def test_each_reads_it_in_their_language_and_a_long_line_is_cut(desk: World) -> None:
    sent(desk, f"{'Długo ' * 40}\nen:\nMeeting tomorrow")
    [line] = news(desk)
    assert len(line) < 130
    assert line.endswith("…")
    desk.say("jan", "/jezyk en")
    [shown, *_] = desk.say("jan", "/whats_new")
    assert "Announcement no. 1: Meeting tomorrow" in shown.text


def test_what_is_held_dropped_or_withdrawn_is_no_news(desk: World) -> None:
    one = sent(desk)
    press(desk, "olga", "pulled", one)
    desk.say("olga", "/ogloszenie Drugie")
    held = only(desk)
    press(desk, "olga", "send", held)
    desk.say("olga", "/ogloszenie Trzecie")
    press(desk, "olga", "drop", only(desk))
    news(desk)
    assert ids(desk.intents) == ["news-none"]
    desk.later(timedelta(seconds=30))
    desk.fire("announce.go", id=held.id)
    assert news(desk) == ["• Ogłoszenie nr 2: Drugie"]


def test_a_correction_shows_the_words_as_they_are_now(desk: World) -> None:
    sent(desk)
    desk.say("olga", "/popraw_ogloszenie Jednak pojutrze")
    assert news(desk) == ["• Ogłoszenie nr 1: Jednak pojutrze"]


def test_a_room_hears_of_what_went_there(desk: World) -> None:
    desk.say("olga", "/ogloszenie do: Grupa -1\nTylko tutaj")
    one = only(desk)
    press(desk, "olga", "send", one)
    desk.later(timedelta(seconds=30))
    desk.fire("announce.go", id=one.id)
    assert news(desk, room="-1") == ["• Ogłoszenie nr 1: Tylko tutaj"]
    assert news(desk, room="-0") == []
    assert news(desk) == [], "who is in that room is known of nobody"


def test_a_closed_circle_stays_closed(desk: World) -> None:
    def job(store: Store) -> None:
        chat = ChatRef("telegram", "-7")
        store.chats.seen(chat, ChatKind.ROOM, "pl", None, "Zarząd")
        store.rooms.claim(chat, None)
        store.rooms.move_to(chat, "Zarząd federacji")

    desk.store(job)
    desk.say("olga", "/ogloszenie do: Zarząd federacji\nTajne")
    one = only(desk)
    press(desk, "olga", "send", one)
    desk.later(timedelta(seconds=30))
    desk.fire("announce.go", id=one.id)
    assert news(desk) == []
    assert news(desk, room="-7") == ["• Ogłoszenie nr 1: Tajne"]


@pytest.mark.parametrize(
    ("target", "open_"),
    [
        ("all", True),
        ("area:culture", True),
        ("network:matrix", True),
        ("audience:default", True),
        ("audience:abc", False),
        ("room:abc", False),
        ("room:abc,area:x", True),
    ],
)
def test_who_a_target_is_for(target: str, open_: bool) -> None:
    assert for_everybody(target) is open_


def test_five_lines_at_most_and_hostile_words_stay_letters(desk: World) -> None:
    for number in range(7):
        sent(desk, f"<b>@all</b> /zamknij {number}")
    lines = news(desk)
    assert len(lines) == 5
    assert all("@all" not in line and "/zamknij" not in line for line in lines)
    assert "6" in lines[0], "the newest first"
