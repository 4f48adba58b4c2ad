"""Prepared answers: written by moderators step by step, listed and removed by them."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Lines, Text, say, text
from bot.core.context import Context
from bot.core.curated import Curated, Variant
from bot.core.curated_form import curated_form
from bot.core.events import FromChat, Message, Pressed
from bot.core.form_talk import start
from bot.core.forms import Answers
from bot.core.intents import Acknowledge, Intent, Reply
from bot.core.people import Role
from bot.core.routing import FormRoute, Names, Router
from bot.knowledge import Knowledge, detect_language
from bot.knowledge.ranking import content_words
from storage import Store

LISTED = 8
"""How many answers a list shows: each has a button."""
_SHORT = 80


def router(zone: ZoneInfo, knowledge: Knowledge) -> Router[Store]:
    """The form, the list, removing."""
    routes: Router[Store] = Router()
    form = curated_form(zone, lambda words: bool(content_words(words, knowledge.lexicon)))
    route = routes.form(FormRoute("curated", form, finish=_save, allowed=_may))
    new = Names("nowa_odpowiedź", "new_answer", "нова_відповідь")

    @routes.command("new-answer", new, who=Role.MODERATOR)
    def prepare(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return start(route, message, ctx)

    names = Names("odpowiedzi", "answers", "відповіді")
    routes.command("answers", names, who=Role.MODERATOR)(listed)
    routes.press("curated.drop")(remove)
    return routes


def _may(ctx: Context[Store], _argument: str) -> Text | None:
    return None if ctx.person and ctx.role >= Role.MODERATOR else text("curated-moderators")


def _save(_event: FromChat, answers: Answers, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    variants = [Variant(detect_language(one, ctx.lang), one) for one in answers["variants"]]
    by = ctx.person.id if ctx.person else None
    until = date.fromisoformat(answers["last-day"]) if answers.get("last-day") else None
    id_ = ctx.store.curated.add(by, variants, answers["words"], answers.get("citation") or "", until)
    ctx.store.audit.note(by, "answer-prepared", id_, variants=len(variants), absent=not answers["words"])
    return [Reply(Body((say("curated-saved"),)))]


def listed(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """The prepared answers, the newest first, some at a time: the argument says from which on."""
    if message.kind is not ChatKind.DIRECT:
        return [Reply(Body((say("curated-direct"),)))]
    everything = ctx.store.curated.all()
    if not everything:
        return [Reply(Body((say("curated-none"),)))]
    first = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 6 else 1
    first = first if 0 < first <= len(everything) else 1
    found = everything[first - 1 : first - 1 + LISTED]
    lines = tuple(_line(number, one, ctx.now.date()) for number, one in enumerate(found, first))
    buttons = tuple(
        Button(text("curated-remove", number=str(number)), f"curated.drop:{one.id}")
        for number, one in enumerate(found, first)
    )
    last = first + len(found) - 1
    more = [say("curated-page", first=first, last=last, number=str(last + 1))] if last < len(everything) else []
    return [Reply(Body((say("curated-head", count=len(everything)), Lines(lines), *more), buttons))]


def _line(number: int, one: Curated, today: date) -> Text:
    question = _shortened(one.variants[0].words) if one.variants else ""
    answer = _shortened(one.words) if one.words else text("curated-words-absent")
    if one.until is None:
        return text("curated-line", number=str(number), question=question, answer=answer)
    id_ = "curated-line-until" if one.holds(today) else "curated-line-over"
    return text(id_, number=str(number), question=question, answer=answer, date=one.until)


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def remove(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Take an answer away: whoever asks is answered from the documents again."""
    if ctx.person is None or ctx.role < Role.MODERATOR:
        return [Acknowledge(text("curated-moderators"), alert=True)]
    id_ = (event.action or "").partition(":")[2]
    if not ctx.store.curated.remove(id_):
        return [Acknowledge(text("curated-gone"), alert=True)]
    ctx.store.audit.note(ctx.person.id, "answer-removed", id_)
    return [Acknowledge(text("curated-removed"))]
