"""Reminders: to rooms and to who comes, never at night, late ones marked or expired; each accounted for once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intents import At, Direct, Post
from bot.core.reminders import DEFAULT, Fate, due_at, fate_of, read_offsets
from tests.handlers.meetings import ROOM, card, claim, opened, timers
from tests.handlers.world import World, ids

WARSAW = ZoneInfo("Europe/Warsaw")


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=WARSAW)


def fates(world: World, id_: str) -> dict[int, Fate]:
    return world.store(lambda store: store.reminders.fates(id_))


def directs(world: World) -> list[Direct]:
    return [intent for intent in world.intents if isinstance(intent, Direct)]


def remind(world: World, id_: str, minutes: int, due: datetime) -> None:
    world.fire("meeting.remind", due=due, id=f"{id_}:{minutes}")


def test_rooms_and_those_who_come_are_reminded(world: World) -> None:
    claim(world, ROOM)
    id_ = opened(world)
    for who, choice in (("anna", "yes"), ("jan", "maybe"), ("ewa", "no")):
        world.press(who, f"rsvp:{id_}:{choice}", ROOM)
    world.now = at("2026-12-02T17:00")
    remind(world, id_, 1440, world.now)
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    assert card(world, post.card.id, "meeting-reminder").startswith(
        "Za 1 dzień: Zebranie\n\nKiedy: czwartek, 3 grudnia 2026, 17:00–19:00 (czas polski)\n\nGdzie: Biblioteka"
    )
    assert {one.person_id for one in directs(world)} == {world.person("anna"), world.person("jan")}
    assert ids(directs(world))[0] == "reminder-direct"
    assert fates(world, id_) == {1440: Fate.SENT}


def test_after_two_hours_away_it_is_sent_marked_late(world: World) -> None:
    id_ = opened(world)
    due = at("2026-12-03T15:00")
    world.now = due + timedelta(hours=1)
    remind(world, id_, 120, due)
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    assert "przychodzi późno" in card(world, post.card.id, "meeting-reminder")
    assert fates(world, id_) == {120: Fate.LATE}


def test_after_three_days_away_what_helps_no_more_is_recorded_and_told(world: World) -> None:
    id_ = opened(world)
    world.now = at("2026-12-03T15:30")
    remind(world, id_, 1440, at("2026-12-02T17:00"))
    assert not any(isinstance(intent, Post) for intent in world.intents)
    assert [one.person_id for one in directs(world)] == [world.person("olga")]
    assert ids(directs(world)) == ["reminder-expired"]
    remind(world, id_, 120, at("2026-12-03T15:00"))
    world.now = at("2026-12-06T12:00")
    remind(world, id_, 10080, at("2026-11-26T17:00"))
    assert fates(world, id_) == {1440: Fate.EXPIRED, 120: Fate.LATE, 10080: Fate.EXPIRED}


def test_those_who_can_t_be_written_to_are_a_number_for_the_organiser(world: World) -> None:
    id_ = opened(world)
    for who in ("anna", "jan"):
        world.press(who, f"rsvp:{id_}:yes", ROOM)
    world.now = at("2026-12-02T17:00")
    remind(world, id_, 1440, world.now)
    first, second = directs(world)
    world.fail(first)
    [report] = timers(world.intents, "meeting.report")
    world.store(lambda store: store.due.arm(report))
    world.fail(second)
    assert world.intents == []
    world.fire("meeting.report", **report.payload)
    [told] = directs(world)
    assert (told.person_id, ids([told])) == (world.person("olga"), ["reminder-unreached"])
    assert dict(told.body.blocks[0].text.args)["count"] == 2  # type: ignore[union-attr]


def test_many_people_are_written_to_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.reminders.AT_ONCE", 2)
    id_ = opened(world)
    people = {f"p{number}" for number in range(5)}
    for who in people:
        world.press(who, f"rsvp:{id_}:yes", ROOM)
    world.now = at("2026-12-02T17:00")
    remind(world, id_, 1440, world.now)
    told = [one.person_id for one in directs(world)]
    while more := [intent for intent in world.intents if isinstance(intent, At)]:
        world.fire("meeting.tell", **more[0].payload)
        assert len(directs(world)) <= 2
        told += [one.person_id for one in directs(world)]
    assert sorted(told) == sorted(world.person(who) for who in people)


def test_a_cancelled_meeting_reminds_nobody(world: World) -> None:
    id_ = opened(world)
    world.store(lambda store: store.meetings.drop(store.meetings.both(id_)[0]))  # type: ignore[index]
    world.now = at("2026-12-02T17:00")
    remind(world, id_, 1440, world.now)
    assert world.intents == []
    assert "nie odbędzie" in card(world, id_)


def test_two_that_the_night_puts_off_to_one_hour_are_one(world: World) -> None:
    opened(world, "Śniadanie | 3.12.2026 9:00 | przypomnienia: 3 godziny, 2 godziny")
    [timer] = timers(world.intents, "meeting.remind")
    assert (timer.when, timer.key.split(":")[2]) == (at("2026-12-03T08:00"), "120")


# --- the rules alone ---


@pytest.mark.parametrize(
    ("starts", "minutes", "due"),
    [
        ("2026-12-03T17:00", 1440, "2026-12-02T17:00"),
        ("2026-12-03T17:00", 120, "2026-12-03T15:00"),
        ("2026-12-03T09:00", 120, "2026-12-03T08:00"),  # Not at seven.
        ("2026-12-03T08:15", 120, "2026-12-02T20:30"),  # Eight would be too late.
        ("2026-12-03T23:30", 120, "2026-12-03T20:30"),  # Nor at half past nine.
        ("2026-12-03T22:00", 1440, "2026-12-03T08:00"),
        ("2027-03-29T17:00", 1440, "2027-03-28T17:00"),  # The same hour though clocks change between.
        ("2026-10-26T17:00", 7 * 1440, "2026-10-19T17:00"),
    ],
)
def test_when(starts: str, minutes: int, due: str) -> None:
    assert due_at(at(starts), minutes, WARSAW) == at(due)


@given(st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2030-01-01")), st.integers(1, 20_000))
def test_never_at_night_and_never_after_the_start(starts: datetime, minutes: int) -> None:
    start = starts.replace(second=0, microsecond=0, tzinfo=WARSAW)
    due = due_at(start, minutes, WARSAW)
    assert 8 <= due.astimezone(WARSAW).hour < 21
    assert due < start


@given(
    st.lists(st.integers(1, 20_000), min_size=1, max_size=5, unique=True),
    st.integers(0, 40_000),
    st.integers(0, 40_000),
)
def test_of_those_that_were_missed_at_most_one_is_still_sent(offsets: list[int], before: int, away: int) -> None:
    starts = at("2027-06-30T17:00")
    back = starts - timedelta(minutes=before)
    missed = [one for one in offsets if back - timedelta(minutes=away) < due_at(starts, one, WARSAW) <= back]
    fates = [fate_of(one, offsets, starts, due_at(starts, one, WARSAW), back, WARSAW) for one in missed]
    assert sum(fate is not Fate.EXPIRED for fate in fates) <= 1


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("7 dni, 1 dzień, 2 godziny", DEFAULT), ("1 day, 2 hours and 30 minutes", (1440, 120, 30)),
        ("7 днів, 1 день, 2 години", DEFAULT), ("2h, 7d", (10080, 120)), ("1 tydzień", (10080,)), ("brak", ()),
        ("none", ()), ("", None), ("kiedyś", None), ("0 dni", None), ("99 dni", None), ("1d,2d,3d,4d,5d,6d", None),
    ],
)  # fmt: skip
def test_offsets(words: str, minutes: tuple[int, ...] | None) -> None:
    assert read_offsets(words) == minutes


def test_who_follows_the_area_and_said_nothing_is_asked_once(world: World) -> None:
    area = world.store(lambda store: store.areas.all()[0])
    id_ = opened(world, f"Zebranie | 3.12.2026 17:00 | {area.words.in_('pl')}")
    for who in ("anna", "jan", "ewa"):
        person = world.person(who)
        world.store(lambda store, person=person: store.areas.follow(person, area.id, True))  # type: ignore[misc]
    world.press("jan", f"rsvp:{id_}:no", ROOM)
    world.press("ewa", f"rsvp:{id_}:yes", ROOM)
    world.now = at("2026-11-26T17:00")
    remind(world, id_, 10080, world.now)
    told = {one.person_id: ids([one]) for one in directs(world)}
    assert told[world.person("anna")] == ["reminder-nudge"]
    assert told.keys() == {world.person("anna"), world.person("ewa")}
    world.now = at("2026-12-02T17:00")
    remind(world, id_, 1440, world.now)
    assert [one.person_id for one in directs(world)] == [world.person("ewa")]


def test_the_room_s_reminder_opens_the_direct_chat(world: World) -> None:
    id_ = opened(world)
    world.now = at("2026-12-02T17:00")
    remind(world, id_, 1440, world.now)
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    assert "rozmowę z botem" in card(world, post.card.id, "meeting-reminder")
