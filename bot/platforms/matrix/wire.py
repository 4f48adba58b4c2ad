"""The Matrix client-server API over aiohttp: one request, its time-out, its answer or the reason why there is none.

matrix-nio is used for cryptography only (crypto.py). Its client returns errors instead of raising them, parses a whole
sync answer at once (one hostile event fails the batch for ever) and sleeps out rate limits by itself.
"""

import asyncio
import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from bot.platforms.port import FetchError

CLIENT = "/_matrix/client/v3"
CLIENT_V1 = "/_matrix/client/v1"
MEDIA = "/_matrix/media/v3"
CONNECT_SECONDS = 10.0
REQUEST_SECONDS = 20.0
"""For everything but the long poll and joins, which a server may make us wait for."""


class MatrixError(Exception):
    """The server's refusal. The message has its codes only; `error`, its words, may name people."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        errcode, error, wait = body.get("errcode"), body.get("error"), body.get("retry_after_ms")
        self.status = status
        self.errcode = errcode[:60] if isinstance(errcode, str) else ""
        self.error = error if isinstance(error, str) else ""
        self.retry_after = wait / 1000 if isinstance(wait, int | float) and wait > 0 else None
        self.soft_logout = body.get("soft_logout") is True
        super().__init__(f"{status} {self.errcode}".rstrip())

    @property
    def limited(self) -> bool:
        """Too many requests: wait `retry_after` seconds."""
        return self.status == 429 or self.errcode == "M_LIMIT_EXCEEDED"

    @property
    def unauthorised(self) -> bool:
        """The token is worth nothing (any more)."""
        return self.errcode in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN")

    @property
    def final(self) -> bool:
        """Asking the same again will be refused again."""
        return 400 <= self.status < 500 and not self.limited and not self.unauthorised


class UnreachableError(Exception):
    """No answer: refused, reset, timed out, or something that is no homeserver answered."""


def part(value: str) -> str:
    """An id as one segment of a path: they hold `!`, `$`, `:` and, in old rooms, `/`."""
    return quote(value, safe="")


async def _once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    try:
        return await send(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise UnreachableError(type(error).__name__) from error


async def _at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    found = bytearray()
    async for piece in response.content.iter_chunked(1 << 16):
        found += piece
        if len(found) > limit:
            raise FetchError(f"more than {limit} bytes", too_large=True)
    return bytes(found)


class Wire:
    """One device's requests. `reset` throws the connections away; the next request opens new ones."""

    def __init__(self, homeserver: str, access_token: str = "") -> None:
        self._base = homeserver.rstrip("/")
        self._headers: dict[str, str] = {}
        self._session: aiohttp.ClientSession | None = None
        if access_token:
            self.authorise(access_token)

    def authorise(self, access_token: str) -> None:
        """Whose requests the next ones are."""
        self._headers["Authorization"] = f"Bearer {access_token}"

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str | int | list[str] | None] | None = None,
        content: tuple[bytes, str] | None = None,
        seconds: float = REQUEST_SECONDS,
        once: bool = False,
    ) -> Any:
        """The JSON of the answer. `once`: aiohttp is not to repeat it by itself when a connection breaks.

        Args:
            content: bytes to be sent in place of JSON, and their type.

        Raises:
            MatrixError: the server refused.
            UnreachableError: there was no answer within `seconds`, or none of a homeserver.
        """
        headers = {**self._headers, "Content-Type": content[1]} if content else self._headers
        try:
            async with self._open().request(
                method,
                self._url(path, query),
                json=body,
                data=io.BytesIO(content[0]) if content else None,
                headers=headers,
                # A redirect could carry the token to another host.
                allow_redirects=False,
                middlewares=(_once,) if once else (),
                timeout=aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS),
            ) as response:
                answer = await response.json(content_type=None)
                status = response.status
        except (aiohttp.ClientError, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise UnreachableError(type(error).__name__) from error
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UnreachableError("the answer is no JSON") from error
        if status != 200:
            raise MatrixError(status, answer if isinstance(answer, dict) else {})
        return answer

    async def download(self, path: str, limit: int, *, seconds: float) -> bytes:
        """The bytes of the answer.

        Raises:
            MatrixError, UnreachableError: as `call`.
            FetchError: they are more than `limit`.
        """
        # Servers may send us on to where the file lies (allow_redirect), and the token must not go there.
        url = self._url(path, {"allow_redirect": "false"})
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        try:
            async with self._open().get(url, headers=self._headers, allow_redirects=False, timeout=timeout) as response:
                status = response.status
                if status == 200:
                    return await _at_most(response, limit)
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise UnreachableError(type(error).__name__) from error
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            answer = None
        raise MatrixError(status, answer if isinstance(answer, dict) else {})

    def _url(self, path: str, query: Mapping[str, str | int | list[str] | None] | None) -> URL:
        asked = urlencode({key: value for key, value in (query or {}).items() if value is not None}, doseq=True)
        # Encoded by us: yarl would turn %3A back into a colon and leave %2F, which servers read differently.
        return URL(f"{self._base}{path}{'?' if asked else ''}{asked}", encoded=True)

    async def reset(self) -> None:
        """Break every connection; requests under way fail with UnreachableError."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session
