"""One small web server for all pages. It ends at once: a stream that stays open would keep the bot from ending."""

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.config import Web

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The address is the key: it goes to nobody.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_END_SECONDS = 1.0

Pages = Callable[[web.UrlDispatcher], None]
"""Adds its pages."""


class Server:
    """Listens only when `[web] port` is set."""

    def __init__(self, pages: Sequence[Pages]) -> None:
        self._pages = pages
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, settings: Web) -> None:
        """Listen, if a port is set (0 takes a free one)."""
        if settings.port is None:
            return
        app = web.Application()
        for add in self._pages:
            add(app.router)
        app.on_response_prepare.append(_protect)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_END_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, settings.host, settings.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None


async def _protect(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
