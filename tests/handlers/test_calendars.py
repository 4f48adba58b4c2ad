"""The calendar file tells the same as the card: read by a reader of the test's own and by dateutil."""

import io
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical

from bot.core.intents import SendFile
from bot.core.refs import CardRef
from tests.handlers.meetings import OTHER, ROOM, both, claim, occurrences, opened
from tests.handlers.test_meeting_changes import changed
from tests.handlers.world import World

WARSAW = ZoneInfo("Europe/Warsaw")
Event = dict[str, tuple[str, str]]


def ics(world: World, id_: str) -> str:
    meeting, _ = both(world, id_)
    file = world.store(lambda store: world.routes.files["meeting-calendar"](store, meeting.id, "pl"))
    assert file
    assert file.mime == "text/calendar"
    return file.content.decode()


def events(content: str) -> list[Event]:
    """Name → (parameters, value) of each VEVENT."""
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    plain = re.sub("\r\n[ \t]", "", content)
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", plain, re.DOTALL)
    return [
        {match[1]: (match[2], match[3]) for match in re.finditer(r"([A-Z-]+)((?:;[^:\r\n]+)?):([^\r\n]*)", block)}
        for block in blocks
    ]


def zone_of(content: str) -> object:
    """The VTIMEZONE alone, as dateutil understands it."""
    [block] = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", content, re.DOTALL)
    return tzical(io.StringIO(block)).get("Europe/Warsaw")


def wall(event: Event, name: str) -> datetime:
    parameters, value = event[name]
    assert parameters == ";TZID=Europe/Warsaw"
    return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local time


def test_a_file_comes_with_the_cards_and_with_each_change(world: World) -> None:
    claim(world, ROOM, OTHER)
    id_ = opened(world)
    sent = [intent for intent in world.intents if isinstance(intent, SendFile)]
    assert [one.chat.chat_id for one in sent if one.chat] == [ROOM, OTHER]
    assert {one.file for one in sent} == {CardRef("meeting-calendar", both(world, id_)[0].id)}
    changed(world, id_, "/zmien_spotkanie miejsce: Sala 2")
    assert sum(isinstance(intent, SendFile) for intent in world.intents) == 2


def test_uid_stays_and_sequence_rises(world: World) -> None:
    id_ = opened(world, "Zażółć; gęślą, jaźń " + "bardzo długa nazwa " * 8 + "| 3.12.2026 17:00-19:00 | Sala 1")
    [before] = events(ics(world, id_))
    assert (wall(before, "DTSTART"), wall(before, "DTEND")) == (
        datetime.fromisoformat("2026-12-03T17:00"), datetime.fromisoformat("2026-12-03T19:00"),
    )  # fmt: skip
    assert before["SUMMARY"][1].startswith("Zażółć\\; gęślą\\, jaźń bardzo")
    changed(world, id_, "/zmien_spotkanie start: 4.12.2026 18:00")
    [after] = events(ics(world, id_))
    assert (before["UID"], before["SEQUENCE"][1], after["SEQUENCE"][1]) == (after["UID"], "0", "1")
    assert wall(after, "DTSTART") == datetime.fromisoformat("2026-12-04T18:00")
    changed(world, id_, "/odwolaj_spotkanie")
    [gone] = events(ics(world, id_))
    assert (gone["UID"], gone["SEQUENCE"][1], gone["STATUS"][1]) == (before["UID"], "2", "CANCELLED")


@pytest.mark.parametrize(
    "words",
    ["26.11.2026 17:00 co tydzień", "26.11.2026 17:00 co drugi czwartek do 30.06.2027",
     "ostatni czwartek miesiąca 17:00", "26.11.2026 17:00 co tydzień 40 razy", "26.11.2026 17:00 co miesiąc"],
)  # fmt: skip
def test_a_series_is_the_same_in_the_file_across_changes_of_the_clocks(world: World, words: str) -> None:
    id_ = opened(world, f"Zebranie | {words}")
    content = ics(world, id_)
    [event] = events(content)
    zone = zone_of(content)
    theirs = rrulestr(event["RRULE"][1], dtstart=wall(event, "DTSTART").replace(tzinfo=zone))  # type: ignore[arg-type]
    for _ in range(220):
        world.later(timedelta(days=1))
    world.fire("meeting.roll", after="")
    ours = [one.starts_at for one in occurrences(world, id_)]
    assert [at.astimezone(UTC) for at, _ in zip(theirs, ours, strict=False)] == ours
    assert len(ours) > 7


def test_one_that_is_moved_or_cancelled_names_what_it_stands_for(world: World) -> None:
    id_ = opened(world, "Zebranie | 26.11.2026 17:00 co tydzień")
    second, third = occurrences(world, id_)[1:3]
    changed(world, second.id, "/zmien_spotkanie start: 4.12.2026 18:00")
    changed(world, third.id, "/odwolaj_spotkanie", "one")
    series, moved, gone = events(ics(world, id_))
    assert {series["UID"], moved["UID"], gone["UID"]} == {series["UID"]}
    assert wall(moved, "RECURRENCE-ID") == datetime.fromisoformat("2026-12-03T17:00")
    assert wall(moved, "DTSTART") == datetime.fromisoformat("2026-12-04T18:00")
    assert wall(gone, "RECURRENCE-ID") == datetime.fromisoformat("2026-12-10T17:00")
    assert (series["STATUS"][1], moved["STATUS"][1], gone["STATUS"][1]) == ("CONFIRMED", "CONFIRMED", "CANCELLED")
    assert {one["SEQUENCE"][1] for one in (series, moved, gone)} == {"2"}
