"""A message in its three forms carries exactly its text, and nothing in the text becomes anything else."""

import re
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.clean import clean, inert
from bot.core.content import Body, Quoted
from bot.core.markup import Markup, Paragraph, Run, as_html, paragraph, plain, split, utf16, with_entities
from bot.core.render import render
from bot.platforms.memory import CAPABILITIES
from tests.core.strategies import MARKUPS, WORDS

TAGS = {"p", "blockquote", "ul", "li", "br", "strong", "em", "code", "a"}


class Reader(HTMLParser):
    """What a client sees in the HTML: its text, its tags, its addresses."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "br":
            self.text += "\n"
            return
        self.open.append(tag)
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.links += [value for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(markup: Markup) -> str:
    return "".join(run.text for part in markup for run in part.runs)


def units(text: str) -> bytes:
    return text.encode("utf-16-le")


@given(MARKUPS)
def test_the_html_reads_back_to_the_same_text_in_our_tags_only(markup: Markup) -> None:
    seen = Reader(as_html(markup))
    assert seen.text == text_of(markup)
    assert seen.tags <= TAGS
    assert seen.open == []
    assert seen.links == [run.link for part in markup for run in part.runs if run.link]


@given(MARKUPS)
def test_the_plain_form_carries_every_text_in_order(markup: Markup) -> None:
    shown = plain(markup)
    at = 0
    for part in markup:
        for run in part.runs:
            words = run.text.replace("\n", "\n> ") if part.kind == "quote" else run.text
            found = shown.find(words, at)
            assert found >= 0
            at = found + len(words)


@given(MARKUPS)
def test_entities_lie_inside_the_text_and_cover_their_run(markup: Markup) -> None:
    text, entities = with_entities(markup)
    data = units(text)
    for entity in entities:
        assert entity.length > 0
        assert entity.offset >= 0
        assert 2 * (entity.offset + entity.length) <= len(data)
        # A range never begins or ends within a character.
        data[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
    styled = {"bold": "bold", "italic": "italic", "code": "code", "text_link": "link"}
    for kind, field in styled.items():
        covered = [
            data[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in entities if e.type == kind
        ]
        assert covered == [run.text for part in markup for run in part.runs if getattr(run, field) and run.text]


@given(MARKUPS)
def test_the_entity_form_carries_every_text_in_order(markup: Markup) -> None:
    text, _ = with_entities(markup)
    at = 0
    for part in markup:
        for run in part.runs:
            at = text.index(run.text, at) + len(run.text)


@given(MARKUPS, st.integers(min_value=130, max_value=400))
@example((paragraph("quote", [Run("\n" * 300 + "a" + "\n" * 300)]),), 200)
@example((paragraph("item", [Run("💬" * 500)]),), 200)
@example((paragraph("para", [Run("a" * 500, link="https://example.org/" + "x" * 90)]),), 200)
def test_a_split_loses_nothing_and_every_part_fits_in_every_form(markup: Markup, limit: int) -> None:
    parts = split(markup, limit)
    assert _packed("".join(map(text_of, parts))) == _packed(text_of(markup))
    for part in parts:
        assert utf16(plain(part)) <= limit
        assert utf16(with_entities(part)[0]) <= limit
    if _packed(text_of(markup)):
        assert all(_packed(text_of(part)) for part in parts)


def _packed(text: str) -> str:
    return "".join(text.split())


@given(MARKUPS)
def test_a_message_that_fits_is_not_split(markup: Markup) -> None:
    assert split(markup, 100_000) == [markup]


def test_a_long_text_is_cut_between_words() -> None:
    words = " ".join(f"słowo{number}" for number in range(2000))
    parts = split((Paragraph("para", (Run(words),)),), 4096)
    assert " ".join(text_of(part).strip() for part in parts) == words
    assert len(parts) == 5


def test_a_list_that_is_cut_stays_a_list() -> None:
    markup = tuple(Paragraph("item", (Run(f"punkt {number}"),)) for number in range(100))
    parts = split(markup, 300)
    assert [part for piece in parts for part in piece] == list(markup)


@given(WORDS)
def test_words_of_others_are_quoted_to_the_letter_and_start_nothing(words: str) -> None:
    markup, _ = render(Body((Quoted(words),)), "pl", CAPABILITIES, lambda *_: ())
    for shown in (plain(markup), with_entities(markup)[0]):
        assert not re.search(r"(?<!\w)[@/]\w", shown)
        assert not re.match(r"\s*!\w", shown)
    assert text_of(markup).replace("\u2060", "") == clean(words).replace("\u2060", "")
    assert Reader(as_html(markup)).tags <= {"blockquote", "br"}


@given(WORDS)
def test_what_is_inert_stays_as_it_is(words: str) -> None:
    assert inert(inert(words)) == inert(words)
    assert inert("anna@example.org i/lub 3/4") == "anna@example.org i/lub 3/4"
