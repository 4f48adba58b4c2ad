"""A matrix-nio echo bot that stores nothing. Arguments: homeserver, user id, token.

Its callback starts a task, so that sending holds nothing up, and it asks for a hundred events a room: with the ten that
come otherwise it would lose messages in a burst.
"""

import asyncio
import sys

from nio import AsyncClient, MatrixRoom, RoomMessageText


async def main(homeserver: str, user_id: str, token: str) -> None:
    client = AsyncClient(homeserver, user_id)
    client.user_id, client.access_token = user_id, token
    tasks: set[asyncio.Task[None]] = set()

    async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
        relation = {"m.in_reply_to": {"event_id": event.event_id}}
        content = {"msgtype": "m.notice", "body": event.body, "m.relates_to": relation}
        await client.room_send(room.room_id, "m.room.message", content)

    async def heard(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != user_id:
            task = asyncio.create_task(echo(room, event))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    await client.sync(0, full_state=True)
    client.add_event_callback(heard, RoomMessageText)
    await client.sync_forever(30_000, sync_filter={"room": {"timeline": {"limit": 100}}})


asyncio.run(main(*sys.argv[1:]))
