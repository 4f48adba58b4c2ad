"""Organisations: asked for by members, confirmed once by a moderator, left by oneself."""

import pytest

from bot.core.people import Role
from bot.core.refs import AccountRef
from storage.audit import acts
from storage.organisations import Membership, MembershipState, Standing
from tests.handlers.world import Shown, World, ids, kinds


@pytest.fixture
def world(world: World) -> World:
    """Marek and Maria moderate."""
    for who in ("marek", "maria"):
        world.store(
            lambda store, who=who: store.people.grant(store.people.of(AccountRef("telegram", who)).id, Role.MODERATOR)
        )
    for who in ("marek", "maria", "anna", "olga"):
        world.say(who, "/start")
    return world


def memberships(world: World, who: str) -> list[Membership]:
    person = world.person(who)
    return world.store(lambda store: store.organisations.of(person))


def ask(world: World, who: str = "anna", name: str = "Fundacja Przykład", room: str | None = None) -> list[Shown]:
    return world.say(who, f"/organizacja {name}", room)


def request(world: World) -> Shown:
    return next(one for one in ask(world) if one.kind == "direct")


def test_a_request_goes_to_every_moderator_with_buttons_and_a_number(world: World) -> None:
    answer, *told = ask(world)
    assert {one.to for one in told} == {world.person(who) for who in ("marek", "maria", "olga")}
    [asked] = memberships(world, "anna")
    assert asked.state is MembershipState.ASKED
    assert str(asked.number) in answer.text
    for one in told:
        assert str(asked.number) in one.text
        assert "Telegram: anna" in one.text
        assert [action.rpartition(":")[2] for action in one.actions[:3]] == ["member", "deputy", "delegate"]
        assert len(one.buttons) == 4


@pytest.mark.parametrize(("choice", "standing"), list(enumerate(Standing)))
def test_one_tap_confirms_and_the_others_come_too_late(world: World, choice: int, standing: Standing) -> None:
    actions = request(world).actions
    toast, told, card = world.press("marek", actions[choice])
    assert "jest potwierdzona" in card.text
    assert card.actions == ()
    assert toast.kind == "toast"
    assert told.to == world.person("anna")
    assert "Fundacja Przykład" in told.text
    for who, action in (("marek", actions[choice]), ("maria", actions[3]), ("olga", actions[1])):
        [late] = world.press(who, action)
        assert (late.kind, "już zamknięta" in late.text) == ("toast", True)
    [found] = memberships(world, "anna")
    assert (found.state, found.standing) == (MembershipState.CONFIRMED, standing)
    person = world.person("anna")
    speaks = world.store(lambda store: store.organisations.speaks_for(person))
    assert bool(speaks) is (standing is not Standing.MEMBER)
    noted = world.store(lambda store: [(one.act, one.person_id) for one in acts(store.session)])
    assert noted == [("membership-confirmed", world.person("marek"))]


def test_a_refused_request_can_be_sent_again_and_the_old_buttons_are_dead(world: World) -> None:
    old = request(world).actions
    assert "nie potwierdzono" in world.press("maria", old[3])[1].text
    assert memberships(world, "anna") == []
    new = request(world).actions
    assert kinds(world.press("marek", old[0])) == ["alert"]
    assert [one.state for one in memberships(world, "anna")] == [MembershipState.ASKED]
    world.press("marek", new[0])
    assert [one.state for one in memberships(world, "anna")] == [MembershipState.CONFIRMED]


@pytest.mark.parametrize("who", ["anna", "piotr", None])
def test_nobody_else_confirms(world: World, who: str | None) -> None:
    actions = request(world).actions
    for action in actions:
        assert world.press(who, action, "ngo")[0].kind == "alert"
    assert [one.state for one in memberships(world, "anna")] == [MembershipState.ASKED]


def test_a_demoted_moderator_confirms_nothing(world: World) -> None:
    actions = request(world).actions
    world.owners = frozenset()
    assert kinds(world.press("olga", actions[0])) == ["alert"]
    assert [one.state for one in memberships(world, "anna")] == [MembershipState.ASKED]


def test_a_moderator_does_not_confirm_their_own_request_but_an_owner_may(world: World) -> None:
    told = [one.to for one in ask(world, "marek") if one.kind == "direct"]
    assert world.person("marek") not in told
    [own] = memberships(world, "marek")
    assert "ktoś inny" in world.press("marek", f"org.yes:{own.id}:delegate")[0].text
    assert [one.state for one in memberships(world, "marek")] == [MembershipState.ASKED]
    ask(world, "olga")
    [own] = memberships(world, "olga")
    assert world.press("olga", f"org.yes:{own.id}:delegate")[0].kind == "toast"


@pytest.mark.parametrize("action", ["org.yes", "org.yes:x:member", "org.no:", "org.leave:x", "org.yes:{id}:king"])
def test_forged_taps_change_nothing(world: World, action: str) -> None:
    ask(world)
    [asked] = memberships(world, "anna")
    assert kinds(world.press("marek", action.replace("{id}", asked.id))) == ["alert"]
    assert memberships(world, "anna") == [asked]


def test_one_leaves_by_oneself_and_nobody_for_another(world: World) -> None:
    world.press("marek", request(world).actions[2])
    own = world.say("anna", "/organizacja")[0]
    assert "Fundacja Przykład: głos organizacji" in own.text
    assert kinds(world.press("piotr", own.actions[0]))[0] == "alert"
    assert len(memberships(world, "anna")) == 1
    for _ in range(2):
        assert "już nie jest" in world.press("anna", own.actions[0])[0].text
    assert memberships(world, "anna") == []


def test_ones_own_are_shown_in_the_direct_chat_alone(world: World) -> None:
    world.press("marek", request(world).actions[0])
    in_room = world.say("anna", "/organizacja", "ngo")[0]
    assert "Fundacja Przykład:" not in in_room.text
    assert in_room.buttons == ()


def test_the_list_has_confirmed_ones_and_a_moderator_gets_what_waits(world: World) -> None:
    assert world.say("piotr", "/organizacje")[0].text.startswith("Nie ma jeszcze")
    world.press("marek", request(world).actions[0])
    ask(world, "piotr", "Stowarzyszenie Inne")
    listed = world.say("piotr", "/organizacje")
    assert [one.text for one in listed] == ["Organizacje\n\n• Fundacja Przykład"]
    assert len(world.say("marek", "/organizacje", "ngo")) == 1
    [_, waiting] = world.say("marek", "/organizacje")
    assert "Stowarzyszenie Inne" in waiting.text
    assert world.press("marek", waiting.actions[1])[0].kind == "toast"


def test_the_same_name_is_the_same_organisation_and_is_asked_once(world: World) -> None:
    ask(world)
    assert len(ask(world, name="FUNDACJA  przykład\u200b")) == 1
    assert ids(world.intents) == ["organisation-waits"]
    world.press("marek", f"org.yes:{memberships(world, 'anna')[0].id}:member")
    ask(world)
    assert ids(world.intents) == ["organisation-yours-already"]
    ask(world, "piotr", "fundacja przykład")
    assert memberships(world, "piotr")[0].organisation == memberships(world, "anna")[0].organisation


@pytest.mark.parametrize("name", ["x" * 81, "y" * 4_000, "123", "!!!", "\u202e 🎉"])
def test_a_name_that_is_none_is_refused_with_an_example(world: World, name: str) -> None:
    assert "/organizacja" in ask(world, name=name)[0].text
    assert ids(world.intents)[0] == "organisation-name-bad"
    assert memberships(world, "anna") == []


def test_a_name_can_hide_nothing(world: World) -> None:
    ask(world, name="Fun\u202edacja\u200b <b>@all</b>")
    assert memberships(world, "anna")[0].organisation.name == "Fundacja <b>@all</b>"


def test_nobody_floods_the_moderators(world: World) -> None:
    for number in range(5):
        assert len(ask(world, name=f"Fundacja {chr(97 + number)}")) == 4
    assert len(ask(world, name="Fundacja f")) == 1
    assert ids(world.intents) == ["organisation-too-many"]
    assert len(memberships(world, "anna")) == 5


def test_who_is_not_named_by_the_network_is_told_what_to_do(world: World) -> None:
    assert "/organizacja" in ask(world, None, room="ngo")[0].text  # type: ignore[arg-type]


def test_without_a_moderator_nothing_is_kept(world: World) -> None:
    world.owners = frozenset()
    for who in ("marek", "maria"):
        person = world.person(who)
        world.store(lambda store, person=person: store.people.revoke(person))
    ask(world)
    assert ids(world.intents) == ["organisation-no-moderators"]
    assert memberships(world, "anna") == []
