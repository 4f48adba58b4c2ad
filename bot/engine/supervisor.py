"""Keeps a platform reading: starts it, restarts it after mistakes, rebuilds a client that went deaf."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence

import structlog

from bot.logs import trail
from bot.platforms.port import FatalError, Inbox, NotSentError, Platform

log = structlog.get_logger(__name__)

LONGEST_BACKOFF = 60.0
REBUILDS = 3
"""How often a deaf client is rebuilt in vain before the process ends, so that whoever runs it starts it anew."""


async def supervise(platform: Platform, inbox: Inbox, others: Sequence[Platform] = ()) -> None:
    """Read from a platform until cancelled.

    Args:
        others: the networks that the process serves beside this one.

    Raises:
        FatalError: the network refuses the bot for good, or it and the others stay silent after rebuilding the client.
    """

    def others_heard() -> bool:
        now = time.monotonic()
        return any(other.last_ok and now - other.last_ok <= other.patience for other in others)

    await _start(platform)
    failures = 0
    while True:
        started = time.monotonic()
        reading = asyncio.create_task(platform.receive(inbox), name=f"receive {platform.name}")
        watching = asyncio.create_task(_watch(platform, others_heard), name=f"watch {platform.name}")
        try:
            await asyncio.wait({reading, watching}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (reading, watching):
                task.cancel()
            outcome = await asyncio.gather(reading, watching, return_exceptions=True)
        for error in outcome:
            if isinstance(error, FatalError):
                raise error
        mistake = outcome[0] if isinstance(outcome[0], Exception) else None
        if mistake or not isinstance(outcome[0], BaseException):
            if time.monotonic() - started > LONGEST_BACKOFF:
                failures = 0
            failures += 1
            wait = _backoff(failures)
            cause = trail(mistake) if mistake else "it just ended"
            log.error("reading stopped by a mistake", platform=platform.name, cause=cause, again_in_s=wait)
            await asyncio.sleep(wait)


async def _start(platform: Platform) -> None:
    failures = 0
    while True:
        try:
            await platform.start()
        except NotSentError as error:
            failures += 1
            wait = error.retry_after or _backoff(failures)
            log.warning(
                "network can't be reached", platform=platform.name, reason=str(error), again_in_s=round(wait, 1)
            )
            await asyncio.sleep(wait)
        else:
            return


async def _watch(platform: Platform, others_heard: Callable[[], bool]) -> None:
    """Rebuild the client when nothing good was heard for too long, again and again while another network is heard: its
    people must not be left alone because one server is down.

    Raises:
        FatalError: rebuilding did not help, and no network is heard.
    """
    rebuilt = 0
    since = time.monotonic()
    while True:
        await asyncio.sleep(min(5.0, platform.patience / 4))
        heard = max(platform.last_ok, since)
        if platform.last_ok > since:
            rebuilt = 0
        if time.monotonic() - heard <= platform.patience:
            continue
        if rebuilt >= REBUILDS and not others_heard():
            raise FatalError(
                f"{platform.name}: silent for long and {REBUILDS} new connections did not help. Check the network and "
                "the server; the process ends so that the service manager can start it anew."
            )
        rebuilt += 1
        since = time.monotonic()
        log.warning(
            "nothing heard, connecting anew", platform=platform.name, silent_s=round(since - heard), try_no=rebuilt
        )
        try:
            await platform.reset()
        except FatalError:
            raise
        except Exception as error:  # noqa: BLE001 - the next round tries again, and in the end the process ends
            log.warning("connecting anew failed", platform=platform.name, cause=trail(error))


def _backoff(failures: int) -> float:
    """Seconds, doubling from 1 to 60 with jitter, so that many bots don't return to a server at once."""
    return float(min(LONGEST_BACKOFF, 2.0 ** min(failures, 6)) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
