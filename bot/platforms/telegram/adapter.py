"""The adapter: reads updates in a loop of its own and makes the engine's calls.

python-telegram-bot's `Application` is not used: it confirms updates before they are handled, so a crash loses them.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
import telegram
import telegram.constants
from telegram.error import TelegramError

from bot.core.capabilities import Address, Capabilities
from bot.core.files import FileRef
from bot.core.refs import ChatRef
from bot.logs import trail
from bot.platforms.port import FatalError, FetchError, Inbox, Menu, NotSentError, Outgoing, Rate, Sent
from bot.platforms.telegram import menu as profile
from bot.platforms.telegram.callback import Seal
from bot.platforms.telegram.compose import call
from bot.platforms.telegram.errors import (
    PLATFORM,
    UNAUTHORIZED,
    BrokenError,
    RefusedError,
    UnsentError,
    not_now,
    outcome,
)
from bot.platforms.telegram.limits import Floods, Pace, TelegramLimits
from bot.platforms.telegram.parse import ALLOWED_UPDATES, Parser
from bot.platforms.telegram.wire import Wire

log = structlog.get_logger(__name__)

SERVER = "https://api.telegram.org"
MOST_UPDATES = 100
"""Largest batch that getUpdates gives (its documentation, `limit`)."""
CALL_SECONDS = 30.0
MARGIN_SECONDS = 1.0
"""How long after a poll of a server that was down deliveries try it too: by then it is known whether it is back."""
CONFLICTS = 5
CONFLICT_MEMORY = 60.0
"""Seconds without a conflict after which earlier ones are forgotten: good polls lie between those of two rival bots."""

_RIVAL = (
    "Another process polls this bot: two copies with one token take each other's updates. "
    "Stop the other one; if there is none, a token that leaked is in use: make a new one at @BotFather (/revoke)."
)
_WEBHOOK = (
    "Another program gets this bot's updates by a webhook{where}. If it should, make a bot of its own for Obrady at "
    "@BotFather; if not, delete the webhook (Bot API method deleteWebhook), which loses no update."
)


class Telegram:
    """Telegram through one bot account (`bot.platforms.port.Platform`).

    `base_url` is the Bot API server's, without "/bot"; `poll_timeout` is how long the server holds an empty poll, in
    whole seconds (it cuts at 50: Client.cpp); `backoff` are the shortest and longest pause after a failed poll.
    """

    name = PLATFORM
    capabilities = Capabilities(
        guarded=True,
        buttons=True,
        toasts=True,
        edits=True,
        text_limit=telegram.constants.MessageLimit.MAX_TEXT_LENGTH,
        caption_limit=telegram.constants.MessageLimit.CAPTION_LENGTH,
        command_prefix="/",
        ascii_commands=True,
        idempotent_send=False,
        edit_interval=3.0,
    )
    max_in_flight = 256

    def __init__(
        self,
        token: str,
        *,
        base_url: str | None = None,
        menu: Menu,
        limits: TelegramLimits | None = None,
        poll_timeout: int = 50,
        backoff: tuple[float, float] = (1.0, 60.0),
    ) -> None:
        server = base_url or SERVER
        self.last_ok = 0.0
        self.patience = 3.0 * poll_timeout
        self._token_fits = token.partition(":")[0].isdecimal() and token.isascii() and len(token.split()) == 1
        self._menu = menu
        self._poll_timeout = poll_timeout
        self._backoff = backoff
        self._pace = Pace(limits or TelegramLimits())
        self._floods = Floods()
        self._seal = Seal(token)
        self._parser: Parser | None = None
        self._showing: asyncio.Task[None] | None = None
        self._away_until = 0.0
        self._calls = Wire(server, token, connections=self.max_in_flight, seconds=CALL_SECONDS)
        # Connections of its own, so that no number of deliveries can keep it from polling; two, since a torn long
        # poll may hold one.
        self._polls = Wire(server, token, connections=2, seconds=poll_timeout + 10.0)
        # The library never sees the token: it would write it to its log (DEBUG) and into `repr`.
        self._bot = telegram.Bot(
            "-", base_url=_nowhere, base_file_url=_nowhere, request=self._calls, get_updates_request=self._polls
        )

    async def start(self) -> None:
        """Check the token, learn the bot's name, refuse beside a webhook; the menu is brought up to date meanwhile.

        A webhook is never deleted here: it may be somebody's who would lose his updates to us.

        Raises:
            FatalError: the token is wrong, or a webhook is set.
            NotSentError: Telegram can't be reached now.
        """
        me, webhook = await self.look()
        if webhook.url:
            raise FatalError(_WEBHOOK.format(where=f" at {urlsplit(webhook.url).hostname}"))
        self._parser = Parser(me.id, me.username or "", self._seal)
        if me.username:
            address = Address(f"t.me/{me.username}", f"https://t.me/{me.username}")
            self.capabilities = replace(self.capabilities, address=address)
        log.info("telegram bot", bot=me.id)
        if me.can_read_all_group_messages:
            log.warning(
                "privacy mode is off: the bot is sent everything said in its groups, and needs none of it",
                cure="@BotFather, /setprivacy, Enable; then take the bot out of each group and add it again",
            )
        if self._showing is None or self._showing.done():
            self._showing = asyncio.create_task(profile.show(self._bot, self._menu), name="telegram menu")

    async def look(self) -> tuple[telegram.User, telegram.WebhookInfo]:
        """The bot's own account, and the webhook it may have.

        Raises:
            FatalError: the token is wrong.
            NotSentError: Telegram can't be reached now.
        """
        if not self._token_fits:
            raise FatalError(UNAUTHORIZED)
        try:
            return await self._bot.get_me(), await self._bot.get_webhook_info()
        except TelegramError as error:
            raise not_now(error) from None

    async def receive(self, inbox: Inbox) -> None:
        """Read for ever. A batch is confirmed by the next poll's offset, so only after the inbox has committed it.

        Raises:
            FatalError: the token is refused, or another process polls the bot.
        """
        if self._parser is None:
            raise RuntimeError("receive before start")
        cursor = await inbox.cursor()
        offset = int(cursor) if cursor else 0
        failures = conflicts = 0
        last_conflict = 0.0
        heard = False
        while True:
            try:
                # A long poll is good news only when it returns: the first one, and one after a failure, comes at once.
                updates = await self._poll(offset, self._poll_timeout if heard and not failures else 0)
            except RefusedError as error:
                if error.token_refused:
                    raise FatalError(UNAUTHORIZED) from None
                failures += 1
                pause = max(self._pause(failures), error.retry_after or 0.0)
                if error.code == 409:
                    conflicts, last_conflict = conflicts + 1, time.monotonic()
                    cause = _WEBHOOK.format(where="") if error.says("webhook") else _RIVAL
                    if conflicts >= CONFLICTS:
                        raise FatalError(cause) from None
                    log.warning("telegram poll conflict", cause=cause, again_in_s=round(pause, 1))
                else:
                    log.warning("telegram poll refused", reason=str(error), again_in_s=round(pause, 1))
            except TelegramError as error:
                failures += 1
                pause = self._pause(failures)
                if isinstance(error, UnsentError):
                    # Nobody is there: polls alone ask, since with deliveries it would be too often.
                    self._away_until = time.monotonic() + pause + MARGIN_SECONDS
                log.warning("telegram poll failed", reason=str(error), again_in_s=round(pause, 1))
            else:
                self._away_until = 0.0
                self.last_ok, heard = time.monotonic(), True
                if conflicts and self.last_ok - last_conflict > CONFLICT_MEMORY:
                    conflicts = 0
                if not updates:
                    failures = 0
                    continue
                reached = await self._hand_in(inbox, updates, offset)
                if reached is not None and reached != offset:
                    offset, failures = reached, 0
                    continue
                # Not committed, or nothing that could be confirmed: the same comes again, but not in a hot loop.
                failures += 1
                pause = self._pause(failures)
            await asyncio.sleep(pause)

    async def _poll(self, offset: int, seconds: int) -> list[Any]:
        params: dict[str, Any] = {
            "timeout": seconds,
            "limit": MOST_UPDATES,
            "allowed_updates": ALLOWED_UPDATES,
        }
        # A negative offset would make the server forget updates.
        if offset > 0:
            params["offset"] = offset
        updates = await self._polls.call("getUpdates", params)
        if not isinstance(updates, list):
            raise BrokenError("getUpdates gave no list")
        return updates

    async def _hand_in(self, inbox: Inbox, updates: list[Any], offset: int) -> int | None:
        """The offset that follows the batch, once it is committed; None if it was not."""
        parser, now = self._parser, datetime.now(UTC)
        assert parser is not None  # noqa: S101 - `receive` saw it
        events = [event for update in updates if (event := parser.read(update, now)) is not None]
        # Of this batch alone: after a week without updates the server may go on from any number.
        reached = max((_id + 1 for update in updates if (_id := _update_id(update)) is not None), default=offset)
        try:
            await inbox.take(events, cursor=str(reached))
        except FatalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the database raised; the batch is asked for again
            log.error("batch not taken, asked for again", platform=PLATFORM, cause=trail(error))
            return None
        return reached

    def _pause(self, failures: int) -> float:
        """Seconds, doubling between the bounds, with jitter."""
        shortest, longest = self._backoff
        pause: float = min(longest, shortest * 2.0 ** min(failures - 1, 16))
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 - no secret

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Make one call.

        Raises:
            DeliveryError: one of its kinds.
            FatalError: the token is refused.
        """
        if (away := self._away_until - time.monotonic()) > 0:
            raise NotSentError("Telegram can't be reached", away, everywhere=True)
        # A person's direct chat has the person's id.
        chat_id = outgoing.chat.chat_id or outgoing.account_id or ""
        method, params = call(outgoing, chat_id, self._seal)
        trouble: Exception
        try:
            result = await self._calls.call(method, params, ("document", outgoing.file) if outgoing.file else None)
        except RefusedError as error:
            if _done_already(outgoing, error):
                return Sent(outgoing.message_id or "" if outgoing.op == "edit" else "")
            trouble = outcome(error, flooded=error.code == 429 and self._floods.general(chat_id, time.monotonic()))
        except TelegramError as error:
            trouble = outcome(error)
        else:
            return _sent(outgoing, chat_id, result)
        raise trouble

    async def fetch(self, file: FileRef, limit: int) -> bytes:
        """The content of a file that somebody sent; Telegram gives bots at most 20 MB.

        Raises:
            FetchError: it can't be had.
            NotSentError: not now.
            FatalError: the token is refused.
        """
        if file.size is not None and file.size > limit:
            raise FetchError(f"more than {limit} bytes", too_large=True)
        trouble: Exception
        try:
            found = await self._calls.call("getFile", {"file_id": file.id})
            path = found.get("file_path") if isinstance(found, dict) else None
            # A server of one's own in its local mode gives a path of its machine.
            if not isinstance(path, str) or path.startswith("/"):
                raise FetchError("Telegram: the file has no address")
            return await self._calls.download(path, limit)
        except RefusedError as error:
            trouble = FetchError(f"Telegram: {error.description}", too_large=error.says("file is too big"))
            if error.token_refused or error.code == 429:
                trouble = not_now(error)
        except TelegramError as error:
            trouble = not_now(error)
        raise trouble

    def rates(self, outgoing: Outgoing) -> Sequence[Rate]:
        """The limits that this call counts against."""
        return self._pace.rates(outgoing)

    async def reset(self) -> None:
        """New connections. The poll under way breaks off; deliveries under way still end on their old ones."""
        await self._polls.renew(at_once=True)
        await self._calls.renew(at_once=False)

    async def close(self) -> None:
        """Release everything."""
        if self._showing is not None:
            self._showing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._showing
        await self._polls.renew(at_once=True)
        await self._calls.renew(at_once=True)


def _nowhere(_token: str) -> str:
    return ""


def _update_id(update: Any) -> int | None:
    update_id = update.get("update_id") if isinstance(update, dict) else None
    return update_id if type(update_id) is int else None


def _done_already(outgoing: Outgoing, error: RefusedError) -> bool:
    """An edit that changes nothing, a deletion of what is gone, a press too old to be answered: nothing left to do."""
    if error.code != 400:
        return False
    if outgoing.op == "edit":
        return error.says("message is not modified")
    if outgoing.op == "delete":
        return error.says("message to delete not found")
    return outgoing.op == "ack" and error.says("query is too old")


def _sent(outgoing: Outgoing, chat_id: str, result: Any) -> Sent:
    if outgoing.op in ("ack", "delete", "pin"):
        return Sent()
    if outgoing.op == "edit":
        return Sent(outgoing.message_id or "")
    message_id = result.get("message_id") if isinstance(result, dict) else None
    # An opened direct chat gets its address here.
    return Sent(str(message_id or ""), None if outgoing.chat.chat_id else ChatRef(PLATFORM, chat_id))
