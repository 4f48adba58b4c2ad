"""Changes of meetings: seen first, made once, told once; one of a series alone; two people at once."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.intents import Cancel, Direct, Post
from bot.core.people import Role
from bot.core.refs import CardRef
from tests.handlers.meetings import OTHER, ROOM, both, card, claim, occurrences, opened, text_of, timers
from tests.handlers.world import Shown, World, ids, kinds

WARSAW = ZoneInfo("Europe/Warsaw")


def proposed(world: World, id_: str, words: str, who: str = "olga") -> tuple[str, list[Shown]]:
    """Answer a card with a command; the change's id and what was shown."""
    shown = world.say(who, words, ROOM, reply=CardRef("meeting", id_))
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    return post.card.id, shown


def changed(world: World, id_: str, words: str, scope: str = "one") -> list[Shown]:
    change, _ = proposed(world, id_, words)
    return world.press("olga", f"meeting.change:{change}:{scope}", ROOM)


def notices(world: World) -> list[str]:
    return [
        card(world, intent.card.id, intent.card.kind)
        for intent in world.intents
        if isinstance(intent, Post) and intent.card.kind == "meeting-notice"
    ]


def test_moving_one_shows_old_and_new_then_tells_every_room_once(world: World) -> None:
    claim(world, ROOM, OTHER)
    id_ = opened(world)
    change, [shown] = proposed(world, id_, "/zmien_spotkanie start: 4.12.2026 18:00-20:00")
    assert "Teraz: czwartek, 3 grudnia 2026, 17:00–19:00 (czas polski)" in shown.text
    assert "Nowy termin: piątek, 4 grudnia 2026, 18:00–20:00 (czas polski)" in shown.text
    assert "3 grudnia" in card(world, id_)
    world.press("olga", f"meeting.change:{change}:one", ROOM)
    assert "Kiedy: piątek, 4 grudnia 2026, 18:00–20:00" in card(world, id_)
    told = notices(world)
    assert len(told) == 2
    assert set(told) == {"Zmiana: Zebranie. Nowy termin: piątek, 4 grudnia 2026, 18:00–20:00 (czas polski)"}
    at = {timer.when.astimezone(WARSAW).strftime("%d.%m %H:%M") for timer in timers(world.intents, "meeting.remind")}
    assert at == {"27.11 18:00", "03.12 18:00", "04.12 16:00"}
    assert Cancel(f"meeting.remind:{id_}:120") in world.intents
    assert both(world, id_)[0].sequence == 1
    assert "załatwiona" in text_of(world.press("olga", f"meeting.change:{change}:one", ROOM))


def test_who_comes_hears_of_it_in_the_direct_chat_too(world: World) -> None:
    id_ = opened(world)
    for who, choice in (("anna", "yes"), ("jan", "maybe"), ("ewa", "no")):
        world.press(who, f"rsvp:{id_}:{choice}", ROOM)
    changed(world, id_, "/zmien_spotkanie 18:00")
    [tell] = timers(world.intents, "meeting.tell")
    world.fire("meeting.tell", **tell.payload)
    told = [intent for intent in world.intents if isinstance(intent, Direct)]
    assert {one.person_id for one in told} == {world.person("anna"), world.person("jan")}
    assert ids(told) == ["meeting-told-moved"] * 2


def test_title_and_place_change_in_the_whole_series(world: World) -> None:
    id_ = opened(world, "Zebranie | 26.11.2026 17:00 co tydzień | Sala 1")
    changed(world, id_, "/zmien_spotkanie miejsce: Sala 2")
    assert notices(world) == ["Zmiana: Zebranie. Nowe miejsce: Sala 2"]
    changed(world, id_, "/zmien_spotkanie nazwa: Narada")
    assert "Spotkanie: Narada" in card(world, occurrences(world, id_)[2].id)
    assert "Gdzie: Sala 2" in card(world, occurrences(world, id_)[2].id)
    assert both(world, id_)[0].sequence == 2


def test_one_of_a_series_is_moved_alone(world: World) -> None:
    id_ = opened(world, "Zebranie | 26.11.2026 17:00 co tydzień")
    second = occurrences(world, id_)[1]
    changed(world, second.id, "/zmien_spotkanie start: 4.12.2026 18:00")
    walls = [one.wall.strftime("%d.%m %H:%M") for one in occurrences(world, id_)[:3]]
    assert walls == ["26.11 17:00", "04.12 18:00", "10.12 17:00"]
    assert "Wyjątkowo, zamiast: czwartek, 3 grudnia 2026, 17:00 (czas polski)" in card(world, second.id)
    assert "Wyjątkowo" not in card(world, id_)
    world.fire("meeting.roll", after="")
    assert [one.wall.strftime("%d.%m %H:%M") for one in occurrences(world, id_)[:3]] == walls


def test_one_of_a_series_is_cancelled_alone_or_all_of_it(world: World) -> None:
    id_ = opened(world, "Zebranie | 26.11.2026 17:00 co tydzień")
    _, [shown] = proposed(world, id_, "/odwolaj_spotkanie")
    assert shown.buttons == ("Odwołaj tylko to", "Odwołaj całą serię", "Nie zmieniaj")
    changed(world, id_, "/odwolaj_spotkanie", "one")
    assert notices(world) == ["Odwołane: Zebranie, czwartek, 26 listopada 2026, 17:00 (czas polski)."]
    assert "nie odbędzie" in card(world, id_)
    second = occurrences(world, id_)[1]
    assert "nie odbędzie" not in card(world, second.id)
    assert world.store(lambda store: store.meetings.upcoming(None, 9))[0][1].id == second.id
    changed(world, second.id, "/odwolaj_spotkanie", "all")
    assert "cała seria" in notices(world)[0]
    assert "nie odbędzie" in card(world, occurrences(world, id_)[3].id)
    assert world.store(lambda store: store.meetings.upcoming(None, 9)) == []
    assert "odwołane" in text_of(world.press("anna", f"rsvp:{second.id}:yes", ROOM))


def test_a_single_meeting_is_cancelled_by_one_tap(world: World) -> None:
    id_ = opened(world)
    change, [shown] = proposed(world, id_, "/odwolaj_spotkanie")
    assert shown.buttons == ("Tak, zrób to", "Nie zmieniaj")
    world.press("olga", f"meeting.leave:{change}", ROOM)
    assert world.press("olga", f"meeting.change:{change}:one", ROOM)[0].kind == "alert"
    changed(world, id_, "/odwolaj_spotkanie")
    assert notices(world)[0].startswith("Odwołane: Zebranie")
    assert world.store(lambda store: store.meetings.upcoming(None, 9)) == []


def test_of_two_people_at_once_the_second_is_told(world: World) -> None:
    id_ = opened(world)
    first, _ = proposed(world, id_, "/zmien_spotkanie miejsce: Sala 1")
    second, _ = proposed(world, id_, "/zmien_spotkanie start: 4.12.2026 18:00")
    world.press("olga", f"meeting.change:{first}:one", ROOM)
    assert "w międzyczasie" in text_of(world.press("olga", f"meeting.change:{second}:one", ROOM))
    assert "3 grudnia" in card(world, id_)


def test_who_may_is_checked_at_the_tap(world: World) -> None:
    id_ = opened(world)
    anna = world.person("anna")
    world.say("anna", "/zmien_spotkanie miejsce: Tu", ROOM, reply=CardRef("meeting", id_))
    assert ids(world.intents) == ["not-allowed"]
    world.store(lambda store: store.people.grant(anna, Role.MODERATOR))
    change, _ = proposed(world, id_, "/zmien_spotkanie miejsce: Tu", who="anna")
    world.store(lambda store: store.people.revoke(anna))
    assert "moderują" in text_of(world.press("anna", f"meeting.change:{change}:one", ROOM))
    assert "moderują" in text_of(world.press("anna", f"meeting.leave:{change}", ROOM))
    assert kinds(world.press("olga", "meeting.change:nic:one", ROOM)) == ["alert"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "meeting-change-how"), ("kolor: zielony", "meeting-change-how"), ("miejsce:", "meeting-change-how"),
        ("start: 31.02.2027 17:00", "when-no-such-day"), ("start: 1.11.2026 17:00", "when-past"),
        ("nazwa: " + "x" * 300, "meeting-title-long"), ("miejsce: " + "x" * 400, "meeting-place-long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(world: World, words: str, said: str) -> None:
    id_ = opened(world)
    world.say("olga", f"/zmien_spotkanie {words}", ROOM, reply=CardRef("meeting", id_))
    assert ids(world.intents) == [said]


def test_which_one_is_asked_where_it_is_not_sure(world: World) -> None:
    world.say("olga", "/odwolaj_spotkanie", ROOM)
    assert ids(world.intents) == ["meeting-none"]
    claim(world, ROOM)
    opened(world)
    world.say("olga", "/zmien_spotkanie miejsce: Tu", ROOM)
    assert any(isinstance(intent, Post) for intent in world.intents)
    opened(world, "Drugie | 4.12.2026 17:00")
    world.say("olga", "/zmien_spotkanie miejsce: Tu", ROOM)
    assert ids(world.intents) == ["meeting-which"]


def test_a_new_time_that_passed_meanwhile_changes_nothing(world: World) -> None:
    id_ = opened(world)
    change, _ = proposed(world, id_, "/zmien_spotkanie start: dziś 18:00")
    world.later(timedelta(hours=8))
    assert "minął" in text_of(world.press("olga", f"meeting.change:{change}:one", ROOM))
    assert "3 grudnia" in card(world, id_)


def test_the_hour_of_a_whole_series_changes_and_one_moved_alone_stays(world: World) -> None:
    id_ = opened(world, "Zebranie | 3.12.2026 17:00-19:00 co tydzień")
    first, second, third, *_ = occurrences(world, id_)
    shown = world.say("olga", "/zmień_spotkanie start: 4.12.2026 10:00", ROOM)
    assert "całej serii" not in " ".join(shown[0].buttons)
    world.press("olga", shown[0].actions[0], ROOM)
    shown = world.say("olga", "/zmień_spotkanie start: 3.12.2026 18:30-20:00", ROOM)
    assert shown[0].buttons[:2] == ("Przenieś tylko to", "Zmień godzinę całej serii")
    done = world.press("olga", shown[0].actions[1], ROOM)
    assert any("nową godzinę: 18:30" in one.text for one in done)
    after = {one.id: one for one in occurrences(world, id_)}
    assert f"{after[first.id].wall:%d.%m %H:%M}" == "04.12 10:00"
    assert [f"{after[one.id].wall:%d.%m %H:%M}" for one in (second, third)] == ["10.12 18:30", "17.12 18:30"]
    assert not after[second.id].moved
    meeting, _ = both(world, id_)
    assert f"{meeting.plan.first:%H:%M}" == "18:30"
    with_timers = {timer.key.split(":")[1] for timer in timers(world.intents, "meeting.remind")}
    assert second.id in with_timers
    world.later(timedelta(days=30))
    world.fire("meeting.roll", after="")
    assert {f"{one.wall:%H:%M}" for one in occurrences(world, id_)} == {"10:00", "18:30"}
