"""The floor: an aiohttp loop that echoes, without a framework or a store. Arguments: server, token."""

import asyncio
import sys
from typing import Any

import aiohttp


async def main(server: str, token: str) -> None:
    base = f"{server}/bot{token}"
    tasks: set[asyncio.Task[None]] = set()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=256)) as session:

        async def call(method: str, params: dict[str, Any]) -> Any:
            async with session.post(f"{base}/{method}", json=params) as answer:
                return (await answer.json())["result"]

        async def echo(message: dict[str, Any]) -> None:
            await call("sendMessage", {"chat_id": message["chat"]["id"], "text": message["text"]})

        offset = 0
        while True:
            updates = await call("getUpdates", {"offset": offset, "timeout": 30, "limit": 100})
            for update in updates:
                offset = update["update_id"] + 1
                task = asyncio.create_task(echo(update["message"]))
                tasks.add(task)
                task.add_done_callback(tasks.discard)


asyncio.run(main(*sys.argv[1:]))
