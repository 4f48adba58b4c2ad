"""The queue of questions: put forward, joined by others, answered once by a person to all who want to know."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.clean import clean
from bot.core.content import Block, Body, Button, Lines, Quoted, say, text
from bot.core.context import Context
from bot.core.desk import ask, handled
from bot.core.events import DeliveryFailed, Message, Pressed, Reacted
from bot.core.intents import Acknowledge, Direct, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.queue import ANSWER_LIMIT, MOST_ASKED
from bot.core.reading import Reading
from bot.core.refs import CardRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.question_queue import CARD, DESK_CARD, Queued, QueueState

LIMIT = 1_000
"""Longest question, in characters."""
LISTED = 8
"""How many questions a list shows: each has a button."""
_LIKED = {"👍", "+1", "👍️"}


def router() -> Router[Store]:
    """The list, putting forward, joining, withdrawing, and the moderators' side."""
    routes: Router[Store] = Router()
    routes.command("questions", Names("pytania", "questions", "список_запитань"))(listed)
    forward = Names("na_spotkanie", "for_meeting", "на_зустріч")
    routes.command("for-meeting", forward, bare=True)(put_forward)
    routes.press("queue.up")(join)
    routes.press(f"late.{CARD}")(late)
    routes.press("queue.off")(withdraw)
    routes.press("queue.drop")(ask_to_drop)
    routes.press("queue.dropped")(drop)
    routes.reaction(CARD)(liked)
    routes.text(Reading.ANSWER)(answered)
    routes.failure(CARD)(missed)
    routes.card(CARD)(show)
    routes.card(DESK_CARD)(show_desk)
    return routes


# --- members ---


def listed(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """What waits for a person's answer; in the direct chat also one's own, to withdraw."""
    found = ctx.store.queue.open_ones(LISTED)
    blocks: list[Block] = [say("queue-mistaken")] if argument else []
    if not found:
        return [Reply(Body((*blocks, say("queue-none"))))]
    lines = tuple(
        text("queue-line", number=number, question=one.words, count=one.people) for number, one in enumerate(found, 1)
    )
    buttons = tuple(
        Button(text("queue-up-number", number=number), f"queue.up:{one.id}") for number, one in enumerate(found, 1)
    )
    shown = Reply(Body((*blocks, say("queue-head"), Lines(lines), say("queue-list-how")), buttons, listed=True))
    mine = ctx.store.queue.asked_by(ctx.person.id) if ctx.person and message.kind is ChatKind.DIRECT else []
    return [shown, *([_own(mine)] if mine else [])]


def _own(mine: Sequence[Queued]) -> Reply:
    buttons = tuple(Button(text("queue-off", question=one.words[:40]), f"queue.off:{one.id}") for one in mine)
    return Reply(Body((say("queue-own"),), buttons))


def put_forward(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Ask for a person's answer, best at a meeting. Where it is asked already, one more wants to know."""
    words = clean(argument).strip()
    if ctx.person is None:
        return [_reply("queue-anonymous")]
    if sum(char.isalpha() for char in words) < 2:
        return [_reply("queue-how")]
    if len(words) > LIMIT:
        return [Reply(Body((say("question-too-long", limit=LIMIT),)))]
    if len(ctx.store.queue.asked_by(ctx.person.id)) >= MOST_ASKED:
        return [_reply("queue-too-many")]
    direct = message.kind is ChatKind.DIRECT
    one = ctx.store.queue.ask(words, ctx.lang, ctx.person.id, message.chat.platform, direct=direct, meeting=True)
    moderators = ctx.store.people.with_role(Role.MODERATOR)
    return [
        Post(CardRef(CARD, one.id), message.chat),
        *ask(ctx, CardRef(DESK_CARD, one.id), moderators),
        Refresh(CardRef(CARD, one.id)),
    ]


def join(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Want to know too. Pressing again takes nothing back."""
    one = ctx.store.queue.get(_argument(event))
    if one is None or not one.open:
        return [Acknowledge(text("queue-closed"), alert=True)]
    if ctx.person is None:
        return [Acknowledge(text("queue-anonymous"), alert=True)]
    told = text("queue-joined" if ctx.store.queue.join(one.id, ctx.person.id) else "queue-joined-before")
    return [Acknowledge(told, aside=True), *_refreshed(one.id)]


def late(_event: Pressed, _ctx: Context[Store]) -> Sequence[Intent]:
    """A number that the card doesn't offer, or no more."""
    return [Acknowledge(text("queue-closed"), alert=True)]


def liked(event: Reacted, ctx: Context[Store]) -> Sequence[Intent]:
    """A thumb up under the card does the same, without a word."""
    card = ctx.post.card if ctx.post else None
    one = ctx.store.queue.get(card.id) if card else None
    if one is None or not one.open or ctx.person is None or event.removed or event.reaction not in _LIKED:
        return []
    ctx.store.queue.join(one.id, ctx.person.id)
    return _refreshed(one.id)


def withdraw(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Ask it no more: one's own only."""
    one = ctx.store.queue.withdraw(_argument(event), ctx.person.id) if ctx.person else None
    if one is None:
        return [Acknowledge(text("queue-not-yours"), alert=True)]
    if not one.open:
        ctx.store.desk.close(CardRef(DESK_CARD, one.id), None, one.state)
    return [Acknowledge(text("queue-withdrawn-toast")), *_refreshed(one.id)]


def show(store: Store, id_: str) -> Body | None:
    """A question as everybody sees it."""
    one = store.queue.get(id_)
    if one is None:
        return None
    if one.state is QueueState.WITHDRAWN:
        return Body((say("queue-withdrawn"),))
    if not one.open:
        return Body((say(f"queue-card-{one.state.value}"), Quoted(one.words)))
    up = Button(text("queue-up"), f"queue.up:{id_}")
    return Body(
        (say("queue-card"), Quoted(one.words), say("queue-people", count=one.people), say("queue-card-what")), (up,)
    )


# --- moderators ---


def show_desk(store: Store, id_: str) -> Body | None:
    """A question as moderators see it."""
    one = store.queue.get(id_)
    if one is None:
        return None
    if one.state is QueueState.WITHDRAWN:
        return Body((say("queue-withdrawn"),))
    if one.state is QueueState.ANSWERED:
        unreached = (say("queue-desk-unreached", count=one.unreached),) if one.unreached else ()
        return Body((say("queue-desk-answered", count=one.told - one.unreached), *unreached, Quoted(one.words)))
    if one.state is QueueState.DROPPED:
        return Body((say("queue-desk-dropped"), Quoted(one.words)))
    where = "question-for-meeting" if one.meeting else "question-from-direct" if one.direct else "question-from-room"
    head = say(where, network=network_of(one.platform))
    close = Button(text("queue-drop"), f"queue.drop:{id_}")
    people = say("queue-people", count=one.people)
    return Body((head, Quoted(one.words), people, say("question-from-next")), (close,))


def answered(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
    """A moderator's reply to the card answers everybody who wants to know, once."""
    card = ctx.post.card if ctx.post else None
    if card is None or card.kind != DESK_CARD:
        return None
    if ctx.role < Role.MODERATOR:
        return [_reply("queue-answer-moderators")]
    words = clean(message.text).strip()
    if not words:
        return [_reply("queue-answer-words")]
    if len(words) > ANSWER_LIMIT:
        return [Reply(Body((say("queue-answer-long", limit=ANSWER_LIMIT),)))]
    one = ctx.store.queue.get(card.id)
    by = ctx.person.id if ctx.person else None
    people = ctx.store.queue.settle(card.id, by, words) if one else None
    if one is None or people is None:
        return [_reply("desk-handled")]
    handled(ctx, card, QueueState.ANSWERED.value)
    ctx.store.audit.note(by, "question-answered", one.id, people=len(people))
    body = Body((say("queue-answer"), Quoted(one.words), say("queue-answer-is"), Quoted(words)))
    return [
        Reply(Body((say("queue-answer-sent", count=len(people)),))),
        *(Direct(person, body, CardRef(CARD, one.id)) for person in people),
        *_refreshed(one.id),
    ]


def ask_to_drop(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Closing is for good, and where choices are numbers a reply of "1" may have been meant as the answer."""
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("desk-moderators"), alert=True)]
    one = ctx.store.queue.get(_argument(event))
    if one is None or not one.open:
        return [Acknowledge(text("desk-handled"))]
    sure = Button(text("queue-drop-sure"), f"queue.dropped:{one.id}")
    return [Reply(Body((say("queue-drop-ask"), Quoted(one.words)), (sure,)))]


def drop(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Close it without an answer; who waits is told."""
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("desk-moderators"), alert=True)]
    one = ctx.store.queue.get(_argument(event))
    by = ctx.person.id if ctx.person else None
    people = ctx.store.queue.settle(one.id, by, None) if one else None
    if one is None or people is None:
        return [Acknowledge(text("desk-handled"))]
    handled(ctx, CardRef(DESK_CARD, one.id), QueueState.DROPPED.value)
    ctx.store.audit.note(by, "question-dropped", one.id, people=len(people))
    body = Body((say("queue-dropped"), Quoted(one.words), say("queue-dropped-next")))
    return [
        Acknowledge(text("queue-dropped-toast")),
        *(Direct(person, body) for person in people),
        *_refreshed(one.id),
    ]


def missed(event: DeliveryFailed, ctx: Context[Store]) -> Sequence[Intent]:
    """Somebody can't be told the answer: moderators see how many."""
    return [Refresh(CardRef(DESK_CARD, event.ref.id))] if ctx.store.queue.missed(event.ref.id) else []


def _refreshed(id_: str) -> list[Intent]:
    return [Refresh(CardRef(CARD, id_)), Refresh(CardRef(DESK_CARD, id_))]


def _argument(event: Pressed) -> str:
    return (event.action or "").partition(":")[2]


def _reply(id_: str) -> Reply:
    return Reply(Body((say(id_),)))
