"""Voting: by button, reaction, reply, command or a number alone; each way is the same vote, and the last one counts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core import native_polls, poll_cards
from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.poll_casting import Speaker, ask_for_whom, cast, offer, refusal, speakers, told
from bot.core.poll_intents import replied
from bot.core.poll_terms import Unit
from bot.core.polls import Kind, Poll, PollState, is_ballot, no_such_option, pressed, typed
from bot.core.reading import Reading, for_the_bot
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from storage import Store

JUST_CLOSED = timedelta(hours=1)
"""How long a number alone is still understood as a vote that came too late."""
_ACTION = re.compile(r"(?:vote|vote\.anew|vote\.in|late\.poll(?:-native)?):([0-9a-f]{1,32})(?::([0-9]{1,2}))?")
# For an organisation: show its ballot, take its marks off, choose one option, or this ballot as a whole.
_FOR = re.compile(r"(?:for|own):([0-9a-f]{1,32}):(-|x|o[0-9]{1,2}|m[0-9a-f]{1,3}):([0-9a-f]{1,32})")


def router(zone: ZoneInfo) -> Router[Store]:
    """Every way to vote."""
    routes: Router[Store] = Router()
    voting = Voting(zone)
    routes.press("vote")(voting.press)
    # A number for a card that offers it no more, or never did: by reaction, or by a button that was there before.
    routes.press("late.poll")(voting.press)
    routes.press(f"late.{native_polls.CARD}")(voting.press)
    routes.press("vote.anew")(voting.anew)
    routes.press("vote.in")(voting.show)
    routes.press("for")(voting.for_organisation)
    routes.press("own")(voting.for_organisation)
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
            return told(text("poll-gone"))
        why = refusal(event, ctx, poll, self.zone)
        if why or ctx.person is None:
            return told(why or text("vote-nobody"))
        number = int(match[2])
        if poll.draft.secret and poll.draft.kind is Kind.MULTIPLE:
            return told(text("vote-secret-several", least=poll.draft.least, most=poll.draft.most))
        if poll.draft.unit is Unit.ORGANISATION:
            among = speakers(ctx)
            unit = among[0].unit if len(among) == 1 else None
        else:
            unit = ctx.person.id
        return self._vote(event, ctx, poll, pressed(poll.draft, self._marks(ctx, poll, unit), number))

    def anew(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Take the marks of several options off."""
        match = _ACTION.fullmatch(event.action or "")
        poll = _poll(ctx, match[1]) if match else None
        if poll is None:
            return told(text("poll-gone"))
        why = refusal(event, ctx, poll, self.zone)
        if why or ctx.person is None:
            return told(why or text("vote-nobody"))
        if poll.draft.unit is not Unit.ORGANISATION:
            return self._clear(event, ctx, poll, None)
        among = speakers(ctx)
        return self._clear(event, ctx, poll, among[0]) if len(among) == 1 else offer(event, ctx, poll, among)

    def show(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Show the ballot of the poll that was chosen among several; in the direct chat alone."""
        match = _ACTION.fullmatch(event.action or "")
        poll = _poll(ctx, match[1]) if match else None
        if poll is None or event.kind is not ChatKind.DIRECT:
            return told(text("poll-gone"))
        why = refusal(event, ctx, poll, self.zone)
        return told(why) if why else [Post(CardRef("poll-ballot", poll.id), event.chat)]

    def for_organisation(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """The vote of one organisation. Who may cast it is looked up now, whoever was asked."""
        match = _FOR.fullmatch(event.action or "")
        poll = _poll(ctx, match[1]) if match else None
        if match is None or poll is None or poll.draft.unit is Unit.PERSON:
            return told(text("poll-gone"))
        if why := refusal(event, ctx, poll, self.zone):
            return told(why)
        speaker = next((one for one in speakers(ctx) if one.membership == match[3]), None)
        if speaker is None:
            return told(text("vote-not-yours"))
        what, value = match[2][0], match[2][1:]
        if what == "-":
            action = f"for:{{id}}:o{{number}}:{speaker.membership}"
            return [Reply(poll_cards.ballot(poll, speaker.name, action))]
        if what == "x":
            return self._clear(event, ctx, poll, speaker)
        if what == "o":
            ballot = pressed(poll.draft, self._marks(ctx, poll, speaker.unit), int(value))
        else:
            ballot = self._whole(poll, int(value, 16))
        take_over = (event.action or "").startswith("own:")
        return cast(event, ctx, poll, ballot, self.zone, speaker, take_over=take_over)

    def command(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """`/głos 2`: in the poll that is answered, or the only one that runs here."""
        if not argument:
            return [Reply(Body((say("vote-how"),)))]
        answered = replied(ctx)
        return self._words(message, ctx, answered, argument) if answered else self._only(message, ctx, argument)

    def read(self, message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
        """Numbers alone: in answer to a card, or in a direct chat when a poll runs."""
        if not is_ballot(message.text) or not for_the_bot(message, ctx):
            return None
        answered = replied(ctx)
        if answered:
            return self._words(message, ctx, answered, message.text)
        if not ctx.store.polls.running(message.room) and not self._just_closed(message, ctx):
            return None
        return self._only(message, ctx, message.text)

    def _only(self, message: Message, ctx: Context[Store], words: str) -> Sequence[Intent]:
        running = ctx.store.polls.running(message.room)
        if len(running) == 1:
            return self._words(message, ctx, running[0], words)
        if running:
            return [Reply(_which(running, message, words))]
        closed = self._just_closed(message, ctx)
        return self._words(message, ctx, closed, words) if closed else [Reply(Body((say("poll-none-running"),)))]

    def _just_closed(self, message: Message, ctx: Context[Store]) -> Poll | None:
        ended = ctx.store.polls.ended(message.room, 1)
        recent = ended and ended[0].closed_at and ctx.now - ended[0].closed_at < JUST_CLOSED
        return ended[0] if recent else None

    def _words(self, message: Message, ctx: Context[Store], poll: Poll, words: str) -> Sequence[Intent]:
        why = refusal(message, ctx, poll, self.zone)
        return told(why) if why else self._vote(message, ctx, poll, typed(poll.draft, words))

    def _vote(self, event: FromChat, ctx: Context[Store], poll: Poll, ballot: int | Text) -> Sequence[Intent]:
        """Cast a ballot for whom it is: the person, the one organisation that they speak for, or one that is asked."""
        if poll.draft.unit is Unit.PERSON:
            return cast(event, ctx, poll, ballot, self.zone)
        among = speakers(ctx)
        if poll.draft.unit is Unit.ORGANISATION:
            if len(among) == 1:
                return cast(event, ctx, poll, ballot, self.zone, among[0])
            return ask_for_whom(event, ctx, poll, ballot, among)
        first = not isinstance(ballot, Text) and not self._voted(ctx, poll)
        done = cast(event, ctx, poll, ballot, self.zone)
        return [*done, *offer(event, ctx, poll, among)] if first else done

    def _clear(self, event: FromChat, ctx: Context[Store], poll: Poll, speaker: Speaker | None) -> Sequence[Intent]:
        if poll.draft.secret or ctx.person is None:
            return told(text("vote-secret-again"))
        unit = speaker.unit if speaker else ctx.person.id
        if speaker and ctx.store.polls.spoken(poll.id, speaker.organisation) not in (None, ctx.person.id):
            return told(text("vote-not-yours"))
        if ctx.store.polls.ballot(poll.id, unit):
            ctx.store.polls.vote(poll.id, unit, 0, event.chat)
        return [Acknowledge(text("vote-cleared"), aside=True), Refresh(CardRef("poll", poll.id))]

    def _marks(self, ctx: Context[Store], poll: Poll, unit: str | None) -> int:
        """What a unit has chosen so far; of a secret ballot nobody knows."""
        before = ctx.store.polls.ballot(poll.id, unit) if unit and not poll.draft.secret else None
        return before.choices if before else 0

    def _voted(self, ctx: Context[Store], poll: Poll) -> bool:
        if ctx.person is None:
            return False
        if poll.draft.secret:
            return ctx.store.polls.secret.voted(poll.id, ctx.person.id)
        return ctx.store.polls.ballot(poll.id, ctx.person.id) is not None

    def _whole(self, poll: Poll, mask: int) -> int | Text:
        """A ballot from a button; checked, since buttons can be forged where a network lets them."""
        draft = poll.draft
        if not 0 < mask < 1 << len(draft.options) or poll.draft.secret or mask.bit_count() > draft.most:
            return text("poll-gone")
        return mask


def _poll(ctx: Context[Store], id_: str) -> Poll | None:
    poll = ctx.store.polls.get(id_)
    return None if poll is None or poll.state is PollState.DRAFT else poll


def _which(running: Sequence[Poll], message: Message, words: str) -> Body:
    """Ask which poll a vote belongs to; in a direct chat the answer is one tap or one number.

    Where one of them is secret the choice is not repeated on the buttons: the poll is chosen first, then the option.
    """
    if message.kind is not ChatKind.DIRECT:
        return Body((say("poll-which-here"),))
    if any(poll.draft.secret for poll in running):
        shown = tuple(Button(text("poll-label", option=poll.draft.question), f"vote.in:{poll.id}") for poll in running)
        return Body((say("vote-which-first"),), shown)
    if not re.fullmatch(r"\s*[0-9]{1,2}\W*", words):
        return Body((say("vote-which-numbers"),))
    number = int(re.findall(r"[0-9]+", words)[0])
    fitting = [poll for poll in running if 0 < number <= len(poll.draft.options)]
    if not fitting:
        return Body((Say(no_such_option(max((poll.draft for poll in running), key=lambda d: len(d.options)), number)),))
    buttons = [Button(text("poll-label", option=poll.draft.question), f"vote:{poll.id}:{number}") for poll in fitting]
    return Body((say("vote-which", number=number),), tuple(buttons))
