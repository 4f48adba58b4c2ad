"""A poll's terms and what became of them, in words: who votes, how many did, quorum, threshold. Shared by its cards."""

from collections.abc import Iterator

from bot.core.content import Block, Lines, Text, say, text
from bot.core.poll_outcome import Passing, passing, quorum
from bot.core.poll_terms import Base, Unit, part_words
from bot.core.polls import TELLS_NOBODY, Draft, Tally

_WHO = {
    (Unit.PERSON, False): "poll-who",
    (Unit.PERSON, True): "poll-who-members",
    (Unit.ORGANISATION, False): "poll-who-organisations",
    (Unit.ORGANISATION, True): "poll-who-organisations",
    (Unit.BOTH, False): "poll-who-both",
    (Unit.BOTH, True): "poll-who-both-members",
}


def who_votes(draft: Draft) -> Text:
    """Who has how many votes."""
    return text(_WHO[draft.unit, draft.members])


def needs(draft: Draft) -> Iterator[Text]:
    """What the result has to reach, each with its base."""
    if draft.quorum and draft.quorum.count is not None:
        yield text("poll-quorum-count", count=draft.quorum.count)
    elif draft.quorum and draft.quorum.part is not None:
        yield text("poll-quorum-part", part=part_words(draft.quorum.part))
    if draft.threshold:
        base = _base(draft.threshold.base)
        yield text("poll-threshold", part=part_words(draft.threshold.part), base=base)


def turnout(draft: Draft, tally: Tally) -> Block:
    """How many voted, of how many where that is known; where persons and organisations vote, of each."""
    if tally.organisations is None:
        return turnout_of(tally, organisations=draft.unit is Unit.ORGANISATION)
    people = _turnout("poll-turnout-people", tally)
    return Lines((people, _turnout("poll-turnout-organisations", tally.organisations)))


def turnout_of(tally: Tally, *, organisations: bool) -> Block:
    """The turnout of persons, or that of organisations."""
    if organisations:
        return Lines((_turnout("poll-turnout-organisations", tally),))
    if tally.entitled is None:
        return say("poll-votes", count=tally.voters)
    return Lines((_turnout("poll-turnout-people", tally),))


def verdicts(draft: Draft, tally: Tally) -> Iterator[Text]:
    """Whether quorum and threshold are reached, and of what."""
    if found := quorum(draft, tally):
        if found.entitled is None:
            id_ = "poll-quorum-reached" if found.reached else "poll-quorum-missed"
            yield text(id_, voters=found.voters, needed=found.needed)
        else:
            id_ = "poll-quorum-reached-of" if found.reached else "poll-quorum-missed-of"
            yield text(id_, voters=found.voters, needed=found.needed, entitled=found.entitled)
    if passed := passing(draft, tally):
        yield _passing(draft, passed)


def tells_somebody(draft: Draft, tally: Tally) -> bool:
    """Whether counts of a secret poll are so few, and apart from the others, that they could tell who chose what."""
    return draft.secret and draft.unit is Unit.BOTH and 0 < tally.voters < TELLS_NOBODY


def _passing(draft: Draft, passed: Passing) -> Text:
    if passed.option is None:
        return text("poll-threshold-tied")
    return text(
        "poll-threshold-reached" if passed.reached else "poll-threshold-missed",
        option=draft.options[passed.option - 1],
        count=passed.count,
        total=passed.total,
        part=part_words(passed.part),
        base=_base(passed.base),
    )


def _base(base: Base) -> Text:
    return text(f"poll-base-{base.value}")


def _turnout(id_: str, tally: Tally) -> Text:
    if tally.entitled is None:
        return text(id_, count=tally.voters)
    return text(f"{id_}-of", count=tally.voters, entitled=tally.entitled)
