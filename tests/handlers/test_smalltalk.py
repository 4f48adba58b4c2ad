"""Courtesies get one kind line or nothing: never a document, never a refusal."""

import pytest

from bot.core.smalltalk import Talk, small_talk, without_courtesy
from tests.handlers.world import World, ids

SAID = [
    ("cześć", "smalltalk-hello", "pl"),
    ("Czesc!", "smalltalk-hello", "pl"),
    ("heeej 👋", "smalltalk-hello", "pl"),
    ("Dzień dobry wszystkim", "smalltalk-hello", "pl"),
    ("hello, how are you?", "smalltalk-hello", "en"),
    ("Привіт! Як справи?", "smalltalk-hello", "uk"),
    ("dziękuję bardzo", "smalltalk-thanks", "pl"),
    ("ok, dzięki!!!", "smalltalk-thanks", "pl"),
    ("Thanks a lot :)", "smalltalk-thanks", "en"),
    ("дякую", "smalltalk-thanks", "uk"),
    ("do widzenia", "smalltalk-bye", "pl"),
    ("Kim jesteś?", "smalltalk-who", "pl"),
    ("are you a bot?", "smalltalk-who", "en"),
    ("що ти вмієш", "smalltalk-who", "uk"),
    ("tak", "smalltalk-choice", "pl"),
]


@pytest.mark.parametrize(("text", "id_", "lang"), SAID)
def test_one_kind_line_in_its_language(world: World, text: str, id_: str, lang: str) -> None:
    answer = world.say("anna", text)[0]
    assert ids(world.intents)[0] == id_
    assert answer.lang == lang
    assert answer.buttons == ()
    assert "\n" not in answer.text


@pytest.mark.parametrize("text", ["👍", "❤️", "ok", "OK.", "super", "...", "", "🙏🙏", "добре", "xD"])
def test_nothing_needs_no_answer(world: World, text: str) -> None:
    world.say("anna", "/start")
    assert world.say("anna", text) == []
    assert world.say("anna", text, "ngo", reply=bool(text)) == []


def test_a_sticker_needs_no_answer(world: World) -> None:
    world.say("anna", "/start")
    assert world.say("anna", "", files=("sticker",)) == []


@pytest.mark.parametrize(
    "text",
    [
        "cześć, kto prowadził spotkanie?",
        "dzień dobry, a strategia?",
        "Kto komu dziękuję?",
        "nie ma lokali",
        "dobra współpraca",
        "so what are you doing on Monday",
        "dziękuję " * 50,
        "?",
        "7",
    ],
)
def test_what_says_more_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


def test_in_rooms_only_when_it_is_meant_for_the_bot(world: World) -> None:
    assert world.say("anna", "cześć", "ngo") == []
    assert len(world.say("anna", "cześć", "ngo", addressed=True)) == 1
    assert len(world.say("anna", "dzięki", "ngo", reply=True)) == 1


def test_the_first_greeting_is_followed_by_who_answers_in_its_language(world: World) -> None:
    hello, follow_up = world.say("ihor", "Привіт")
    assert (hello.lang, follow_up.lang) == ("uk", "uk")


@pytest.mark.parametrize("hint", ["pl", "uk", "de", None])
def test_the_introduction_is_in_the_language_of_the_answer_before_it(world: World, hint: str | None) -> None:
    hello, follow_up = world.say("john", "hello", hint=hint)
    assert (hello.lang, follow_up.lang) == ("en", "en")
    assert "Privacy" in follow_up.text


def test_later_a_foreign_courtesy_changes_no_language(world: World) -> None:
    world.say("anna", "cześć", hint="pl")
    assert world.say("anna", "thanks")[0].lang == "en"
    assert world.say("anna", "/pomoc")[0].lang == "pl"


def test_a_nod_that_gets_no_answer_changes_no_language(world: World) -> None:
    [introduction] = world.say("anna", "okay", hint="pl")
    assert introduction.lang == "pl"


def test_a_chosen_language_stays(world: World) -> None:
    world.press("anna", "lang:en")
    assert world.say("anna", "cześć")[0].lang == "en"


def test_long_and_hostile_texts_are_read_quickly() -> None:
    assert small_talk("cześć " * 5_000) is None
    assert small_talk("👍" * 20_000) in {None, (Talk.NOTHING, None)}
    assert without_courtesy("a " * 10_000) == ("a " * 10_000).strip()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Cześć! Kto prowadził?", "Kto prowadził?"),
        ("Kto prowadził? Dziękuję!", "Kto prowadził?"),
        ("Привіт, хто вів зустріч? Дякую", "хто вів зустріч?"),
        ("Please, who led it?", "who led it?"),
        ("Nie ma lokali?", "Nie ma lokali?"),
        ("Co znaczy „dzień dobry”", "Co znaczy „dzień dobry”"),
        ("dziękuję", "dziękuję"),
        ("", ""),
    ],
)
def test_courtesy_is_taken_off_the_ends(text: str, rest: str) -> None:
    assert without_courtesy(text) == rest
