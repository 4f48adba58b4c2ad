"""One row out: its calls to the network, and what became of them."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.core.chats import ChatKind
from bot.core.copies import State, Why
from bot.core.refs import AccountRef, ChatRef
from bot.core.when import Clock
from bot.engine.compose import Composer
from bot.engine.limits import Limits
from bot.logs import trail
from bot.platforms.port import (
    FatalError,
    MovedError,
    NotSentError,
    Outgoing,
    Platform,
    UnclearError,
    UndeliverableError,
)
from storage.engine import unusable
from storage.sending import Item, Settled
from storage.store import Store
from storage.writer import Reader

log = structlog.get_logger(__name__)

ACK_LIFETIME = timedelta(seconds=60)
"""A toast this late is shown to nobody: Telegram's query has long expired by then."""
LONGEST_BACKOFF = 60.0


class Sender:
    """Of one platform. `fatal` is set when the network refuses the bot for good."""

    def __init__(self, platform: Platform, reader: Reader, composer: Composer, clock: Clock, limits: Limits) -> None:
        self._platform = platform
        self._reader = reader
        self._composer = composer
        self._clock = clock
        self._limits = limits
        self.after: list[Callable[[Store], None]] = []
        """Changes that follow from what the network said, to be written with the results."""
        self.fatal: FatalError | None = None

    async def send(self, item: Item) -> Settled:
        """Make the row's calls and say what became of it."""
        if item.op == "ack" and self._clock.now() - item.created_at > ACK_LIFETIME:
            return Settled(item=item, state=State.EXPIRED, reason="the press is too old to answer")
        try:
            if not item.chat.chat_id and item.account_id:
                item = await self._addressed(item, item.account_id)
            calls = await self._composer.calls(item)
        except Exception as error:  # noqa: BLE001 - one row that can't be rendered must not stop the others
            if unusable(error):
                return self._later(item, item.parts, _backoff(item.attempts), "the database is away")
            log.error("row can't be rendered", row=item.id, cause=trail(error))
            reason = f"can't be rendered: {type(error).__name__}"
            return Settled(item=item, state=State.FAILED, reason=reason, why=Why.MISTAKE)
        if not calls:
            reason = "there is nothing to show any more"
            return Settled(item=item, state=State.CANCELLED, reason=reason, why=Why.NOTHING)
        result = await self._call(item, calls)
        if item.op == "delete" and result.why is Why.REFUSED:
            # The row says both: that it is done, and that the network refused the deletion.
            edited = await self._call(item, [self._composer.withdrawn(item)])
            result = replace(edited, why=Why.REFUSED) if edited.state is State.SENT else edited
        return result

    async def _call(self, item: Item, calls: list[Outgoing]) -> Settled:
        ids: list[str] = []
        muted = False
        parts = item.parts
        for call in calls[parts:]:
            if self.fatal:
                return self._later(item, parts, 0, "the network refuses the bot", ids, failed=False)
            try:
                rates = self._platform.rates(call)
                mono = time.monotonic()
                wait = self._limits.wait(rates, mono)
                if wait > 0:
                    return self._later(item, parts, wait, "limit", ids, failed=False)
                self._limits.count(rates, mono)
                sent = await self._platform.deliver(replace(call, chat=item.chat))
            except FatalError as error:
                self.fatal = error
                return self._later(item, parts, 0, "the network refuses the bot", ids, failed=False)
            except Exception as error:  # noqa: BLE001 - a mistake in an adapter costs its row, not the bot
                return self._failed(item, parts, error, ids)
            if sent.chat and sent.chat != item.chat:
                item = self._opened(item, sent.chat)
            muted = muted or sent.muted
            if sent.message_id:
                ids.append(sent.message_id)
            parts += 1
        return Settled(
            item=item,
            state=State.SENT,
            message_ids=tuple(ids),
            actions=tuple(choice.action for choice in calls[-1].choices),
            parts=parts,
            why=Why.REFUSED if muted else None,
        )

    def _failed(self, item: Item, parts: int, error: Exception, ids: list[str]) -> Settled:
        why = None
        match error:
            case NotSentError():
                wait = _backoff(item.attempts) if error.retry_after is None else error.retry_after
                if error.everywhere:
                    self._limits.pause(wait, time.monotonic())
                log.info("delivery waits", row=item.id, reason=str(error), again_in_s=round(wait, 1))
                return self._later(item, parts, wait, str(error), ids)
            case UnclearError():
                if self._platform.capabilities.idempotent_send or item.op != "send":
                    return self._later(item, parts, _backoff(item.attempts), str(error), ids)
                log.warning("delivery is uncertain: it may have arrived, so it is not repeated", row=item.id)
                state, reason = State.UNCERTAIN, str(error)
            case UndeliverableError():
                log.info("delivery failed", row=item.id, reason=str(error), chat_gone=error.chat_gone)
                if error.chat_gone:
                    chat, account_id = item.chat, item.account_id
                    self.after.append(lambda store: store.chats.gone(chat, account_id))
                state, reason = State.FAILED, str(error)
                why = Why.GONE if error.chat_gone else Why.TOO_LARGE if error.too_large else Why.REFUSED
            case MovedError():
                old, new = item.chat, error.new
                self.after.append(lambda store: store.move(old, new))
                # A network that moves a chat to and fro must not be followed in a hot loop.
                return self._later(item, parts, _backoff(item.attempts) if item.attempts else 0, "moved", ids)
            case _:
                log.error("adapter failed", row=item.id, cause=trail(error))
                state, reason, why = State.FAILED, f"mistake: {type(error).__name__}", Why.MISTAKE
        return Settled(item=item, state=state, message_ids=tuple(ids), reason=reason, why=why, parts=parts)

    def _later(
        self, item: Item, parts: int, wait: float, reason: str, ids: list[str] | None = None, *, failed: bool = True
    ) -> Settled:
        return Settled(
            item=item,
            state=State.PENDING,
            message_ids=tuple(ids or ()),
            not_before=self._clock.now() + timedelta(seconds=wait),
            attempts=item.attempts + 1 if failed else item.attempts,
            parts=parts,
            reason=reason,
        )

    async def _addressed(self, item: Item, account_id: str) -> Item:
        """Where the person wrote to the bot, or another row opened a chat, since the row was committed: there."""
        account = AccountRef(item.chat.platform, account_id)
        now = self._clock.now()
        chat = await self._reader.run(lambda session: Store(session, now).chats.direct_of_account(account))
        return replace(item, chat=chat) if chat else item

    def _opened(self, item: Item, chat: ChatRef) -> Item:
        """A direct chat was opened for the row: from now on the person is written to there."""
        account = AccountRef(item.chat.platform, item.account_id or "")
        lang = item.lang

        def remember(store: Store) -> None:
            store.chats.seen(chat, ChatKind.DIRECT, lang, store.people.of(account).id)

        self.after.append(remember)
        return replace(item, chat=chat)


def _backoff(attempts: int) -> float:
    return min(LONGEST_BACKOFF, 2.0 ** min(attempts, 6))
