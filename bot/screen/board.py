"""What the hall's screen shows, before words and layout: one poll, or none, as the database has it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.hall import shows_counts
from bot.core.poll_verdicts import tells_somebody
from bot.core.polls import Poll, PollState, Tally
from storage.engine import Session
from storage.store import Store

RESULT_STAYS = timedelta(minutes=30)
"""How long a result is shown when no other poll begins."""


class Phase(StrEnum):
    """Over: the time has come, votes under way still count. Idle: there is no poll to show."""

    RUNNING = "running"
    OVER = "over"
    CLOSED = "closed"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Board:
    """`tally` has the turnout always, and no counts and no hands where they may not be shown. `more`: polls that run
    beside this one."""

    phase: Phase
    lang: str | None
    poll: Poll | None = None
    tally: Tally | None = None
    more: int = 0


def board_of(session: Session, token: str, now: datetime) -> Board | None:
    """The screen that a visitor's token opens; None when it opens none.

    Of several polls that run the one opened last is shown: the hall talks about it.
    """
    store = Store(session, now)
    audience = store.screens.audience(token)
    if audience is None:
        return None
    scene = store.screens.scene(audience)
    ended = scene.ended
    recent = ended and ended.closed_at and now < ended.closed_at + RESULT_STAYS
    poll = scene.running[-1] if scene.running else ended if recent else None
    if poll is None:
        return Board(Phase.IDLE, scene.lang)
    tally = _shown(poll, store.polls.tally(poll))
    return Board(_phase(poll, now), scene.lang, poll, tally, max(0, len(scene.running) - 1))


def _shown(poll: Poll, tally: Tally) -> Tally:
    """What everybody may see of a tally: what may not be seen does not reach the page."""
    theirs = _shown(poll, tally.organisations) if tally.organisations else None
    if not shows_counts(poll):
        return Tally((), tally.voters, entitled=tally.entitled, organisations=theirs)
    counts = () if tells_somebody(poll.draft, tally) else tally.counts
    return Tally(counts, tally.voters, entitled=tally.entitled, organisations=theirs, hands=tally.hands)


def _phase(poll: Poll, now: datetime) -> Phase:
    if not poll.running:
        return Phase.CLOSED
    closes_at = poll.draft.closes_at
    late = poll.state is PollState.CLOSING or (closes_at is not None and now >= closes_at)
    return Phase.OVER if late else Phase.RUNNING
