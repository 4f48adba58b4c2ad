"""Documents: a moderator sends a file, looks at what was read of it, says what is missing, and it is answered from."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from bot.core.chats import ChatKind
from bot.core.clean import one_line
from bot.core.content import Block, Body, Button, Lines, Quoted, Text, say, text
from bot.core.context import Context
from bot.core.documents import (
    CARD,
    LONGEST_TITLE,
    Content,
    DraftState,
    Facts,
    Outcome,
    about_of,
    document_form,
)
from bot.core.events import FromChat, Message, Pressed, WorkDone
from bot.core.form_talk import start
from bot.core.forms import Answers
from bot.core.intents import Acknowledge, Do, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.reading import Reading
from bot.core.refs import CardRef
from bot.core.routing import FormRoute, Names, Router
from bot.knowledge import Document, Knowledge
from storage import Store
from storage.documents import FileDraft

LISTED = 20
"""How many documents a list shows."""
_FIRST_LINES = 300
_KINDS = (".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".odt", ".txt")
_TYPES = ("text/", "application/pdf", "application/vnd.oasis.opendocument.text", "application/vnd.openxml")
_ERRORS = frozenset(
    {
        "empty",
        "unknown-kind",
        "encrypted",
        "no-text",
        "too-large",
        "too-many-pages",
        "too-much-memory",
        "too-long",
        "no-file",
        "away",
        "bad-metadata",
    }
)


def router(knowledge: Knowledge) -> Router[Store]:
    """Files in, the list, and taking out."""
    routes: Router[Store] = Router()
    form = routes.form(
        FormRoute("document", document_form(), finish=_finish, allowed=_may_add, begin=_begin, facts=_facts)
    )

    @routes.command("documents", Names("dokumenty", "documents", "документи"))
    def documents(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return listing(knowledge.documents, message, ctx)

    @routes.press("document.add")
    def add(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        return start(form, event, ctx, _argument(event))

    routes.text(Reading.FILE)(read)
    routes.work("document.read")(was_read)
    routes.work("document.index")(was_indexed)
    routes.card(CARD)(show)
    routes.press("document.drop")(drop)
    routes.press("document.ask")(ask_removal)
    routes.press("document.remove")(remove)
    return routes


def read(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
    """A file in a direct chat: a moderator's is read, a member is told who takes documents."""
    file, words = message.file, one_line(message.text)
    if file is None or message.kind is not ChatKind.DIRECT or ctx.person is None:
        return None
    document = PurePath(file.name).suffix.lower() in _KINDS or file.mime.startswith(_TYPES)
    if ctx.role < Role.MODERATOR:
        # With words it is a question that somebody put a file to.
        return [Reply(Body((say("document-moderators"),)))] if document and not words else None
    if not document:
        return [Reply(Body((say("document-kinds"),)))] if not words else None
    draft = ctx.store.documents.draft(ctx.person.id, file.name)
    payload = asdict(file)
    return [Do("document.read", f"document:{draft.id}", payload), Post(CardRef(CARD, draft.id), message.chat)]


def was_read(event: WorkDone, ctx: Context[Store]) -> Sequence[Intent]:
    """What was read is shown; or why nothing."""
    id_ = event.id.partition(":")[2]
    draft = ctx.store.documents.draft_of(id_)
    if draft is None or draft.state is not DraftState.READING:
        return []
    if event.error:
        ctx.store.documents.settle(id_, DraftState.FAILED, event.error)
    else:
        payload = event.payload
        ctx.store.documents.read(id_, payload["parsed"], payload["digest"], payload["passages"])
    return [Refresh(CardRef(CARD, id_))]


def show(store: Store, id_: str) -> Body | None:
    """The card of a file: how far it is."""
    draft = store.documents.draft_of(id_)
    if draft is None:
        return Body((say("document-gone"),))
    match draft.state:
        case DraftState.READ:
            return _what_was_read(store, draft)
        case DraftState.FAILED:
            why = draft.error if draft.error in _ERRORS else "broken"
            why = "too-long" if draft.error in {"timeout", "given-up"} else why
            return Body((say(f"document-error-{why}", title=draft.name),))
        case state:
            return Body((say(f"document-{state}", title=draft.name),))


def _what_was_read(store: Store, draft: FileDraft) -> Body:
    parsed, known = draft.parsed, draft.parsed["known"]
    title = known.get("title") or PurePath(draft.name).stem
    cancel = Button(text("form-cancel"), f"document.drop:{draft.id}")
    same = store.documents.of_digest(draft.digest)
    if same:
        return Body((say("document-same", title=same.about.title),), (cancel,))
    pages, lang = len(parsed["pages"]), known["lang"]
    lines = [
        text("document-read-title", title=title),
        *([text("document-read-pages", count=pages)] if pages else []),
        text("document-read-passages", count=draft.passages),
        text("document-read-lang", language=text(f"document-in-{lang}")),
    ]
    blocks: list[Block] = [
        say("document-read", title=draft.name),
        Lines(tuple(lines)),
        Quoted(_beginning(parsed["text"])),
    ]
    before = store.documents.before(title, known.get("source", ""), known["lang"])
    if before:
        blocks.append(say("document-replaces", title=before.about.title, date=before.about.date))
    blocks.append(say("document-next"))
    return Body(tuple(blocks), (Button(text("document-add"), f"document.add:{draft.id}"), cancel))


def _beginning(words: str) -> str:
    """The first lines, without a title's mark."""
    lines = [line.lstrip("# ") for line in words[: 2 * _FIRST_LINES].split("\n") if line.strip()]
    beginning = "\n".join(lines)
    return beginning if len(beginning) <= _FIRST_LINES else beginning[:_FIRST_LINES].rsplit(" ", 1)[0] + " …"


def drop(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The file is not wanted."""
    draft = _own(event, ctx)
    if draft is None or draft.state is not DraftState.READ:
        return [Acknowledge(text("document-gone"), alert=True)]
    ctx.store.documents.settle(draft.id, DraftState.DROPPED)
    return [Acknowledge(text("document-dropped-toast")), Refresh(CardRef(CARD, draft.id))]


def _finish(event: FromChat, answers: Answers, id_: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Everything is known: the document is in, and the index is made anew."""
    draft, documents = ctx.store.documents.draft_of(id_), ctx.store.documents
    assert draft is not None  # noqa: S101 - `_may_add` saw to it
    assert ctx.person is not None  # noqa: S101
    parsed, known = draft.parsed, draft.parsed["known"]
    about = about_of({**answers, "kind": known.get("kind", "original")}, known.get("source_title") or draft.name)
    content = Content(parsed["text"], tuple(parsed["pages"]), parsed["format"], draft.digest)
    same = documents.of_digest(draft.digest)
    document, done = documents.put(about, content, person_id=ctx.person.id, into=same.id if same else None)
    if done is not Outcome.SAME:
        ctx.store.audit.note(ctx.person.id, f"document-{done}", document)
    documents.settle(id_, DraftState.ADDED)
    card = CardRef(CARD, id_)
    return [Do("document.index", "document.index"), Refresh(card), Post(card, event.chat)]


def was_indexed(_event: WorkDone, ctx: Context[Store]) -> Sequence[Intent]:
    """From now on questions are answered from what was added."""
    return [Refresh(CardRef(CARD, id_)) for id_ in ctx.store.documents.indexed()]


def listing(documents: Sequence[Document], message: Message, ctx: Context[Store]) -> Sequence[Intent]:
    """What questions are answered from, with dates; moderators can take out what was added, in a direct chat."""
    stored = ctx.store.documents.all()
    ids = {one.id for one in stored}
    # Those that ship come in three languages: the reader's is enough.
    shipped = [one for one in documents if one.id not in ids and one.lang == ctx.lang and "." in one.id]
    known = [(one.about.title, one.about.date, one.about.valid_to, one.about.source) for one in stored]
    known += [(one.title, one.date, one.valid_to, one.source) for one in shipped]
    if not known:
        return [Reply(Body((say("documents-none"),)))]
    today = ctx.now.date()
    lines = [_line(number, one, today) for number, one in enumerate(known[:LISTED], 1)]
    blocks: list[Block] = [say("documents-list", count=len(known)), Lines(tuple(lines))]
    if len(known) > LISTED:
        blocks.append(say("documents-more", count=len(known) - LISTED))
    buttons: tuple[Button, ...] = ()
    if ctx.role >= Role.MODERATOR and message.kind is ChatKind.DIRECT:
        blocks.append(say("documents-add"))
        buttons = tuple(
            Button(text("document-remove-label", title=one.about.title), f"document.ask:{one.id}")
            for one in stored[:LISTED]
        )
    return [Reply(Body(tuple(blocks), buttons))]


def _line(number: int, one: tuple[Any, ...], today: Any) -> Text:
    title, day, valid_to, _source = one
    if valid_to and valid_to < today:
        return text("documents-line-expired", number=number, title=title, date=day, until=valid_to)
    return text("documents-line", number=number, title=title, date=day)


def ask_removal(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Whether it is really to go."""
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("not-allowed"), alert=True)]
    found = ctx.store.documents.get(_argument(event))
    if found is None:
        return [Acknowledge(text("document-gone"), alert=True)]
    button = Button(text("document-remove"), f"document.remove:{found.id}")
    return [Reply(Body((say("document-remove-sure", title=found.about.title),), (button,)))]


def remove(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """It goes, and nothing is answered from it any more."""
    if ctx.role < Role.MODERATOR or ctx.person is None:
        return [Acknowledge(text("not-allowed"), alert=True)]
    found = ctx.store.documents.get(_argument(event))
    if found is None or not ctx.store.documents.remove(found.id):
        return [Acknowledge(text("document-gone"), alert=True)]
    ctx.store.audit.note(ctx.person.id, "document-removed", found.id)
    done = Reply(Body((say("document-removed", title=found.about.title),)))
    return [Do("document.index", "document.index"), done]


def _may_add(ctx: Context[Store], id_: str) -> Text | None:
    draft = ctx.store.documents.draft_of(id_)
    if ctx.role < Role.MODERATOR or ctx.person is None:
        return text("document-moderators")
    if draft is None or draft.state is not DraftState.READ or draft.person_id != ctx.person.id:
        return text("document-gone")
    return None


def _begin(ctx: Context[Store], id_: str) -> Answers | Text:
    """What the file says of itself is not asked for."""
    draft = ctx.store.documents.draft_of(id_)
    if draft is None:
        return text("document-gone")
    known = draft.parsed["known"]
    answers = {key: known[key] for key in ("title", "source", "date", "valid_from", "valid_to", "lang") if key in known}
    if len(answers.get("title", "")) > LONGEST_TITLE:
        del answers["title"]
    area = ctx.store.areas.named(known["area"]) if "area" in known else None
    return {**answers, "area": area.id} if area else answers


def _facts(ctx: Context[Store], _argument: str) -> Facts:
    return Facts(tuple((area.id, area.words) for area in ctx.store.areas.all()), ctx.now.date())


def _own(event: Pressed, ctx: Context[Store]) -> FileDraft | None:
    draft = ctx.store.documents.draft_of(_argument(event))
    mine = draft is not None and ctx.person is not None and draft.person_id == ctx.person.id
    return draft if mine else None


def _argument(event: Pressed) -> str:
    return (event.action or "").partition(":")[2]
