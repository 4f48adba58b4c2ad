"""/healthz: the process lives and its database writes. /readyz: every network was heard lately."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from aiohttp import web

from bot.core.when import Clock
from bot.platforms.port import Platform


class Health:
    """Two pages for monitors."""

    def __init__(
        self,
        platforms: Sequence[Platform],
        backlog: Callable[[], Awaitable[dict[str, tuple[int, datetime | None]]]],
        probe: Callable[[], Awaitable[None]],
        clock: Clock,
    ) -> None:
        self._platforms = platforms
        self._backlog = backlog
        self._probe = probe
        self._clock = clock

    def pages(self, router: web.UrlDispatcher) -> None:
        """Both addresses."""
        router.add_get("/healthz", self._healthz)
        router.add_get("/readyz", self._readyz)

    async def _healthz(self, _request: web.Request) -> web.Response:
        started = time.perf_counter()
        try:
            await self._probe()
        except Exception as error:  # noqa: BLE001 - whatever the database raised is the answer
            return web.json_response({"ok": False, "database": type(error).__name__}, status=503)
        return web.json_response({"ok": True, "database_ms": round((time.perf_counter() - started) * 1000, 1)})

    async def _readyz(self, _request: web.Request) -> web.Response:
        """503 while a network was silent for longer than its patience. Ages are in seconds, null before the first."""
        now, mono = self._clock.now(), time.monotonic()
        try:
            rows = await self._backlog()
        except Exception as error:  # noqa: BLE001 - whatever the database raised is the answer
            return web.json_response({"ready": False, "database": type(error).__name__}, status=503)
        networks = {}
        ready = True
        for platform in self._platforms:
            age = mono - platform.last_ok if platform.last_ok else None
            good = age is not None and age <= platform.patience
            ready = ready and good
            count, oldest = rows.get(platform.name, (0, None))
            networks[platform.name] = {
                "ready": good,
                "heard_s_ago": None if age is None else round(age, 1),
                "waiting": count,
                "oldest_s": None if oldest is None else round((now - oldest).total_seconds(), 1),
            }
        return web.json_response({"ready": ready, "networks": networks}, status=200 if ready else 503)
