"""The door through which an adapter hands in what it read."""

from collections.abc import Callable, Sequence

from bot.core.clean import clean
from bot.core.events import Event
from bot.core.refs import ChatRef
from bot.engine.intake import Intake
from bot.platforms.port import Parked
from storage.chats import chat_with
from storage.engine import Session
from storage.journal import cursor as read_cursor
from storage.journal import park, parked, unpark
from storage.writer import Reader


class PlatformInbox:
    """What an adapter sees of the intake (`bot.platforms.port.Inbox`)."""

    def __init__(self, intake: Intake, adapter: str, reader: Reader) -> None:
        self._intake = intake
        self._adapter = adapter
        self._reader = reader

    async def cursor(self) -> str | None:
        """How far was read and committed."""
        return await self._reader.run(lambda session: read_cursor(session, self._adapter))

    async def take(
        self,
        events: Sequence[Event],
        cursor: str | None = None,
        *,
        park: Sequence[Parked] = (),
        unpark: Sequence[str] = (),
    ) -> None:
        """Handle a batch in one transaction with the cursor and the parked events."""
        also = self._parking(park, unpark) if park or unpark else None
        await self._intake.feed(events, (self._adapter, cursor) if cursor is not None else None, also)

    async def where(self, message_id: str) -> ChatRef | None:
        """The conversation that holds this message of the bot's own."""
        if not _storable(message_id):
            return None
        return await self._reader.run(lambda session: chat_with(session, self._adapter, message_id))

    async def parked(self, session_id: str | None = None) -> Sequence[Parked]:
        """Encrypted events that wait."""
        if session_id is not None and not _storable(session_id):
            return []
        rows = await self._reader.run(lambda session: parked(session, self._adapter, session_id))
        return [
            Parked(key=row.key, chat_id=row.chat_id, session_id=row.session_id, source=row.source, at=row.at)
            for row in rows
        ]

    def _parking(self, kept: Sequence[Parked], read: Sequence[str]) -> Callable[[Session], None]:
        # Some of it is other people's word: what no database takes must not hold up the batch.
        rows = [
            {
                "key": one.key,
                "platform": self._adapter,
                "chat_id": one.chat_id,
                "session_id": one.session_id,
                "source": one.source,
                "at": one.at,
            }
            for one in kept
            if all(map(_storable, (one.key, one.chat_id, one.session_id)))
        ]

        def write(session: Session) -> None:
            park(session, rows)
            unpark(session, filter(_storable, read))

        return write


def _storable(value: str) -> bool:
    """Whether databases take it: PostgreSQL no NUL, neither of them half a character."""
    return clean(value) == value
