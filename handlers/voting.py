"""Voting: by button, reaction, reply, command or a number alone; each way is the same vote, and the last one counts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core import poll_cards
from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed
from bot.core.intents import Acknowledge, Intent, Refresh, Reply
from bot.core.poll_intents import ROOM_CARDS, id_of
from bot.core.polls import Poll, PollState, accepts, complete, is_ballot, no_such_option, pressed, typed
from bot.core.reading import Reading, for_the_bot
from bot.core.refs import CardRef, ChatRef, network_of
from bot.core.routing import Names, Router
from bot.core.wall import shown
from storage import Store
from storage.polls import Ballot

JUST_CLOSED = timedelta(hours=1)
"""How long a number alone is still understood as a vote that came too late."""
_ACTION = re.compile(r"(?:vote|vote\.anew|late\.poll):([0-9a-f]{1,32})(?::([0-9]{1,2}))?")


def router(zone: ZoneInfo) -> Router[Store]:
    """Every way to vote."""
    routes: Router[Store] = Router()
    voting = Voting(zone)
    routes.press("vote")(voting.press)
    # A number for a card that offers it no more, or never did: by reaction, or by a button that was there before.
    routes.press("late.poll")(voting.press)
    routes.press("vote.anew")(voting.anew)
    routes.command("vote", Names("głos", "vote", "голос", also=("głosuj", "голосую")), bare=True, counts=True)(
        voting.command
    )
    routes.text(Reading.VOTE)(voting.read)
    return routes


@dataclass(frozen=True, slots=True)
class Voting:
    """The handlers; hours are shown in the federation's zone."""

    zone: ZoneInfo

    def press(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Choose the option of a button, or one more of several."""
        match = _ACTION.fullmatch(event.action or "")
        poll = _poll(ctx, match[1]) if match else None
        if match is None or match[2] is None or poll is None:
            return _told(text("poll-gone"))
        refusal = self._refusal(event, ctx, poll)
        if refusal or ctx.person is None:
            return _told(refusal or text("vote-nobody"))
        before = ctx.store.polls.ballot(poll.id, ctx.person.id)
        return self._cast(event, ctx, poll, pressed(poll.draft, before.choices if before else 0, int(match[2])))

    def anew(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Take the marks of several options off."""
        match = _ACTION.fullmatch(event.action or "")
        poll = _poll(ctx, match[1]) if match else None
        if poll is None:
            return _told(text("poll-gone"))
        refusal = self._refusal(event, ctx, poll)
        if refusal or ctx.person is None:
            return _told(refusal or text("vote-nobody"))
        if ctx.store.polls.ballot(poll.id, ctx.person.id):
            ctx.store.polls.vote(poll.id, ctx.person.id, 0, event.chat)
        return [Acknowledge(text("vote-cleared"), aside=True), Refresh(CardRef("poll", poll.id))]

    def command(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """`/głos 2`: in the poll that is answered, or the only one that runs here."""
        if not argument:
            return [Reply(Body((say("vote-how"),)))]
        replied = _replied(ctx)
        return self._words(message, ctx, replied, argument) if replied else self._only(message, ctx, argument)

    def read(self, message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
        """Numbers alone: in answer to a card, or in a direct chat when a poll runs."""
        if not is_ballot(message.text) or not for_the_bot(message, ctx):
            return None
        replied = _replied(ctx)
        if replied:
            return self._words(message, ctx, replied, message.text)
        if not ctx.store.polls.running(_room(message)) and not self._just_closed(message, ctx):
            return None
        return self._only(message, ctx, message.text)

    def _only(self, message: Message, ctx: Context[Store], words: str) -> Sequence[Intent]:
        running = ctx.store.polls.running(_room(message))
        if len(running) == 1:
            return self._words(message, ctx, running[0], words)
        if running:
            return [Reply(_which(running, message, words))]
        closed = self._just_closed(message, ctx)
        return self._words(message, ctx, closed, words) if closed else [Reply(Body((say("poll-none-running"),)))]

    def _just_closed(self, message: Message, ctx: Context[Store]) -> Poll | None:
        ended = ctx.store.polls.ended(_room(message), 1)
        recent = ended and ended[0].closed_at and ctx.now - ended[0].closed_at < JUST_CLOSED
        return ended[0] if recent else None

    def _words(self, message: Message, ctx: Context[Store], poll: Poll, words: str) -> Sequence[Intent]:
        refusal = self._refusal(message, ctx, poll)
        return _told(refusal) if refusal else self._cast(message, ctx, poll, typed(poll.draft, words))

    def _refusal(self, event: FromChat, ctx: Context[Store], poll: Poll) -> Text | None:
        """Why no vote counts that comes from here now; in the order in which it helps most to know."""
        if poll.state is PollState.WITHDRAWN:
            return text("vote-withdrawn")
        if not accepts(poll, ctx.now):
            ended = poll.closed_at or poll.draft.closes_at or ctx.now
            return text("vote-late", when=shown(ended, ctx.now, self.zone))
        if event.kind is not ChatKind.DIRECT and not poll.shown_in(event.chat):
            return text("vote-elsewhere")
        return None if ctx.person else text("vote-nobody")

    def _cast(self, event: FromChat, ctx: Context[Store], poll: Poll, ballot: int | Text) -> Sequence[Intent]:
        if isinstance(ballot, Text) or ctx.person is None:
            return _told(ballot if isinstance(ballot, Text) else text("vote-nobody"))
        before = ctx.store.polls.ballot(poll.id, ctx.person.id)
        told = self._confirmation(event, ctx, poll, ballot, before)
        if before and before.choices == ballot and before.chat.platform == event.chat.platform:
            return [Acknowledge(told, aside=True)]
        ctx.store.polls.vote(poll.id, ctx.person.id, ballot, event.chat)
        return [Acknowledge(told, aside=True), Refresh(CardRef("poll", poll.id))]

    def _confirmation(
        self, event: FromChat, ctx: Context[Store], poll: Poll, ballot: int, before: Ballot | None
    ) -> Text:
        choice = poll_cards.chosen(poll, ballot)
        if not complete(poll.draft, ballot):
            return text("vote-short", choice=choice, count=poll.draft.least - ballot.bit_count())
        until = poll_cards.until(poll, ctx.now, self.zone)
        if before is None or not complete(poll.draft, before.choices):
            return text("vote-saved", choice=choice, until=until)
        if before.chat.platform != event.chat.platform:
            network = network_of(before.chat.platform)
            return text("vote-replaced", choice=choice, network=network, until=until)
        return text("vote-same" if before.choices == ballot else "vote-changed", choice=choice, until=until)


def _poll(ctx: Context[Store], id_: str) -> Poll | None:
    poll = ctx.store.polls.get(id_)
    return None if poll is None or poll.state is PollState.DRAFT else poll


def _replied(ctx: Context[Store]) -> Poll | None:
    """The poll whose card or result the message answers."""
    card = ctx.post.card if ctx.post else None
    return _poll(ctx, id_of(card)) if card and card.kind in ROOM_CARDS else None


def _room(message: Message) -> ChatRef | None:
    return None if message.kind is ChatKind.DIRECT else message.chat


def _which(running: Sequence[Poll], message: Message, words: str) -> Body:
    """Ask which poll a vote belongs to; in a direct chat the answer is one tap or one number."""
    if message.kind is not ChatKind.DIRECT:
        return Body((say("poll-which-here"),))
    if not re.fullmatch(r"\s*[0-9]{1,2}\W*", words):
        return Body((say("vote-which-numbers"),))
    number = int(re.findall(r"[0-9]+", words)[0])
    fitting = [poll for poll in running if 0 < number <= len(poll.draft.options)]
    if not fitting:
        return Body((Say(no_such_option(max((poll.draft for poll in running), key=lambda d: len(d.options)), number)),))
    buttons = [Button(text("poll-label", option=poll.draft.question), f"vote:{poll.id}:{number}") for poll in fitting]
    return Body((say("vote-which", number=number),), tuple(buttons))


def _told(why: Text) -> Sequence[Intent]:
    return [Acknowledge(why, alert=True, aside=True)]
