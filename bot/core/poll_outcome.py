"""What a result means: whether its quorum and its threshold are reached, and of what."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from bot.core.poll_form import CONSENT, YES_NO
from bot.core.poll_terms import Base
from bot.core.polls import Draft, Kind, Tally, forms, key_of

_ABSTAINING = {key_of(form) for form in (*forms(YES_NO[2]), "wstrzymuję się od głosu", "wstrzymuję", "abstain")}
_FOR = {key_of(form) for option in (YES_NO[0], CONSENT[0]) for form in forms(option)}


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough voted: `voters` of the `needed`."""

    voters: int
    needed: int
    entitled: int | None

    @property
    def reached(self) -> bool:
        """Whether it is."""
        return self.voters >= self.needed


@dataclass(frozen=True, slots=True)
class Passing:
    """Whether an option got the part that it needs: `count` of the `total` of its base. No option: there is a tie."""

    option: int | None
    count: int
    total: int
    part: Fraction
    base: Base

    @property
    def reached(self) -> bool:
        """Whether it did. Of nothing there is no part."""
        return self.option is not None and self.total > 0 and Fraction(self.count, self.total) >= self.part


def quorum(draft: Draft, tally: Tally) -> Quorum | None:
    """How the quorum stands; None where the poll has none, or its base is not known."""
    wanted = draft.quorum
    if wanted is None:
        return None
    if wanted.count is not None:
        return Quorum(tally.voters, wanted.count, tally.entitled)
    if wanted.part is None or tally.entitled is None:
        return None
    # Of nobody half is nobody: at least one has to vote.
    return Quorum(tally.voters, max(1, ceil(wanted.part * tally.entitled)), tally.entitled)


def passing(draft: Draft, tally: Tally) -> Passing | None:
    """How the threshold stands; None where the poll has none, or its base is not known.

    Where the first option is a yes it is the one that has to reach it; in other polls the one with most votes.
    """
    wanted = draft.threshold
    if wanted is None:
        return None
    totals = {Base.VOTES: deciding(draft, tally), Base.VOTERS: tally.voters, Base.ENTITLED: tally.entitled}
    total = totals[wanted.base]
    if total is None:
        return None
    option = 1 if _is_question_of_yes(draft) else _leading(draft, tally)
    count = tally.counts[option - 1] if option else 0
    # Where several can be chosen votes are those of all voters: the result says so.
    base = Base.VOTERS if wanted.base is Base.VOTES and draft.kind is Kind.MULTIPLE else wanted.base
    return Passing(option, count, total, wanted.part, base)


def deciding(draft: Draft, tally: Tally) -> int:
    """How many voted for something: all but abstentions. Where several can be chosen an abstention beside others can't
    be told from the counts, so there all voters are."""
    if draft.kind is Kind.MULTIPLE:
        return tally.voters
    return tally.voters - sum(tally.counts[number - 1] for number in _abstentions(draft))


def everybody_voted(draft: Draft, tally: Tally) -> bool:
    """Whether as many voted as may, so that it is worth looking whether it is all of them."""
    if not draft.knows_entitled:
        return False
    tallies = [tally, tally.organisations] if tally.organisations else [tally]
    return all(one.entitled and one.voters >= one.entitled for one in tallies)


def _abstentions(draft: Draft) -> Iterator[int]:
    for number, option in enumerate(draft.options, 1):
        if any(key_of(form) in _ABSTAINING for form in forms(option)):
            yield number


def _is_question_of_yes(draft: Draft) -> bool:
    return any(key_of(form) in _FOR for form in forms(draft.options[0]))


def _leading(draft: Draft, tally: Tally) -> int | None:
    abstaining = set(_abstentions(draft))
    ranked = sorted(
        ((tally.counts[n - 1], n) for n in range(1, len(draft.options) + 1) if n not in abstaining), reverse=True
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]
