"""A poll step by step: the answers make the same poll as they were made of, and every bad one has its reason."""

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import ByLanguage, Text
from bot.core.forms import REVIEW, Done, Form, Scene, State, opened, picked, said
from bot.core.poll_form import CONSENT, YES_NO, read_wording
from bot.core.poll_steps import NO_END, PollFacts, answers_of, draft_of, poll_form, worded, wording_form, wording_of
from bot.core.poll_terms import Base, Quorum, Threshold, Unit
from bot.core.polls import Draft, Kind, Words

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AREAS: tuple[Words, ...] = (ByLanguage((("pl", "Kultura"), ("en", "Culture"))), "Zdrowie")
FACTS = PollFacts(ZoneInfo("Europe/Warsaw"), AREAS, (("default", ""), ("k", "Kultura")))
SCENE = Scene({}, NOW, FACTS)
OTHER = ("Co?", "A|B", "jedna", "ręcznie", "1", "3")
"""The answers after which terms are asked one by one."""


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
    done = run("Gdzie  spotkanie?", "1. Biblioteka\n2. Dom kultury", "kilka", "1-2", "do 18:00", "Kultura", "zwykłe")
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
    done = run("Co?", words, 1, "ręcznie", 1, 1)
    assert isinstance(done, Done)
    assert draft_of(done.answers, FACTS) == Draft("Co?", options)


def test_consent_has_its_options_and_its_kind() -> None:
    done = run("Co?", 3, 1, 1, 1)
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
        ([*OTHER, "jawna", "wszyscy", "kiedyś"], "form-no-choice"),
        ([*OTHER, "jawna", "1", "1", "sporo"], "poll-quorum-wrong"),
        ([*OTHER, "jawna", "1", "1", "1/2"], "poll-quorum-number"),
        ([*OTHER, "jawna", "1", "1", "15", "120%"], "poll-threshold-wrong"),
        ([*OTHER, "jawna", "1", "1", "15", "50% uprawnionych"], "poll-threshold-voters"),
        (["Co?", "A|B", "kilka", "1-2", "ręcznie", "1", "3", "tajna", "organizacje"], "form-no-choice"),
    ],
)
def test_what_is_wrong_is_told(words: list[str], reason: str) -> None:
    refusal = run(*words)
    assert isinstance(refusal, Text)
    assert refusal.id == reason


def test_an_audience_is_asked_for_only_where_there_are_several() -> None:
    scene = Scene({}, NOW, PollFacts(FACTS.zone, AREAS, (("default", ""),)))
    assert isinstance(run("Co?", 1, 1, 1, 1, scene=scene), Done)


def test_terms_are_asked_one_by_one_where_they_are_wanted() -> None:
    words = (*OTHER, "jawna", "członkowie", "po zamknięciu", "kworum 1/2", "2/3 uprawnionych", "kultura")
    done = run(*words)
    assert isinstance(done, Done)
    half, most = Quorum(part=Fraction(1, 2)), Threshold(Fraction(2, 3), Base.ENTITLED)
    assert draft_of(done.answers, FACTS) == Draft(
        "Co?", ("A", "B"), members=True, hidden=True, quorum=half, threshold=most, area=AREAS[0]
    )
    secret = run(*OTHER, "tajna", "organizacje", "pomiń", "pomiń", "pomiń")
    assert isinstance(secret, Done)
    assert draft_of(secret.answers, FACTS) == Draft("Co?", ("A", "B"), secret=True, unit=Unit.ORGANISATION)
    at_once = run("Co?", "A|B", "1", "ręcznie", "1", "tajna")
    assert isinstance(at_once, Done)
    assert draft_of(at_once.answers, FACTS) == Draft("Co?", ("A", "B"), secret=True)


def test_terms_that_were_wanted_and_then_were_not_are_gone() -> None:
    draft = Draft("Co?", ("A", "B"), unit=Unit.BOTH, quorum=Quorum(5))
    assert draft_of(answers_of(draft) | {"terms": "usual"}, FACTS) == Draft("Co?", ("A", "B"))


OPTIONS = st.sampled_from([YES_NO, AREAS, ("A", "B"), ("A", "B", "C", "D")])


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    unit = draw(st.sampled_from(Unit))
    quorum = st.integers(1, 99).map(Quorum) | st.fractions(Fraction(1, 99), 1).map(lambda part: Quorum(part=part))
    threshold = st.builds(Threshold, st.fractions(Fraction(1, 99), 1), st.sampled_from(Base))
    secret = draw(st.booleans())
    return {
        "secret": secret,
        "hidden": not secret and draw(st.booleans()),
        "unit": unit,
        "members": unit is not Unit.ORGANISATION and draw(st.booleans()),
        "quorum": draw(st.none() | quorum),
        "threshold": draw(st.none() | threshold),
        "area": draw(st.sampled_from([None, *AREAS])),
    }


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    until = draw(st.none() | st.integers(1, 1000).map(lambda minutes: NOW + timedelta(minutes=minutes)))
    kind, rest = draw(st.sampled_from(Kind)), draw(terms())
    if kind is Kind.CONSENT:
        return Draft("Co?", CONSENT, kind, closes_at=until, **rest)
    options = draw(OPTIONS)
    if kind is Kind.SINGLE:
        return Draft("Co?", options, kind, closes_at=until, **rest)
    least = draw(st.integers(1, len(options)))
    return Draft("Co?", options, kind, least, draw(st.integers(least, len(options))), until, **rest)


@given(drafts())
def test_a_draft_as_answers_is_the_same_draft(draft: Draft) -> None:
    answers = answers_of(draft, "k")
    assert draft_of(json.loads(json.dumps(answers)), FACTS) == draft
    assert opened(poll_form(), answers, SCENE).step != REVIEW
    assert worded(draft, wording_of(draft)) == draft


def test_what_is_not_changed_stays() -> None:
    draft = Draft("Co?", ("A", "B"), closes_at=NOW, unit=Unit.BOTH, hidden=True)
    changed = draft_of(answers_of(draft) | {"question": "Kto?", "until": NO_END}, FACTS)
    assert changed == Draft("Kto?", ("A", "B"), unit=Unit.BOTH, hidden=True)


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
