"""From intents to rows: what handlers want done, put into the unit of work of their transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.capabilities import Capabilities
from bot.core.chats import ChatKind
from bot.core.content import Body, Say, Text, body_out, say, text_out
from bot.core.context import Context
from bot.core.events import Event, FromChat, Message, Pressed
from bot.core.files import File
from bot.core.intents import Acknowledge, At, Cancel, Direct, Do, Intent, Pin, Post, Refresh, Reply, Retract, SendFile
from bot.core.refs import CardRef, ChatRef, adapter_of
from bot.engine.flood import Manner
from bot.locales import DEFAULT
from storage.due import undelivered
from storage.ids import new_id
from storage.outbox import Priority
from storage.store import Store

LATE = timedelta(minutes=10)
"""An answer to a message older than this says so: the bot was away."""


class Collector:
    """Of one batch, or of one event when a batch is replayed."""

    def __init__(self, store: Store, capabilities: Mapping[str, Capabilities], now: datetime) -> None:
        self._store = store
        self._capabilities = capabilities
        self._now = now
        self._cards: dict[CardRef, None] = {}
        self._late: set[str] = set()
        self._manner = Manner.AT_ONCE

    def answer(self, manner: Manner) -> None:
        """How the event that is handled now, and what follows it, is answered."""
        self._manner = manner

    def guards(self, platform: str) -> bool:
        """Whether anybody can write on this network as fast as they like."""
        return self._capabilities[adapter_of(platform)].guarded

    def add(self, event: Event, ctx: Context[Store], intents: Sequence[Intent], *, answer: bool = True) -> None:
        """Take a handler's intents. A press that was not acknowledged is, silently: its button would seem to hang.

        Args:
            answer: whether these are the answer, and not what comes before or behind one.
        """
        acknowledged = False
        for intent in intents:
            match intent:
                case Reply():
                    self._reply(event, ctx, intent)
                case Acknowledge():
                    acknowledged = True
                    if self._is_heard(event, intent):
                        self._acknowledge(event, ctx, intent.text, intent)
                case Direct():
                    self._direct(intent)
                case SendFile():
                    self._file(event, ctx, intent)
                case Post():
                    self._post(event, ctx, intent)
                case Refresh():
                    self._cards[intent.card] = None
                case Retract():
                    self._store.outbox.retract(intent.card)
                case Pin():
                    self._store.outbox.pin(intent.card)
                case At():
                    self._store.due.arm(intent)
                case Cancel():
                    self._store.due.cancel(intent.key)
                case Do():
                    self._store.work.ask(intent)
        if answer and isinstance(event, Pressed) and event.press_id and not acknowledged:
            self._acknowledge(event, ctx, None, Acknowledge(Text("")))

    def finish(self) -> None:
        """The batch is handled: every card that changed is refreshed once."""
        intervals = {name: capabilities.edit_interval for name, capabilities in self._capabilities.items()}
        for card in self._cards:
            self._store.outbox.refresh(card, intervals)
        self._cards.clear()

    def _reply(
        self, event: Event, ctx: Context[Store], reply: Reply, together: tuple[str, str, str] | None = None
    ) -> None:
        if self._manner is Manner.QUIET:
            return
        chat = reply.chat or _chat_of(event)
        body = reply.body
        late = isinstance(event, Message) and self._now - event.at > LATE
        if late and chat == _chat_of(event) and event.key not in self._late:
            self._late.add(event.key)
            body = replace(body, blocks=(say("answered-late", when=event.at), *body.blocks))
        lang, reply_to = reply.lang or ctx.lang, _answered(event, chat)
        if together:
            topic, voice, many = together
            self._store.outbox.send_together(
                chat,
                lang=lang,
                payload=body_out(body),
                reply_to=reply_to,
                topic=topic,
                voice=voice,
                many=lambda count: body_out(Body((say(many, count=count),))),
            )
            return
        priority = self._priority(here=True)
        self._store.outbox.send(chat, lang=lang, priority=priority, payload=body_out(body), reply_to=reply_to)

    def _acknowledge(self, event: Event, ctx: Context[Store], text: Text | None, how: Acknowledge) -> None:
        chat = _chat_of(event)
        press_id = event.press_id if isinstance(event, Pressed) else None
        if press_id and self._capabilities[adapter_of(chat.platform)].toasts:
            shown = text if self._manner is not Manner.QUIET else None
            payload = {"text": text_out(shown) if shown else None, "alert": how.alert}
            self._store.outbox.acknowledge(chat, press_id, payload, ctx.lang)
        elif text:
            together = (how.topic, ctx.person.id, how.many) if how.topic and ctx.person else None
            reply = Reply(Body((Say(text),)), self._aside(event) if how.aside else None)
            self._reply(event, ctx, reply, together)

    def _is_heard(self, event: Event, intent: Acknowledge) -> bool:
        """Whether it is to be said at all: what the network shows by itself is no message for a whole room."""
        in_room = isinstance(event, FromChat) and event.kind is not ChatKind.DIRECT
        return not (intent.shown and in_room) or self._aside(event) is not None

    def _aside(self, event: Event) -> ChatRef | None:
        if isinstance(event, FromChat) and event.kind is not ChatKind.DIRECT and event.sender:
            return self._store.chats.direct_of_account(event.sender)
        return None

    def _file(self, event: Event, ctx: Context[Store], send: SendFile) -> None:
        kept = isinstance(send.file, File)
        what: dict[str, Any] = {"blob_id": self._store.files.keep(send.file)} if kept else {"file": send.file}  # type: ignore[arg-type]
        if send.person_id:
            self._direct(Direct(send.person_id, send.caption, send.ref), **what)
            return
        chat = send.chat or _chat_of(event)
        here = isinstance(event, FromChat) and event.chat == chat
        self._store.outbox.send(
            chat,
            lang=send.lang or ctx.lang,
            priority=self._priority(here=here),
            payload=body_out(send.caption),
            reply_to=_answered(event, chat),
            ref=send.ref,
            **what,
        )

    def _direct(self, direct: Direct, **what: Any) -> None:
        lang = self._store.people.language(direct.person_id) or DEFAULT
        chat = self._store.chats.direct_of(direct.person_id)
        account_id = None
        if chat is None:
            accounts = self._store.people.accounts(direct.person_id)
            if not accounts:
                self._unreachable(direct)
                return
            chat, account_id = ChatRef(accounts[0].platform, ""), accounts[0].user_id
        self._store.outbox.send(
            chat,
            lang=lang,
            priority=Priority.REPLY,
            payload=None if isinstance(direct.body, CardRef) else body_out(direct.body),
            card=direct.body if isinstance(direct.body, CardRef) else None,
            account_id=account_id,
            ref=direct.ref,
            **what,
        )

    def _unreachable(self, direct: Direct) -> None:
        if direct.ref:
            ref = f"{direct.ref.kind}:{direct.ref.id}"
            undelivered(self._store.session, [(new_id(), ref, "the person has no account")], self._now)

    def _priority(self, *, here: bool) -> Priority:
        return Priority.REPLY if here and self._manner is not Manner.BEHIND else Priority.BROADCAST

    def _post(self, event: Event, ctx: Context[Store], post: Post) -> None:
        if post.native and not self._capabilities[adapter_of(post.chat.platform)].native_polls:
            return
        here = isinstance(event, FromChat) and event.chat == post.chat
        self._store.outbox.send(
            post.chat,
            lang=post.lang or ctx.lang,
            priority=self._priority(here=here),
            card=post.card,
            reply_to=_answered(event, post.chat),
        )


def sorry(event: FromChat, text: Text) -> list[Intent]:
    """Tell a person why not: a press gets a notice that stays, anything else a reply."""
    if isinstance(event, Pressed):
        return [Acknowledge(text, alert=True)]
    return [Reply(Body((Say(text),)))]


def _chat_of(event: Event) -> ChatRef:
    if not isinstance(event, FromChat):
        raise TypeError(f"{type(event).__name__} has no chat to answer in: name one")
    return event.chat


def _answered(event: Event, chat: ChatRef) -> str | None:
    """In a room an answer points to the message it answers; between two there is nothing to mistake."""
    if isinstance(event, Message) and event.kind is not ChatKind.DIRECT and event.chat == chat:
        return event.id
    return None
