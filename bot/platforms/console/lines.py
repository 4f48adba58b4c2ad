"""Lines of standard input, read beside the event loop. Works for pipes, files and terminals alike."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from typing import TextIO


async def lines(source: TextIO | None = None) -> AsyncIterator[str]:
    """Yield lines until the end of the input. The reader never runs far ahead of whoever handles them."""
    stream = source or sys.stdin
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=1000)

    def read() -> None:
        try:
            for line in stream:
                asyncio.run_coroutine_threadsafe(queue.put(line), loop).result()
            asyncio.run_coroutine_threadsafe(queue.put(None), loop).result()
        except (RuntimeError, asyncio.CancelledError, ValueError):
            return  # The loop or the stream is closed: nobody listens any more.

    # A daemon: a terminal that nobody types into must not keep the process alive.
    threading.Thread(target=read, name="stdin", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
