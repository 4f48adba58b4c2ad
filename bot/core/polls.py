"""Polls: what a poll is, how it goes on, what a ballot means, how ballots are counted. Rules only, no words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from bot.core.clean import fold
from bot.core.content import ByLanguage, Text, text
from bot.core.poll_terms import Base, Quorum, Threshold, Unit
from bot.core.refs import ChatRef

GRACE = timedelta(seconds=30)
"""How long after the closing time a vote may still arrive: no network says when a button was pressed."""
MAY_TAKE_BACK = timedelta(seconds=60)
"""How long the opener may take a poll back or keep it in one room."""
MAY_REOPEN = timedelta(seconds=10)
"""How long a poll that was closed by hand may be opened again."""
TELLS_NOBODY = 5
"""Fewest voters of a network for its own counts to be shown."""

Words = str | ByLanguage
"""An option's words: as they were typed, or in each language."""


class Kind(StrEnum):
    """Single: one option. Multiple: from `least` to `most`. Consent: one of four fixed answers."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    CONSENT = "consent"


class PollState(StrEnum):
    """Closing: the time is over, votes under way are waited for. Nothing is ever deleted by a change of state."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(Enum):
    """What changes a poll's state."""

    OPEN = "open"
    TIME = "time"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


RUNNING = frozenset({PollState.OPEN, PollState.CLOSING})
_NEXT = {
    (PollState.DRAFT, Act.OPEN): PollState.OPEN,
    (PollState.OPEN, Act.TIME): PollState.CLOSING,
    (PollState.OPEN, Act.CLOSE): PollState.CLOSED,
    (PollState.CLOSING, Act.CLOSE): PollState.CLOSED,
    (PollState.CLOSED, Act.REOPEN): PollState.OPEN,
    (PollState.DRAFT, Act.WITHDRAW): PollState.WITHDRAWN,
    (PollState.OPEN, Act.WITHDRAW): PollState.WITHDRAWN,
    (PollState.CLOSING, Act.WITHDRAW): PollState.WITHDRAWN,
}


def after(state: PollState, act: Act) -> PollState | None:
    """The state that an act leads to; None where it leads nowhere."""
    return _NEXT.get((state, act))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a poll asks, and on which terms.

    `secret`: nothing joins a voter to a choice. `members`: only persons with a confirmed membership vote. `hidden`: no
    counts before the end. `area`: the name of the thematic area that it belongs to.
    """

    question: str
    options: tuple[Words, ...]
    kind: Kind = Kind.SINGLE
    least: int = 1
    most: int = 1
    closes_at: datetime | None = None
    secret: bool = False
    unit: Unit = Unit.PERSON
    members: bool = False
    hidden: bool = False
    quorum: Quorum | None = None
    threshold: Threshold | None = None
    area: Words | None = None

    @property
    def knows_entitled(self) -> bool:
        """Whether it is known how many may vote: of a room nobody tells a bot who is in it."""
        return self.unit is Unit.ORGANISATION or self.members

    @property
    def needs_entitled(self) -> bool:
        """Whether a term of it is a share of those who may vote."""
        of_all = self.threshold is not None and self.threshold.base is Base.ENTITLED
        return of_all or (self.quorum is not None and self.quorum.part is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A poll with the rooms that it is shown in.

    `closed_by` is None when its time ended it. `closings` counts how often it was closed: each closing has a result.
    """

    id: str
    draft: Draft
    state: PollState
    opener: str | None
    chat: ChatRef
    rooms: tuple[ChatRef, ...]
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: str | None = None
    closings: int = 0

    @property
    def running(self) -> bool:
        """Whether it is not over yet."""
        return self.state in RUNNING

    def shown_in(self, chat: ChatRef) -> bool:
        """Whether a room, whatever topic of it, is one of its rooms."""
        return any((room.platform, room.chat_id) == (chat.platform, chat.chat_id) for room in self.rooms)


def accepts(poll: Poll, now: datetime) -> bool:
    """Whether a vote that arrives now counts. The time decides even where the timer is late."""
    closes_at = poll.draft.closes_at
    return poll.running and (closes_at is None or now < closes_at + GRACE)


def may_take_back(poll: Poll, now: datetime) -> bool:
    """Whether the opener may still take it back, or keep it in one room."""
    return poll.running and now < poll.opened_at + MAY_TAKE_BACK


def may_reopen(poll: Poll, closing: int, now: datetime) -> bool:
    """Whether this closing was by hand, is the last one, and may still be taken back.

    Never that of a secret poll: its counts are out, and one vote more would be seen in the next ones.
    """
    if poll.draft.secret or poll.state is not PollState.CLOSED or poll.closed_by is None or poll.closed_at is None:
        return False
    return closing == poll.closings and now < poll.closed_at + MAY_REOPEN


def may_show(poll: Poll) -> bool:
    """Whether its counts may be seen by anybody yet."""
    return poll.state is PollState.CLOSED or not (poll.draft.secret or poll.draft.hidden)


# --- ballots ---


def mask_of(numbers: Iterable[int]) -> int:
    """Numbers of options as the bits of one integer, so that equal ballots are equal numbers."""
    mask = 0
    for number in numbers:
        mask |= 1 << (number - 1)
    return mask


def numbers_of(mask: int) -> tuple[int, ...]:
    """The inverse of `mask_of`, rising."""
    return tuple(bit + 1 for bit in range(mask.bit_length()) if mask >> bit & 1)


_ONE = r"[0-9]{1,2}(?:[.)]|\ufe0f?\u20e3)?"
_NUMBERS = re.compile(rf"\s*{_ONE}(?:(?:\s*[,;+&]\s*|\s+(?:i|oraz|and|і|й|та)\s+|\s+){_ONE})*\s*")


def is_ballot(words: str) -> bool:
    """Whether a text is nothing but small numbers: "2", "2, 3", "1 i 4"."""
    return _NUMBERS.fullmatch(words) is not None


def pressed(draft: Draft, before: int, number: int) -> int | Text:
    """The ballot after a press of one option: the option itself, or one more of several. A press takes none away.

    Returns a text when that can't be.
    """
    if not 0 < number <= len(draft.options):
        return no_such_option(draft, number)
    if draft.kind is not Kind.MULTIPLE:
        return mask_of([number])
    mask = before | mask_of([number])
    if mask.bit_count() > draft.most:
        return text("vote-full", most=draft.most, numbers=_listed(numbers_of(before)))
    return mask


def typed(draft: Draft, words: str) -> int | Text:
    """The ballot that a text is: numbers, or an option's own words. A text of the locale files when it is none."""
    if is_ballot(words):
        numbers = sorted({int(number) for number in re.findall(r"[0-9]{1,2}", words)})
    else:
        wanted = key_of(words)
        numbers = [n for n, option in enumerate(draft.options, 1) if wanted and wanted in map(key_of, forms(option))]
        if not numbers:
            return text("vote-unreadable", last=len(draft.options))
    for number in numbers:
        if not 0 < number <= len(draft.options):
            return no_such_option(draft, number)
    if draft.kind is not Kind.MULTIPLE and len(numbers) > 1:
        return text("vote-one-only")
    if len(numbers) > draft.most:
        return text("vote-too-many", most=draft.most)
    if len(numbers) < draft.least:
        return text("vote-too-few", least=draft.least)
    return mask_of(numbers)


def no_such_option(draft: Draft, number: int) -> Text:
    """A number that is none of the options."""
    return text("vote-no-option", number=number, last=len(draft.options))


def complete(draft: Draft, mask: int) -> bool:
    """Whether a ballot counts: one of several presses may still be short of the least number."""
    return mask.bit_count() >= draft.least


def forms(words: Words) -> tuple[str, ...]:
    """An option's words in every language it has."""
    return (words,) if isinstance(words, str) else tuple(form for _, form in words.words)


def words_out(words: Words) -> Any:
    """An option's words as JSON."""
    return words if isinstance(words, str) else dict(words.words)


def words_in(value: Any) -> Words:
    """The inverse of `words_out`."""
    return value if isinstance(value, str) else ByLanguage(tuple(value.items()))


def key_of(words: str) -> str:
    """What two options must not have in common: folded, without spaces' differences and what nobody sees."""
    return " ".join("".join(char for char in fold(words) if char.isprintable() or char.isspace()).split())


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


# --- counting ---


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one network."""

    network: str
    counts: tuple[int, ...]
    voters: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by option, over all networks; `voters` is how many people or organisations they come from.

    `entitled` is how many may vote, where that is known. `organisations` is their own tally, where a poll counts both.
    `hands` are those counted in the hall, by option: apart, in no other number here; empty where nobody counted.
    """

    counts: tuple[int, ...]
    voters: int
    shares: tuple[Share, ...] = ()
    entitled: int | None = None
    organisations: "Tally | None" = None
    hands: tuple[int, ...] = ()

    @property
    def shown_shares(self) -> tuple[Share, ...]:
        """Counts by network, or none where a voter could be told from them."""
        few = any(share.voters < TELLS_NOBODY for share in self.shares)
        return () if few or len(self.shares) < 2 else self.shares

    def percent(self, number: int) -> int:
        """How many in a hundred voters chose an option, rounded."""
        return round(100 * self.counts[number - 1] / self.voters) if self.voters else 0


def tally(draft: Draft, groups: Iterable[tuple[int, str, int]]) -> Tally:
    """Count groups of equal ballots, each given as (ballot, network, how many). Ballots that are too short don't count.

    The order of the groups makes no difference.
    """
    by_network: dict[str, list[int]] = {}
    voters: dict[str, int] = {}
    for mask, network, count in groups:
        if complete(draft, mask):
            voters[network] = voters.get(network, 0) + count
            counts = by_network.setdefault(network, [0] * len(draft.options))
            for number in numbers_of(mask):
                counts[number - 1] += count
    shares = tuple(Share(network, tuple(by_network[network]), voters[network]) for network in sorted(by_network))
    total = tuple(sum(column) for column in zip(*by_network.values(), strict=True)) or (0,) * len(draft.options)
    return Tally(total, sum(voters.values()), shares)
