"""HTTP to the Bot API over aiohttp.

`telegram.Bot` makes rare calls through `do_request`; the calls of every update (`getUpdates`, `sendMessage`,
`editMessageText`, `answerCallbackQuery`) go through `call`, since the library's objects cost there seven times what
the call itself does. Both end in the same errors (`UnsentError`, `BrokenError`, `RefusedError`), which
never hold the token: the addresses that do are made here and go nowhere else.
"""

import contextlib
import io
import json
import os
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import aiohttp
import yarl
from aiohttp import ClientTimeout
from telegram.request import BaseRequest, RequestData

from bot.core.files import File
from bot.platforms.port import FetchError
from bot.platforms.telegram.errors import BrokenError, RefusedError, UnsentError, refusal

CONNECT = 10.0
"""Seconds for getting a connection, waiting for a free one included."""
FILE_SECONDS = 120.0
"""Seconds for a call that carries a file: people host bots behind slow lines too."""
_JSON = {"Content-Type": "application/json"}


class _Line:
    """A session with its connections, and how many calls it carries."""

    def __init__(self, connections: int, timeout: ClientTimeout) -> None:
        connector = aiohttp.TCPConnector(limit=connections, ttl_dns_cache=60)
        self.session = aiohttp.ClientSession(
            connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": "Obrady"}
        )
        self.users = 0
        self.retired = False


class Wire(BaseRequest):
    """Connections to one server for one token.

    `seconds` is how long a call may take from its beginning to the last byte of the answer.
    """

    def __init__(self, base_url: str, token: str, *, connections: int, seconds: float) -> None:
        self._prefix = f"{base_url.rstrip('/')}/bot{token}/"
        self._file_prefix = f"{base_url.rstrip('/')}/file/bot{token}/"
        self._urls: dict[str, yarl.URL] = {}
        self._connections = connections
        self._timeout = ClientTimeout(total=seconds, connect=CONNECT, sock_connect=CONNECT)
        self._patience = ClientTimeout(total=FILE_SECONDS, connect=CONNECT, sock_connect=CONNECT)
        self._line: _Line | None = None

    async def call(self, method: str, params: dict[str, Any], file: tuple[str, File] | None = None) -> Any:
        """The `result` of a method.

        Args:
            file: a parameter that is a file, and the file.

        Raises:
            UnsentError, BrokenError, RefusedError.
        """
        if file:
            return (await self._exchange(method, _form(params, *file), None, patient=True))["result"]
        answer = await self._exchange(method, json.dumps(params).encode(), _JSON)
        return answer["result"]

    async def download(self, path: str, limit: int) -> bytes:
        """The file at the `file_path` that getFile gave.

        Raises:
            UnsentError, BrokenError: not now.
            FetchError: it is not there, or has more than `limit` bytes.
        """
        url = yarl.URL(self._file_prefix + quote(path), encoded=True)
        async with self._held() as line:
            trouble: Exception
            try:
                async with line.session.get(url, allow_redirects=False, timeout=self._patience) as response:
                    if response.status == 200:
                        return await _at_most(response, limit)
                    trouble = FetchError(f"Telegram: HTTP {response.status}")
                    if response.status >= 500 or response.status == 429:
                        trouble = BrokenError(f"HTTP {response.status}")
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                trouble = BrokenError(_why(error))
        raise trouble

    async def renew(self, *, at_once: bool) -> None:
        """New connections for all calls to come. The old ones end now, or when their calls are done."""
        line, self._line = self._line, None
        if line is not None:
            line.retired = True
            if at_once or not line.users:
                await line.session.close()

    async def _exchange(
        self, method: str, data: Any, headers: dict[str, str] | None, *, patient: bool = False
    ) -> dict[str, Any]:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = yarl.URL(self._prefix + method)
        allowed = self._patience if patient else self._timeout
        trouble: UnsentError | BrokenError
        async with self._held() as line:
            try:
                async with line.session.post(
                    url, data=data, headers=headers, allow_redirects=False, timeout=allowed
                ) as response:
                    status, body = response.status, await response.read()
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
                trouble = UnsentError(_why(error))
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                trouble = UnsentError(_why(error)) if _never_written(error) else BrokenError(_why(error))
            else:
                return _answer(status, body)
        # Raised out here so that no error of aiohttp hangs on it: some name the address, and with it the token.
        raise trouble

    @contextlib.asynccontextmanager
    async def _held(self) -> AsyncIterator[_Line]:
        line = self._line
        if line is None:
            line = self._line = _Line(self._connections, self._timeout)
        line.users += 1
        try:
            yield line
        finally:
            line.users -= 1
            if line.retired and not line.users:
                await line.session.close()

    # --- what telegram.Bot asks for ---

    @property
    def read_timeout(self) -> float | None:
        """Seconds a call may take."""
        return self._timeout.total

    async def initialize(self) -> None:
        """Nothing: connections are made when they are needed."""

    async def shutdown(self) -> None:
        """Close the connections."""
        await self.renew(at_once=True)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """A call of `telegram.Bot`, whose address is "/" and the method; files go as multipart.

        The wire's own time-out holds, whichever is given. People's files are not fetched: they have other addresses.

        Raises:
            UnsentError, BrokenError, RefusedError.
            ValueError: something other than a call of a method was asked for.
        """
        if method != "POST":
            raise ValueError("only methods are called through this wire")
        data: Any = None
        if request_data is not None and request_data.contains_files:
            # Names of files go as they are: Telegram shows percent signs to people.
            data = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
            for name, (filename, content, mime) in request_data.multipart_data.items():
                data.add_field(name, content, filename=filename, content_type=mime)
        elif request_data is not None:
            data = request_data.json_parameters
        answer = await self._exchange(url.removeprefix("/"), data, None)
        return 200, json.dumps(answer).encode()


async def _at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    found = bytearray()
    async for piece in response.content.iter_chunked(1 << 16):
        found += piece
        if len(found) > limit:
            raise FetchError(f"more than {limit} bytes", too_large=True)
    return bytes(found)


def _form(params: dict[str, Any], field: str, file: File) -> aiohttp.FormData:
    # Names of files go as they are: Telegram shows percent signs to people.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    form.add_field(field, io.BytesIO(file.content), filename=file.name, content_type=file.mime)
    return form


def _answer(status: int, body: bytes) -> dict[str, Any]:
    """The decoded success.

    Raises:
        RefusedError: the API refuses.
        BrokenError: this is no answer of the API.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and answer.get("ok") is True and "result" in answer:
        return answer
    refused: RefusedError | None = refusal(answer)
    raise refused or BrokenError(f"HTTP {status} that is not from the Bot API")


def _never_written(error: Exception) -> bool:
    """Whether a kept connection turned out to be closed before the request was wholly handed to the system.

    What the server has of it then, if anything, is shorter than its Content-Length says, so it is not carried out.
    aiohttp names this case by words alone; should they change, it counts as unclear.
    """
    cause = error.__cause__
    return isinstance(cause, aiohttp.ClientConnectionResetError) and "closing transport" in str(cause)


def _why(error: Exception) -> str:
    """The cause in words that hold no address."""
    number = error.errno if isinstance(error, OSError) else None
    words = f": {os.strerror(number)}" if number and number > 0 else ""
    return f"{type(error).__name__}{words}"
