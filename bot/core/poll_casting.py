"""Casting a ballot: for oneself or for an organisation, openly or secretly. Shared by the handlers of voting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import poll_cards
from bot.core.chats import ChatKind
from bot.core.clean import fold
from bot.core.content import Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Pressed
from bot.core.intents import Acknowledge, Direct, Intent, Refresh, Reply
from bot.core.poll_intents import no_clock, published, receipt
from bot.core.poll_terms import ORGANISATION, Unit
from bot.core.polls import Poll, PollState, accepts, complete
from bot.core.refs import CardRef, network_of
from bot.core.wall import shown


@dataclass(frozen=True, slots=True)
class Speaker:
    """An organisation for which the person of the event may vote, and the membership by which they may."""

    membership: str
    organisation: str
    name: str

    @property
    def unit(self) -> str:
        """What stands for it among units."""
        return f"{ORGANISATION}{self.organisation}"


def speakers(ctx: Context[Any]) -> list[Speaker]:
    """The organisations for which the person may vote at this moment, by name."""
    if ctx.person is None:
        return []
    mine = ctx.store.organisations.speaks_for(ctx.person.id)
    found = [Speaker(one.id, one.organisation.id, one.organisation.name) for one in mine]
    return sorted(found, key=lambda one: fold(one.name))


def refusal(event: FromChat, ctx: Context[Any], poll: Poll, zone: ZoneInfo) -> Text | None:
    """Why no vote counts that comes from here now; in the order in which it helps most to know."""
    if poll.state is PollState.WITHDRAWN:
        return text("vote-withdrawn")
    if not accepts(poll, ctx.now):
        ended = poll.closed_at or poll.draft.closes_at or ctx.now
        return text("vote-late", when=shown(ended, ctx.now, zone))
    if event.kind is not ChatKind.DIRECT and not poll.shown_in(event.chat):
        return text("vote-elsewhere")
    if ctx.person is None:
        return text("vote-nobody")
    if poll.draft.secret and not _unseen(event):
        return text("vote-secret-seen")
    if poll.draft.members and not ctx.store.organisations.is_member(ctx.person.id):
        return text("vote-members-only")
    if poll.draft.unit is Unit.ORGANISATION and not speakers(ctx):
        return text("vote-delegates-only")
    return None


def cast(
    event: FromChat,
    ctx: Context[Any],
    poll: Poll,
    ballot: int | Text,
    zone: ZoneInfo,
    speaker: Speaker | None = None,
    *,
    take_over: bool = False,
) -> list[Intent]:
    """Take a ballot that may be cast: of the person, or of an organisation. The answer is for the person alone.

    Args:
        take_over: the person was told that another one cast the organisation's vote, and wants to change it.
    """
    if isinstance(ballot, Text) or ctx.person is None:
        return list(told(ballot if isinstance(ballot, Text) else text("vote-nobody")))
    if poll.draft.secret:
        return _cast_secretly(ctx, poll, ballot, speaker)
    unit = speaker.unit if speaker else ctx.person.id
    before = ctx.store.polls.ballot(poll.id, unit)
    others: list[Intent] = []
    if speaker:
        first = ctx.store.polls.spoken(poll.id, speaker.organisation) if before else None
        if first not in (None, ctx.person.id):
            if not take_over:
                return ask_to_take_over(event, ctx, poll, ballot, speaker)
            others = _taken_over(ctx, poll, speaker, first)
        ctx.store.polls.speak(poll.id, speaker.organisation, ctx.person.id)
    answer = [receipt(poll, ballot, confirmation(event, ctx.now, poll, ballot, before, zone, speaker)), *others]
    if before and before.choices == ballot and before.chat.platform == event.chat.platform:
        return answer
    ctx.store.polls.vote(poll.id, unit, ballot, event.chat)
    return [*answer, *_voted(ctx, poll)]


def _cast_secretly(ctx: Context[Any], poll: Poll, ballot: int, speaker: Speaker | None) -> list[Intent]:
    """Nothing of the choice is in the answer, nor anywhere but in the box."""
    unit = speaker.unit if speaker else ctx.person.id if ctx.person else ""
    box = ctx.store.polls.secret
    if box.voted(poll.id, unit):
        answer = text("vote-secret-again-for", organisation=speaker.name) if speaker else text("vote-secret-again")
        return [Acknowledge(answer, aside=True)]
    box.cast(poll.id, unit, ballot, organisation=speaker is not None)
    answer = text("vote-secret-for", organisation=speaker.name) if speaker else text("vote-secret-saved")
    return [Acknowledge(answer, aside=True), *_voted(ctx, poll)]


def ask_for_whom(
    event: FromChat, ctx: Context[Any], poll: Poll, ballot: int | Text, among: Sequence[Speaker]
) -> list[Intent]:
    """Ask somebody who speaks for several organisations which one it is. A secret choice is not repeated: it is made
    anew for the one that was chosen."""
    if isinstance(ballot, Text):
        return list(told(ballot))
    what = "-" if poll.draft.secret else f"m{ballot:x}"
    buttons = tuple(
        Button(text("vote-for", organisation=one.name), f"for:{poll.id}:{what}:{one.membership}") for one in among
    )
    asked = say("vote-for-which", question=poll.draft.question)
    return [*_notice(event, text("vote-for-which-toast")), _aside(event, ctx, Body((asked,), buttons))]


def offer(event: FromChat, ctx: Context[Any], poll: Poll, among: Sequence[Speaker]) -> list[Intent]:
    """Beside their own vote a person may cast those of organisations: offer their ballots."""
    if not among:
        return []
    buttons = tuple(
        Button(text("vote-for", organisation=one.name), f"for:{poll.id}:-:{one.membership}") for one in among
    )
    return [_aside(event, ctx, Body((say("vote-for-too", question=poll.draft.question),), buttons))]


def ask_to_take_over(event: FromChat, ctx: Context[Any], poll: Poll, ballot: int, speaker: Speaker) -> list[Intent]:
    """Somebody else cast the organisation's vote: it is changed only if this one says so."""
    button = Button(text("vote-take-over-yes"), f"own:{poll.id}:m{ballot:x}:{speaker.membership}")
    asked = text("vote-take-over", organisation=speaker.name)
    return [*_notice(event, asked), _aside(event, ctx, Body((Say(asked),), (button,)))]


def told(why: Text) -> Sequence[Intent]:
    """Why a vote doesn't count, to the person alone."""
    return [Acknowledge(why, alert=True, aside=True)]


def _unseen(event: FromChat) -> bool:
    """Whether nobody but the bot and the network sees how this votes: a button, or anything in a direct chat."""
    return event.kind is ChatKind.DIRECT or (isinstance(event, Pressed) and event.press_id is not None)


def _voted(ctx: Context[Any], poll: Poll) -> list[Intent]:
    """The card shows it; and where all have voted who may, the poll is over."""
    if not ctx.store.polls.everybody_voted(poll):
        return [Refresh(CardRef("poll", poll.id))]
    closed = ctx.store.polls.close(poll, None, ctx.now)
    ctx.store.audit.note(None, "poll-closed", poll.id)
    return [no_clock(poll), *published(closed, ctx.store.chats.language, ctx.lang)]


def _taken_over(ctx: Context[Any], poll: Poll, speaker: Speaker, first: str) -> list[Intent]:
    by = ctx.person.id if ctx.person else None
    ctx.store.audit.note(by, "organisation-vote-taken-over", poll.id, organisation=speaker.organisation)
    why = say("vote-taken-over", organisation=speaker.name, question=poll.draft.question)
    return [Direct(first, Body((why,)))]


def _notice(event: FromChat, words: Text) -> list[Intent]:
    """What is shown at the button that was pressed, beside a message that asks."""
    return [Acknowledge(words, alert=True)] if isinstance(event, Pressed) and event.press_id else []


def _aside(event: FromChat, ctx: Context[Any], body: Body) -> Reply:
    """To the person alone where there is a direct chat; with buttons, so that a toast won't do."""
    chat = None
    if event.kind is not ChatKind.DIRECT and event.sender:
        chat = ctx.store.chats.direct_of_account(event.sender)
    own = ctx.person.lang if chat and ctx.person else None
    return Reply(body, chat=chat, lang=own)


def confirmation(
    event: FromChat, now: datetime, poll: Poll, ballot: int, before: Any, zone: ZoneInfo, speaker: Speaker | None
) -> Text:
    choice = poll_cards.chosen(poll, ballot)
    if not complete(poll.draft, ballot):
        return text("vote-short", choice=choice, count=poll.draft.least - ballot.bit_count())
    until = poll_cards.until(poll, now, zone)
    new = before is None or not complete(poll.draft, before.choices)
    if speaker:
        id_ = "vote-saved-for" if new else "vote-same-for" if before.choices == ballot else "vote-changed-for"
        return text(id_, organisation=speaker.name, choice=choice, until=until)
    if new:
        return text("vote-saved", choice=choice, until=until)
    if before.chat.platform != event.chat.platform:
        network = network_of(before.chat.platform)
        return text("vote-replaced", choice=choice, network=network, until=until)
    return text("vote-same" if before.choices == ballot else "vote-changed", choice=choice, until=until)
