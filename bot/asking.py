"""`obrady ask`: a question answered from the documents without a network or a database."""

import json
import sys
from zoneinfo import ZoneInfo

from bot.core.capabilities import Capabilities
from bot.core.clean import clean
from bot.core.content import Body, say
from bot.core.markup import plain
from bot.core.render import render
from bot.core.routing import Routes
from bot.engine.clock import SystemClock
from bot.knowledge import Answer, Knowledge, Quote, detect_language
from bot.knowledge.quoting import nearest
from bot.locales import DEFAULT, Texts
from handlers import routers
from handlers.questions import consult

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


def print_answer(question: str, lang: str | None, *, as_json: bool, zone: ZoneInfo) -> None:
    """Answer on stdout, as a member would read it or as one JSON object."""
    knowledge = Knowledge.shipped()
    question = clean(question).strip()
    lang = lang or detect_language(question, DEFAULT)
    found, body = consult(knowledge, question, lang, SystemClock().now().astimezone(zone).date())
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
