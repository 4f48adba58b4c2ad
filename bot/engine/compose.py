"""From rows of the outbox to calls: rendered for the chat's language and the network, from the state at this moment."""

import asyncio
import json
from dataclasses import replace
from functools import lru_cache
from weakref import WeakValueDictionary

from bot.core.content import Body, NativePoll, Text, body_in, say, text_in
from bot.core.files import File
from bot.core.markup import Markup, fits, split
from bot.core.papers import Document
from bot.core.render import Words, label_of, render
from bot.core.routing import Routes
from bot.core.when import Clock
from bot.engine.papers import as_file
from bot.platforms.port import Choice, Outgoing, Platform, PollForm
from storage.files import read_file
from storage.sending import Item, posted
from storage.store import Store
from storage.writer import Reader


class Composer:
    """Of one platform."""

    def __init__(self, platform: Platform, routes: Routes[Store], words: Words, reader: Reader, clock: Clock) -> None:
        self._platform = platform
        self._routes = routes
        self._words = words
        self._reader = reader
        self._clock = clock
        # One file for many chats is in memory once, and no longer than somebody sends it.
        self._files: WeakValueDictionary[str, File] = WeakValueDictionary()
        self._reading = asyncio.Lock()
        # A broadcast is one content for many chats, and so is a greeting: laid out once a language.
        self._remembered = lru_cache(maxsize=128)(
            # The link to the bot, which is among the capabilities, may be known only later.
            lambda payload, lang, _capabilities: self._lay_out(body_in(json.loads(payload)), lang)
        )

    async def calls(self, item: Item) -> list[Outgoing]:
        """The calls that a row takes, in order: more than one where the text is too long for one message or a file's
        caption; none where its card or file has nothing to show any more.

        Raises:
            KeyError, ValueError: the row names a text or a card that this version doesn't have.
        """
        if item.op == "ack":
            return [self._toast(item)]
        if item.op == "pin":
            message_id = item.message_id or await self._reader.run(lambda session: posted(session, item))
            return [self._bare(item, message_id)] if message_id else []
        if item.op == "delete":
            return [self._bare(item, item.message_id)]
        poll, loud = None, False
        if item.payload:
            pieces, choices = self._remembered(item.payload, item.lang, self._platform.capabilities)
        else:
            card = await self._card(item)
            if card is None:
                return []
            pieces, choices = self._lay_out(card, item.lang)
            loud = card.loud and item.op == "send"
            poll = card.poll
        if poll:
            # Sent while it runs, edited when it ends: between the two it can't change.
            return [self._native(item, pieces[0], poll)] if poll.ended is (item.op == "edit") else []
        if item.op == "edit":
            # A card that outgrew one message is cut: an edit can't become two.
            pieces = pieces[:1]
        file = await self._file(item) if item.blob_id or item.file else None
        if item.file and file is None:
            return []
        if file and not fits(pieces, self._platform.capabilities.caption_limit):
            pieces = [(), *pieces]
        last = len(pieces) - 1
        return [
            Outgoing(
                id=item.id if index == 0 else f"{item.id}-{index}",
                seq=item.seq,
                op=item.op,
                chat=item.chat,
                account_id=item.account_id,
                markup=piece,
                choices=choices if index == last else (),
                reply_to=item.reply_to if index == 0 else None,
                message_id=item.message_id,
                file=file if index == 0 else None,
                loud=loud and index == 0,
            )
            for index, piece in enumerate(pieces)
        ]

    async def _file(self, item: Item) -> File | None:
        if item.blob_id is None:
            source, now = item.file, self._clock.now()
            assert source is not None  # noqa: S101 - the caller saw it
            render_ = self._routes.files[source.kind]
            made = await self._reader.run(lambda session: render_(Store(session, now), source.id, item.lang))
            if not isinstance(made, Document):
                return made
            return as_file(made, item.lang, self._platform.capabilities, self._words)
        blob_id = item.blob_id
        async with self._reading:
            file = self._files.get(blob_id)
            if file is None:
                file = self._files[blob_id] = await self._reader.run(lambda session: read_file(session, blob_id))
        return file

    def withdrawn(self, item: Item) -> Outgoing:
        """The edit that stands for a deletion where the network allows none."""
        [piece, *_], _choices = self._lay_out(Body((say("message-withdrawn"),)), item.lang)
        return replace(self._bare(item, item.message_id), op="edit", markup=piece)

    @staticmethod
    def _bare(item: Item, message_id: str | None) -> Outgoing:
        return Outgoing(id=item.id, seq=item.seq, op=item.op, chat=item.chat, message_id=message_id)

    def _lay_out(self, body: Body, lang: str) -> tuple[list[Markup], tuple[Choice, ...]]:
        markup, labels = render(body, lang, self._platform.capabilities, self._words)
        offered = body.choices(buttons=self._platform.capabilities.buttons)
        choices = tuple(Choice(label, button.action) for label, button in zip(labels, offered, strict=True))
        return split(markup, self._platform.capabilities.text_limit), choices

    def _native(self, item: Item, markup: Markup, poll: NativePoll) -> Outgoing:
        def line(label: Text) -> str:
            return label_of(label, item.lang, self._platform.capabilities, self._words)

        answers = tuple((id_, line(label)) for id_, label in poll.answers)
        return Outgoing(
            id=item.id,
            seq=item.seq,
            op=item.op,
            chat=item.chat,
            markup=markup,
            message_id=item.message_id,
            poll=PollForm(line(poll.question), answers, poll.most, poll.ended),
        )

    def _toast(self, item: Item) -> Outgoing:
        payload = json.loads(item.payload)
        label = text_in(payload["text"]) if payload["text"] else None
        return Outgoing(
            id=item.id,
            seq=item.seq,
            op="ack",
            chat=item.chat,
            message_id=item.message_id,
            toast=label_of(label, item.lang, self._platform.capabilities, self._words) if label else "",
            alert=payload["alert"],
        )

    async def _card(self, item: Item) -> Body | None:
        card = item.card
        if card is None:
            raise ValueError("a row without content or card")
        now = self._clock.now()
        return await self._reader.run(lambda session: self._routes.show(Store(session, now), card, item.chat))
