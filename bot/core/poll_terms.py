"""Terms of a poll beside its question: who votes, and what its result has to reach. Each number has a base."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """What has one vote: a person, an organisation by its delegate, or each of both, counted side by side."""

    PERSON = "person"
    ORGANISATION = "organisation"
    BOTH = "both"


ORGANISATION = "org:"
"""What a unit that is an organisation begins with; any other unit is a person."""


class Base(StrEnum):
    """What a share is of. Votes: those cast without abstentions. Voters: all who voted. Entitled: all who may."""

    VOTES = "votes"
    VOTERS = "voters"
    ENTITLED = "entitled"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many have to vote: a number of voters, or a part of the entitled. Exactly one of the two is given."""

    count: int | None = None
    part: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least part of a base that an option has to get. Reaching it exactly is enough."""

    part: Fraction
    base: Base = Base.VOTES


def part_words(part: Fraction) -> str:
    """A part for people: in per cent where that is a whole number ("50%"), else as a fraction ("2/3")."""
    hundred = part * 100
    return f"{hundred}%" if hundred.denominator == 1 else f"{part.numerator}/{part.denominator}"
