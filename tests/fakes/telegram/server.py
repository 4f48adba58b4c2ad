"""The server: one token, one bot, HTTP on 127.0.0.1.

A request passes, in this order: the token, the method's name, faults that strike before anything happens, the limits of
sending, the check against aiogram's models (`strict`), the handler, faults that strike afterwards. Low-level
`aiohttp.web.Server` without a router: the benchmarks measure bots, not this.
"""

import asyncio
import json
import re
import time
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from tests.fakes.ports import free_port

from . import control, messages
from .errors import ApiError
from .faults import BROKEN, Fault, Limiter, Limits
from .membership import Membership
from .methods import HANDLERS
from .queue import UpdateQueue
from .spec import METHODS, UPDATE_TYPES, MethodSpec, check, decode
from .watch import Call
from .wire import MAX_UPLOAD, Upload, answer, drip, ok, read_request, reset
from .world import World

TOKEN = "1234567890:AAFakeTelegramTokenForTestsOnly0000"
_TOKEN_SHAPE = re.compile(r"\d+:[\w-]{3,}")
# The handlers of messages register themselves when their module is loaded.
assert "sendmessage" in HANDLERS, messages.__name__


class FakeTelegram(Membership):
    """A Bot API server for one bot. `async with FakeTelegram() as fake:` or `start()` and `stop()`.

    `strict` records every request that the documentation doesn't allow in `violations`; benchmarks turn it off.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        strict: bool = True,
        limits: Limits | None = None,
        ledger: Path | str | None = None,
        port: int = 0,
        username: str = "obrady_bot",
        conflict_pause: float = 3.0,
    ) -> None:
        super().__init__(ledger)
        bot_id = int(token.partition(":")[0])
        self.token = token
        self.strict = strict
        self.world = World({"id": bot_id, "is_bot": True, "first_name": "Obrady", "username": username})
        self.queue = UpdateQueue(conflict_pause=conflict_pause)
        self.limiter = Limiter(limits) if limits is not None else None
        self.privacy = True
        self.revoked = False
        self.webhook_url = ""
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.open_queries: set[str] = set()
        self.files_kept = 0
        self.faults: list[Fault] = []
        self.stopped = asyncio.Event()
        self._blind_until = 0.0
        self._port = port
        self._runner: web.ServerRunner | None = None

    @property
    def url(self) -> str:
        """Where the server listens; `f"{url}/bot"` is python-telegram-bot's base_url."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> Self:
        """Listen; a free port unless one was asked for."""
        # Not a port of the system's choice: `down()` gives it back for a while (see tests.fakes.ports).
        self._port = self._port or free_port()
        server = web.Server(
            self._serve, handler_cancellation=True, access_log=None, request_factory=self._request, keepalive_timeout=75
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=512, reuse_address=True)
        await site.start()
        return self

    async def down(self) -> None:
        """Stop listening and drop every connection; `start()` brings the same server back on the same port."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def stop(self) -> None:
        """Stop for good."""
        await self.down()
        if self.ledger is not None:
            self.ledger.close()
            self.ledger = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def fault(self, kind: str, **options: Any) -> Fault:
        """Trouble for calls to come (see Fault): an error by its key, or a broken connection."""
        fault = Fault(kind, **options)
        self.faults.append(fault)
        return fault

    def black_hole(self, seconds: float) -> None:
        """For so long no getUpdates gets an answer, not even the one that waits now; then its connection breaks."""
        self._blind_until = time.monotonic() + seconds

    def revoke_token(self) -> None:
        """The owner revoked the token at BotFather: 401 from now on."""
        self.revoked = True

    @staticmethod
    def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
        loop = asyncio.get_running_loop()
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_UPLOAD + 1_000_000)

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/control/"):
            return await control.serve(self, request, path.removeprefix("/control/"))
        try:
            if path.startswith("/file/bot"):
                return self._file(path.removeprefix("/file/bot"))
            spec = self._method(path)
        except ApiError as error:
            self._done(Call(path.rpartition("/")[2], {}, error.description, error.code))
            return answer(error.body(), error.code)
        return await self._call(request, spec)

    def _method(self, path: str) -> MethodSpec:
        token, _, name = path.removeprefix("/bot").partition("/")
        self._check_token(path, token)
        spec = METHODS.get(name.lower())
        if spec is None:
            self.violate(f"unknown method {name}")
            raise ApiError("unknown_method")
        return spec

    def _check_token(self, path: str, token: str) -> None:
        if not path.startswith("/bot") or not _TOKEN_SHAPE.fullmatch(token):
            raise ApiError("closed_bot_404_token")
        if token != self.token or self.revoked:
            raise ApiError("bad_token")

    def _file(self, rest: str) -> web.Response:
        token, _, path = rest.partition("/")
        self._check_token("/bot", token)
        upload = self.world.files.get(path.removeprefix("files/"))
        if upload is None:
            raise ApiError("closed_bot_404_token")
        return web.Response(body=upload.content, content_type="application/octet-stream")

    async def _call(self, request: web.BaseRequest, spec: MethodSpec) -> web.StreamResponse:
        method = spec.name.lower()
        try:
            raw, files = await read_request(request)
        except ValueError as broken:
            self.violate(f"{spec.name}: a body that is not what its Content-Type says: {broken}")
            return answer(ApiError("", description="Bad Request: can't parse the body", code=400).body(), 400)
        params, problems = decode(spec, raw)
        chat = str(params.get("chat_id", ""))
        fault = next((one for one in self.faults if one.hits(method, chat)), None) if self.faults else None
        kind = fault.kind if fault is not None else None
        if kind == "reset_before":
            self._done(Call(spec.name, params, None, None, kind))
            return reset(request)
        if kind == "html_502":
            self._done(Call(spec.name, params, None, 502, kind))
            page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
            return web.Response(text=page, status=502, content_type="text/html")
        try:
            if kind == "migrate":
                await self.migrate(self.world.find(chat))
            elif fault is not None and (error := fault.error()) is not None:
                raise error
            if self.limiter is not None and chat:
                self.limiter.admit(method, chat)
            if self.strict or problems:
                self._judge(spec, params, files, problems)
            body = (
                await self._get_updates(params) if method == "getupdates" else self._handle(spec, params, files, kind)
            )
        except ApiError as error:
            self._done(Call(spec.name, params, error.description, error.code, kind))
            return answer(error.body(), error.code, error.headers)
        if method == "getupdates" and time.monotonic() < self._blind_until:
            await asyncio.sleep(self._blind_until - time.monotonic())
            return reset(request)
        return answer(body) if kind not in BROKEN else await self._broken(request, fault, body)

    def _judge(self, spec: MethodSpec, params: dict[str, Any], files: dict[str, Upload], problems: list[Any]) -> None:
        found = problems or check(spec, params, files)
        self.violations.extend(problem.text for problem in found)
        fatal = next((problem for problem in found if problem.fatal), None)
        if fatal is not None:
            if fatal.error is not None:
                raise ApiError(fatal.error)
            # Telegram words such refusals by method; no bot of ours may depend on the words.
            raise ApiError("", description=f"Bad Request: {fatal.text}", code=400)

    def _handle(self, spec: MethodSpec, params: dict[str, Any], files: dict[str, Upload], fault: str | None) -> bytes:
        handler = HANDLERS.get(spec.name.lower())
        if handler is None:
            self.violate(f"{spec.name} is not modelled by this server")
            raise ApiError("", description=f"Bad Request: {spec.name} is not modelled", code=400)
        self.fault_now = fault
        try:
            result = handler(self, params, files)
        finally:
            self.fault_now = None
        body = ok(result)
        # The result may be a message that is edited later: the transcript keeps what was said now.
        kept = dict(result) if isinstance(result, dict) else result
        self._done(Call(spec.name, params, kept, None, fault))
        return body

    async def _get_updates(self, params: dict[str, Any]) -> bytes:
        if self.webhook_url:
            raise ApiError("conflict_webhook")
        allowed = params.get("allowed_updates")
        if self.strict and allowed:
            for name in set(allowed) - UPDATE_TYPES:
                self.violate(f"allowed_updates names {name!r}")
        offset, limit, timeout = params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0)
        batch = await self.queue.poll(offset, limit, timeout, allowed)
        self._done(Call("getUpdates", params, [item.update_id for item in batch]))
        return b'{"ok":true,"result":[' + b",".join([item.data for item in batch]) + b"]}"

    async def _broken(self, request: web.BaseRequest, fault: Fault | None, body: bytes) -> web.StreamResponse:
        assert fault is not None
        if fault.kind == "hang_after":
            await asyncio.sleep(3600)
        if fault.kind == "stall":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "truncated":
            return answer(body[: len(body) // 2])
        elif fault.kind == "drip":
            return await drip(request, body, fault.seconds)
        elif fault.kind == "reset_after":
            return reset(request)
        return answer(body)

    def _done(self, call: Call) -> None:
        self.calls.append(call)
        self.counts[call.method] += 1
        self._wake()

    def state(self) -> dict[str, Any]:
        """Counts for a program that drives the server from outside."""
        return {
            "pending": len(self.queue.pending),
            "confirmed": self.queue.confirmed,
            "sent": self.sent_total,
            "answered": len(self.answered),
            "calls": dict(self.counts),
            "refused": sum(self.limiter.refused.values()) if self.limiter is not None else 0,
            "violations": self.violations[:100],
            "faults_used": sum(fault.used for fault in self.faults),
            "now": time.monotonic(),
        }

    def dump_texts(self) -> str:
        """The bot's messages as JSON, for `GET /control/sent`."""
        return json.dumps(self.sent(), ensure_ascii=False)
