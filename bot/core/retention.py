"""How long things are kept. The operator sets it; the privacy texts say it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

WARNING = timedelta(days=14)
"""So long before it is forgotten who voted what, those in charge are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Periods by the names of their settings, which hold the unit. Months are the calendar's.

    `votes_months`: who voted what in an open poll, from its end. `audit_months`: acts.
    `meetings_months`: who came to, was at or spoke at a meeting, from its start. `questions_days`: a question
    that was passed on, from when it was asked. `offers_hours`: a question that was not, a form. `drafts_days`: polls
    that nobody opened. `keys_hours`: ids of handled events. `parked_hours`: encrypted messages that wait for a key.
    `outbox_days`: rows of what was sent, without words. `posts_days`: ids of the bot's own messages, items set aside,
    codes that were used or expired.
    """

    votes_months: int = 12
    audit_months: int = 36
    meetings_months: int = 12
    questions_days: int = 30
    offers_hours: int = 24
    drafts_days: int = 30
    keys_hours: int = 72
    parked_hours: int = 48
    outbox_days: int = 7
    posts_days: int = 30


def months_before(at: datetime, months: int) -> datetime:
    """The same day and hour so many months earlier; the last day of a month that is too short for it."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))
