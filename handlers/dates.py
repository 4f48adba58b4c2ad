"""A date that suits most: asked for by a poll of several choices, whose winner becomes a meeting by one tap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.chats import ChatKind
from bot.core.clean import clean, one_line
from bot.core.content import Block, Body, Button, Items, Lines, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, At, Intent, Post, Refresh, Reply
from bot.core.meeting_form import length_of, read_title
from bot.core.meeting_intents import opened
from bot.core.meetings import Answer, Plan
from bot.core.people import Role
from bot.core.poll_form import MOST
from bot.core.poll_intents import DATES, alert, said
from bot.core.polls import Draft, Kind, Poll, PollState
from bot.core.refs import CardRef
from bot.core.reminders import DEFAULT as REMINDERS
from bot.core.routing import Names, Router
from bot.core.wall import instant
from bot.core.when.reading import example, read_when
from bot.core.when.shown import moment
from storage import Store
from storage.date_searches import DateSearch
from storage.rooms import DEFAULT

FEWEST = 2
Dates = tuple[tuple[datetime, timedelta | None], ...]


def router(zone: ZoneInfo) -> Router[Store]:
    """Asking, and making the meeting."""
    routes: Router[Store] = Router()
    names = Names("termin", "find_date", "дата")
    routes.command("find-date", names, who=Role.MODERATOR)(Asking(zone).ask)
    routes.press("date.make")(make)
    routes.card(DATES)(card)
    return routes


@dataclass(frozen=True, slots=True)
class Asking:
    """Days are the federation's."""

    zone: ZoneInfo

    def ask(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """Repeat every date in full; nobody else hears of it before one tap."""
        first, *parts = [one_line(part) for part in re.split(r"[|\n]", clean(argument).strip())]
        dates = self._dates([part for part in parts if part], ctx.now)
        if not argument.strip():
            return said("date-how")
        title = read_title(first)
        if isinstance(title, Text) or isinstance(dates, Text):
            return [Reply(Body((Say(title if isinstance(title, Text) else dates),)))]  # type: ignore[arg-type]
        direct = message.kind is ChatKind.DIRECT
        rooms = ctx.store.rooms.rooms_of(DEFAULT) if direct else ctx.store.rooms.audience_of(message.chat)
        if ctx.person is None or not rooms:
            return said("meeting-no-rooms" if ctx.person else "meeting-anonymous")
        draft = Draft(title, tuple(_option(*date) for date in dates), Kind.MULTIPLE, 1, len(dates))
        poll = ctx.store.polls.draft(draft, ctx.person.id, message.chat, rooms)
        ctx.store.date_searches.add(DateSearch(poll.id, title, self.zone, dates))
        return [Post(CardRef(DATES, poll.id), message.chat)]

    def _dates(self, parts: Sequence[str], now: datetime) -> Dates | Text:
        found: list[tuple[datetime, timedelta | None]] = []
        for part in parts:
            when = read_when(part, now, self.zone)
            if isinstance(when, Text):
                return when
            if when.hour is None:
                return text("when-no-start-hour", example=example(now.astimezone(self.zone).date()))
            if any(wall == when.wall for wall, _ in found):
                return text("date-twice", words=part)
            found.append((when.wall, length_of(when)))
        if not FEWEST <= len(found) <= MOST:
            return text("date-count", fewest=FEWEST, most=MOST)
        return tuple(sorted(found, key=lambda one: one[0]))


def make(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """One of the dates becomes a meeting in the same rooms; who chose it may come and is asked to confirm."""
    _, id_, number = [*(event.action or "").split(":"), "", ""][:3]
    poll, search = ctx.store.polls.get(id_), ctx.store.date_searches.get(id_)
    if poll is None or search is None or not number.isdecimal() or not 0 < int(number) <= len(search.dates):
        return alert("poll-gone")
    if ctx.role < Role.MODERATOR or ctx.person is None:
        return alert("meeting-moderators")
    if search.meeting:
        return alert("date-made")
    if poll.state is not PollState.CLOSED:
        return alert("date-running")
    wall, length = search.dates[int(number) - 1]
    plan = Plan(search.title, wall, length, reminders=REMINDERS)
    meeting = ctx.store.meetings.draft(plan, search.zone, ctx.person.id, event.chat, poll.rooms)
    done = opened(ctx, meeting)
    if done is None:
        return alert("meeting-time-passed")
    first, intents = done
    for person, platform in ctx.store.date_searches.choosers(poll.id, int(number)):
        ctx.store.rsvps.answer(first.id, person, Answer.MAYBE, platform, None)
    ctx.store.date_searches.settle(poll.id, meeting.id)
    payload = {"id": first.id, "act": "confirm", "after": ""}
    return [
        Acknowledge(text("meeting-opened-toast")),
        Refresh(CardRef(DATES, poll.id)),
        *intents,
        At(ctx.now, "meeting.tell", f"meeting.tell:{first.id}:confirm", payload),
    ]


def card(store: Store, id_: str) -> Body | None:
    """The dates for who asked: to be sent, under way, counted, or a meeting."""
    poll, search = store.polls.get(id_), store.date_searches.get(id_)
    if poll is None or search is None:
        return None
    title = say("date-title", title=search.title)
    if poll.state is PollState.WITHDRAWN:
        return Body((title, say("poll-withdrawn")))
    if search.meeting:
        return Body((title, say("date-made")))
    if poll.state is not PollState.CLOSED:
        blocks: list[Block] = [title, Items(tuple(_shown(search, number) for number in range(len(search.dates))))]
        if poll.state is not PollState.DRAFT:
            return Body((*blocks, say("date-running")))
        ask = Button(text("date-ask"), f"poll.start:{poll.id}")
        drop = Button(text("poll-drop"), f"poll.drop:{poll.id}")
        return Body((*blocks, say("date-where", rooms=len(poll.rooms))), (ask, drop))
    return _counted(store, poll, search, title)


def _counted(store: Store, poll: Poll, search: DateSearch, title: Say) -> Body:
    counts = store.polls.tally(poll).counts
    lines = (text("date-line", when=_shown(search, number), count=count) for number, count in enumerate(counts))
    best = [number for number, count in enumerate(counts, 1) if count and count == max(counts)]
    buttons = tuple(
        Button(text("date-make", when=_shown(search, number - 1)), f"date.make:{poll.id}:{number}") for number in best
    )
    return Body((title, Lines(tuple(lines)), say("date-choose" if best else "poll-no-votes")), buttons)


def _shown(search: DateSearch, place: int) -> Text:
    wall, length = search.dates[place]
    starts = instant(wall, search.zone)
    return moment(starts, starts + length if length else None, search.zone)


def _option(wall: datetime, length: timedelta | None) -> str:
    """An option that reads the same in every language."""
    end = f"–{wall + length:%H:%M}" if length else ""
    return f"{wall.day}.{wall:%m.%Y}, {wall:%H:%M}{end}"
