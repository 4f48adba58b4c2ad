"""What is new: a few lines since the person last looked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.chats import ChatKind
from bot.core.content import Body, ByLanguage, Items, Text, say, text
from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Intent, Reply
from bot.core.refs import ChatRef
from bot.core.rich import first_line
from bot.core.routing import Names, Router
from storage import Store

MOST = 5
"""How many lines there are at most."""
LINE = 100
"""So much of an announcement's first line is shown, in characters."""
AT_FIRST = timedelta(days=7)
"""How far back it looks for somebody who never looked, and at most."""


def router() -> Router[Store]:
    """One command."""
    routes: Router[Store] = Router()
    routes.command("whats-new", Names("co_nowego", "whats_new", "що_нового"))(whats_new)
    return routes


def whats_new(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """In the direct chat since the person last looked there; in a room that room's news, and nobody's own."""
    person, direct = ctx.person, message.kind is ChatKind.DIRECT
    since = ctx.now - AT_FIRST
    lines: list[Text] = []
    if direct and person:
        since = max(since, ctx.store.looks.last(person.id) or since)
        ctx.store.looks.look(person.id)
        found = ctx.store.queue.answered_for(person.id, since, MOST)
        lines += [text("news-answer", question=one.words) for one in found]
    lines += _of_all(None if direct else message.chat, since, ctx)
    if not lines:
        return [Reply(Body((say("news-none"),)))]
    return [Reply(Body((say("news-head", when=since), Items(tuple(lines[:MOST])), say("news-ways"))))]


def _of_all(room: ChatRef | None, since: datetime, ctx: Context[Store]) -> list[Text]:
    """The next meeting if it is new, announcements, and polls that ended."""
    meetings = [
        text("news-meeting", title=meeting.plan.title, when=occurrence.starts_at)
        for meeting, occurrence in ctx.store.meetings.upcoming(room, 1)
        if meeting.created_at > since
    ]
    announced = [
        text("news-announcement", number=one.number, words=_first_lines(one.draft.said))
        for one in ctx.store.announcements.out_since(since, room, MOST)
    ]
    polls = [
        text("news-poll", question=poll.draft.question)
        for poll in ctx.store.polls.ended(room, MOST)
        if poll.closed_at and poll.closed_at > since
    ]
    return [*meetings, *announced, *polls]


def _first_lines(words: ByLanguage) -> ByLanguage:
    return ByLanguage(tuple((lang, first_line(said, LINE)) for lang, said in words.words))
