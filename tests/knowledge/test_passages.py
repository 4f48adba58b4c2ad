"""Passages are verbatim, short, in order, under their headings, with lists beside the sentences that lead them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Document, Knowledge
from bot.knowledge.model import PASSAGE_LIMIT
from bot.knowledge.passages import split


def made(text: str, title: str = "Arkusz") -> Document:
    return Document("a", title, "", "", date(2022, 9, 2), None, None, "pl", None, text, "original")


def test_the_place_is_the_path_of_headings() -> None:
    text = "Wstęp.\n\n# Arkusz\n\n## Pierwszy ##\nA.\n### Głębiej\nB.\n## Drugi\n\nC.\n## Pusty\n"
    assert [(passage.place, passage.text) for passage in split(made(text))] == [
        ("Arkusz", "Wstęp."),
        ("Pierwszy", "A."),
        ("Pierwszy › Głębiej", "B."),
        ("Drugi", "C."),
    ]


def test_a_list_stays_with_its_lead() -> None:
    long = "Zdanie o niczym. " * 52
    text = f"{long}\n\nByli tam:\n\n- jeden,\n- drugi.\n\nKoniec."
    passages = split(made(text))
    assert [passage.text for passage in passages] == [long.strip(), "Byli tam:\n\n- jeden,\n- drugi.\n\nKoniec."]


def test_what_is_too_long_is_cut_at_lines_then_sentences_then_words() -> None:
    items = "Lista:\n" + "\n".join(f"- pozycja numer {number}" for number in range(100))
    assert all(passage.text.splitlines()[-1].startswith("- pozycja numer ") for passage in split(made(items)))
    prose = "To jest zdanie. " * 200
    assert all(passage.text.endswith("zdanie.") for passage in split(made(prose)))
    assert all(set(passage.text.split()) == {"słowo"} for passage in split(made("słowo " * 1000)))
    assert [len(passage.text) for passage in split(made("x" * 2000))] == [900, 900, 200]


@given(st.text(alphabet=st.sampled_from("ab .:-#\n\r\t\u2028łїX1"), max_size=3000))
def test_every_passage_is_verbatim_and_short(text: str) -> None:
    document = made(text)
    end = 0
    for passage in split(document):
        assert document.text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text) <= PASSAGE_LIMIT
        assert passage.text == passage.text.strip()
        assert passage.start >= end
        assert passage.place
        end = passage.end


def test_the_shipped_sheets_fit() -> None:
    for document in Knowledge.shipped().documents:
        sections = [line for line in document.text.splitlines() if line.startswith("#")]
        assert len(split(document)) == len(sections), document.id


ACT = """## Rozdział 2. Zasady współpracy

Art. 5. 1. Organy prowadzą działalność we współpracy z organizacjami.
2. Współpraca odbywa się w formach:
1) zlecania zadań;
2) wzajemnego informowania się.
3. Współpraca odbywa się na zasadach pomocniczości.

Art. 5a. Organ uchwala program współpracy.

§ 6
Tekst paragrafu.
"""


def test_an_article_of_an_act_is_one_passage_with_its_place() -> None:
    chapter = "Rozdział 2. Zasady współpracy"
    passages = split(made(ACT))
    assert [passage.place for passage in passages] == [
        f"{chapter} › Art. 5",
        f"{chapter} › Art. 5a",
        f"{chapter} › § 6",
    ]
    assert passages[0].text.startswith("Art. 5. 1. Organy")
    assert passages[0].text.endswith("pomocniczości.")
    # A sentence that speaks of an article doesn't begin one.
    assert len(split(made("Art. 5 ustawy mówi o formach.\nArt. 7 także."))) == 1


def test_a_long_article_is_cut_between_its_clauses() -> None:
    text = "Art. 5. " + "\n".join(f"{number}. {'Zdanie o współpracy. ' * 15}" for number in range(1, 8))
    passages = split(made(text))
    assert [passage.place for passage in passages] == [
        "Art. 5 ust. 1–2",
        "Art. 5 ust. 3–4",
        "Art. 5 ust. 5–6",
        "Art. 5 ust. 7",
    ]
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)


def test_pages_are_told_by_their_beginnings() -> None:
    document = replace(made("aaaa bbbb cccc"), pages=(0, 5, 10))
    assert [document.pages_of(0, 4), document.pages_of(5, 9), document.pages_of(4, 12)] == [(1, 1), (2, 2), (1, 3)]
    assert made("a").pages_of(0, 1) is None
