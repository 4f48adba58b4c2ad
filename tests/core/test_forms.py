"""What answers make of a form: in any order nothing raises, nothing is lost, and there is always a way out."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Text, text
from bot.core.forms import (
    CHOOSING,
    REVIEW,
    Answers,
    Choice,
    Control,
    Done,
    Form,
    Left,
    Scene,
    State,
    Step,
    control_of,
    controls,
    moved,
    opened,
    picked,
    said,
    settled,
    steps_of,
)

SCENE = Scene({}, datetime(2026, 11, 24, tzinfo=UTC))
COLOURS = (
    Choice("red", text("red"), ("czerwony", "red")),
    Choice("blue", text("blue"), ("niebieski", "blue")),
    Choice("green", text("green")),
)


def name(words: str, _scene: Scene) -> str | Text:
    return words if len(words) < 20 else text("too-long")


def number(words: str, _scene: Scene) -> int | Text:
    return int(words) if words.isascii() and words.isdigit() else text("no-number")


STEPS = (
    Step("name", text("t"), lambda _scene: text("q"), read=name),
    Step("colour", text("t"), lambda _scene: text("q"), choices=lambda _scene: COLOURS),
    Step("places", text("t"), lambda _scene: text("q"), read=number, optional=True),
    Step(
        "shade",
        text("t"),
        lambda _scene: text("q"),
        read=name,
        choices=lambda _scene: COLOURS[:2],
        applies=lambda scene: scene.answers.get("colour") == "blue",
    ),
    Step("several", text("t"), lambda _scene: text("q"), choices=lambda _scene: COLOURS, several=True, optional=True),
)
REVIEWED = Form(STEPS, act=text("send"))
AT_ONCE = Form(STEPS)


def run(form: Form, *words: str) -> State | Text | Left | Done:
    outcome: State | Text | Left | Done = opened(form, {}, SCENE)
    for one in words:
        assert isinstance(outcome, State)
        outcome = said(form, outcome, one, SCENE)
    return outcome


def test_answers_lead_from_step_to_step_to_the_review() -> None:
    assert run(REVIEWED) == State("name", {})
    state = run(REVIEWED, " Anna ", "2", "12", "granat", "1, 3")
    answers = {"name": "Anna", "colour": "blue", "places": 12, "shade": "granat", "several": ["red", "green"]}
    assert state == State(REVIEW, answers)
    assert run(REVIEWED, "Anna", "2", "12", "granat", "1, 3", "wyślij") == Done(answers)
    assert run(AT_ONCE, "Anna", "2", "12", "granat", "1, 3") == Done(answers)


def test_a_choice_is_taken_by_number_word_or_press_and_nothing_else() -> None:
    state = run(REVIEWED, "Anna")
    assert isinstance(state, State)
    for outcome in (
        said(REVIEWED, state, "1.", SCENE),
        said(REVIEWED, state, "1️⃣", SCENE),
        said(REVIEWED, state, "CZERWONY", SCENE),
        picked(REVIEWED, state, 1, SCENE),
    ):
        assert outcome == State("places", {"name": "Anna", "colour": "red"})
    for words in ("0", "4", "1 2", "żółty", "", "\u202e"):
        assert isinstance(said(REVIEWED, state, words, SCENE), Text), words
    assert picked(REVIEWED, state, 4, SCENE) == text("form-no-choice", last=3)


def test_a_refusal_changes_nothing_and_says_why() -> None:
    assert run(REVIEWED, "x" * 20) == text("too-long")
    assert run(REVIEWED, "Anna", "red", "many") == text("no-number")
    assert run(REVIEWED, "  ") == text("form-words-only")


def test_back_goes_one_step_and_keeps_what_was_answered() -> None:
    back = run(REVIEWED, "Anna", "red", "wstecz")
    assert back == State("colour", {"name": "Anna", "colour": "red"})
    assert isinstance(back, State)
    assert said(REVIEWED, back, "bez zmian", SCENE) == State("places", back.answers)
    assert run(REVIEWED, "Назад!") == text("form-first")
    assert run(REVIEWED, "Anna", "red", "5", "pomiń", "back") == State(
        "several", {"name": "Anna", "colour": "red", "places": 5, "several": None}
    )


def test_only_optional_steps_are_skipped() -> None:
    assert run(REVIEWED, "pomiń") == text("form-no-skip")
    assert run(REVIEWED, "Anna", "red", "skip") == State("several", {"name": "Anna", "colour": "red", "places": None})


def test_what_does_not_apply_any_more_is_not_handed_over_but_not_lost() -> None:
    state = run(REVIEWED, "Anna", "blue", "skip", "granat", "skip", "popraw", "2")
    assert isinstance(state, State)
    assert state.step == "colour"
    state = said(REVIEWED, state, "red", SCENE)
    assert isinstance(state, State)
    assert (state.step, state.answers["shade"]) == (REVIEW, "granat")
    done = moved(REVIEWED, state, Control.DONE, SCENE)
    assert isinstance(done, Done)
    assert "shade" not in done.answers


def test_a_change_that_needs_one_more_answer_asks_for_it() -> None:
    state = run(REVIEWED, "Anna", "red", "skip", "skip", "popraw", "2", "blue")
    assert isinstance(state, State)
    assert state.step == "shade"


def test_presses_of_several_add_and_remove_until_it_is_done() -> None:
    state = run(REVIEWED, "Anna", "red", "skip")
    for number_, wanted in ((1, ["red"]), (3, ["red", "green"]), (1, ["green"])):
        assert isinstance(state, State)
        state = picked(REVIEWED, state, number_, SCENE)
        assert isinstance(state, State)
        assert (state.step, state.answers["several"]) == ("several", wanted)
    assert isinstance(state, State)
    done = said(REVIEWED, state, "gotowe", SCENE)
    assert isinstance(done, State)
    assert (done.step, done.answers["several"]) == (REVIEW, ["green"])
    emptied = picked(REVIEWED, state, 3, SCENE)
    assert isinstance(emptied, State)
    assert "several" not in emptied.answers


def test_complete_answers_are_opened_to_be_changed() -> None:
    answers = {"name": "Anna", "colour": "red", "places": None, "several": None}
    assert opened(AT_ONCE, answers, SCENE) == State(CHOOSING, answers)
    assert opened(REVIEWED, answers, SCENE) == State(REVIEW, answers)
    assert moved(AT_ONCE, State(CHOOSING, answers), Control.BACK, SCENE) == text("form-first")
    chosen = said(AT_ONCE, State(CHOOSING, answers), "1", SCENE)
    assert isinstance(chosen, State)
    assert said(AT_ONCE, chosen, "Ewa", SCENE) == Done({**answers, "name": "Ewa"})


def test_a_step_that_is_no_more_is_passed_over() -> None:
    assert settled(REVIEWED, State("gone", {"name": "Anna"}), SCENE) == State("colour", {"name": "Anna"})
    assert settled(AT_ONCE, State(REVIEW, {}), SCENE) == State("name", {})


KNOWN = ["1", "2", "3", "1, 2", "99", "Anna", "red", "niebieski", "wstecz", "pomiń", "skip", "назад", "popraw", "5"]
WORDS = st.sampled_from(KNOWN) | st.sampled_from(["bez zmian", "gotowe", "tak", "wyślij"]) | st.text(max_size=30)
LEAVE = st.sampled_from(["anuluj", "Cancel", "скасувати."])
MOVES = st.one_of(WORDS, st.integers(0, 6), st.sampled_from([one for one in Control if one is not Control.CANCEL]))


@given(
    st.sampled_from([REVIEWED, AT_ONCE]),
    st.lists(MOVES, max_size=40),
    st.sampled_from(["anuluj", "Cancel", "скасувати."]),
)
def test_whatever_is_said_or_pressed(form: Form, moves: list[str | int | Control], leave: str) -> None:
    state = opened(form, {}, SCENE)
    for move in moves:
        assert isinstance(said(form, state, leave, SCENE), Left)
        assert Control.CANCEL in controls(form, state, SCENE)
        outcome = _outcome(form, state, move)
        if isinstance(outcome, Done):
            _handed_over(form, outcome.answers)
            return
        if isinstance(outcome, Left):
            assert isinstance(move, str | int)
            leaving = control_of(form, state, move) is Control.CANCEL if isinstance(move, str) else state.step == REVIEW
            assert leaving or state.step == REVIEW
            return
        if isinstance(outcome, State):
            _nothing_lost(state.answers, outcome)
            assert json.loads(json.dumps(outcome.answers)) == outcome.answers
            assert settled(form, outcome, SCENE) == outcome
            state = outcome


def _outcome(form: Form, state: State, move: str | int | Control) -> State | Text | Left | Done:
    if isinstance(move, Control):
        return moved(form, state, move, SCENE)
    return said(form, state, move, SCENE) if isinstance(move, str) else picked(form, state, move, SCENE)


def _nothing_lost(before: Answers, state: State) -> None:
    """At most one answer changed. Only taking the last of several choices off leaves a step without one."""
    gone = before.keys() - state.answers.keys()
    assert gone <= {"several"}
    changed = [key for key in before if key in state.answers and before[key] != state.answers[key]]
    assert len(changed) + len(gone) <= 1


def _handed_over(form: Form, answers: Answers) -> None:
    scene = Scene(answers, SCENE.now)
    assert list(answers) == [step.id for step in steps_of(form, scene)]
