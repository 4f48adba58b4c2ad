"""Files become text with headings, lists and pages; what is only for layout goes."""

from typing import Any

import pytest

from bot.documents.reader import read_file
from tests.documents.makers import docx_file, odt, pdf

PAGE = """wroclaw.pl strona główna Wrocław Rozmawia - strona główna

Infolinia 71 777 7777

10°C Pogoda we Wrocławiu
Ikona powietrza

Jakość powietrza: umiarkowana

Dane z godz. 12:00

  1. wroclaw.pl
  2. Wrocław Rozmawia
  3. Drugie spotkanie w sprawie strategii

2 września 2022 roku, na zaproszenie federacji, odbyło się drugie spotkanie robocze poświęcone Strategii.

Spotkanie poprowadzili:

  • Jacek Pluta, Zastępca Dyrektora
  • Tadeusz Mincer, Rzecznik

Czym jest Strategia?

Strategia jest dokumentem, który wyznacza zasady współpracy.

Źródło: DFOP

Bądź na bieżąco z Wrocławiem!

Kliknij „obserwuj”, aby wiedzieć, co dzieje się w mieście. Wiadomości znajdziesz w Google News!

Reklama

Powrót na portal wroclaw.pl
"""
CLEAN = """2 września 2022 roku, na zaproszenie federacji, odbyło się drugie spotkanie robocze poświęcone Strategii.

Spotkanie poprowadzili:

• Jacek Pluta, Zastępca Dyrektora
• Tadeusz Mincer, Rzecznik

## Czym jest Strategia?

Strategia jest dokumentem, który wyznacza zasady współpracy.

Źródło: DFOP"""


async def test_a_page_that_was_copied_as_text_comes_in_clean() -> None:
    read = await read_file(PAGE.encode(), "strona.txt")
    assert (read.kind, read.title) == ("text", "Drugie spotkanie w sprawie strategii")
    assert read.text == CLEAN


async def test_plain_text_without_a_pages_marks_is_left_alone() -> None:
    text = "Menu\n\nBar mleczny: pierogi.\n\nReklama dźwignią handlu jest od zawsze, mówią.\n\nKoniec"
    assert (await read_file(text.encode("cp1250"), "a.txt")).text == text.replace("Menu", "## Menu")


HTML = """<!doctype html><html lang="pl"><head><title>Spotkanie | Portal</title>
<meta property="article:published_time" content="2024-03-05"></head><body>
<header><nav><ul><li><a href="/">Start</a></li><li><a href="/b">Aktualności</a></li></ul></nav></header>
<div class="cookie-banner">Ta strona używa plików cookies. <button>Akceptuję</button></div>
<main><article><h1>Drugie spotkanie</h1>
<p>2 września 2022 roku, na zaproszenie federacji, odbyło się drugie spotkanie robocze poświęcone strategii.</p>
<p>Spotkanie poprowadzili:</p><ul><li>Jacek Pluta, Zastępca Dyrektora</li><li>Tadeusz Mincer, Rzecznik</li></ul>
<h2>Czym jest strategia?</h2><p>Strategia wyznacza <b>zasady</b> współpracy dla <a href="/x">miasta</a>.</p>
<table><tr><th>Rok</th><th>Kwota</th></tr><tr><td>2022</td><td>100 zł</td></tr></table>
</article></main><aside>Reklama: kup teraz!</aside><footer>Wszelkie prawa zastrzeżone</footer></body></html>"""


async def test_a_page_of_the_web() -> None:
    read = await read_file(HTML.encode(), "strona")
    assert (read.kind, read.date, read.lang) == ("html", "2024-03-05", "pl")
    assert "Spotkanie poprowadzili:\n\n- Jacek Pluta, Zastępca Dyrektora\n- Tadeusz Mincer, Rzecznik" in read.text
    assert "## Czym jest strategia?\n\nStrategia wyznacza zasady współpracy dla miasta." in read.text
    assert "Rok | Kwota\n2022 | 100 zł" in read.text
    for around in ("Aktualności", "cookies", "Reklama", "zastrzeżone"):
        assert around not in read.text


async def test_markdown_with_our_block_and_without() -> None:
    ours = await read_file(
        b'+++\ntitle = "Arkusz"\n+++\n# Nag\xc5\x82\xc3\xb3wek\n\nTo jest **wa\xc5\xbcne** zdanie o [nas](https://a.pl).\n',
        "a.md",
    )
    assert (ours.head, ours.title) == ('title = "Arkusz"\n', "Nagłówek")
    assert ours.text == "# Nagłówek\n\nTo jest ważne zdanie o nas."
    plain = "Tytuł\n=====\n\nByli:\n\n- jeden\n- drugi\n\n```\nkod_z_podkreślnikiem\n```\n"
    read = await read_file(plain.encode(), "b.md")
    assert read.text == "# Tytuł\n\nByli:\n\n- jeden\n- drugi\n\n```\nkod_z_podkreślnikiem\n```"


def pages() -> list[list[str]]:
    """Each with a running head, a number at the foot, and a paragraph that goes over its edge."""
    told = []
    for number in range(1, 61):
        told.append(
            [
                "Program współpracy Gminy na rok 2026",
                f"Rozdział {number}. Zadania",
                f"Na stronie {number} zapisano, że organizacje pozarządowe współpracują z Gminą w każdej dzie-",
                "dzinie życia, a w szczególności w kulturze, zdrowiu, sporcie i w ochronie środowiska naturalnego.",
                f"Środki na zadanie numer {number} wynoszą razem tyle, ile zapisano w uchwale budżetowej Rady",
                str(number),
            ]
        )
        if number > 1:
            told[-1].insert(1, f"Miejskiej, część {number - 1}, i są wypłacane w dwóch równych częściach w ciągu roku.")
    return told


async def test_a_pdf_of_sixty_pages_keeps_its_pages() -> None:
    seen: list[tuple[int, int]] = []
    read = await read_file(pdf(pages(), day="20260105120000"), "program.pdf", lambda page, of: seen.append((page, of)))
    assert seen[-1] == (60, 60)
    assert (len(read.pages), read.date) == (60, "2026-01-05")
    assert "Gminy na rok 2026" not in read.text, "the running head goes"
    for number in (1, 2, 30, 59):
        begin, end = read.pages[number - 1], read.pages[number]
        assert f"## Rozdział {number}. Zadania\n\nNa stronie {number} zapisano" in read.text[begin:end]
        assert "każdej dziedzinie życia" in read.text[begin:end]
    # A paragraph that goes on over the page is one paragraph.
    assert "budżetowej Rady Miejskiej, część 7, i są wypłacane" in read.text
    assert "\n59" not in read.text


async def test_a_word_document() -> None:
    def build(document: Any) -> None:
        document.core_properties.title = "Regulamin"
        document.add_heading("Zasady", 1)
        document.add_paragraph("Członkami są organizacje. W zarządzie są:")
        document.add_paragraph("prezes,", style="List Bullet")
        document.add_paragraph("skarbnik.", style="List Bullet")
        table = document.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Składka", "100 zł"

    read = await read_file(docx_file(build), "r.docx")
    assert (read.kind, read.title) == ("docx", "Regulamin")
    assert read.text == (
        "# Zasady\n\nCzłonkami są organizacje. W zarządzie są:\n\n- prezes,\n- skarbnik.\n\nSkładka | 100 zł"
    )


async def test_an_opendocument_text() -> None:
    body = (
        '<text:h text:outline-level="2">Zasady</text:h><text:p>W zarządzie<text:s/>są:<text:note>1</text:note></text:p>'
        "<text:list><text:list-item><text:p>prezes,</text:p><text:list><text:list-item><text:p>zastępca,</text:p>"
        "</text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell>"
        "<text:p>Składka</text:p></table:table-cell><table:table-cell><text:p>100 zł</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    read = await read_file(odt(body), "r.odt")
    assert (read.kind, read.title) == ("odt", "Zasady")
    assert read.text == "## Zasady\n\nW zarządzie są:\n\n- prezes,\n- zastępca,\n\nSkładka | 100 zł"


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
async def test_encodings(code: str) -> None:
    read = await read_file("Zażółć gęślą jaźń i jeszcze trochę słów.".encode(code), "a.txt")
    assert read.text == "Zażółć gęślą jaźń i jeszcze trochę słów."


async def test_cyrillic_of_windows() -> None:
    text = "Організації співпрацюють з містом у сфері культури."
    assert (await read_file(text.encode("cp1251"), "a.txt")).text == text
