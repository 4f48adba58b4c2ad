"""Housekeeping: what nobody needs any more is dropped, a little at a time."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.context import Context
from bot.core.events import TimerFired
from bot.core.intents import At, Intent
from bot.core.routing import Router
from storage import Store

# No network repeats an event after three days. The times of questions are promised in the privacy text.
KEYS, OUTBOX, REST = timedelta(hours=72), timedelta(days=7), timedelta(days=30)
# Networks give up after a day by themselves; this is for one that is down, or in the config no more.
PARKED = timedelta(hours=48)
# A form that was put aside can be gone on with for a day.
OFFERED, PASSED = timedelta(hours=24), timedelta(days=30)
# Polls are written days before the meeting.
DRAFTS = timedelta(days=30)
AT_ONCE = 2_000
"""Rows of a table dropped in one go: votes wait behind it."""
PAUSE, BREATH = timedelta(hours=1), timedelta(minutes=1)
"""Until the next round; and until the next one while there is more to drop."""


def router() -> Router[Store]:
    """The timer that keeps the database small."""
    routes: Router[Store] = Router()
    routes.timer("housekeeping")(tidy)
    return routes


def tidy(_event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """Drop old rows and come again."""
    now = ctx.now
    ctx.store.linking.forget()
    ctx.store.meetings.forget_drafts(now - OFFERED, now - REST, AT_ONCE)
    ctx.store.polls.forget_drafts(now - DRAFTS, AT_ONCE)
    ctx.store.forms.forget(now - OFFERED, AT_ONCE)
    dropped = ctx.store.questions.forget(offered_before=now - OFFERED, any_before=now - PASSED, limit=AT_ONCE)
    more = ctx.store.forget_done(
        keys_before=now - KEYS,
        parked_before=now - PARKED,
        outbox_before=now - OUTBOX,
        rest_before=now - REST,
        limit=AT_ONCE,
    )
    pause = BREATH if more or dropped >= AT_ONCE else PAUSE
    return [At(now + pause, "housekeeping", key="housekeeping")]
