"""Questions: answered with quotations from the documents; what they don't say can be passed on to people."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.core.chats import ChatKind
from bot.core.clean import clean
from bot.core.content import Arg, Block, Body, Button, Link, Quoted, Say, Text, say, text
from bot.core.context import Context
from bot.core.desk import ask, staffed
from bot.core.events import DeliveryFailed, Message, Pressed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.reading import Reading, for_the_bot
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from bot.core.smalltalk import without_courtesy
from bot.knowledge import Answer, Knowledge, Quote, detect_language
from storage import Store
from storage.question_queue import CARD as QUEUED
from storage.question_queue import DESK_CARD
from storage.questions import CARD, Question, QuestionState

LIMIT = 1_000
"""Longest question, in characters."""
_ADDRESS = re.compile(r"[,\s]*(https?://\S+)\s*$")


def router(knowledge: Knowledge) -> Router[Store]:
    """Asking by command, by a plain text, and passing on."""
    routes: Router[Store] = Router()

    @routes.command("ask", Names("pytanie", "ask", "питання"), bare=True)
    def ask(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return answer(knowledge, argument, message, ctx)

    @routes.text(Reading.QUESTION)
    def read(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
        if not for_the_bot(message, ctx):
            return None
        words = message.text.strip()
        if message.files and not words:
            only_text = Reply(Body((say("question-only-text", example=text("example-who")),)))
            return [only_text] if message.kind is ChatKind.DIRECT else None
        return answer(knowledge, words, message, ctx)

    routes.press("question.pass")(pass_on)
    routes.failure(CARD)(missed)
    routes.card(CARD)(show)
    return routes


def answer(knowledge: Knowledge, question: str, message: Message, ctx: Context[Store]) -> Sequence[Intent]:
    """Quote what the documents say; else say that they don't, and offer to pass the question on."""
    question = clean(question).strip()
    lang = ctx.lang if _empty(question) else _language(question, ctx)
    _, body = consult(knowledge, question, lang, ctx.now.date())
    if body:
        return [Reply(body, lang=lang)]
    if not staffed(ctx, ctx.store.people.with_role(Role.OWNER)):
        # Nobody would get it: then it isn't kept either.
        return [Reply(Body((say("question-unknown"), say("question-nobody"), say("question-try"))), lang=lang)]
    id_ = ctx.store.questions.offer(ctx.person.id if ctx.person else None, message.chat, lang, question)
    return [Post(CardRef(CARD, id_), message.chat, lang)]


def consult(knowledge: Knowledge, question: str, lang: str, today: date) -> tuple[Answer, Body | None]:
    """What the documents say, and the message of it or of what is wrong with the question. Without a message: the
    documents don't answer it. Courtesy around a question is nothing to search for."""
    if _empty(question):
        return Answer(False, (), lang), Body((say("question-empty", example=text("example-who")),))
    if len(question) > LIMIT:
        return Answer(False, (), lang), Body((say("question-too-long", limit=LIMIT),))
    found = knowledge.ask(without_courtesy(question), lang=lang, today=today)
    return found, quotations(found) if found.answered else None


def _empty(question: str) -> bool:
    return sum(char.isalpha() for char in question) < 2


def show(store: Store, id_: str) -> Body | None:
    """The card of a question that the documents don't answer."""
    question = store.questions.get(id_)
    if question is None:
        return None
    if question.state is QuestionState.PASSED:
        return Body((say("question-unknown"), say("question-passed")))
    button = Button(text("question-pass"), f"question.pass:{id_}")
    offer = "question-missed" if question.state is QuestionState.MISSED else "question-offer"
    return Body((say("question-unknown"), say(offer), say("question-try")), (button,))


def pass_on(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Put the question into the queue for people, once however often it is pressed, without the person's name."""
    question = ctx.store.questions.get((event.action or "").partition(":")[2])
    if question is None:
        return [Acknowledge(text("question-gone"), alert=True)]
    if not _may_pass(question, event, ctx):
        return [Acknowledge(text("question-not-yours"), alert=True)]
    if question.state is QuestionState.PASSED:
        return [Acknowledge(text("question-passed-already"))]
    owners = ctx.store.people.with_role(Role.OWNER)
    if not staffed(ctx, owners):
        return [Acknowledge(text("question-nobody"), alert=True)]
    direct, platform = event.kind is ChatKind.DIRECT, event.chat.platform
    queued = ctx.store.queue.ask(
        question.words, question.lang, question.person_id, platform, direct=direct, meeting=False
    )
    ctx.store.questions.passed(question.id, len(owners))
    card = CardRef(CARD, question.id)
    again = question.state is QuestionState.MISSED
    return [
        Acknowledge(text("question-passed-toast")),
        *ask(ctx, CardRef(DESK_CARD, queued.id), owners, ref=card, again=again),
        Refresh(card),
        # Others asked it before: their cards tell how many want to know.
        *([Refresh(CardRef(QUEUED, queued.id))] if queued.people > 1 else []),
    ]


def missed(event: DeliveryFailed, ctx: Context[Store]) -> Sequence[Intent]:
    """An owner can't be reached. Where none can, nothing is passed on, and the card says so."""
    return [Refresh(event.ref)] if ctx.store.questions.missed(event.ref.id) else []


def _may_pass(question: Question, event: Pressed, ctx: Context[Store]) -> bool:
    """The one who asked; where the network named nobody, anyone in that chat."""
    if question.person_id is None:
        return (question.chat.platform, question.chat.chat_id) == (event.chat.platform, event.chat.chat_id)
    return ctx.person is not None and ctx.person.id == question.person_id


def _language(question: str, ctx: Context[Store]) -> str:
    """The language to answer in: the chosen one, else that of the question (which is remembered), else the chat's."""
    person = ctx.person
    if person and person.lang_chosen:
        return ctx.lang
    told = detect_language(question, "")
    if told and person and person.lang != told:
        ctx.store.people.learn_language(person.id, told)
    return told or ctx.lang


def quotations(found: Answer) -> Body:
    """The message of an answer: what was found, where it stands, whether it still holds, that a program found it."""
    blocks: list[Block] = [say("answer-intro")]
    for _, quotes in groupby(found.quotes, key=lambda quote: (quote.document, quote.expired)):
        blocks += _from_one_document(list(quotes))
    return Body((*blocks, say("answer-automatic")))


def _from_one_document(quotes: Sequence[Quote]) -> Iterator[Block]:
    for quote in quotes:
        yield Quoted(quote.text)
        yield Say(_source(quote))
    if quotes[0].expired:
        yield say("answer-expired", date=quotes[0].expired)


def _source(quote: Quote) -> Text:
    """Where the words are from. The address at the end of the source's name becomes a link."""
    address = _ADDRESS.search(quote.source)
    title = quote.source[: address.start()] if address else quote.source
    return text(
        f"answer-source-{quote.kind}",
        document=_where(quote),
        date=quote.date,
        source=Link(address[1], title) if address else title,
    )


def _where(quote: Quote) -> Arg:
    """The document's title with the section and the page."""
    where: Arg = quote.document
    # Without headings the place is the title.
    if quote.place and quote.place != quote.document:
        where = text("answer-place", title=quote.document, place=quote.place)
    if quote.pages is None:
        return where
    first, last = quote.pages
    if first == last:
        return text("answer-page", title=where, page=first)
    return text("answer-pages", title=where, page=first, last=last)
