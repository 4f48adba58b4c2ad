"""Many reminders in one minute: each once, in chunks, to the room and to the person."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from bot.core.chats import ChatKind
from bot.core.intents import At
from bot.core.meetings import Answer, Plan
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Routes
from bot.engine.clock import VirtualClock
from bot.engine.clockwork import CHUNK, Clockwork
from bot.engine.intake import Intake
from bot.knowledge import Knowledge
from handlers import routers
from storage import Store, schema
from storage.engine import open_engine
from storage.writer import Reader, Writer
from tests.handlers.world import TELEGRAM

DUE = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)
ROOM = ChatRef("telegram", "-100")
MANY = 2 * CHUNK + 50


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    schema.upgrade(engine)
    yield engine
    engine.dispose()


def fill(session: Session) -> None:
    """As many meetings tomorrow at five, each with one person who comes."""
    store = Store(session, DUE - timedelta(days=2))
    store.chats.seen(ROOM, ChatKind.ROOM, "pl", None)
    for number in range(MANY):
        person = store.people.of(AccountRef("telegram", f"p{number}"), "pl")
        store.chats.seen(ChatRef("telegram", f"p{number}"), ChatKind.DIRECT, "pl", person.id)
        plan = Plan(f"Zebranie {number}", datetime.fromisoformat("2026-12-03T17:00"), reminders=(1440,))
        meeting = store.meetings.draft(plan, ZoneInfo("Europe/Warsaw"), None, ROOM, [ROOM])
        [one] = store.meetings.open(meeting)
        store.rsvps.answer(one.id, person.id, Answer.YES, "telegram", None)
        store.due.arm(At(DUE, "meeting.remind", f"meeting.remind:{one.id}:1440", {"id": f"{one.id}:1440"}))
    store.flush()


async def test_each_is_sent_once_and_recorded_once(engine: Engine) -> None:
    writer, reader, clock = Writer(engine), Reader(engine), VirtualClock(DUE)
    writer.start()
    try:
        await writer.run(fill)
        routes = Routes(routers(Knowledge.from_documents([])))
        intake = Intake(writer, routes, {"telegram": TELEGRAM}, clock, frozenset(), lambda: None)
        clockwork = Clockwork(writer, reader, intake, clock)
        assert await clockwork.tick()
        assert not await clockwork.tick()
    finally:
        writer.close()
        reader.close()
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT chat_id, count(*) FROM outbox GROUP BY chat_id")).all()
        fates = connection.execute(text("SELECT fate, count(*) FROM reminder GROUP BY fate")).all()
        left = connection.execute(text("SELECT count(*) FROM due")).scalar()
    assert {chat: count for chat, count in rows} == {"-100": MANY} | {f"p{number}": 1 for number in range(MANY)}  # noqa: C416
    assert [tuple(row) for row in fates] == [("sent", MANY)]
    assert left == 0
