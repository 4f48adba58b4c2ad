"""Rooms: brought by a moderator or by a stranger, claimed, set; audiences over networks."""

import pytest

from bot.core.chats import ChatKind
from bot.core.intents import Refresh
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.audit import acts
from storage.rooms import PollsBy, Room, RoomState
from tests.handlers.world import MATRIX, World, elsewhere, ids, kinds

ROOM = ChatRef("telegram", "ngo")
ACTIONS = (
    "room.claim", "room.lang:pl", "room.lang:en", "room.lang:uk", "room.polls:moderators", "room.polls:everybody",
    "room.areas",
)  # fmt: skip


def grant(world: World, who: str, role: Role = Role.MODERATOR) -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef(world.platform, who)).id, role))


def room(world: World, chat: ChatRef = ROOM) -> Room:
    found = world.store(lambda store: store.rooms.get(chat))
    assert found is not None
    return found


def audience(world: World, chat: ChatRef = ROOM) -> set[tuple[str, str]]:
    found = world.store(lambda store: store.rooms.audience_of(chat))
    return {(ref.platform, ref.chat_id) for ref in found}


# --- coming in ---


def test_a_moderator_who_brings_the_bot_gets_one_greeting_with_one_tap_to_claim(world: World) -> None:
    [greeting] = world.join("olga", "ngo")
    assert "/pytanie" in greeting.text
    assert greeting.buttons[0] == "Przyjmij tę grupę"
    assert greeting.actions == ACTIONS
    assert greeting.buttons[1:3] == ("✓ Polski", "English")
    assert room(world).state is RoomState.OFFERED
    assert world.join("olga", "ngo") == []  # The network says it twice.


def test_one_tap_is_enough(world: World) -> None:
    world.join("olga", "ngo")
    toast, card = world.press("olga", "room.claim", "ngo")[:2]
    assert (toast.kind, toast.text) == ("toast", "Grupa jest przyjęta.")
    assert card.kind == "refresh"
    assert card.buttons[0] == "✓ Grupa przyjęta"
    assert card.actions == ACTIONS  # Each number means what it meant.
    found = room(world)
    assert (found.claimed, found.polls_by, found.audience.name) == (True, PollsBy.MODERATORS, "")
    assert found.claimed_by == world.person("olga")
    assert world.press("olga", "room.claim", "ngo")[0].text == "Ta grupa jest już przyjęta."


@pytest.mark.parametrize("who", ["anna", None])
def test_brought_by_a_stranger_it_waits_silently_and_still_answers(world: World, who: str | None) -> None:
    assert world.join(who, "ngo") == []
    assert world.store(lambda store: store.rooms.get(ROOM)) is None
    assert "Anna Nowak" in world.say("piotr", "/pytanie Kto prowadził spotkanie?", "ngo")[0].text
    assert world.store(lambda store: store.rooms.get(ROOM)) is None


def test_a_channel_is_not_greeted_even_for_an_owner(world: World) -> None:
    assert world.join("olga", "news", ChatKind.CHANNEL) == []


@pytest.mark.parametrize(
    ("text", "how"), [("/pomoc", {}), ("Kto prowadził spotkanie?", {"addressed": True}), ("dziękuję", {"reply": True})]
)
def test_a_room_in_which_a_moderator_speaks_to_the_bot_is_claimed(
    world: World, text: str, how: dict[str, bool]
) -> None:
    world.join("anna", "ngo")
    world.say("olga", text, "ngo", **how)
    assert room(world).claimed
    assert audience(world) == {("telegram", "ngo")}


def test_talk_among_people_claims_nothing_nor_does_a_members_command(world: World) -> None:
    world.say("olga", "dzień dobry wszystkim", "ngo")
    world.say("anna", "/pomoc", "ngo")
    assert world.store(lambda store: store.rooms.get(ROOM)) is None


def test_speaking_to_the_bot_takes_the_claim_off_the_greeting(world: World) -> None:
    world.join("olga", "ngo")
    shown = world.say("olga", "/pomoc", "ngo")
    assert kinds(shown) == ["refresh", "reply"]
    assert shown[0].buttons[0] == "✓ Grupa przyjęta"
    assert kinds(world.say("olga", "/pomoc", "ngo")) == ["reply"]


def test_where_there_are_no_buttons_the_choices_are_numbered(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX, owners=frozenset({AccountRef("matrix", "olga")}))
    [greeting] = matrix.join("olga", "!r:x")
    assert "1. Przyjmij tę grupę" in greeting.text
    assert "!krąg" in greeting.text


# --- taps ---


@pytest.mark.parametrize(
    "action", ["room.claim", "room.lang:uk", "room.polls:everybody", "room.areas", "area.room:support:1"]
)
@pytest.mark.parametrize("who", ["anna", None])
def test_only_moderators_change_a_room(world: World, action: str, who: str | None) -> None:
    world.join("olga", "ngo")
    before = room(world)
    [alert] = world.press(who, action, "ngo")
    assert alert.kind == "alert"
    assert "/pomoc" in alert.text
    assert room(world) == before


def test_a_right_that_was_lost_is_lost_at_the_tap(world: World) -> None:
    world.join("olga", "ngo")
    world.owners = frozenset()
    assert kinds(world.press("olga", "room.claim", "ngo")) == ["alert"]
    assert not room(world).claimed


@pytest.mark.parametrize(
    "action", ["room.lang:xx", "room.lang", "room.polls:", "room.polls:nobody", "area.room:x:1", "area.room:support"]
)
def test_forged_taps_change_nothing(world: World, action: str) -> None:
    world.join("olga", "ngo")
    before = room(world)
    assert kinds(world.press("olga", action, "ngo")) == ["alert"]
    assert room(world) == before


@pytest.mark.parametrize("action", ["room.claim", "room.lang:uk", "room.polls:everybody", "room.areas"])
def test_a_direct_chat_is_no_room(world: World, action: str) -> None:
    world.say("olga", "/start")
    assert kinds(world.press("olga", action)) == ["alert"]
    assert world.store(lambda store: store.rooms.get(ChatRef("telegram", "dm-olga"))) is None


def test_the_language_and_who_opens_polls_are_set_by_taps_and_a_second_tap_changes_nothing(world: World) -> None:
    world.join("olga", "ngo")
    for _ in range(2):
        toast, card = world.press("olga", "room.lang:en", "ngo")[:2]
        assert toast.text == "Saved: English."
        assert card.buttons[1:4] == ("Polski", "✓ English", "Українська")
    for _ in range(2):
        card = world.press("olga", "room.polls:everybody", "ngo")[1]
        assert card.buttons[4:6] == ("Polls: moderators", "✓ Polls: everybody")
    assert (room(world).lang, room(world).polls_by) == ("en", PollsBy.EVERYBODY)
    assert world.say("anna", "/help", "ngo")[0].lang == "en"


def test_who_may_open_polls(world: World) -> None:
    def may(role: Role) -> bool:
        return world.store(lambda store: store.rooms.may_open_polls(ROOM, role))

    assert [may(role) for role in (Role.GUEST, Role.MEMBER, Role.MODERATOR)] == [False, False, True]
    world.join("olga", "ngo")
    world.press("olga", "room.polls:everybody", "ngo")
    assert not may(Role.MEMBER)  # Not claimed yet.
    world.press("olga", "room.claim", "ngo")
    assert may(Role.MEMBER)


# --- settings and audiences ---


def test_the_rooms_command_shows_the_settings_in_a_room_to_moderators(world: World) -> None:
    card = world.say("olga", "/czaty", "ngo")[-1]
    assert (card.kind, card.to) == ("card", "ngo")
    assert "Krąg: domyślny" in card.text
    assert "Ankiety otwierają: osoby, które moderują" in card.text
    world.say("anna", "/czaty", "ngo")
    assert ids(world.intents) == ["not-allowed"]


def test_rooms_of_both_networks_hear_the_same_until_a_moderator_moves_one(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX, owners=frozenset({AccountRef("matrix", "olga")}))
    world.say("olga", "/pomoc", "ngo")
    world.say("olga", "/pomoc", "culture")
    matrix.say("olga", "!pomoc", "!r:x")
    matrix.join("anna", "!stranger:x")
    everything = {("telegram", "ngo"), ("telegram", "culture"), ("matrix", "!r:x")}
    assert audience(world) == everything
    moved = world.say("olga", "/krag Kultura", "culture")[0]
    assert "„Kultura”" in moved.text
    assert "Telegram: 1 grupa" in moved.text
    assert audience(world) == everything - {("telegram", "culture")}
    matrix.say("olga", "!krąg KULTURA", "!r:x")  # The same audience however it is typed.
    assert audience(world, ChatRef("telegram", "culture")) == {("telegram", "culture"), ("matrix", "!r:x")}
    assert audience(world) == {("telegram", "ngo")}
    shown = world.say("olga", "/krag", "culture")[0].text
    assert "Matrix: 1 grupa" in shown
    assert "!r:x" not in shown
    assert "domyślny" in matrix.say("olga", "!krąg domyślny", "!r:x")[0].text
    assert audience(world) == everything - {("telegram", "culture")}


def test_in_a_direct_chat_all_audiences_are_shown_and_none_is_changed(world: World) -> None:
    world.say("olga", "/krag Kultura", "culture")
    listed = world.say("olga", "/krag")[0].text
    assert "Krąg: domyślny. Nie ma w nim" in listed
    assert "Krąg: „Kultura”" in listed
    assert "/krag" in world.say("olga", "/krag Inny")[0].text
    assert [one.name for one in world.store(lambda store: store.rooms.audiences())] == ["", "Kultura"]
    assert ids(world.intents) == ["audience-in-room"]
    world.say("anna", "/krag")
    assert ids(world.intents)[0] == "not-allowed"


@pytest.mark.parametrize("name", ["x" * 41, "y" * 4_000, "!!!", "\u202e\u200b", "🎉", "…"])
def test_a_name_that_is_none_is_refused_with_an_example(world: World, name: str) -> None:
    world.say("olga", f"/krag {name}", "ngo")
    assert room(world).audience.name == ""
    assert ids(world.intents)[0] in {"audience-name-bad", "audience-head"}


def test_a_name_can_hide_nothing(world: World) -> None:
    world.say("olga", "/krag  Kul\u202etura\u200b \n i <b>@all</b>", "ngo")
    assert room(world).audience.name == "Kultura i <b>@all</b>"
    assert "@all" not in world.say("olga", "/krag", "ngo")[0].text  # A word joiner stands in it: no mention.
    world.say("olga", "/krag kultura I <B>@ALL</b>", "other")
    assert audience(world) == {("telegram", "ngo"), ("telegram", "other")}


def test_moving_a_room_renders_its_card_anew(world: World) -> None:
    world.join("olga", "ngo")
    world.say("olga", "/krag Kultura", "ngo")
    assert Refresh(CardRef("room", room(world).id)) in world.intents
    world.say("olga", "/krag Kultura", "ngo")
    assert ids(world.intents) == ["audience-head"]


def test_an_auditor_sees_who_claimed_and_moved_a_room(world: World) -> None:
    world.join("olga", "ngo")
    for _ in range(2):
        world.press("olga", "room.claim", "ngo")
    world.press("olga", "room.polls:everybody", "ngo")
    world.say("olga", "/krag Kultura", "ngo")
    olga, here = world.person("olga"), room(world).id
    noted = world.store(lambda store: [(one.person_id, one.act, one.subject) for one in acts(store.session)])
    assert noted == [(olga, act, here) for act in ("room-claimed", "room-polls", "room-moved")]
