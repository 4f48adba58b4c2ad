"""The slow work that the product asks for (`Do`), by name. How it is done: `bot.engine.work`."""

import base64
from typing import Any

from bot.core.files import FileRef
from bot.engine.work import Job, Tools


async def fetch(payload: dict[str, Any], tools: Tools) -> dict[str, Any]:
    """A file that somebody sent, of at most `limit` bytes.

    Raises:
        WorkError: it is too large, or there no more.
        NotSentError: not now.
    """
    content = await tools.fetch(FileRef(**payload["file"]), payload["limit"])
    return {"content": base64.b64encode(content).decode("ascii")}


JOBS: dict[str, Job] = {"announcement-file": Job(fetch)}
