"""Questions: answered with quotations from the documents; what they don't say can be passed on to people."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from bot.core.chats import ChatKind
from bot.core.clean import clean
from bot.core.content import Body, Button, say, text
from bot.core.context import Context
from bot.core.curated import shown
from bot.core.desk import ask, staffed
from bot.core.events import DeliveryFailed, Message, Pressed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.reading import Reading, for_the_bot
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from bot.core.smalltalk import without_courtesy
from bot.knowledge import Answer, Knowledge, detect_language
from bot.knowledge.curated import Prepared
from bot.knowledge.follow_up import follow_up
from bot.knowledge.quoting import chosen, nearest, quotations
from storage import Store
from storage.question_queue import CARD as QUEUED
from storage.question_queue import DESK_CARD
from storage.questions import CARD, Question, QuestionState

LIMIT = 1_000
"""Longest question, in characters."""


def router(knowledge: Knowledge) -> Router[Store]:
    """Asking by command, by a plain text, and passing on."""
    routes: Router[Store] = Router()
    prepared = Prepared(knowledge.lexicon)

    @routes.command("ask", Names("pytanie", "ask", "питання"), bare=True)
    def ask(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return answer(knowledge, prepared, argument, message, ctx)

    @routes.text(Reading.QUESTION)
    def read(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
        if not for_the_bot(message, ctx):
            return None
        words = message.text.strip()
        if message.files and not words:
            only_text = Reply(Body((say("question-only-text", example=text("example-who")),)))
            return [only_text] if message.kind is ChatKind.DIRECT else None
        return answer(knowledge, prepared, words, message, ctx)

    routes.press("question.pass")(pass_on)
    routes.press("question.more")(look_on)
    routes.press("question.yes")(helped)
    routes.failure(CARD)(missed)
    routes.card(CARD)(partial(show, knowledge))
    return routes


def answer(
    knowledge: Knowledge, prepared: Prepared, question: str, message: Message, ctx: Context[Store]
) -> Sequence[Intent]:
    """Say what moderators prepared, else quote the documents; else say that they don't answer it, show what is near,
    and offer to pass the question on."""
    question = clean(question).strip()
    lang = ctx.lang if _empty(question) else _language(question, ctx)
    today, person = ctx.now.date(), ctx.person
    ready = prepared.find(without_courtesy(question), ctx.store.curated.stamp(), ctx.store.curated.all, today)
    if ready:
        return [Reply(shown(ready), lang=lang)]
    found, body = consult(knowledge, question, lang, today)
    last = ctx.store.recent.get(person.id, message.chat) if person else None
    meant = follow_up(without_courtesy(question), last, knowledge.lexicon, alone=found.answered) if last else None
    if meant:
        on, on_body = consult(knowledge, meant, lang, today)
        if on_body and on.answered:
            found, question = on, meant
            body = Body((say("answer-follow-up", question=meant), *on_body.blocks))
    if person and found.answered:
        ctx.store.recent.put(person.id, message.chat, question)
    if body:
        return [Reply(body, lang=lang)]
    if not staffed(ctx, ctx.store.people.with_role(Role.OWNER)):
        # Nobody would get it: then it isn't kept either.
        near = nearest(found) if found.near else ()
        return [Reply(Body((say("question-unknown"), *near, say("question-nobody"), say("question-try"))), lang=lang)]
    id_ = ctx.store.questions.offer(person.id if person else None, message.chat, lang, question)
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


def show(knowledge: Knowledge, store: Store, id_: str) -> Body | None:
    """The card of a question that the documents don't answer, with the passages that come near, one at a time."""
    question = store.questions.get(id_)
    if question is None:
        return None
    if question.state is QuestionState.PASSED:
        return Body((say("question-unknown"), say("question-passed")))
    found, _ = consult(knowledge, question.words, question.lang, store.now.date())
    at = question.shown
    if question.state is QuestionState.HELPED:
        return chosen(found.near[at]) if at < len(found.near) else Body((say("answer-chosen-gone"),))
    buttons = [Button(text("question-pass"), f"question.pass:{id_}")]
    if at + 1 < len(found.near):
        buttons.insert(0, Button(text("question-more"), f"question.more:{id_}:{at + 1}"))
    if at < len(found.near):
        buttons.insert(0, Button(text("question-yes"), f"question.yes:{id_}:{at}"))
    offer = say("question-missed" if question.state is QuestionState.MISSED else "question-offer")
    near = nearest(found, at) if at < len(found.near) else ()
    return Body((say("question-unknown"), *near, offer, say("question-try")), tuple(buttons))


def look_on(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The passage that is shown is not it: show the next one."""
    question, at, problem = _pressed(event, ctx)
    if question is None or problem:
        return problem
    ctx.store.questions.look_on(question.id, at)
    return [Acknowledge(text("question-more-toast")), Refresh(CardRef(CARD, question.id))]


def helped(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The passage that is shown is what was asked for: it stays as the answer."""
    question, at, problem = _pressed(event, ctx)
    if question is None or problem:
        return problem
    ctx.store.questions.look_on(question.id, at)
    ctx.store.questions.helped(question.id)
    if ctx.person:
        ctx.store.recent.put(ctx.person.id, event.chat, question.words)
    return [Acknowledge(text("question-yes-toast")), Refresh(CardRef(CARD, question.id))]


def _pressed(event: Pressed, ctx: Context[Store]) -> tuple[Question | None, int, Sequence[Intent]]:
    """The question of a press, the number of a passage, and why the press does nothing."""
    id_, _, number = (event.action or "").partition(":")[2].partition(":")
    question = ctx.store.questions.get(id_)
    if question is None or number not in {"0", "1", "2"}:
        return None, 0, [Acknowledge(text("question-gone"), alert=True)]
    if not _may_pass(question, event, ctx):
        return question, 0, [Acknowledge(text("question-not-yours"), alert=True)]
    if question.state is QuestionState.PASSED:
        return question, 0, [Acknowledge(text("question-passed-already"))]
    if question.state is QuestionState.HELPED:
        return question, 0, [Acknowledge(text("question-yes-toast"))]
    return question, int(number), []


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
