"""What is shown of a poll: its card in a room, its result, and what its opener gets. Plain text, counts before bars."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.content import Block, Body, Button, Lines, Text, say, text
from bot.core.hall import hall_line
from bot.core.polls import Kind, Poll, PollState, Tally, accepts, may_reopen, may_take_back, numbers_of
from bot.core.refs import ChatRef, network_of
from bot.core.wall import shown

CELLS = 10
"""Length of a bar."""


def card(poll: Poll, tally: Tally, chat: ChatRef, now: datetime, zone: ZoneInfo) -> Body:
    """The poll's card in one of the chats where it was posted."""
    title = say("poll-title", question=poll.draft.question)
    if poll.state is PollState.WITHDRAWN:
        return Body((title, say("poll-withdrawn")))
    if not poll.shown_in(chat):
        return Body((title, say("poll-elsewhere")))
    options = Lines(tuple(_option_lines(poll, tally)))
    votes = say("poll-votes", count=tally.voters)
    if poll.state is PollState.CLOSED:
        votes = votes if tally.voters else say("poll-no-votes")
        closed = say("poll-closed", when=shown(poll.closed_at or now, now, zone))
        return Body((title, options, votes, *hall_line(poll, tally), closed))
    terms = Lines(tuple(_terms(poll, now, zone)))
    blocks: list[Block] = [title, options, terms, say("poll-ways"), votes, *hall_line(poll, tally)]
    if poll.state is PollState.CLOSING:
        blocks.append(say("poll-closing"))
    buttons = [
        Button(text("poll-label", option=option), f"vote:{poll.id}:{number}")
        for number, option in enumerate(poll.draft.options, 1)
    ]
    if poll.draft.kind is Kind.MULTIPLE:
        buttons.append(Button(text("poll-anew"), f"vote.anew:{poll.id}"))
    return Body(tuple(blocks), tuple(buttons), listed=True)


def result(poll: Poll, tally: Tally) -> Body:
    """The counts, in words and then as bars: the same in every room."""
    title = "poll-result" if poll.state is PollState.CLOSED else "poll-so-far"
    blocks: list[Block] = [say(title, question=poll.draft.question)]
    numbers = range(1, len(poll.draft.options) + 1)
    if not tally.voters:
        return Body((*blocks, say("poll-no-votes"), *hall_line(poll, tally)))
    blocks.append(
        Lines(
            tuple(
                text(
                    "poll-result-line",
                    number=number,
                    option=poll.draft.options[number - 1],
                    count=tally.counts[number - 1],
                    percent=tally.percent(number),
                )
                for number in numbers
            )
        )
    )
    blocks += [say("poll-votes", count=tally.voters), *hall_line(poll, tally)]
    if poll.draft.kind is Kind.MULTIPLE:
        blocks.append(say("poll-percent-of-people"))
    if tally.shown_shares:
        blocks.append(
            Lines(
                tuple(
                    text(
                        "poll-share",
                        network=network_of(share.network),
                        count=share.voters,
                        counts=_counts(share.counts),
                    )
                    for share in tally.shown_shares
                )
            )
        )
    blocks.append(
        Lines(tuple(text("poll-bar", number=n, bar=bar(tally.percent(n)), percent=tally.percent(n)) for n in numbers))
    )
    return Body((*blocks, say("poll-opinion")))


def published(poll: Poll, closing: int, tally: Tally) -> Body:
    """The message with the result of one closing; it says so when that closing was taken back."""
    if poll.state is not PollState.CLOSED or closing != poll.closings:
        return Body((say("poll-title", question=poll.draft.question), say("poll-result-undone")))
    return result(poll, tally)


def opened(poll: Poll, now: datetime) -> Body:
    """The answer to who opened it, with the ways back for a minute."""
    if poll.state is PollState.WITHDRAWN:
        return Body((say("poll-withdrawn"),))
    blocks: list[Block] = [say("poll-opened", rooms=len(poll.rooms))]
    if not may_take_back(poll, now):
        return Body((*blocks, say("poll-opened-close")) if poll.running else tuple(blocks))
    undo = Button(text("poll-undo"), f"poll.undo:{poll.id}")
    if len(poll.rooms) == 1 or not poll.shown_in(poll.chat):
        return Body((*blocks, say("poll-opened-undo")), (undo,))
    only = Button(text("poll-only-here"), f"poll.only:{poll.id}")
    return Body((*blocks, say("poll-opened-ways")), (only, undo))


def preview(poll: Poll, now: datetime, zone: ZoneInfo) -> Body:
    """A draft in the direct chat of the person who writes it."""
    if poll.state is PollState.WITHDRAWN:
        return Body((say("poll-draft-dropped"),))
    fix = Button(text("poll-fix"), f"poll.fix:{poll.id}")
    if poll.state is not PollState.DRAFT:
        blocks = (say("poll-opened", rooms=len(poll.rooms)), say("poll-opened-close"))
        return Body(blocks, (fix,) if poll.state is PollState.OPEN else ())
    networks = sorted({room.platform for room in poll.rooms})
    where = ", ".join(
        f"{network_of(network)}: {sum(room.platform == network for room in poll.rooms)}" for network in networks
    )
    options = Lines(tuple(_option_lines(poll, None)))
    draft = (
        say("poll-title", question=poll.draft.question),
        options,
        Lines(tuple(_terms(poll, now, zone))),
        say("poll-draft-where", rooms=len(poll.rooms), where=where),
    )
    start = Button(text("poll-start"), f"poll.start:{poll.id}")
    return Body(draft, (start, fix, Button(text("poll-drop"), f"poll.drop:{poll.id}")))


def shut(poll: Poll, closing: int, now: datetime) -> Body:
    """The answer to who closed it, with the way back for ten seconds."""
    if closing != poll.closings or poll.state is not PollState.CLOSED:
        return Body((say("poll-reopened"),))
    said = say("poll-shut", rooms=len(poll.rooms))
    if not may_reopen(poll, closing, now):
        return Body((said,))
    return Body((said, say("poll-shut-undo")), (Button(text("poll-undo"), f"poll.reopen:{poll.id}.{closing}"),))


def chosen(poll: Poll, mask: int) -> Text | str:
    """A ballot in a confirmation: the option in words, or the numbers of several."""
    numbers = numbers_of(mask)
    if len(numbers) == 1:
        return text("poll-option", number=numbers[0], option=poll.draft.options[numbers[0] - 1])
    return ", ".join(map(str, numbers))


def until(poll: Poll, now: datetime, zone: ZoneInfo) -> Text:
    """How long a vote may be changed."""
    closes_at = poll.draft.closes_at
    if closes_at is None:
        return text("vote-until-closed")
    if now >= closes_at and accepts(poll, now):
        return text("vote-just-in-time")
    return text("vote-until", when=shown(closes_at, now, zone))


def bar(percent: int) -> str:
    """A share as a row of cells."""
    full = round(CELLS * percent / 100)
    return "█" * full + "░" * (CELLS - full)


def _option_lines(poll: Poll, tally: Tally | None) -> Iterator[Text]:
    for number, option in enumerate(poll.draft.options, 1):
        if tally and tally.voters:
            yield text("poll-option-count", number=number, option=option, count=tally.counts[number - 1])
        else:
            yield text("poll-option", number=number, option=option)


def _terms(poll: Poll, now: datetime, zone: ZoneInfo) -> Iterator[Text]:
    """Who votes, how, until when, who sees what."""
    draft = poll.draft
    yield text("poll-who")
    if draft.kind is Kind.MULTIPLE:
        yield text("poll-how-many", least=draft.least, most=draft.most)
    yield text("poll-until", when=shown(draft.closes_at, now, zone)) if draft.closes_at else text("poll-no-end")
    yield text("poll-public")


def _counts(counts: tuple[int, ...]) -> str:
    return " · ".join(f"{number}: {count}" for number, count in enumerate(counts, 1))
