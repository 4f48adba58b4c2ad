"""What is done to messages that stand there already: taken back, pinned."""

from typing import Any

import structlog

from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire, part
from bot.platforms.port import Outgoing, UndeliverableError

log = structlog.get_logger(__name__)

_PINNED = "m.room.pinned_events"


class Posted:
    """Of one account. Raises what Wire raises, and UndeliverableError: the room doesn't let the bot do it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def act(self, outgoing: Outgoing) -> None:
        """Take a message back, or pin it."""
        room_id, event_id = outgoing.chat.chat_id, outgoing.message_id or ""
        try:
            if outgoing.op == "pin":
                await self._pin(room_id, event_id)
            else:
                await self._redact(room_id, event_id, outgoing.id)
        except MatrixError as error:
            if error.status in (403, 404):
                # It says that this may not be done, not that nothing may be.
                raise UndeliverableError(f"Matrix: {error}") from error
            raise

    async def _redact(self, room_id: str, event_id: str, txn_id: str) -> None:
        path = f"{CLIENT}/rooms/{part(room_id)}/redact/{part(event_id)}/{part(txn_id)}"
        await self._wire.call("PUT", path, {})
        try:
            pinned = await self._pinned(room_id)
            if event_id in pinned:
                await self._set_pinned(room_id, [one for one in pinned if one != event_id])
        except (MatrixError, UnreachableError) as error:
            log.info("matrix_still_pinned", room=room_id, error=str(error))

    async def _pin(self, room_id: str, event_id: str) -> None:
        pinned = await self._pinned(room_id)
        if event_id not in pinned:
            await self._set_pinned(room_id, [*pinned, event_id])

    async def _pinned(self, room_id: str) -> list[Any]:
        try:
            content = await self._wire.call("GET", self._path(room_id))
        except MatrixError as error:
            if error.status != 404:
                raise
            return []
        found = content.get("pinned") if isinstance(content, dict) else None
        return found if isinstance(found, list) else []

    async def _set_pinned(self, room_id: str, event_ids: list[Any]) -> None:
        await self._wire.call("PUT", self._path(room_id), {"pinned": event_ids})

    @staticmethod
    def _path(room_id: str) -> str:
        return f"{CLIENT}/rooms/{part(room_id)}/state/{_PINNED}/"
