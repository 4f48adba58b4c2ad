"""`obrady ask`: a question answered as a member would be, without a network."""

import json
import sys

from bot.config import Settings
from bot.core.capabilities import Capabilities
from bot.core.clean import clean
from bot.core.content import Body, say
from bot.core.curated import Curated, shown
from bot.core.markup import plain
from bot.core.render import render
from bot.core.routing import Routes
from bot.core.smalltalk import without_courtesy
from bot.engine.clock import SystemClock
from bot.knowledge import Answer, Quote, detect_language
from bot.knowledge.curated import Prepared
from bot.knowledge.quoting import nearest
from bot.library import Library
from bot.locales import DEFAULT, Texts
from handlers import routers
from handlers.questions import consult
from storage.documents import read_documents
from storage.reading import open_for_reading
from storage.store import Store

_TERMINAL = Capabilities(
    buttons=False,
    toasts=False,
    edits=False,
    text_limit=1 << 20,
    command_prefix="/",
    ascii_commands=False,
    idempotent_send=True,
    edit_interval=0,
)


def print_answer(question: str, lang: str | None, settings: Settings, *, stored: bool, as_json: bool) -> None:
    """Answer on stdout, as a member would read it or as one JSON object.

    Args:
        stored: also from the documents and prepared answers of the database.

    Raises:
        SchemaError: there is no such database, or it is of another version.
    """
    library, zone, now = Library(settings), settings.zone(), SystemClock().now()
    knowledge, today = library.knowledge, now.astimezone(zone).date()
    ready: list[Curated] = []
    if stored:
        with open_for_reading(settings.database.url) as session:
            library.hold(read_documents(session))
            ready = Store(session, now).curated.all()
    question = clean(question).strip()
    lang = lang or detect_language(question, DEFAULT)
    prepared = Prepared(knowledge.lexicon).find(without_courtesy(question), ready, lambda: ready, today)
    found, body = (Answer(True, (), lang), shown(prepared)) if prepared else consult(knowledge, question, lang, today)
    texts = Texts(Routes(routers(knowledge)).command_names(), zone)
    near = nearest(found) if found.near else ()
    unknown = Body((say("question-unknown"), *near, say("question-try")))
    markup, _ = render(body or unknown, lang, _TERMINAL, texts.words)
    text = plain(markup)
    out = json.dumps(_as_json(found, text), ensure_ascii=False) if as_json else text
    sys.stdout.write(out + "\n")


def _as_json(found: Answer, text: str) -> dict[str, object]:
    return {
        "answered": found.answered,
        "quotes": [_quote(quote) for quote in found.quotes],
        "near": [_quote(quote) for quote in found.near],
        "text": text,
    }


def _quote(quote: Quote) -> dict[str, object]:
    return {
        "text": quote.text,
        "document": quote.document,
        "place": quote.place,
        "source": quote.source,
        "date": quote.date.isoformat(),
        "expired": quote.expired is not None,
    }
