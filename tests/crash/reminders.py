"""Reminders in the crash ledger: they fall due, on time or late, while the bot is killed.

Each is accounted for once: sent, sent late, or expired. What was sent has one row in the outbox, and its room shows it
once, or not at all where the row says that nobody knows.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.core.intents import At
from bot.core.meetings import Plan
from bot.core.refs import ChatRef
from bot.core.reminders import Fate
from storage.engine import Session, open_engine
from storage.store import Store
from tests.fakes.telegram import Chat, FakeTelegram

ZONE = ZoneInfo("Europe/Warsaw")
BEFORE = 120
"""Minutes before the start."""
TOGETHER = 5
AGO = {Fate.SENT: timedelta(0), Fate.LATE: timedelta(hours=1), Fate.EXPIRED: timedelta(hours=2, minutes=5)}
"""How long ago a reminder should have come that will be so accounted for."""


@dataclass
class Reminding:
    """Meetings of Telegram groups whose reminders fall due a few at a time, until it is `over`."""

    database_url: str
    fake: FakeTelegram
    groups: list[Chat]
    rng: random.Random
    over: asyncio.Event = field(default_factory=asyncio.Event)
    model: dict[str, tuple[Fate, Chat, str]] = field(default_factory=dict)

    async def fall_due(self) -> None:
        """Write meetings whose reminders are due at once, again and again."""
        while not self.over.is_set():
            await asyncio.to_thread(self._write)
            await asyncio.sleep(self.rng.uniform(0.1, 0.6))

    def _write(self) -> None:
        now = datetime.now(UTC)
        engine = open_engine(self.database_url)
        try:
            with engine.connect().execution_options(write=True) as connection, Session(connection) as session:
                store = Store(session, now)
                written = dict(self._meeting(store, now) for _ in range(TOGETHER))
                store.flush()
                session.commit()
        finally:
            engine.dispose()
        self.model |= written

    def _meeting(self, store: Store, now: datetime) -> tuple[str, tuple[Fate, Chat, str]]:
        fate, group = self.rng.choice(list(Fate)), self.rng.choice(self.groups)
        due = now - AGO[fate]
        wall = (due + timedelta(minutes=BEFORE)).astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)
        title = f"Zebranie {self.rng.getrandbits(64):x}"
        room = ChatRef("telegram", str(group.id))
        plan = Plan(title, wall, length=timedelta(hours=4), reminders=(BEFORE,))
        [one] = store.meetings.open(store.meetings.draft(plan, ZONE, None, room, [room]))
        key = f"{one.id}:{BEFORE}"
        store.due.arm(At(due, "meeting.remind", f"meeting.remind:{key}", {"id": key}))
        return one.id, (fate, group, title)

    def due(self) -> int:
        """How many have not fired yet."""
        return int(self._rows("SELECT count(*) FROM due WHERE name = 'meeting.remind'")[0][0])

    def audit(self) -> None:
        """Compare what fell due with what was recorded, what was put in the outbox, and what the groups show."""
        recorded = [tuple(row) for row in self._rows("SELECT occurrence_id, minutes, fate FROM reminder")]
        wanted = [(id_, BEFORE, str(fate)) for id_, (fate, _, _) in self.model.items()]
        assert sorted(recorded) == sorted(wanted), "reminders not accounted for once"
        rows = self._rows("SELECT card_id, state FROM outbox WHERE card_kind = 'meeting-reminder'")
        sent = [f"{id_}.{BEFORE}.{fate}" for id_, (fate, _, _) in self.model.items() if fate is not Fate.EXPIRED]
        assert sorted(card for card, _ in rows) == sorted(sent), "reminders not in the outbox once"
        states = dict(tuple(row) for row in rows)
        assert set(states.values()) <= {"sent", "uncertain"}
        for id_, (fate, group, title) in self.model.items():
            shown = sum(title in message.get("text", "") for message in self.fake.sent(group))
            state = states.get(f"{id_}.{BEFORE}.{fate}")
            assert shown == (state is not None) or (shown == 0 and state == "uncertain"), f"{fate}: shown {shown} times"
        fates = Counter(str(fate) for fate, _, _ in self.model.values())
        print(f"reminders: {dict(fates)}, each once; {Counter(states.values())['uncertain']} rows uncertain")

    def _rows(self, query: str) -> list:
        engine = open_engine(self.database_url)
        try:
            with engine.connect() as connection:
                return list(connection.execute(text(query)).all())
        finally:
            engine.dispose()
