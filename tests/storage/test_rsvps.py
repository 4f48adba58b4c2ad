"""Seats: never more than there are, whoever answers when; the waiting list in the order of the answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from threading import Lock
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from bot.core.meetings import Answer, Plan
from bot.core.refs import AccountRef, ChatRef
from storage.meeting_tables import RsvpRow
from storage.store import Store
from tests.storage.support import NOW, Box

WARSAW = ZoneInfo("Europe/Warsaw")
ROOM = ChatRef("telegram", "-100")


def occurrence(box: Box) -> str:
    plan = Plan("Raz", datetime.fromisoformat("2026-12-03T17:00"))

    def job(store: Store) -> str:
        [one] = store.meetings.open(store.meetings.draft(plan, WARSAW, None, ROOM, [ROOM]))
        return one.id

    return box.do(job)


def people(box: Box, count: int) -> list[str]:
    """Half of them on each network."""
    networks = ("telegram", "matrix")
    return box.do(lambda store: [store.people.of(AccountRef(networks[n % 2], f"p{n}")).id for n in range(count)])


def test_seats_go_by_the_order_of_answers_and_one_moves_up(box: Box) -> None:
    one = occurrence(box)
    anna, jan, ewa, iza = people(box, 4)

    def say(who: str, answer: Answer) -> tuple[int | None, str | None]:
        done = box.do(lambda store: store.rsvps.answer(one, who, answer, "telegram", 2))
        return done.place, done.moved_up

    assert say(anna, Answer.YES) == (None, None)
    assert say(jan, Answer.YES) == (None, None)
    assert say(ewa, Answer.YES) == (1, None)
    assert say(iza, Answer.YES) == (2, None)
    assert say(ewa, Answer.YES) == (1, None)  # The same again keeps the place.
    assert say(iza, Answer.MAYBE) == (None, None)  # Who waits frees no seat.
    assert say(iza, Answer.YES) == (2, None)
    assert say(anna, Answer.NO) == (None, ewa)
    assert say(anna, Answer.YES) == (2, None)  # Back at the end.
    found = box.do(lambda store: store.rsvps.attendance(one, 2))
    assert (found.seated, found.waiting, found.no) == (2, 2, 0)
    assert box.do(lambda store: store.rsvps.seated(one, 2)) == [jan, ewa]


def test_without_a_limit_nobody_waits(box: Box) -> None:
    one = occurrence(box)
    for who in people(box, 5):
        assert box.do(lambda store, who=who: store.rsvps.answer(one, who, Answer.YES, "matrix", None)).place is None  # type: ignore[misc]
    assert box.do(lambda store: store.rsvps.attendance(one, None)).waiting == 0


def test_any_course_of_answers_agrees_with_a_plain_model(box: Box) -> None:
    one, capacity, random = occurrence(box), 3, Random(5)
    everybody = people(box, 8)
    model: list[str] = []  # Who said yes, in order.
    for _ in range(120):
        who, answer = random.choice(everybody), random.choice(list(Answer))
        before = model[:capacity]
        if answer is Answer.YES and who not in model:
            model.append(who)
        elif answer is not Answer.YES and who in model:
            model.remove(who)
        done = box.do(lambda s, who=who, answer=answer: s.rsvps.answer(one, who, answer, "telegram", capacity))  # type: ignore[misc]
        after = model[:capacity]
        assert box.do(lambda store: store.rsvps.seated(one, capacity)) == after
        assert ([done.moved_up] if done.moved_up else []) == [up for up in after if up not in before and up != who]
        place = model.index(who) + 1 - capacity if who in model else 0
        assert done.place == (place if place > 0 else None)


@pytest.mark.parametrize("capacity", [50])
def test_two_hundred_answers_at_once_from_both_networks(box: Box, capacity: int) -> None:
    one, order, lock = occurrence(box), [], Lock()
    everybody = people(box, 200)

    def say(number: int) -> None:
        connection = box.engine.connect().execution_options(write=True)
        with connection, Session(connection) as session:
            store = Store(session, NOW + timedelta(seconds=1))
            network = ("telegram", "matrix")[number % 2]
            done = store.rsvps.answer(one, everybody[number], Answer.YES, network, capacity)
            seated = len(store.rsvps.seated(one, capacity))
            assert seated <= capacity
            with lock:
                order.append((everybody[number], done.place))
            session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(200)))
    with Session(box.engine) as session:
        rows = session.execute(select(RsvpRow.person_id, RsvpRow.turn).order_by(RsvpRow.turn)).all()  # type: ignore[arg-type]
    assert [turn for _, turn in rows] == list(range(1, 201))
    found = box.do(lambda store: store.rsvps.attendance(one, capacity))
    assert (found.seated, found.waiting) == (capacity, 200 - capacity)
    # Everybody was told the place that they have.
    places = {person: turn - capacity if turn > capacity else None for person, turn in rows}
    assert dict(order) == places
