"""The quick form: what makes a poll, and what is wrong with what makes none."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import ByLanguage, Text
from bot.core.poll_form import CONSENT, YES_NO, read_form
from bot.core.poll_terms import Base, Quorum, Threshold, Unit
from bot.core.polls import Draft, Kind

NOW = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)  # 17:00 in Warsaw
WARSAW = ZoneInfo("Europe/Warsaw")
AREAS = (ByLanguage((("pl", "Edukacja"), ("en", "Education"))), ByLanguage((("pl", "Kultura"), ("en", "Culture"))))


def form(words: str) -> Draft | Text:
    return read_form(words, AREAS, NOW, WARSAW)


def made(words: str) -> Draft:
    draft = form(words)
    assert isinstance(draft, Draft), draft
    return draft


def refused(words: str) -> str:
    text = form(words)
    assert isinstance(text, Text)
    return text.id


@pytest.mark.parametrize(
    "words",
    [
        "Gdzie? | Biblioteka | Dom kultury",
        "Gdzie?|Biblioteka|Dom kultury|",
        "Gdzie?\nBiblioteka\nDom kultury",
        "Gdzie?\n1. Biblioteka\n2) Dom kultury",
        "Gdzie?\n- Biblioteka\n- Dom   kultury\n",
        "  Gdzie? \r\n • Biblioteka \r\n • Dom kultury",
    ],
)
def test_options_in_a_line_or_a_line_each(words: str) -> None:
    assert made(words) == Draft("Gdzie?", ("Biblioteka", "Dom kultury"))


def test_numbers_that_are_words_stay() -> None:
    assert made("Kiedy? | 12. grudnia | 13. grudnia").options == ("12. grudnia", "13. grudnia")


@pytest.mark.parametrize("words", ["Czy idziemy?", "czy idziemy", "Чи йдемо?", "Should we go?", "Do we agree?"])
def test_a_yes_or_no_question_alone(words: str) -> None:
    assert made(words).options == YES_NO


@pytest.mark.parametrize("words", ["Co jest ważne?", "Do której godziny?", "Який напрям?", "Czytamy dalej?"])
def test_any_other_question_alone_is_about_areas(words: str) -> None:
    assert made(words).options == AREAS


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("do 18:00 Czy idziemy?", 17),
        ("do 18.00, Czy idziemy?", 17),
        ("Czy idziemy? | do 18:00", 17),
        ("until 18:00 Czy idziemy?", 17),
        ("Czy idziemy?\nдо 18:00", 17),
        ("do 16:00 Czy idziemy?", 39),
        ("Czy idziemy? | do jutra 9:00", 32),
        ("Czy idziemy? | do 2.12.2026 o 18", 41),
    ],
)
def test_the_closing_time_is_on_the_wall_today_or_tomorrow(words: str, hour: int) -> None:
    draft = made(words)
    assert draft.closes_at is not None
    assert (draft.closes_at - datetime(2026, 12, 1, tzinfo=UTC)).total_seconds() == hour * 3600
    assert (draft.question, draft.options) == ("Czy idziemy?", YES_NO)


def test_hours_that_are_options_stay_options() -> None:
    assert made("Do ilu? | do 100 zł | do 200 zł").options == ("do 100 zł", "do 200 zł")
    assert made("Do kiedy? | do jutra | do soboty").options == ("do jutra", "do soboty")
    draft = made("Do której?|do 17:00|do 18:00")
    assert draft.options == ("do 17:00", "do 18:00")
    assert draft.closes_at is None


def test_kinds() -> None:
    assert made("konsent Czy przyjmujemy plan?").options == CONSENT
    assert made("konsent do 18:00 Przyjmujemy plan").kind is Kind.CONSENT
    many = made("wielokrotna 2-3 Co? | a | b | c | d")
    assert (many.kind, many.least, many.most) == (Kind.MULTIPLE, 2, 3)
    many = made("multiple: Co? | a | b")
    assert (many.least, many.most) == (1, 2)
    many = made("wielokrotna max 2 Co? | a | b | c")
    assert (many.least, many.most) == (1, 2)


@pytest.mark.parametrize(
    "words",
    [
        "tajna Czy idziemy?",
        "TAJNA: Czy idziemy?",
        "tajne Czy idziemy?",
        "anonimowa, Czy idziemy?",
        "do 18:00 tajna Czy idziemy?",
        "tajna do 18:00 Czy idziemy?",
        "secret Should we go?",
        "anonymous Should we go?",
        "таємна Чи йдемо?",
        "анонімне Чи йдемо?",
    ],
)
def test_secret_by_one_word(words: str) -> None:
    draft = made(words)
    assert draft.secret
    assert draft.question.endswith(("Czy idziemy?", "Should we go?", "Чи йдемо?"))


def test_a_word_inside_the_question_makes_no_secret() -> None:
    assert not made("Czy ankieta ma być tajna?").secret
    assert made("Jaka? | jawna | tajna").options == ("jawna", "tajna")


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("na organizacje", {"unit": Unit.ORGANISATION}),
        ("by organizations", {"unit": Unit.ORGANISATION}),
        ("за організаціями:", {"unit": Unit.ORGANISATION}),
        ("organizacje i osoby", {"unit": Unit.BOTH}),
        ("people and organisations", {"unit": Unit.BOTH}),
        ("люди й організації", {"unit": Unit.BOTH}),
        ("dla członków", {"members": True}),
        ("dla czlonkow", {"members": True}),
        ("dla członkiń i członków:", {"members": True}),
        ("for members", {"members": True}),
        ("для членів", {"members": True}),
        ("ukryte wyniki", {"hidden": True}),
        ("hidden results,", {"hidden": True}),
        ("приховані результати", {"hidden": True}),
        ("kworum 15", {"quorum": Quorum(count=15)}),
        ("dla członków kworum 1/2", {"members": True, "quorum": Quorum(part=Fraction(1, 2))}),
        ("for members quorum 50 %", {"members": True, "quorum": Quorum(part=Fraction(1, 2))}),
        ("próg 50%", {"threshold": Threshold(Fraction(1, 2))}),
        ("prog 2/3 głosów", {"threshold": Threshold(Fraction(2, 3))}),
        ("próg 2/3 głosujących", {"threshold": Threshold(Fraction(2, 3), Base.VOTERS)}),
        ("на організації", {}),
        (
            "threshold 2/3 of the entitled for members",
            {"members": True, "threshold": Threshold(Fraction(2, 3), Base.ENTITLED)},
        ),
        ("obszar Edukacja", {"area": AREAS[0]}),
        ("obszar edukacja:", {"area": AREAS[0]}),
        ("area culture", {"area": AREAS[1]}),
        ("obszar 2", {"area": AREAS[1]}),
        (
            "tajna dla członków na organizacje kworum 15 próg 50% ukryte wyniki obszar 1",
            {
                "secret": True,
                "members": True,
                "unit": Unit.ORGANISATION,
                "hidden": True,
                "quorum": Quorum(count=15),
                "threshold": Threshold(Fraction(1, 2)),
                "area": AREAS[0],
            },
        ),
    ],
)
def test_terms_stand_before_the_question(words: str, changes: dict[str, object]) -> None:
    draft = made(f"{words} Czy idziemy? | Tak | Nie")
    question = "Czy idziemy?" if changes else f"{words} Czy idziemy?"
    assert draft == replace(Draft(question, ("Tak", "Nie")), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("| Tak | Nie", "poll-no-question"),
        ("do 18:00", "poll-no-question"),
        ("konsent", "poll-no-question"),
        ("\u200b | Tak | Nie", "poll-no-question"),
        ("Pytanie? | Tak", "poll-few-options"),
        ("Pytanie? |", "poll-few-options"),
        ("Pytanie? | Tak | \u200b", "poll-few-options"),
        ("wielokrotna 3-4 Co? | a | b", "poll-few-options"),
        ("wielokrotna 3-2 Co? | a | b | c", "poll-how-many-wrong"),
        ("Pytanie? |" + "|".join(map(str, range(13))), "poll-many-options"),
        ("Pytanie? | Tak | tak", "poll-same-options"),
        ("Pytanie? | łąka | LAKA ", "poll-same-options"),
        ("Pytanie? | Ta\u200bk | Tak", "poll-same-options"),
        ("Pytanie? | a  b | a b", "poll-same-options"),
        ("x" * 301 + "|a|b", "poll-question-long"),
        ("x" * 4000, "poll-question-long"),
        ("Pytanie? | a | " + "b" * 101, "poll-option-long"),
        ("do 25:00 Czy idziemy?", "poll-until-wrong"),
        ("Czy idziemy? | do 18:99", "poll-until-wrong"),
        ("konsent Co? | a | b", "poll-consent-fixed"),
        ("tajna", "poll-no-question"),
        ("kworum 0 Czy?", "poll-quorum-wrong"),
        ("kworum 3/2 Czy?", "poll-quorum-wrong"),
        ("kworum 1/0 Czy?", "poll-quorum-wrong"),
        ("kworum 120% Czy?", "poll-quorum-wrong"),
        ("próg 0% Czy?", "poll-threshold-wrong"),
        ("prog 3/2 Czy?", "poll-threshold-wrong"),
        ("próg 7 Czy?", "poll-threshold-wrong"),
        ("kworum 1/2 Czy?", "poll-entitled-unknown"),
        ("próg 50% uprawnionych Czy?", "poll-entitled-unknown"),
        ("organizacje i osoby kworum 50% Czy?", "poll-entitled-unknown"),
        ("obszar Kosmos Czy?", "poll-no-such-area"),
        ("obszar 3 Czy?", "poll-no-such-area"),
        ("tajna wielokrotna na organizacje Co? | a | b", "poll-secret-too-much"),
    ],
)
def test_what_makes_no_poll_is_told(words: str, problem: str) -> None:
    assert refused(words) == problem


def test_too_few_areas_are_no_options() -> None:
    text = read_form("Co jest ważne?", AREAS[:1], NOW, WARSAW)
    assert isinstance(text, Text)
    assert text.id == "poll-few-options"


def test_overrides_of_direction_are_taken_off() -> None:
    assert made("Kto\u202e? | ab\u202e | cd").options == ("ab", "cd")


@given(st.text(max_size=400))
def test_any_text_is_a_poll_within_the_limits_or_a_refusal(words: str) -> None:
    draft = form(words)
    if isinstance(draft, Draft):
        assert 0 < len(draft.question) <= 300
        assert 2 <= len(draft.options) <= 12
        assert 1 <= draft.least <= draft.most <= len(draft.options)
        assert draft.closes_at is None or draft.closes_at > NOW
