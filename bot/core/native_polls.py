"""A poll as one of the network's own (MSC3381 on Matrix), beside its card: which polls, which answers, what they mean.

Source of the rules of counting: MSC3381 "Polls", "Client behaviour"; Element counts in the same way.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bot.core import poll_cards
from bot.core.content import Body, Lines, NativePoll, Text, say, text
from bot.core.intents import Intent, Post
from bot.core.poll_terms import Unit
from bot.core.polls import Kind, Poll, PollState, Tally, complete, mask_of, may_reopen
from bot.core.refs import CardRef, ChatRef

CARD = "poll-native"
"""The kind of its card: an answer to it is about its poll, as one to the poll's card is."""
MOST_ANSWERS = 20
"""Apps cut a poll that has more."""


def fits(poll: Poll) -> bool:
    """Whether such a poll can take its votes: everybody in the room sees who chose what there."""
    draft = poll.draft
    open_to_all = draft.unit is Unit.PERSON and not (draft.secret or draft.hidden or draft.members)
    return open_to_all and draft.kind in (Kind.SINGLE, Kind.MULTIPLE) and len(draft.options) <= MOST_ANSWERS


def posts(poll: Poll, language: Callable[[ChatRef], str | None], lang: str) -> list[Intent]:
    """One in every room whose network has such polls, in the room's language."""
    if not fits(poll):
        return []
    return [Post(CardRef(CARD, poll.id), room, language(room) or lang, native=True) for room in poll.rooms]


def card(poll: Poll, tally: Tally, chat: ChatRef, now: datetime) -> Body:
    """The native poll of one room: running, or ended with the words why.

    One that was ended can't be opened again, so a closing ends it when nobody can take that closing back any more.
    """
    closed = poll.state is PollState.CLOSED and not may_reopen(poll, poll.closings, now)
    title = say("poll-title", question=poll.draft.question)
    if poll.state is PollState.WITHDRAWN:
        body = Body((title, say("poll-withdrawn")))
    elif not poll.shown_in(chat):
        body = Body((title, say("poll-elsewhere")))
    elif closed:
        body = poll_cards.result(poll, tally)
    else:
        return Body((title, Lines(tuple(_labels(poll)))), poll=_native(poll))
    return Body(body.blocks, poll=_native(poll, ended=True))


def answer_id(poll: Poll, number: int) -> str:
    """An option's id in the native poll: it names the poll too, so that no other poll's answer is taken for it."""
    return f"{poll.id}-{number}"


def poll_of(answer: str) -> str:
    """The poll that an answer's id names; empty when it names none."""
    return answer.rpartition("-")[0]


def chosen(poll: Poll, answers: Sequence[str]) -> int:
    """The ballot that a choice is, as bits; 0 when it is spoilt: nothing chosen, an id that is not ours, too few.

    What is more than may be chosen is cut off, and repeats count once.
    """
    numbers = {answer_id(poll, number): number for number in range(1, len(poll.draft.options) + 1)}
    if any(answer not in numbers for answer in answers):
        return 0
    mask = mask_of(numbers[answer] for answer in answers[: poll.draft.most])
    return mask if complete(poll.draft, mask) else 0


def _native(poll: Poll, *, ended: bool = False) -> NativePoll:
    draft = poll.draft
    question = text("poll-label", option=draft.question)
    if draft.kind is Kind.MULTIPLE:
        question = text("native-question-many", question=draft.question, least=draft.least, most=draft.most)
    answers = tuple((answer_id(poll, number), label) for number, label in enumerate(_labels(poll), 1))
    return NativePoll(question, answers, draft.most, ended)


def _labels(poll: Poll) -> Iterator[Text]:
    for number, option in enumerate(poll.draft.options, 1):
        yield text("poll-option", number=number, option=option)
