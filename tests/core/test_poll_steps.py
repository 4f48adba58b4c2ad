"""A poll step by step: the answers make the same poll as they were made of, and every bad one has its reason."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import ByLanguage, Text
from bot.core.forms import REVIEW, Done, Form, Scene, State, opened, picked, said
from bot.core.poll_form import CONSENT, YES_NO, read_wording
from bot.core.poll_steps import NO_END, PollFacts, answers_of, draft_of, poll_form, worded, wording_form, wording_of
from bot.core.polls import Draft, Kind, Words

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AREAS: tuple[Words, ...] = (ByLanguage((("pl", "Kultura"), ("en", "Culture"))), "Zdrowie")
FACTS = PollFacts(ZoneInfo("Europe/Warsaw"), AREAS, (("default", ""), ("k", "Kultura")))
SCENE = Scene({}, NOW, FACTS)


def run(*words: str | int, form: Form | None = None, scene: Scene = SCENE) -> State | Text | Done:
    form = form or poll_form()
    outcome = opened(form, scene.answers, scene)
    for one in words:
        assert isinstance(outcome, State), outcome
        went = said(form, outcome, one, scene) if isinstance(one, str) else picked(form, outcome, one, scene)
        assert isinstance(went, State | Text | Done)
        if isinstance(went, Done):
            return went
        if isinstance(went, Text):
            return went
        outcome = went
    return outcome


def test_every_step_makes_its_part() -> None:
    done = run("Gdzie  spotkanie?", "1. Biblioteka\n2. Dom kultury", "kilka", "1-2", "do 18:00", "Kultura")
    assert isinstance(done, Done)
    assert done.answers["audience"] == "k"
    closes_at = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    assert draft_of(done.answers, FACTS) == Draft(
        "Gdzie spotkanie?", ("Biblioteka", "Dom kultury"), Kind.MULTIPLE, 1, 2, closes_at
    )


@pytest.mark.parametrize(
    ("words", "options"),
    [(1, YES_NO), (2, AREAS), ("A | B\nC", ("A", "B", "C")), ("1\n2\n3", ("1", "2", "3"))],
)
def test_options_are_ready_made_or_own(words: str | int, options: tuple[Words, ...]) -> None:
    done = run("Co?", words, 1, "ręcznie", 1)
    assert isinstance(done, Done)
    assert draft_of(done.answers, FACTS) == Draft("Co?", options)


def test_consent_has_its_options_and_its_kind() -> None:
    done = run("Co?", 3, 1, 1)
    assert isinstance(done, Done)
    assert draft_of(done.answers, FACTS) == Draft("Co?", CONSENT, Kind.CONSENT)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["\u202e \u200b"], "poll-no-question"),
        (["x" * 301], "poll-question-long"),
        (["Co?", "tylko jedna"], "poll-few-options"),
        (["Co?", "A|a"], "poll-same-options"),
        (["Co?", "|".join(map(str, range(13)))], "poll-many-options"),
        (["Co?", "A|" + "x" * 101], "poll-option-long"),
        (["Co?", "A|B", "9"], "form-no-choice"),
        (["Co?", "A|B", "kilka", "3-2"], "poll-how-many-wrong"),
        (["Co?", "A|B", "kilka", "dużo"], "poll-how-many-wrong"),
        (["Co?", "A|B", "jedna", "25:00"], "poll-until-wrong"),
        (["Co?", "A|B", "jedna", "jutro"], "poll-until-wrong"),
        (["Co?", "A|B", "jedna", "ręcznie", "Nowy krąg"], "form-no-choice"),
    ],
)
def test_what_is_wrong_is_told(words: list[str], reason: str) -> None:
    refusal = run(*words)
    assert isinstance(refusal, Text)
    assert refusal.id == reason


def test_an_audience_is_asked_for_only_where_there_are_several() -> None:
    scene = Scene({}, NOW, PollFacts(FACTS.zone, AREAS, (("default", ""),)))
    assert isinstance(run("Co?", 1, 1, 1, scene=scene), Done)


OPTIONS = st.sampled_from([YES_NO, AREAS, ("A", "B"), ("A", "B", "C", "D")])


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    until = draw(st.none() | st.integers(1, 1000).map(lambda minutes: NOW + timedelta(minutes=minutes)))
    kind = draw(st.sampled_from(Kind))
    if kind is Kind.CONSENT:
        return Draft("Co?", CONSENT, kind, closes_at=until)
    options = draw(OPTIONS)
    if kind is Kind.SINGLE:
        return Draft("Co?", options, kind, closes_at=until)
    least = draw(st.integers(1, len(options)))
    return Draft("Co?", options, kind, least, draw(st.integers(least, len(options))), until)


@given(drafts())
def test_a_draft_as_answers_is_the_same_draft(draft: Draft) -> None:
    answers = answers_of(draft, "k")
    assert draft_of(answers, FACTS, draft) == draft
    assert opened(poll_form(), answers, SCENE).step != REVIEW
    assert worded(draft, wording_of(draft)) == draft


def test_terms_that_no_step_asks_for_stay() -> None:
    draft = Draft("Co?", ("A", "B"), closes_at=NOW)
    changed = draft_of(answers_of(draft) | {"question": "Kto?", "until": NO_END}, FACTS, draft)
    assert changed == Draft("Kto?", ("A", "B"))


def test_other_words_keep_the_number_of_options() -> None:
    draft = Draft("Co?", ("A", "B"))
    scene = Scene(wording_of(draft), NOW, draft)
    done = run(2, "C\nD", form=wording_form(), scene=scene)
    assert isinstance(done, Done)
    assert worded(draft, done.answers) == Draft("Co?", ("C", "D"))
    refusal = run(2, "C\nD\nE", form=wording_form(), scene=scene)
    assert isinstance(refusal, Text)
    assert refusal.id == "poll-fix-count"
    assert read_wording("Kto? | C | D", draft) == Draft("Kto?", ("C", "D"))
    assert read_wording("Kto?", draft) == Draft("Kto?", ("A", "B"))
    for words, reason in ((" | C | D", "poll-no-question"), ("Kto? | C", "poll-few-options")):
        told = read_wording(words, draft)
        assert isinstance(told, Text)
        assert told.id == reason
    fixed = read_wording("Kto? | C | D", Draft("Co?", CONSENT, Kind.CONSENT))
    assert isinstance(fixed, Text)
    assert fixed.id == "poll-consent-fixed"
