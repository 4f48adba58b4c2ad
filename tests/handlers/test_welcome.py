"""Start, help, the one-time code, and who the bot is: said once, after the first answer."""

from datetime import timedelta

import pytest

from bot.core.chats import ChatKind
from bot.core.people import Role
from bot.core.refs import AccountRef
from bot.knowledge import Knowledge
from tests.handlers.world import MATRIX, World, elsewhere, ids, kinds

FOLLOW_UP = {"pl": "program, nie człowiek", "en": "not a person", "uk": "а не людина"}


@pytest.mark.parametrize(
    ("typed", "hint", "words"),
    [("/start", "pl", "Wystarczy napisać"), ("/start", "en", "Just write"), ("!старт", "uk", "Просто напишіть")],
)
def test_start_greets_with_three_things_to_type_and_says_who_answers(
    world: World, typed: str, hint: str, words: str
) -> None:
    [greeting] = world.say("anna", typed, hint=hint)
    assert words in greeting.text
    assert FOLLOW_UP[hint] in greeting.text
    assert greeting.text.count("• ") == 3
    assert greeting.lang == hint


@pytest.mark.parametrize("lang", ["pl", "en", "uk"])
def test_what_the_greeting_suggests_is_answered_from_the_shipped_documents(
    world: World, shipped: Knowledge, lang: str
) -> None:
    greeting = world.say("anna", "/start", hint=lang)[0].text
    suggested = [line.removeprefix("• ") for line in greeting.splitlines() if line.startswith("• ")]
    for question in suggested:
        found = shipped.ask(question, lang=lang, today=world.now.date())
        assert found.answered, question
        assert found.lang == lang


def test_the_follow_up_comes_after_the_first_answer_and_never_again(world: World) -> None:
    first = world.say("anna", "Kto prowadził spotkanie?")
    assert kinds(first) == ["reply", "reply"]
    assert "Anna Nowak" in first[0].text
    assert FOLLOW_UP["pl"] in first[1].text
    assert "/prywatnosc" in first[1].text
    assert "/jezyk" in first[1].text
    assert len(world.say("anna", "Kto prowadził spotkanie?")) == 1
    assert len(world.say("anna", "/pomoc")) == 1


def test_the_follow_up_speaks_the_language_of_the_question(world: World) -> None:
    answer, follow_up = world.say("ihor", "Хто вів зустріч?", hint="pl")
    assert (answer.lang, follow_up.lang) == ("uk", "uk")
    assert FOLLOW_UP["uk"] in follow_up.text


def test_a_person_who_was_greeted_by_start_gets_no_follow_up(world: World) -> None:
    world.say("anna", "/start")
    assert len(world.say("anna", "Kto prowadził spotkanie?")) == 1


def test_rooms_get_no_follow_up_and_leave_it_to_the_direct_chat(world: World) -> None:
    assert len(world.say("anna", "/pytanie Kto prowadził spotkanie?", "ngo")) == 1
    assert len(world.say("anna", "Kto prowadził spotkanie?")) == 2


def test_a_press_counts_as_a_first_message(world: World) -> None:
    assert kinds(world.press("anna", "lang:en")) == ["toast", "reply"]


def test_help_has_ten_lines_and_six_things_for_a_member_and_more_for_others(world: World) -> None:
    world.say("anna", "/start")
    world.say("olga", "/start")
    [member] = world.say("anna", "/pomoc")
    lines = [line for line in member.text.splitlines() if line]
    assert len(member.text.splitlines()) <= 10
    assert sum(line.startswith("• ") for line in lines) == 6
    [owner] = world.say("olga", "/pomoc")
    assert owner.text.startswith(member.text)
    assert ids(world.intents) == ["help-members", "help-moderators", "help-coordinators", "help-owners"]
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "anna")).id, Role.MODERATOR))
    world.say("anna", "/pomoc")
    assert ids(world.intents) == ["help-members", "help-moderators"]


def test_help_names_commands_as_the_reader_types_them(world: World) -> None:
    [here] = world.say("ihor", "/help", "ngo", hint="uk")
    assert "/ask" in here.text
    [there] = elsewhere(world, platform="matrix", capabilities=MATRIX).say("ihor", "!допомога", "ngo", hint="uk")
    assert "!питання" in there.text
    assert "/ask" not in there.text


def test_joining_a_direct_chat_greets_once(world: World) -> None:
    assert ids_of_greeting(world) == ["welcome-hello", "welcome-about"]
    assert world.join("anna") == []
    assert len(world.say("anna", "Kto prowadził spotkanie?")) == 1


def ids_of_greeting(world: World) -> list[str]:
    world.join("anna")
    return ids(world.intents)


def test_a_channel_is_not_greeted(world: World) -> None:
    assert world.join("anna", "news", ChatKind.CHANNEL) == []


def test_start_in_a_room_tells_how_to_ask_and_takes_no_code(world: World) -> None:
    invite(world, "K7-4QX2")
    [greeting] = world.say("anna", "/start K7-4QX2", "ngo")
    assert ids(world.intents) == ["welcome-room"]
    assert "/pytanie" in greeting.text
    assert world.store(lambda store: store.people.with_role(Role.COORDINATOR)) == [world.person("olga")]


def test_a_code_works_once_at_the_first_message(world: World) -> None:
    invite(world, "K7-4QX2")
    done = world.say("anna", "/start k7-4qx2", hint="en")
    assert "full rights" in done[0].text
    assert kinds(done) == ["reply", "reply"]  # Then who the bot is, after the answer.
    assert world.person("anna") in world.store(lambda store: store.people.with_role(Role.OWNER))
    assert ids_for(world, "piotr", "/start K7-4QX2")[0] == "code-refused"
    assert world.person("piotr") not in world.store(lambda store: store.people.with_role(Role.MODERATOR))


def test_a_code_for_less_than_owner_says_so(world: World) -> None:
    invite(world, "M1", role=Role.MODERATOR)
    assert ids_for(world, "anna", "/start M1")[0] == "code-accepted"


def test_a_code_whose_time_is_over_is_refused(world: World) -> None:
    invite(world, "OLD")
    world.later(timedelta(days=2))
    assert ids_for(world, "anna", "/start OLD")[0] == "code-refused"


@pytest.mark.parametrize("guess", ["0", "' OR 1=1 --", "%", "<b>x</b>", "x" * 20_000, "\ud800", "\x00", "владелец"])
def test_guessed_codes_are_refused_kindly_and_are_not_repeated(world: World, guess: str) -> None:
    invite(world, "K7-4QX2")
    [refusal, _] = world.say("anna", f"/start {guess}")
    assert "Poproś o nowy" in refusal.text
    assert "/pomoc" in refusal.text
    assert guess == "0" or guess not in refusal.text
    assert world.store(lambda store: store.people.with_role(Role.MODERATOR)) == [world.person("olga")]


def test_an_unreadable_message_is_told_of_once_a_chat(world: World) -> None:
    assert "prywatnej rozmowie" in world.unreadable("anna", "ngo")[0].text
    assert world.unreadable("piotr", "ngo") == []
    assert len(world.unreadable("anna", "other")) == 1


def ids_for(world: World, who: str, text: str) -> list[str]:
    world.say(who, text)
    return ids(world.intents)


def invite(world: World, code: str, role: Role = Role.OWNER) -> None:
    world.store(lambda store: store.people.invite(code, role, world.now + timedelta(days=1)))
