"""Meetings by one line: seen before they are opened, shown everywhere, listed; series grow and keep to the wall."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.core.intents import Post
from bot.core.meetings import MeetingState
from bot.core.people import Role
from bot.core.refs import AccountRef, ChatRef
from tests.handlers.meetings import OTHER, ROOM, both, card, claim, drafted, occurrences, opened, text_of, timers
from tests.handlers.world import World, ids, kinds

WARSAW = ZoneInfo("Europe/Warsaw")


def test_everything_understood_is_repeated_before_anybody_hears_of_it(world: World) -> None:
    claim(world, ROOM, OTHER)
    [shown] = world.say(
        "olga", "/nowe_spotkanie Spotkanie robocze | 3.12.2026 17:00-19:00 | Dom kultury | Wielokulturowość", ROOM
    )
    assert "Spotkanie: Spotkanie robocze" in shown.text
    assert "Kiedy: czwartek, 3 grudnia 2026, 17:00–19:00 (czas polski)" in shown.text
    assert "Gdzie: Dom kultury" in shown.text
    assert "Obszar: Wielokulturowość" in shown.text
    assert "Przypomnienia: 7 dni, 1 dzień, 2 godziny przed początkiem" in shown.text
    assert "w 2 grupach" in shown.text
    assert shown.buttons == ("Tak, ogłoś", "Nie ogłaszaj")
    assert all(len(action) <= 40 for action in shown.actions)


def test_one_tap_shows_it_in_every_room(world: World) -> None:
    claim(world, ROOM, OTHER)
    draft = drafted(world, "Zebranie | 3.12.2026 17:00-19:00 | https://example.org/zebranie")
    shown = world.press("olga", f"meeting.start:{draft}", ROOM)
    cards = [one for one in shown if one.kind == "card"]
    assert [one.to for one in cards] == [ROOM, OTHER]
    assert cards[0].buttons == ("Będę", "Może", "Nie będę")
    assert "czwartek, 3 grudnia 2026, 17:00–19:00 (czas polski)" in cards[0].text
    assert "https://example.org/zebranie" in cards[0].text
    assert "Będą: 0 · Może: 0 · Nie będzie: 0" in cards[0].text
    at = [timer.when.astimezone(WARSAW).strftime("%d.%m %H:%M") for timer in timers(world.intents, "meeting.remind")]
    assert at == ["26.11 17:00", "02.12 17:00", "03.12 15:00"]
    # Twice is once.
    assert kinds(world.press("olga", f"meeting.start:{draft}", ROOM)) == ["alert"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "meeting-how"),
        ("| 3.12.2026 17:00", "meeting-no-title"),
        ("Zebranie", "meeting-no-start"),
        ("Zebranie |", "meeting-no-start"),
        ("x" * 400 + " | 3.12.2026 17:00", "meeting-title-long"),
        ("Zebranie | 3.12.2026", "when-no-start-hour"),
        ("Zebranie | 31.02.2027 17:00", "when-no-such-day"),
        ("Zebranie | 3.11.2026 17:00", "when-past"),
        ("Zebranie | 3.12.2026 19:00-17:00", "when-end-first"),
        ("Zebranie | 28.03.2027 2:30", "when-hour-missing"),
        ("Zebranie | jutro o szóstej", "when-unknown"),
        ("Zebranie | 3.12.2026 17:00 | " + "x" * 301, "meeting-place-long"),
        ("Zebranie | 3.12.2026 17:00 | tu | tam", "meeting-part-unknown"),
        ("Zebranie | 3.12.2026 17:00 | obszar: Kosmos", "meeting-part-unknown"),
        ("Zebranie | 3.12.2026 17:00 | miejsc: 0", "meeting-seats-wrong"),
        ("Zebranie | 3.12.2026 17:00 | przypomnienia: kiedyś", "meeting-reminders-unknown"),
        ("Zebranie | 3.12.2026 17:00 | co drugi wtorek", "series-misfit"),
        ("Zebranie | co tydzień o 18", "series-start"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(world: World, words: str, said: str) -> None:
    world.say("olga", f"/nowe_spotkanie {words}", ROOM)
    assert ids(world.intents) == [said]


def test_parts_may_come_in_any_order_and_say_more(world: World) -> None:
    draft = drafted(
        world,
        "Zebranie | 3.12.2026 17:00 | co drugi czwartek do 30.06.2027 | miejsc: 50 | przypomnienia: 3 dni | Sala 5",
    )
    shown = card(world, draft, "meeting-draft")
    assert "Powtarza się: co 2 tygodnie (czwartek), do 30 czerwca 2027" in shown
    assert "Liczba miejsc: 50" in shown
    assert "Przypomnienia: 3 dni przed początkiem" in shown
    assert "Gdzie: Sala 5" in shown


def test_words_of_people_are_no_markup_and_no_mention(world: World) -> None:
    shown = card(world, opened(world, "<b>Kto</b> @all? \u202e | 3.12.2026 17:00 | @jan /start"))
    assert "<b>Kto</\u2060b> @\u2060all?" in shown
    assert "\u202e" not in shown
    assert "/start" not in shown


def test_only_moderators_and_still_at_the_tap(world: World) -> None:
    claim(world, ROOM)
    world.say("anna", "/nowe_spotkanie Zebranie | 3.12.2026 17:00", ROOM)
    assert ids(world.intents) == ["not-allowed"]
    anna = world.person("anna")
    world.store(lambda store: store.people.grant(anna, Role.MODERATOR))
    draft = drafted(world, "Zebranie | 3.12.2026 17:00", who="anna")
    assert "moderują" in text_of(world.press("jan", f"meeting.start:{draft}", ROOM))
    world.store(lambda store: store.people.revoke(anna))
    assert "moderują" in text_of(world.press("anna", f"meeting.start:{draft}", ROOM))
    assert "nie został" in text_of(world.press("olga", f"meeting.drop:{draft}", ROOM))
    assert kinds(world.press("olga", f"meeting.start:{draft}", ROOM)) == ["alert"]
    world.say(None, "/nowe_spotkanie Zebranie | 3.12.2026 17:00", ROOM)
    assert ids(world.intents) in (["meeting-anonymous"], ["not-allowed"])


def test_a_draft_whose_time_passed_is_not_opened(world: World) -> None:
    draft = drafted(world, "Zebranie | dziś 18:00")
    world.later(timedelta(hours=6))
    assert "minął" in text_of(world.press("olga", f"meeting.start:{draft}", ROOM))
    assert world.store(lambda store: store.meetings.upcoming(None, 9)) == []


def test_in_a_direct_chat_it_goes_to_the_rooms_there_are(world: World) -> None:
    world.say("olga", "/nowe_spotkanie Zebranie | 3.12.2026 17:00")
    assert ids(world.intents)[0] == "meeting-no-rooms"
    claim(world, ROOM, OTHER)
    opened(world, room=None)
    posts = [intent for intent in world.intents if isinstance(intent, Post) and intent.card.kind == "meeting"]
    assert {post.chat.chat_id for post in posts} == {ROOM, OTHER}


def test_rooms_about_other_areas_alone_do_not_hear_of_it(world: World) -> None:
    claim(world, ROOM, OTHER)
    [first, second, *_] = world.store(lambda store: store.areas.all())
    world.store(lambda store: store.rooms.set_area(ChatRef("telegram", OTHER), second.id, True))
    both_ = drafted(world, f"Zebranie | 3.12.2026 17:00 | {second.words.in_('pl')}")
    one = drafted(world, f"Zebranie | 3.12.2026 17:00 | {first.words.in_('pl')}")
    assert [len(world.store(lambda s, id_=id_: s.meetings.get(id_)).rooms) for id_ in (both_, one)] == [2, 1]  # type: ignore[misc, union-attr]


def test_what_comes_is_listed(world: World) -> None:
    world.say("jan", "/spotkania", ROOM)
    assert ids(world.intents)[0] == "meeting-none"
    id_ = opened(world, "Co tydzień | co czwartek 17:00")
    opened(world, "Raz | 2.12.2026 17:00")
    [shown] = world.say("jan", "/spotkania", ROOM)
    assert shown.text.index("Co tydzień: czwartek, 26 listopada 2026, 17:00") < shown.text.index(
        "Raz: środa, 2 grudnia"
    )
    [shown] = world.say("jan", "/spotkania")[:1]
    assert shown.actions[0] == f"meeting.show:{id_}"
    [shown, *_] = world.press("jan", shown.actions[0])
    assert "Spotkanie: Co tydzień" in shown.text
    assert "Nie ma" not in shown.text
    assert "już nie ma" in text_of(world.press("jan", "meeting.show:nic"))


def test_a_series_is_announced_one_after_another(world: World) -> None:
    id_ = opened(world, "Zebranie | 26.11.2026 17:00-19:00 co tydzień")
    announcing = timers(world.intents, "meeting.announce")
    made = occurrences(world, id_)
    assert len(made) == len(announcing) + 1
    # The next card comes when the one before is over (that is after 17:00 a week before, the seventh day).
    assert announcing[0].when.astimezone(WARSAW).strftime("%d.%m %H:%M") == "26.11 19:00"
    world.now = announcing[0].when
    world.fire("meeting.announce", id=made[1].id)
    assert [intent.card.id for intent in world.intents if isinstance(intent, Post)] == [made[1].id]
    assert world.fire("meeting.announce", id=made[1].id) == []
    assert "3 grudnia 2026, 17:00–19:00" in card(world, made[1].id)
    assert "już się odbyło" in card(world, id_)


def test_the_hour_on_the_wall_stays_over_both_changes_of_the_clocks(world: World) -> None:
    world.now = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    id_ = opened(world, "Zebranie | 22.10.2026 17:00 co tydzień")
    found = {one.wall.strftime("%d.%m"): one.starts_at.astimezone(UTC).hour for one in occurrences(world, id_)}
    assert (found["22.10"], found["29.10"]) == (15, 16)
    reminders = [timer for timer in timers(world.intents, "meeting.remind") if timer.key.endswith(":1440")]
    assert {timer.when.astimezone(WARSAW).hour for timer in reminders} == {17}
    world.now = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    world.fire("meeting.roll", after="")
    found = {one.wall.strftime("%d.%m"): one.starts_at.astimezone(UTC).hour for one in occurrences(world, id_)}
    assert (found["25.03"], found["01.04"]) == (16, 15)


def test_the_days_go_by_and_the_series_goes_on(world: World) -> None:
    id_ = opened(world, "Zebranie | 26.11.2026 17:00 co tydzień")
    before = len(occurrences(world, id_))
    for _ in range(15):
        world.later(timedelta(days=1))
        rolled = timers(world.fire("meeting.roll", after=""), "meeting.roll")
        assert [timer.when - world.now for timer in rolled] == [timedelta(days=1)]
    walls = [one.wall for one in occurrences(world, id_)]
    assert len(walls) == before + 2
    assert all(after - one == timedelta(days=7) for one, after in pairwise(walls))


def test_new_rules_of_a_zone_move_what_is_to_come(world: World) -> None:
    """The government drops summer time: what was computed with the old rules is computed anew from the wall."""
    id_ = opened(world, "Zebranie | 26.11.2026 17:00 co tydzień")
    meeting, one = both(world, id_)
    wrong = replace(one, starts_at=one.starts_at + timedelta(hours=1))
    world.store(lambda store: store.meetings.put(wrong))
    intents = world.fire("meeting.roll", after="")
    assert both(world, id_)[1].starts_at == one.starts_at
    assert {timer.key for timer in timers(intents, "meeting.remind")} >= {f"meeting.remind:{id_}:120"}
    assert meeting.state is MeetingState.OPEN


def test_the_tables_remember_the_organiser_by_id_alone(world: World) -> None:
    meeting, _ = both(world, opened(world))
    assert meeting.organiser == world.store(lambda store: store.people.of(AccountRef("telegram", "olga")).id)
