"""The hall's screens: the page, and a stream of updates for each that is open.

Reads only, and only while somebody looks: one read serves all pages of an audience, at most two a second.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from bot.core.when import Clock
from bot.locales import DEFAULT, LANGUAGES
from bot.logs import trail
from bot.platforms.port import Platform
from bot.screen.board import Board
from bot.screen.page import ASSETS, VERSION, Door, Page

log = structlog.get_logger(__name__)

MOST_OPEN = 200
"""Streams at once, of all screens together."""
PAUSE_SECONDS = 0.5
"""Least time between two updates."""
TICK_SECONDS = 5.0
"""Longest time between two looks: time alone changes what is shown, too."""
BEAT_SECONDS = 15.0
"""A stream that is silent for so long sends a sign of life, which also finds out who has gone."""
SEND_SECONDS = 10.0
"""Who takes longer to accept an update is cut off; browsers come back by themselves."""
RETRY_MILLIS = 2_000
_TYPES = {"hall.css": "text/css", "hall.js": "text/javascript"}
_TOKEN = "[A-Za-z0-9_-]{22}"  # noqa: S105 - a pattern

Read = Callable[[str], Awaitable[Board | None]]
"""The board that a token opens (`bot.screen.board.board_of` on the read connection)."""


@dataclass(eq=False)
class _Viewer:
    """An open stream. `board` is what it has to show next; None ends it."""

    screen: "_Screen"
    fresh: asyncio.Event = field(default_factory=asyncio.Event)
    board: Board | None = None

    def offer(self, board: Board | None) -> None:
        self.board = board
        self.fresh.set()


@dataclass
class _Screen:
    """Those who look at one screen, and the task that looks into the database for them.

    `laid` is the last board as HTML by language: however many look, it is laid out once.
    """

    viewers: set[_Viewer] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    last: Board | None = None
    laid: dict[str, tuple[Board, str]] = field(default_factory=dict)
    task: "asyncio.Task[None] | None" = None


class Screens:
    """Adds the pages of the hall to the server."""

    def __init__(self, read: Read, page: Page, platforms: Sequence[Platform], clock: Clock) -> None:
        self._read = read
        self._page = page
        self._platforms = platforms
        self._clock = clock
        self._screens: dict[str, _Screen] = {}
        self._open = 0
        self._closed = False

    def pages(self, router: web.UrlDispatcher) -> None:
        """The page, its updates, its files."""
        router.add_get(f"/screen/{{token:{_TOKEN}}}", self._whole)
        router.add_get(f"/screen/{{token:{_TOKEN}}}/events", self._events)
        router.add_get("/screen/assets/{name}", _asset)

    def wake(self) -> None:
        """Something was committed."""
        for screen in self._screens.values():
            screen.changed.set()

    def close(self) -> None:
        """End every stream now, and take no new one."""
        self._closed = True
        for screen in self._screens.values():
            for viewer in screen.viewers:
                viewer.offer(None)

    async def _whole(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        try:
            board = await self._read(token)
        except Exception as error:  # noqa: BLE001 - whatever the database raised: the page says so
            log.warning("the hall's screen can't be read", error=trail(error))
            return _html(self._page.notice("board-away", _lang(request, None)), 503)
        if board is None:
            return _html(self._page.notice("board-gone", _lang(request, None)), 404)
        lang = _lang(request, board)
        return _html(self._page.whole(board, self._doors(), lang, self._clock.now(), f"{token}/events"))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if self._closed or self._open >= MOST_OPEN:
            return web.Response(status=503, headers={"Retry-After": "30"})
        with self._seat(request.match_info["token"]) as viewer:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(viewer.fresh.wait(), SEND_SECONDS)
            if viewer.board is None:
                return web.Response(status=404 if viewer.fresh.is_set() and not self._closed else 503)
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
            await response.prepare(request)
            await response.write(f"retry: {RETRY_MILLIS}\n\n".encode())
            with contextlib.suppress(ConnectionError, TimeoutError):
                await self._stream(response, viewer, request)
        return response

    async def _stream(self, response: web.StreamResponse, viewer: _Viewer, request: web.Request) -> None:
        while not self._closed and (board := viewer.board):
            viewer.fresh.clear()
            update = self._update(viewer.screen, board, _lang(request, board))
            await asyncio.wait_for(response.write(f"data: {json.dumps(update)}\n\n".encode()), SEND_SECONDS)
            while not viewer.fresh.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(viewer.fresh.wait(), BEAT_SECONDS)
                    break
                await asyncio.wait_for(response.write(b":\n\n"), SEND_SECONDS)

    def _update(self, screen: _Screen, board: Board, lang: str) -> dict[str, str | int]:
        now = self._clock.now()
        of, html = screen.laid.get(lang, (None, ""))
        if of is not board:
            html = self._page.board(board, self._doors(), lang, now)
            screen.laid[lang] = (board, html)
        title = self._page.title(board, lang)
        return {"html": html, "title": title, "now": int(now.timestamp() * 1000), "version": VERSION}

    @contextlib.contextmanager
    def _seat(self, token: str) -> Iterator[_Viewer]:
        screen = self._screens.setdefault(token, _Screen())
        viewer = _Viewer(screen)
        screen.viewers.add(viewer)
        self._open += 1
        if screen.task is None:
            screen.task = asyncio.create_task(self._watch(token, screen), name="screen")
        elif screen.last:
            viewer.offer(screen.last)
        try:
            yield viewer
        finally:
            self._open -= 1
            screen.viewers.discard(viewer)
            if not screen.viewers:
                # Only the newest entry of a token is in the table: one that was given up is none of it any more.
                if self._screens.get(token) is screen:
                    del self._screens[token]
                screen.task.cancel()

    async def _watch(self, token: str, screen: _Screen) -> None:
        """Look for as long as somebody watches; tell them what is new. A token that opens nothing any more ends it."""
        while True:
            screen.changed.clear()
            try:
                board = await self._read(token)
            except Exception as error:  # noqa: BLE001 - the pages keep what they show; the next look may do better
                log.warning("the hall's screen can't be read", error=trail(error))
            else:
                if board is None:
                    self._screens.pop(token, None)
                    for viewer in screen.viewers:
                        viewer.offer(None)
                    return
                if board != screen.last:
                    screen.last = board
                    for viewer in screen.viewers:
                        viewer.offer(board)
            await asyncio.sleep(PAUSE_SECONDS)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(screen.changed.wait(), TICK_SECONDS)

    def _doors(self) -> list[Door]:
        return [Door(platform.name, platform.capabilities) for platform in self._platforms]


async def _asset(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in ASSETS:
        raise web.HTTPNotFound
    return web.Response(text=ASSETS[name], content_type=_TYPES[name], charset="utf-8")


def _html(page: str, status: int = 200) -> web.Response:
    return web.Response(text=page, status=status, content_type="text/html", charset="utf-8")


def _lang(request: web.Request, board: Board | None) -> str:
    asked = request.query.get("lang", "")
    return asked if asked in LANGUAGES else (board and board.lang) or DEFAULT
