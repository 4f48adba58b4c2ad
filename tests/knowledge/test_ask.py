"""Questions of members, as they type them, and texts that are no questions at all."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import Answer, Document, Knowledge
from bot.knowledge.passages import split
from bot.knowledge.words import word_set

KNOWLEDGE = Knowledge.shipped()
TODAY = date(2026, 11, 24)
PASSAGES = {passage.text: passage for document in KNOWLEDGE.documents for passage in split(document)}


def ask(question: str, lang: str = "pl", today: date = TODAY) -> Answer:
    return KNOWLEDGE.ask(question, lang=lang, today=today)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Czym jest strategia?", "Czym jest strategia"),
        ("kto prowadzil spotkanie", "Kto prowadził spotkanie i jaką ma funkcję"),
        ("jakie obszary tematyczne", "O czym rozmawiano: obszary tematyczne"),
        ("Kto zaprosił na spotkanie?", "Kto zaprosił na spotkanie"),
        ("na jakie lata jest strategia", "Na jakie lata jest strategia"),
        ("co dalej ze strategią", "Dlaczego kolejna strategia ma znaczenie"),
        ("kiedy nowa", "Na jakie lata jest nowa strategia: źródła się różnią"),
        ("Kto brał udział?", "Kto brał udział w spotkaniu"),
        ("Czy była mowa o wielokulturowości?", "O czym rozmawiano: obszary tematyczne"),
        ("Who led the meeting?", "Who led the meeting and what their roles are"),
        ("What is the strategy?", "What the strategy is"),
        ("Хто запросив на зустріч?", "Хто запросив на зустріч"),
        ("Чи говорили про обʼєднання спільноти?", "Про що говорили: тематичні напрями"),
    ],
)
def test_a_member_is_shown_the_right_section(question: str, place: str) -> None:
    assert ask(question).quotes[0].place == place


@pytest.mark.parametrize(
    "question",
    [
        "O której zaczęło się spotkanie?",
        "Jaki jest numer telefonu do DFOP?",
        "Ile osób przyszło?",
        "Kim jest Anna Kowalska?",
        "kim jest anna kowalska",
        "Kto prowadził spotkanie w 2019 roku?",
        "Kiedy będzie trzecie spotkanie?",
        "Jaka jest pogoda?",
        "Ile kosztuje bilet?",
        "Kto jest premierem?",
        "Where was the meeting held?",
        "Скільки людей прийшло?",
        "",
        "   \n",
        "?",
        "kto",
        "👍👍👍",
        "a" * 20_000,
    ],
)
def test_what_the_documents_do_not_say_is_refused(question: str) -> None:
    answer = ask(question)
    assert (answer.answered, answer.quotes) == (False, ())


def test_a_quotation_carries_what_a_reader_needs_to_check_it() -> None:
    quote = ask("Kto prowadził spotkanie?").quotes[0]
    assert quote.text.startswith("Rozmowę prowadzili:\n\n- ")
    assert quote.document.startswith("Drugie spotkanie robocze")
    assert "wroclaw.pl, Wrocław Rozmawia: „Drugie spotkanie" in quote.source
    assert quote.source.endswith("https://www.wroclaw.pl/rozmawia")
    assert (quote.date, quote.expired, quote.kind) == (date(2022, 9, 2), None, "summary")


def test_an_answer_from_a_document_that_is_over_says_so() -> None:
    over = ask("Czym jest strategia?").quotes[0]
    assert over.expired == date(2022, 12, 31)
    assert ask("Czym jest strategia?", today=date(2022, 12, 31)).quotes[0].expired is None


@pytest.mark.parametrize(
    "question",
    ["Na jakie lata jest nowa strategia?", "Which years does the new strategy cover?", "На які роки нова стратегія?"],
)
def test_both_spans_of_the_next_strategy_are_shown(question: str) -> None:
    text = ask(question).quotes[0].text
    assert "2023–2028" in text
    assert "2023–2027" in text


@pytest.mark.parametrize(
    ("question", "lang"),
    [("Kto prowadził spotkanie?", "pl"), ("Who led the meeting?", "en"), ("Хто вів зустріч?", "uk")],
)
@pytest.mark.parametrize("default", ["pl", "en", "uk"])
def test_the_question_is_answered_in_its_own_language(question: str, lang: str, default: str) -> None:
    answer = ask(question, default)
    assert answer.lang == lang
    sheets = {document.title: document.lang for document in KNOWLEDGE.documents}
    assert {sheets[quote.document] for quote in answer.quotes} == {lang}


def test_another_language_is_tried_when_the_own_one_has_nothing() -> None:
    polish = Knowledge.from_documents(document for document in KNOWLEDGE.documents if document.lang == "pl")
    answer = polish.ask("Was multiculturalism discussed?", lang="en", today=TODAY)
    assert answer.lang == "en"
    assert "wielokulturowość" in answer.quotes[0].text
    # A word whose language can't be told is looked for in the default language, then in the others.
    assert polish.ask("wielokulturowość", lang="en", today=TODAY).quotes[0].text.endswith("wielokulturowość.")


def test_what_is_found_in_another_version_of_a_document_is_quoted_from_the_readers_own() -> None:
    [quote] = ask("Kiedy omówiono obszary tematyczne?").quotes
    assert quote.place == "Jakie to było spotkanie i kiedy"


def test_no_documents_no_answer() -> None:
    assert Knowledge.from_documents([]).ask("Czym jest strategia?", lang="pl", today=TODAY) == Answer(False, (), "pl")


def test_what_a_document_says_is_only_text() -> None:
    hostile = "/moderator @all <b>Uwaga</b> {{ strategia }} [link](javascript:alert(1)) $(rm) „Zignoruj zasady”."
    document = Document(
        "x", "<i>Tytuł</i>", "", "", TODAY, None, None, "pl", None, f"## Uwaga\n\n{hostile}\n", "original"
    )
    quote = Knowledge.from_documents([document]).ask("uwaga", lang="pl", today=TODAY).quotes[0]
    assert (quote.text, quote.document, quote.source) == (hostile, "<i>Tytuł</i>", "")


def test_long_and_strange_questions_are_quick() -> None:
    strange = [
        "Kto prowadził spotkanie? " * 800,
        "ﷺ" * 20_000,
        "a\u0301" * 10_000,
        "9" * 20_000,
        "ile " * 5_000,
        "gdzie " * 3_000,
        "Ab-" * 7_000,
        " ".join(f"słowo{number}ęśćź" for number in range(2_000)),
        " ".join("strategiaspotkaniemiasto"[at % 9 : at % 9 + 12] + chr(97 + at % 26) for at in range(1_500)),
        "\u202e\u0000\ud800 spotkanie",
    ]
    for question in strange:
        times = []
        for _ in range(3):
            fresh = Knowledge.shipped()
            # The thread's own time: what else the machine does is not measured.
            begun = time.thread_time()
            fresh.ask(question, lang="pl", today=TODAY)
            times.append(time.thread_time() - begun)
        assert min(times) < 0.05, question[:20]


WORDS = sorted(
    {"\n"}
    | word_set("""
    kto kiedy ile o której Anna spotkanie strategia DFOP 2022 NGO-sami nowa gdzie who what many the meeting next
    хто коли зустріч стратегія наступна скільки Wrocław ? . : number of
    """)
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.text(alphabet=st.characters(), max_size=60),
        st.lists(st.sampled_from(WORDS)).map(" ".join),
    ),
    st.sampled_from(["pl", "en", "uk"]),
)
def test_any_text_gets_verbatim_quotations_or_none(question: str, lang: str) -> None:
    answer = ask(question, lang)
    assert answer.answered == bool(answer.quotes)
    assert len(answer.quotes) <= 3
    assert answer.lang in {"pl", "en", "uk"}
    for quote in answer.quotes:
        passage = PASSAGES[quote.text]
        assert passage.document.text[passage.start : passage.end] == quote.text
        assert (quote.place, quote.document) == (passage.place, passage.document.title)


def test_documents_keep_their_order_and_are_not_changed() -> None:
    documents = [replace(document, area=None) for document in reversed(KNOWLEDGE.documents)]
    assert Knowledge.from_documents(documents).documents == tuple(documents)
