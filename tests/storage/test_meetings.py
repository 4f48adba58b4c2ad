"""Meetings as rows: series made as they come near, changes that wait, rooms that move."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.meetings import AHEAD, Answer, MeetingState, Plan
from bot.core.refs import AccountRef, ChatRef
from bot.core.when.recurrence import Every, Rule
from storage.organisations import Standing
from storage.store import Store
from tests.storage.support import NOW, Box

WARSAW = ZoneInfo("Europe/Warsaw")
ROOM = ChatRef("telegram", "-100")
WEEKLY = Plan("Zebranie", datetime.fromisoformat("2026-12-02T17:00"), timedelta(hours=2), Rule(Every.WEEK, weekday=2))
ONCE = Plan("Raz", datetime.fromisoformat("2026-12-03T17:00"), reminders=(10080, 120), capacity=2, place="Biblioteka")


def opened(box: Box, plan: Plan = ONCE) -> str:
    def job(store: Store) -> str:
        meeting = store.meetings.draft(plan, WARSAW, None, ROOM, [ROOM, ChatRef("matrix", "!r")])
        store.meetings.open(meeting)
        return meeting.id

    return box.do(job)


def test_a_meeting_comes_back_as_it_was_put(box: Box) -> None:
    for plan in (ONCE, WEEKLY, replace(ONCE, invited=("b" * 16, "a" * 16))):
        id_ = opened(box, plan)
        meeting = box.do(lambda store, id_=id_: store.meetings.get(id_))  # type: ignore[misc]
        assert meeting.plan == plan
        assert (meeting.state, meeting.zone, len(meeting.rooms)) == (MeetingState.OPEN, WARSAW, 2)


def test_a_series_is_made_as_it_comes_near_and_each_day_once(box: Box) -> None:
    id_ = opened(box, WEEKLY)
    made = box.do(lambda store: store.meetings.of_meeting(store.meetings.get(id_)))
    assert all(one.starts_at <= NOW + AHEAD for one in made)
    assert [one.wall.isoformat() for one in made[:2]] == ["2026-12-02T17:00:00", "2026-12-09T17:00:00"]
    assert box.do(lambda store: store.meetings.extend(store.meetings.get(id_))) == []
    box.now += timedelta(days=8)
    [more] = box.do(lambda store: store.meetings.extend(store.meetings.get(id_)))
    assert more.wall == made[-1].wall + timedelta(days=7)
    assert more.starts_at.astimezone(WARSAW).replace(tzinfo=None) == more.wall


def test_the_next_one_is_made_however_far_it_is(box: Box) -> None:
    id_ = opened(box, Plan("Rok", datetime.fromisoformat("2026-12-02T17:00"), rule=Rule(Every.MONTH, interval=6)))
    assert len(box.do(lambda store: store.meetings.of_meeting(store.meetings.get(id_)))) == 1
    box.now = datetime(2026, 12, 3, tzinfo=UTC)
    [one] = box.do(lambda store: store.meetings.extend(store.meetings.get(id_)))
    assert one.wall.isoformat() == "2027-06-02T17:00:00"


def test_what_comes_next_is_listed_once_a_series_and_by_room(box: Box) -> None:
    weekly, once = opened(box, WEEKLY), opened(box)
    listed = box.do(lambda store: store.meetings.upcoming(None, 9))
    assert [meeting.id for meeting, _ in listed] == [weekly, once]
    assert box.do(lambda store: len(store.meetings.upcoming(ROOM, 9))) == 2
    assert box.do(lambda store: store.meetings.upcoming(ChatRef("telegram", "other"), 9)) == []
    box.do(lambda store: store.move(ROOM, ChatRef("telegram", "new")))
    assert box.do(lambda store: len(store.meetings.upcoming(ChatRef("telegram", "new"), 9))) == 2
    box.now = datetime(2026, 12, 2, 18, 30, tzinfo=UTC)
    _, first = box.do(lambda store: store.meetings.upcoming(None, 9))[1]
    assert first.wall.isoformat() == "2026-12-09T17:00:00"


def test_a_change_waits_for_its_confirmation_and_is_forgotten(box: Box) -> None:
    id_ = opened(box)

    def job(store: Store) -> str:
        [one] = store.meetings.of_meeting(store.meetings.get(id_))
        return store.meetings.propose(one, "start", "2026-12-03T18:00", timedelta(hours=1), None).id

    change = box.do(job)
    found = box.do(lambda store: store.meetings.proposed(change))
    assert (found.words, found.length, found.sequence, found.done) == ("2026-12-03T18:00", timedelta(hours=1), 0, False)
    box.do(lambda store: store.meetings.settle(store.meetings.proposed(change)))
    assert box.do(lambda store: store.meetings.proposed(change)).done
    box.do(lambda store: store.meetings.draft(ONCE, WARSAW, None, ROOM, [ROOM]))
    assert (
        box.do(lambda store: store.meetings.forget_drafts(NOW + timedelta(seconds=1), NOW + timedelta(seconds=1), 9))
        == 1
    )
    assert box.do(lambda store: store.meetings.proposed(change)) is None
    assert box.do(lambda store: store.meetings.get(id_)) is not None


def test_two_accounts_of_one_person_have_one_answer_the_newer(box: Box) -> None:
    id_ = opened(box)

    def job(store: Store) -> tuple[str, str, str]:
        [one] = store.meetings.of_meeting(store.meetings.get(id_))
        tg, mx = (store.people.of(AccountRef(network, "anna")).id for network in ("telegram", "matrix"))
        store.rsvps.answer(one.id, tg, Answer.YES, "telegram", 2)
        store.rsvps.answer(one.id, mx, Answer.NO, "matrix", 2)
        return one.id, tg, mx

    one, tg, mx = box.do(job)
    box.do(lambda store: store.merge(tg, mx))
    assert box.do(lambda store: store.rsvps.of(one, mx)) is Answer.NO
    found = box.do(lambda store: store.rsvps.attendance(one, 2))
    assert (found.yes, found.maybe, found.no) == (0, 0, 1)


def test_who_speaks_for_the_invited_is_found_once_in_parts_and_not_if_they_come(box: Box) -> None:
    def people(store: Store) -> tuple[list[str], list[str]]:
        found, organisations = [], []
        for number in range(4):
            person = store.people.of(AccountRef("telegram", f"p{number}"))
            for name in ("A", "B"):
                asked, _ = store.organisations.ask(person.id, name)
                organisations.append(asked.organisation.id)
                store.organisations.decide(asked.id, Standing.MEMBER if number == 3 else Standing.DEPUTY, None)
            found.append(person.id)
        return found, sorted(set(organisations))

    persons, organisations = box.do(people)
    id_ = opened(box, replace(ONCE, invited=tuple(organisations)))
    [one] = box.do(lambda store: store.meetings.of_meeting(store.meetings.get(id_)))
    box.do(lambda store: store.rsvps.answer(one.id, persons[0], Answer.MAYBE, "telegram", None))
    box.do(lambda store: store.rsvps.answer(one.id, persons[1], Answer.NO, "telegram", None))

    def invited(after: str) -> list[str]:
        return box.do(lambda store: store.reminders.invited(one.id, organisations, after, 1))

    first, last = sorted(persons[1:3])
    assert [invited(""), invited(first), invited(last)] == [[first], [last], []]
    assert box.do(lambda store: store.organisations.names(organisations)) == ["A", "B"]
    assert box.do(lambda store: store.organisations.named("b")) in organisations
    assert box.do(lambda store: store.organisations.named("C")) is None
