"""Language of a person and of a room, privacy."""

import pytest

from bot.core.people import Role
from bot.core.refs import AccountRef
from tests.handlers.world import Shown, World, ids, kinds

ACTIONS = ("lang:pl", "lang:en", "lang:uk")


def moderator(world: World, who: str = "marek") -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", who)).id, Role.MODERATOR))


@pytest.mark.parametrize("typed", ["/jezyk", "/język", "!JĘZYK", "język", "/language", "!мова", "settings"])
def test_without_a_language_it_shows_the_three_each_in_its_own(world: World, typed: str) -> None:
    choice = world.say("anna", typed)[0]
    assert choice.buttons == ("Polski", "English", "Українська")
    assert choice.actions == ACTIONS


@pytest.mark.parametrize(
    ("argument", "lang"),
    [
        ("polski", "pl"),
        ("po polsku", "pl"),
        ("PL", "pl"),
        ("angielski", "en"),
        ("English", "en"),
        ("англійська", "en"),
        ("ukraiński", "uk"),
        ("українська", "uk"),
        ("ua", "uk"),
        ("ukrainian.", "uk"),
    ],
)
def test_a_language_is_set_by_its_name_and_confirmed_in_itself(world: World, argument: str, lang: str) -> None:
    answer = world.say("anna", f"/jezyk {argument}")[0]
    own = {"pl": "Zapisano: język polski.", "en": "Saved: English.", "uk": "Збережено: українська мова."}
    assert answer.text == own[lang]
    assert answer.lang == lang
    assert world.say("anna", "/pomoc")[0].lang == lang


@pytest.mark.parametrize("text", ["українська", "po polsku", "Język: polski", "English"])
def test_in_a_direct_chat_the_name_alone_is_enough(world: World, text: str) -> None:
    world.say("anna", text)
    assert ids(world.intents)[0].startswith("language-set-")
    assert world.say("anna", text, "ngo") == []


@pytest.mark.parametrize("argument", ["niemiecki", "<b>", "x" * 20_000, "pl en", "../pl"])
def test_other_languages_are_answered_with_the_three(world: World, argument: str) -> None:
    answer = world.say("anna", f"/jezyk {argument}")[0]
    assert answer.text == "Bot zna trzy języki. Wybierz jeden z nich:"
    assert answer.actions == ACTIONS


def test_a_press_sets_it_and_says_so_in_the_new_language(world: World) -> None:
    toast = world.press("anna", "lang:uk")[0]
    assert toast.text == "Збережено: українська мова."
    assert world.press("anna", "lang:uk") == [Shown("toast", toast.text, lang="uk", to=toast.to)]
    assert world.say("anna", "/help")[0].lang == "uk"


@pytest.mark.parametrize("action", ["lang:xx", "lang:", "lang", "lang:pl:en"])
def test_forged_presses_change_nothing(world: World, action: str) -> None:
    alert = world.press("anna", action)[0]
    assert alert.kind == "alert"
    assert "/pomoc" in alert.text
    assert world.say("anna", "/pomoc")[0].lang == "pl"


def test_in_a_room_moderators_set_the_rooms_language(world: World) -> None:
    moderator(world)
    assert world.say("marek", "/jezyk", "ngo")[0].actions == ACTIONS
    assert world.say("marek", "/jezyk ukraiński", "ngo")[0].lang == "uk"
    assert world.say("anna", "/pomoc", "ngo")[0].lang == "uk"
    assert world.press("marek", "lang:en", "ngo")[0].text == "Saved: English."
    assert world.say("anna", "/pomoc", "ngo")[0].lang == "en"
    assert world.say("anna", "/pomoc")[0].lang == "pl"  # Anna's own is another matter.


@pytest.mark.parametrize("who", ["anna", None])
def test_others_are_told_kindly_and_change_nothing(world: World, who: str | None) -> None:
    for typed in ("/jezyk", "/jezyk angielski"):
        [refusal] = world.say(who, typed, "ngo")
        assert "w prywatnej rozmowie" in refusal.text
        assert refusal.buttons == ()
    assert kinds(world.press(who, "lang:en", "ngo")) == ["alert"]
    assert world.say(who, "/pomoc", "ngo")[0].lang == "pl"


def test_a_right_that_was_lost_is_lost_at_the_press(world: World) -> None:
    buttons = world.say("olga", "/jezyk", "ngo")[0].actions
    world.owners = frozenset()
    assert kinds(world.press("olga", buttons[1], "ngo")) == ["alert"]


@pytest.mark.parametrize(
    ("typed", "lang", "words"),
    [
        ("/prywatnosc", "pl", ["24 godziny", "30 dni", "Usunąć swoje dane", "12 miesięcy"]),
        ("/privacy", "en", ["24 hours", "30 days", "erase"]),
        ("!приватність", "uk", ["24 години", "30 днів", "Видалити свої дані"]),
        ("конфіденційність", "uk", ["24 години"]),
        ("prywatność", "pl", ["Telegram", "Matrix"]),
    ],
)
def test_privacy_says_what_is_kept_how_long_and_how_to_erase(
    world: World, typed: str, lang: str, words: list[str]
) -> None:
    told = world.say("anna", typed, hint=lang)[0]
    assert told.lang == lang
    assert all(word in told.text for word in words)


def test_privacy_is_a_command_on_every_network_in_every_language(world: World) -> None:
    for name in ("/privacy", "/prywatnosc", "!приватність"):
        world.say("anna", name, "ngo")
        assert ids(world.intents) == ["privacy-kept", "privacy-networks", "privacy-rights"]
