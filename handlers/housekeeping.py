"""Housekeeping: what nobody needs any more is dropped, a little at a time."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.content import Body, say
from bot.core.context import Context
from bot.core.events import TimerFired
from bot.core.intents import At, Direct, Intent
from bot.core.people import Role
from bot.core.retention import WARNING, Retention, months_before
from bot.core.routing import Router
from storage import Store

NATIVE = timedelta(days=1)
"""How long choices in native polls are kept after the poll's end: they are in the ballots."""
READS, FILES, ANNOUNCEMENTS = timedelta(days=30), timedelta(days=30), timedelta(days=365)
"""Who read an announcement, its file, and all of it: the privacy texts say so."""
AT_ONCE = 2_000
"""Rows of a table dropped in one go: votes wait behind it."""
PAUSE, BREATH = timedelta(hours=1), timedelta(minutes=1)
"""Until the next round; and until the next one while there is more to drop."""
TOGETHER = timedelta(days=14)
"""Those in charge are told once of all polls whose time is over within so long, and not of each alone."""


def router(keep: Retention) -> Router[Store]:
    """The timer that keeps the database small."""
    routes: Router[Store] = Router()

    @routes.timer("housekeeping")
    def housekeeping(_event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
        return tidy(keep, ctx)

    return routes


def tidy(keep: Retention, ctx: Context[Store]) -> Sequence[Intent]:
    """Drop old rows and come again."""
    now, store = ctx.now, ctx.store
    offered = now - timedelta(hours=keep.offers_hours)
    asked = now - timedelta(days=keep.questions_days)
    store.linking.forget()
    store.recent.forget()
    store.polls.forget_drafts(now - timedelta(days=keep.drafts_days), AT_ONCE)
    store.native_votes.forget(now - NATIVE, AT_ONCE)
    store.forms.forget(offered, AT_ONCE)
    store.announcements.forget_files(now - FILES)
    store.documents.forget(offered, AT_ONCE)
    store.needs.forget(now - timedelta(days=keep.posts_days))
    store.meetings.forget_drafts(offered, now - timedelta(days=keep.posts_days), AT_ONCE)
    dropped = (
        store.questions.forget(offered_before=offered, any_before=asked, limit=AT_ONCE),
        store.queue.forget(asked, AT_ONCE),
        store.reports.forget(asked, AT_ONCE),
        store.desk.forget(now - timedelta(days=keep.posts_days), AT_ONCE),
        store.audit.forget(months_before(now, keep.audit_months), AT_ONCE),
        _forget_votes(keep, ctx),
        store.announcements.forget_old(
            drafts=now - timedelta(days=keep.drafts_days), reads=now - READS, all_=now - ANNOUNCEMENTS, limit=AT_ONCE
        ),
        store.sittings.forget(months_before(now, keep.meetings_months), now - WARNING, AT_ONCE),
    )
    more = store.forget_done(
        keys_before=now - timedelta(hours=keep.keys_hours),
        parked_before=now - timedelta(hours=keep.parked_hours),
        outbox_before=now - timedelta(days=keep.outbox_days),
        rest_before=now - timedelta(days=keep.posts_days),
        limit=AT_ONCE,
    )
    pause = BREATH if more or max(dropped) >= AT_ONCE else PAUSE
    return [*_warn(keep, ctx), *_warn_of_meetings(keep, ctx), At(now + pause, "housekeeping", key="housekeeping")]


def _forget_votes(keep: Retention, ctx: Context[Store]) -> int:
    """Never before those in charge were told, however short the period was made."""
    count = ctx.store.voters.forget(months_before(ctx.now, keep.votes_months), ctx.now - WARNING, AT_ONCE)
    if count:
        ctx.store.audit.note(None, "votes-forgotten", ballots=count)
    return count


def _warn(keep: Retention, ctx: Context[Store]) -> list[Intent]:
    """Tell moderators and those above, in time, that it will be forgotten who voted what."""
    voters, first = ctx.store.voters, ctx.now + WARNING
    if not voters.to_be_told(months_before(first, keep.votes_months)):
        return []
    together = months_before(first + TOGETHER, keep.votes_months)
    ended = voters.to_be_told(together)
    voters.told(together)
    body = Body((say("retention-votes", polls=len(ended), begins=first.date(), ended=ended[-1].date()),))
    return [Direct(person, body) for person in ctx.store.people.with_role(Role.MODERATOR)]


def _warn_of_meetings(keep: Retention, ctx: Context[Store]) -> list[Intent]:
    """The same for who came to meetings and was there."""
    sittings, first = ctx.store.sittings, ctx.now + WARNING
    if not sittings.to_be_told(months_before(first, keep.meetings_months)):
        return []
    together = months_before(first + TOGETHER, keep.meetings_months)
    ended = sittings.to_be_told(together)
    sittings.told(together)
    body = Body((say("retention-meetings", meetings=len(ended), begins=first.date(), ended=ended[-1].date()),))
    return [Direct(person, body) for person in ctx.store.people.with_role(Role.MODERATOR)]
