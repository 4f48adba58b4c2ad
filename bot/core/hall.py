"""The hall: hands that a moderator counts there, beside the votes and never added to them; what a screen may show."""

import re
from collections.abc import Sequence

from bot.core.content import Say, Text, say, text
from bot.core.polls import Draft, Poll, PollState, Tally, may_show

MOST_HANDS = 9_999
"""More than any hall holds: a bigger number is a slip of the finger."""
_NUMBER = re.compile(r"-?[0-9]+")


def counted(words: str) -> tuple[int, ...] | Text:
    """Hands by option as they are typed: "12 5 3", "12, 5, 3". A text of the locale files when it is none of that."""
    parts = words.replace(",", " ").replace(";", " ").split()
    if not parts or not all(map(_NUMBER.fullmatch, parts)):
        return text("hall-unreadable")
    # By length first: a number of thousands of digits is refused before it is read.
    if any(part.startswith("-") or len(part) > 6 or int(part) > MOST_HANDS for part in parts):
        return text("hall-out-of-range", most=MOST_HANDS)
    return tuple(map(int, parts))


def misfit(draft: Draft, hands: Sequence[int]) -> Text | None:
    """Why hands can't be those of this poll; None when there is one number for each option."""
    if len(hands) == len(draft.options):
        return None
    return text("hall-how-many", options=len(draft.options), given=len(hands), question=draft.question)


def shows_counts(poll: Poll) -> bool:
    """Whether counts may be shown to everybody now: on the hall's screen, and hands also on the cards."""
    return may_show(poll) and poll.state in {PollState.OPEN, PollState.CLOSING, PollState.CLOSED}


def hall_line(poll: Poll, tally: Tally) -> tuple[Say, ...]:
    """The hands in the hall for a card or a result; nothing where nobody counted or counts are not shown yet."""
    if not tally.hands or not shows_counts(poll):
        return ()
    return (say("hall-hands", counts=listed(tally.hands), total=sum(tally.hands)),)


def listed(hands: Sequence[int]) -> str:
    """Hands with the numbers of their options."""
    return " · ".join(f"{number}: {count}" for number, count in enumerate(hands, 1))
