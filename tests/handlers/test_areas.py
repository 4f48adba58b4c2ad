"""Thematic areas: followed in private, set in rooms, changed by coordinators."""

import pytest

from bot.core.people import Role
from bot.core.refs import AccountRef, ChatRef
from tests.handlers.world import MATRIX, Shown, World, elsewhere, ids, kinds

ROOM = ChatRef("telegram", "ngo")


@pytest.fixture
def world(world: World) -> World:
    """Karol coordinates, Marek moderates."""
    for who, role in (("karol", Role.COORDINATOR), ("marek", Role.MODERATOR)):
        world.store(
            lambda store, who=who, role=role: store.people.grant(store.people.of(AccountRef("telegram", who)).id, role)
        )
    return world


def names(world: World, lang: str = "pl") -> list[str]:
    return [area.names[lang] for area in world.store(lambda store: store.areas.all())]


def followed(world: World, who: str) -> set[str]:
    person = world.person(who)
    return set(world.store(lambda store: store.areas.followed(person)))


def told(world: World, who: str, text: str, room: str | None = None) -> Shown:
    return world.say(who, text, room)[0]


# --- following ---


@pytest.mark.parametrize(
    ("typed", "lang", "last"),
    [
        ("/obszary", "pl", "Wielokulturowość"),
        ("areas", "en", "Multiculturalism"),
        ("напрями", "uk", "Багатокультурність"),
    ],
)
def test_the_four_areas_ship_in_three_languages(world: World, typed: str, lang: str, last: str) -> None:
    listed = world.say("anna", typed, hint=lang)[0]
    assert len(listed.buttons) == 4
    assert listed.buttons[-1] == last


def test_a_tap_follows_and_another_lets_go_and_a_double_tap_does_it_once(world: World) -> None:
    world.say("anna", "/start")
    card = told(world, "anna", "/obszary")
    assert card.actions[3] == "area.follow:multiculturalism:1"
    for _ in range(2):
        toast, card = world.press("anna", "area.follow:multiculturalism:1")
        assert toast.text == "Obserwujesz obszar: Wielokulturowość"
        assert card.buttons[3] == "✓ Wielokulturowość"
        assert followed(world, "anna") == {"multiculturalism"}
    assert card.actions[3] == "area.follow:multiculturalism:0"
    for _ in range(2):
        assert world.press("anna", "area.follow:multiculturalism:0")[1].buttons[3] == "Wielokulturowość"
    assert followed(world, "anna") == set()


def test_what_one_follows_is_nobody_elses(world: World) -> None:
    world.press("anna", "area.follow:support:1")
    assert "✓" not in "".join(told(world, "olga", "/obszary").buttons)
    for who in ("anna", "olga"):
        in_room = told(world, who, "/obszary", "ngo")
        assert "✓" not in in_room.text + "".join(in_room.buttons)
    assert kinds(world.press("anna", "area.follow:integration:1", "ngo")) == ["alert"]
    assert followed(world, "anna") == {"support"}


@pytest.mark.parametrize(
    "action", ["area.follow", "area.follow:", "area.follow:support", "area.follow:support:2", "area.follow:nope:1"]
)
def test_forged_taps_follow_nothing(world: World, action: str) -> None:
    assert world.press("anna", action)[0].kind == "alert"
    assert followed(world, "anna") == set()


def test_a_person_without_buttons_chooses_by_number(world: World) -> None:
    card = elsewhere(world, platform="matrix", capabilities=MATRIX).say("jan", "!obszary")[0]
    assert "4. Wielokulturowość" in card.text


# --- rooms ---


def test_in_a_room_members_see_the_list_and_moderators_get_switches(world: World) -> None:
    listed = told(world, "anna", "/obszary", "ngo")
    assert listed.text.count("• ") == 4
    assert listed.buttons == ()
    assert "/obszary" in listed.text
    switches = world.say("marek", "/obszary", "ngo")[-1]
    assert switches.actions[0] == "area.room:documents:1"
    toast, card, settings = world.press("marek", "area.room:documents:1", "ngo")
    assert toast.text == "Ta grupa ma teraz obszar: Dokumenty i wspólne projekty"
    assert card.buttons[0] == "✓ Dokumenty i wspólne projekty"
    assert "Obszary: Dokumenty i wspólne projekty" in settings.text
    assert "Dokumenty i wspólne projekty (ta grupa)" in told(world, "anna", "/obszary", "ngo").text
    assert world.press("marek", "area.room:documents:0", "ngo")[1].buttons[0] == "Dokumenty i wspólne projekty"


# --- coordinators ---


def test_a_coordinator_adds_an_area_in_three_languages_or_one_name_for_all(world: World) -> None:
    assert "Zdrowie" in told(world, "karol", "/obszar dodaj Zdrowie | Health | Здоров'я").text
    told(world, "karol", "/obszar dodaj\nLGBT+")
    assert names(world)[-2:] == ["Zdrowie", "LGBT+"]
    assert names(world, "uk")[-2:] == ["Здоров'я", "LGBT+"]
    assert "✓" not in told(world, "anna", "/obszary").buttons[4]


@pytest.mark.parametrize("who", ["anna", "marek", None])
def test_nobody_less_changes_the_list(world: World, who: str | None) -> None:
    world.say(who, "/obszar dodaj Zdrowie", "ngo")
    assert "not-allowed" in ids(world.intents)
    assert len(names(world)) == 4


def test_a_demoted_coordinator_changes_nothing(world: World) -> None:
    world.owners = frozenset()
    world.say("olga", "/obszar wycofaj 1")
    assert ids(world.intents)[0] == "not-allowed"
    assert len(names(world)) == 4


@pytest.mark.parametrize("which", ["2", "2.", "Wsparcie, informacja, kompetencje urzędników", "ПІДТРИМКА, ІНФОРМАЦІЯ, КОМПЕТЕНТНІСТЬ ПОСАДОВЦІВ"])  # fmt: skip # noqa: E501
def test_an_area_is_renamed_by_number_or_by_a_name_of_any_language(world: World, which: str) -> None:
    told(world, "karol", f"/obszar zmień {which} | Wsparcie | Support | Підтримка")
    assert names(world)[1] == "Wsparcie"
    assert names(world, "uk")[1] == "Підтримка"


def test_a_retired_area_is_offered_no_more_and_can_come_back(world: World) -> None:
    world.press("anna", "area.follow:multiculturalism:1")
    assert "przywróć Wielokulturowość" in told(world, "karol", "/obszar wycofaj 4").text
    assert len(told(world, "anna", "/obszary").buttons) == 3
    assert world.press("anna", "area.follow:multiculturalism:1")[0].kind == "alert"
    assert "wycofany" in told(world, "karol", "/obszar dodaj wielokulturowosc").text
    told(world, "karol", "/obszar przywróć Multiculturalism")
    assert told(world, "anna", "/obszary").buttons[3] == "✓ Wielokulturowość"


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("dodaj", "area-names-needed"),
        ("dodaj a | b", "area-names-needed"),
        ("dodaj a | | c", "area-names-needed"),
        ("dodaj a | b | c | d", "area-names-needed"),
        ("dodaj \u202e\u200b", "area-names-needed"),
        ("dodaj 123", "area-names-needed"),
        ("dodaj " + "x" * 61, "area-name-long"),
        ("dodaj " + "x" * 4_000, "area-name-long"),
        ("dodaj WIELOKULTUROWOŚĆ", "area-exists"),
        ("dodaj Nowy | Multi\u202eculturalism | Нове", "area-exists"),
        ("zmień 1 | Integracja sektora", "area-exists"),
        ("zmień 1", "area-names-needed"),
        ("zmień 9 | x", "area-unknown"),
        ("wycofaj 0", "area-unknown"),
        ("wycofaj " + "9" * 4_000, "area-unknown"),
        ("wycofaj nic takiego", "area-unknown"),
    ],
)
def test_what_can_not_be_is_refused_with_what_to_do(world: World, typed: str, id_: str) -> None:
    before = names(world)
    refusal = told(world, "karol", f"/obszar {typed}")
    assert ids(world.intents)[0] == id_
    assert "/obszar" in refusal.text
    assert names(world) == before


def test_without_a_verb_the_list_has_numbers_and_says_how(world: World) -> None:
    for typed in ("/obszar", "/obszar cokolwiek", "/obszar wycofaj"):
        listed = told(world, "karol", typed).text
        assert "• 4. Wielokulturowość" in listed
        assert "/obszar dodaj" in listed


def test_a_name_can_hide_nothing_and_stays_words(world: World) -> None:
    told(world, "karol", "/obszar dodaj Zdro\u202ewie\u200b <b>@all</b>")
    assert names(world)[-1] == "Zdrowie <b>@all</b>"
    assert "<b>" in told(world, "anna", "/obszary").buttons[-1]


def test_there_is_a_most(world: World) -> None:
    for number in range(26):
        told(world, "karol", f"/obszar dodaj Obszar {chr(97 + number)}")
    assert "30" in told(world, "karol", "/obszar dodaj Jeszcze jeden").text
    told(world, "karol", "/obszar wycofaj 30")
    assert "Dodano" in told(world, "karol", "/obszar dodaj Jeszcze jeden").text
    assert ids(world.intents)[0] == "area-added"
    told(world, "karol", "/obszar przywróć Obszar z")
    assert ids(world.intents)[0] == "area-too-many"
