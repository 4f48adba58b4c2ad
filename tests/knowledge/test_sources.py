"""The documents that ship: nothing copied, nothing missing, the same in three languages."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

import pytest

from bot.knowledge import Document, Knowledge
from bot.knowledge.passages import split
from bot.knowledge.words import fold
from tests.knowledge.originals import runs, sentences
from tests.knowledge.test_questions import HERE

DOCUMENTS = Knowledge.shipped().documents
KEPT = json.loads((HERE / "original_hashes.json").read_text(encoding="utf-8"))

# Every fact of the page, as the sheets of the language must name it (folded).
BODIES = {
    "pl": (
        "Departament Spraw Społecznych",
        "Departament Strategii i Rozwoju Miasta",
        "Departament Edukacji",
        "Wydział Partycypacji Społecznej",
        "Biuro Strategii Miasta",
        "Miejski Ośrodek Pomocy Społecznej",
        "Wrocławskie Centrum Rozwoju Społecznego",
        "Wrocławska Rada Działalności Pożytku Publicznego",
        "Koalicja Wrocławskich NGO",
        "Grupy Branżowe",
    ),
    "en": (
        "Department of Social Affairs",
        "Department of City Strategy and Development",
        "Department of Education",
        "Social Participation Division",
        "City Strategy Office",
        "Municipal Social Welfare Centre",
        "Wrocław Social Development Centre",
        "Wrocław Public Benefit Council",
        "Coalition of Wrocław NGOs",
        "Sector Groups",
    ),
    "uk": (
        "Департамент соціальних справ",
        "Департамент стратегії та розвитку міста",
        "Департамент освіти",
        "Відділ громадської участі",
        "Бюро стратегії міста",
        "Міський центр соціальної допомоги",
        "Вроцлавський центр соціального розвитку",
        "Вроцлавська рада суспільно корисної діяльності",
        "Коаліція вроцлавських НУО",
        "Галузеві групи",
    ),
}
FACTS = {
    "pl": (
        "2 września 2022",
        "drugie",
        "robocze",
        "zaprosiły na spotkanie",
        "zastępca dyrektora",
        "rzecznik ds. dialogu",
        "członek zarządu FEPS",
        "strategiczne dokumenty",
        "wspólne projekty",
        "wspierać NGO",
        "dostęp do informacji",
        "kompetencje urzędników",
        "zintegrować",
        "kooperacja",
        "wpływ na miasto",
        "wielokulturowość",
        "regułami współpracy międzysektorowej",
        "nie da odpowiedzi na każdy problem",
        "wyzwanie",
        "obszary współpracy pozostaną",
        "realizują zadanie publiczne",
        "współfinansuje Gmina Wrocław",
        "jako źródło",
        "przedstawicieli",
    ),
    "en": (
        "2 September 2022",
        "second",
        "working meeting",
        "invited people",
        "Deputy Director",
        "Spokesperson for Dialogue",
        "member of the FEPS board",
        "strategic documents",
        "joint projects",
        "support NGOs",
        "access to information",
        "skills of the officials",
        "integration",
        "work jointly",
        "influence on the city",
        "multiculturalism",
        "rules of cross-sector cooperation",
        "not answer every problem",
        "challenge",
        "areas of cooperation will stay",
        "carry out a public task",
        "co-financed by the municipality",
        "as its source",
        "representatives",
    ),
    "uk": (
        "2 вересня 2022",
        "друга",
        "робоча зустріч",
        "запросили на зустріч",
        "заступник директора",
        "уповноважений з питань діалогу",
        "членом правління FEPS",
        "стратегічних документів",
        "спільні проєкти",
        "підтримувати НУО",
        "доступ до інформації",
        "компетентність посадовців",
        "інтеграція",
        "діяти разом",
        "вплив на місто",
        "багатокультурність",
        "правилами міжсекторальної співпраці",
        "не дасть відповіді на кожну проблему",
        "виклик",
        "сфери співпраці залишаться",
        "виконують публічне завдання",
        "співфінансує ґміна Вроцлав",
        "джерелом",
        "представників",
    ),
}
EVERYWHERE = (
    "DFOP",
    "FEPS",
    "Dolnośląska Federacja Organizacji Pozarządowych",
    "Fundacja na Rzecz Studiów Europejskich",
    "Jacek Pluta",
    "Tadeusz Mincer",
    "DSS",
    "Wdrażanie Strategii Rozwoju Współpracy Miasta Wrocławia z Organizacjami Pozarządowymi na lata 2018–2022 z NGO we "
    "Wrocławiu",
    "wroclaw.pl",
    "Wrocław Rozmawia",
    "Drugie spotkanie w sprawie strategii współpracy Gminy z NGO-sami",
    "2018–2022",
    "LI/1208/18",
    "2023–2028",
    "f-as.pl",
    "2023–2027",
    "kulturawroclaw.pl",
)


def of_language(lang: str) -> str:
    return fold("\n".join(f"{document.title}\n{document.text}" for document in DOCUMENTS if document.lang == lang))


def sheets() -> dict[str, dict[str, Document]]:
    found: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in DOCUMENTS:
        sheet, _, lang = document.id.rpartition(".")
        found[sheet][lang] = document
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_nothing_is_copied_from_the_page(document: Document) -> None:
    text = f"{document.title}\n{document.text}"
    assert not runs(text) & set(KEPT["runs"])
    assert not sentences(text) & set(KEPT["sentences"])


def test_a_copied_sentence_would_be_noticed() -> None:
    # The page's own heading stands in for a copy: eight words of it are found again whatever stands around them.
    heading = "Dlaczego Strategia na kolejne lata jest ważna?"
    assert sentences(f"Napisano tak. {heading} I dalej.") & set(KEPT["sentences"])
    assert len(KEPT["runs"]) > 100


@pytest.mark.parametrize("lang", ["pl", "en", "uk"])
def test_every_fact_of_the_page_is_carried_over(lang: str) -> None:
    text = of_language(lang)
    wanted = (*FACTS[lang], *BODIES[lang], *EVERYWHERE)
    assert [fact for fact in wanted if fold(fact) not in text] == []


def test_the_three_languages_have_the_same_sheets_and_sections() -> None:
    for sheet, by_lang in sheets().items():
        assert set(by_lang) == {"pl", "en", "uk"}, sheet
        shapes = {
            lang: [(passage.text.count("\n- ")) for passage in split(document)] for lang, document in by_lang.items()
        }
        assert shapes["pl"] == shapes["en"] == shapes["uk"], sheet
        dates = {
            (document.date, document.valid_from, document.valid_to, document.area) for document in by_lang.values()
        }
        assert len(dates) == 1, sheet


def test_every_sheet_is_our_summary_and_names_its_source() -> None:
    for document in DOCUMENTS:
        assert document.kind == "summary"
        assert "wroclaw.pl" in document.source_title
        assert "Wrocław Rozmawia" in document.source_title


def test_only_what_says_that_the_strategy_is_in_force_expires() -> None:
    expiring = {sheet for sheet, by_lang in sheets().items() if by_lang["pl"].valid_to}
    assert expiring == {"strategy-2018-2022"}
    strategy = sheets()["strategy-2018-2022"]["pl"]
    assert (strategy.valid_from, strategy.valid_to) == (date(2018, 1, 1), date(2022, 12, 31))
    assert strategy.expired(date(2022, 12, 31)) is None
    assert strategy.expired(date(2023, 1, 1)) == date(2022, 12, 31)


def test_the_sheets_use_no_markup_but_headings_and_lists() -> None:
    for document in DOCUMENTS:
        for passage in split(document):
            assert not set("*_`<>[]|") & set(passage.text), passage.place
