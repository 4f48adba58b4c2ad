"""What is shown of a poll: its card in a room, its result, and what its opener gets. Plain text, counts before bars."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.content import Block, Body, Button, Lines, Text, say, text
from bot.core.hall import hall_line
from bot.core.poll_terms import Unit
from bot.core.poll_verdicts import needs, tells_somebody, turnout, turnout_of, verdicts, who_votes
from bot.core.polls import (
    TELLS_NOBODY,
    Kind,
    Poll,
    PollState,
    Share,
    Tally,
    accepts,
    may_reopen,
    may_show,
    may_take_back,
    numbers_of,
)
from bot.core.refs import ChatRef, network_of
from bot.core.wall import shown

CELLS = 10
"""Length of a bar."""


def card(
    poll: Poll, tally: Tally, chat: ChatRef, now: datetime, zone: ZoneInfo, present: tuple[int, int] | None = None
) -> Body:
    """The poll's card in one of the chats where it was posted.

    Args:
        present: of a poll that was opened during a meeting: how many of those there voted, and how many are there.
    """
    title = say("poll-title", question=poll.draft.question)
    if poll.state is PollState.WITHDRAWN:
        return Body((title, say("poll-withdrawn")))
    if not poll.shown_in(chat):
        return Body((title, say("poll-elsewhere")))
    options = Lines(tuple(_option_lines(poll, tally)))
    votes = turnout(poll.draft, tally)
    there = _present(poll, present)
    if poll.state is PollState.CLOSED:
        votes = votes if _anybody(tally) else say("poll-no-votes")
        closed = say("poll-closed", when=shown(poll.closed_at or now, now, zone))
        return Body((title, options, votes, *there, *hall_line(poll, tally), closed))
    terms = Lines(tuple(_terms(poll, now, zone)))
    blocks: list[Block] = [title, options, terms, _ways(poll), votes, *there, *hall_line(poll, tally)]
    if poll.state is PollState.CLOSING:
        blocks.append(say("poll-closing"))
    return Body(tuple(blocks), _choices(poll), listed=True)


def ballot(poll: Poll, organisation: str | None = None, action: str = "vote:{id}:{number}") -> Body:
    """The options in a person's direct chat, to choose from.

    Args:
        organisation: the name of the one whose vote it is.
        action: of a button; `{id}` and `{number}` are put in.
    """
    title = say("poll-title", question=poll.draft.question)
    whose = (say("poll-ballot-of", organisation=organisation),) if organisation is not None else ()
    options = Lines(tuple(_option_lines(poll, None)))
    if poll.draft.secret and poll.draft.kind is Kind.MULTIPLE:
        return Body((title, options, say("poll-ballot-several")))
    secret = (say("poll-ballot-secret"),) if poll.draft.secret else ()
    buttons = tuple(
        Button(text("poll-label", option=option), action.format(id=poll.id, number=number))
        for number, option in enumerate(poll.draft.options, 1)
    )
    return Body((title, *whose, options, say("poll-ballot"), *secret), buttons, listed=True)


def result(poll: Poll, tally: Tally) -> Body:
    """The counts, in words and then as bars: the same in every room."""
    title = say("poll-result" if poll.state is PollState.CLOSED else "poll-so-far", question=poll.draft.question)
    if not may_show(poll):
        return Body((title, turnout(poll.draft, tally), say("poll-results-later")))
    if not _anybody(tally):
        return Body((title, say("poll-no-votes"), *_verdicts(poll, tally), *hall_line(poll, tally)))
    if tally.organisations is None:
        counted = _counted(poll, tally, organisations=poll.draft.unit is Unit.ORGANISATION)
        return Body((title, *counted, *hall_line(poll, tally), say("poll-opinion")))
    people = (say("poll-result-people"), *_counted(poll, tally, organisations=False))
    theirs = (say("poll-result-organisations"), *_counted(poll, tally.organisations, organisations=True))
    return Body((title, *people, *theirs, *hall_line(poll, tally), say("poll-opinion")))


def _counted(poll: Poll, tally: Tally, *, organisations: bool) -> Iterator[Block]:
    """One tally: lines, turnout, what it means, shares of networks, bars."""
    if not tally.voters:
        yield say("poll-no-votes")
        yield from _verdicts(poll, tally)
        return
    if tells_somebody(poll.draft, tally):
        yield say("poll-result-few", few=TELLS_NOBODY)
        return
    numbers = range(1, len(poll.draft.options) + 1)
    yield Lines(
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
    yield turnout_of(tally, organisations=organisations)
    if poll.draft.kind is Kind.MULTIPLE:
        yield say("poll-percent-of-people")
    yield from _verdicts(poll, tally)
    if tally.shown_shares:
        yield Lines(tuple(_share(share) for share in tally.shown_shares))
    yield Lines(tuple(text("poll-bar", number=n, bar=bar(tally.percent(n)), percent=tally.percent(n)) for n in numbers))


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


def _present(poll: Poll, present: tuple[int, int] | None) -> tuple[Block, ...]:
    if not present or not present[1]:
        return ()
    id_ = "poll-present-organisations" if poll.draft.unit is Unit.ORGANISATION else "poll-present"
    return (say(id_, voters=present[0], count=present[1]),)


def _anybody(tally: Tally) -> bool:
    return bool(tally.voters or (tally.organisations and tally.organisations.voters))


def _verdicts(poll: Poll, tally: Tally) -> Iterator[Block]:
    """What the result means, once there is one."""
    lines = tuple(verdicts(poll.draft, tally)) if poll.state is PollState.CLOSED else ()
    if lines:
        yield Lines(lines)


def _share(share: Share) -> Text:
    return text("poll-share", network=network_of(share.network), count=share.voters, counts=_counts(share.counts))


def _ways(poll: Poll) -> Block:
    """How to vote; of a secret poll the text says it for the network on which it is read."""
    if not poll.draft.secret:
        return say("poll-ways")
    return say("poll-secret-ways-several" if poll.draft.kind is Kind.MULTIPLE else "poll-secret-ways")


def _choices(poll: Poll) -> tuple[Button, ...]:
    """The buttons of a card. Several choices of a secret ballot would have to be kept from press to press, so that such
    a one has none."""
    if poll.draft.secret and poll.draft.kind is Kind.MULTIPLE:
        return ()
    buttons = tuple(
        Button(text("poll-label", option=option), f"vote:{poll.id}:{number}")
        for number, option in enumerate(poll.draft.options, 1)
    )
    anew = (Button(text("poll-anew"), f"vote.anew:{poll.id}"),) if poll.draft.kind is Kind.MULTIPLE else ()
    return (*buttons, *anew)


def _option_lines(poll: Poll, tally: Tally | None) -> Iterator[Text]:
    for number, option in enumerate(poll.draft.options, 1):
        if tally is None or not may_show(poll) or not _anybody(tally) or tells_somebody(poll.draft, tally):
            yield text("poll-option", number=number, option=option)
        elif tally.organisations and not tells_somebody(poll.draft, tally.organisations):
            yield text(
                "poll-option-both",
                number=number,
                option=option,
                people=tally.counts[number - 1],
                organisations=tally.organisations.counts[number - 1],
            )
        elif not tally.organisations:
            yield text("poll-option-count", number=number, option=option, count=tally.counts[number - 1])
        else:
            yield text("poll-option", number=number, option=option)


def _terms(poll: Poll, now: datetime, zone: ZoneInfo) -> Iterator[Text]:
    """Who votes, how, until when, who sees what."""
    draft = poll.draft
    if draft.area:
        yield text("poll-area", area=draft.area)
    yield who_votes(draft)
    if draft.kind is Kind.MULTIPLE:
        yield text("poll-how-many", least=draft.least, most=draft.most)
    yield from needs(draft)
    if draft.closes_at:
        yield text("poll-until", when=shown(draft.closes_at, now, zone))
    else:
        yield text("poll-no-end-secret" if draft.secret else "poll-no-end")
    if draft.knows_entitled:
        yield text("poll-until-all")
    if draft.hidden and not draft.secret:
        yield text("poll-hidden")
    yield text("poll-secret" if draft.secret else "poll-public")


def _counts(counts: tuple[int, ...]) -> str:
    return " · ".join(f"{number}: {count}" for number, count in enumerate(counts, 1))
