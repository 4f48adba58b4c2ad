"""Questions in direct chats and rooms: quotations, flags, kind words for what can't be answered."""

import pytest

from bot.core.content import Link, Quoted, Say
from bot.core.intents import Reply
from handlers.questions import LIMIT
from tests.handlers.conftest import SOURCE
from tests.handlers.world import MATRIX, World, elsewhere, ids, kinds


def test_a_question_is_quoted_with_title_place_date_and_source(world: World) -> None:
    answer = world.say("anna", "Kto prowadził spotkanie?")[0]
    assert answer.text.startswith("Znaleziono w dokumentach:\n\n> Spotkanie prowadziła Anna Nowak.")
    assert "naszego streszczenia: Spotkanie robocze, część „Kto prowadził spotkanie”, 2 września 2022" in answer.text
    assert answer.text.endswith("Odpowiedź automatyczna: cytaty wybiera program.")
    reply = world.intents[0]
    assert isinstance(reply, Reply)
    assert Quoted("Spotkanie prowadziła Anna Nowak.") in reply.body.blocks
    links = [dict(block.text.args).get("source") for block in reply.body.blocks if isinstance(block, Say)]
    assert Link(SOURCE, "Strona <b>federacji</b>") in links


def test_a_document_whose_period_is_over_is_flagged(world: World) -> None:
    answer = world.say("anna", "Na jakie lata jest strategia?")[0]
    assert "Cytat z dokumentu" in answer.text
    assert "skończył się 31 grudnia 2022" in answer.text
    assert "Uwaga" not in world.say("anna", "Kto prowadził spotkanie?")[0].text


@pytest.mark.parametrize(
    ("question", "lang", "words"),
    [
        ("Who led the meeting?", "en", "Found in the documents"),
        ("Хто вів зустріч?", "uk", "Знайдено в документах"),
        ("Kto prowadził spotkanie?", "pl", "Znaleziono"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(world: World, question: str, lang: str, words: str) -> None:
    answer = world.say("anna", question, hint="pl")[0]
    assert answer.lang == lang
    assert words in answer.text
    assert world.say("anna", "/help")[0].lang == lang  # It is remembered.


def test_a_chosen_language_stays(world: World) -> None:
    world.press("anna", "lang:uk")
    assert world.say("anna", "Kto prowadził spotkanie?")[0].text.startswith("Знайдено")
    assert world.say("anna", "/pomoc")[0].lang == "uk"


@pytest.mark.parametrize(
    "typed",
    [f"{name} kto prowadził spotkanie" for name in ("/pytanie", "/ASK", "!питання", "pytanie", "/Pytanie:")],
)
def test_the_command_works_by_every_name(world: World, typed: str) -> None:
    assert "Anna Nowak" in world.say("anna", typed)[0].text


def test_in_a_room_only_what_is_meant_for_the_bot_is_a_question(world: World) -> None:
    question = "Kto prowadził spotkanie?"
    assert world.say("anna", question, "ngo") == []
    assert "Anna Nowak" in world.say("anna", question, "ngo", addressed=True)[0].text
    assert "Anna Nowak" in world.say("anna", question, "ngo", reply=True)[0].text
    assert "Anna Nowak" in world.say("anna", f"/pytanie {question}", "ngo")[0].text


def test_a_room_speaks_its_language_where_the_question_shows_none(world: World) -> None:
    world.room_lang = "uk"
    assert world.say("anna", "/ask xyzzy plugh", "ngo")[0].lang == "uk"
    assert world.say("anna", "/ask Who led the meeting?", "ngo")[0].lang == "en"


def test_somebody_whom_the_network_does_not_name_is_answered(world: World) -> None:
    assert "Anna Nowak" in world.say(None, "/pytanie Kto prowadził spotkanie?", "ngo")[0].text


@pytest.mark.parametrize(
    "question",
    [
        "cześć, kto prowadził spotkanie?",
        "Dzień dobry! Kto prowadził spotkanie? Dziękuję bardzo",
        "Hej!!! mam pytanie: kto prowadził spotkanie",
        "Kto prowadził spotkanie? 🙏 dzięki",
    ],
)
def test_courtesy_around_a_question_is_no_part_of_it(world: World, question: str) -> None:
    assert "Anna Nowak" in world.say("anna", question)[0].text


@pytest.mark.parametrize("argument", ["", " ", "?", "??!", "7", "…", "\u202e", "a"])
def test_without_a_question_it_asks_for_one_and_gives_an_example(world: World, argument: str) -> None:
    [prompt] = world.say("anna", f"/pytanie {argument}", "ngo")
    assert prompt.text == "Jakie jest pytanie? Na przykład: /pytanie Kto prowadził spotkanie 2 września 2022?"


def test_a_bare_mention_is_asked_what_it_wants(world: World) -> None:
    assert world.say("anna", "", "ngo", addressed=True)[0].text.startswith("Jakie jest pytanie?")


def test_a_lone_number_in_the_direct_chat_is_no_question(world: World) -> None:
    world.say("anna", "2")
    assert ids(world.intents)[0] == "question-empty"


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("Kto prowadził spotkanie? " * 800, "pl", "do 1\u00a0000 znaków"),
        ("Who led the meeting? " * 800, "en", "up to 1,000 characters"),
        ("Хто вів зустріч? " * 800, "uk", "знаків"),
    ],
)
def test_a_long_question_is_asked_to_be_shorter(world: World, text: str, lang: str, words: str) -> None:
    answer = world.say("anna", text)[0]
    assert words in answer.text
    assert answer.lang == lang
    assert kinds(world.say("anna", ("x" + " y" * LIMIT)[:LIMIT])) == ["card"]


@pytest.mark.parametrize("hostile", ["<b>x</b> { $limit } [a](b)", "\ud800 czy \x00 \ue000 działa", "@all /pomoc czy?"])
def test_markup_controls_and_mentions_in_a_question_do_nothing(world: World, hostile: str) -> None:
    card = world.say("anna", f"/pytanie {hostile}", "ngo")[0]
    assert card.kind == "card"
    toast, to_owner, _ = world.press("anna", card.actions[0], "ngo")
    assert toast.text == "Pytanie przekazano."
    quoted = next(line for line in to_owner.text.splitlines() if line.startswith("> "))
    assert "@all" not in quoted
    assert "\ue000" not in quoted
    assert "<b>" in quoted or "<b>" not in hostile


def test_files_are_not_read_yet_and_it_says_what_works(world: World) -> None:
    answer = world.say("anna", "", files=("a.pdf",))[0]
    assert "tylko tekst" in answer.text
    assert "Kto prowadził spotkanie" in answer.text
    assert "Anna Nowak" in world.say("anna", "Kto prowadził spotkanie?", files=("a.pdf",))[0].text
    assert world.say("anna", "", "ngo", files=("a.pdf",), reply=True) == []


def test_on_matrix_the_choice_stands_in_the_text(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX)
    card = matrix.say("@anna:example.org", "Czy jutro pada deszcz?")[0]
    assert "1. Przekaż pytanie\n" in card.text + "\n"
    assert "numerem" in card.text
