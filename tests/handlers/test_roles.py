"""Roles: who may give and take them, by a reply or by a code; a change holds from the next act."""

import json
import re
from datetime import timedelta

import pytest

from bot.core.people import Role
from bot.core.refs import AccountRef
from storage import Store, audit
from tests.handlers.world import World, elsewhere, ids, kinds


def role(world: World, who: str) -> Role:
    return world.store(lambda store: store.people.of(AccountRef("telegram", who)).role)


def make(world: World, who: str, what: Role) -> str:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", who)).id, what))
    return world.person(who)


def acts(world: World) -> list[tuple[str | None, str, str, dict[str, str]]]:
    """What the log says of roles."""

    def read(store: Store) -> list[tuple[str | None, str, str, dict[str, str]]]:
        noted = [one for one in audit.acts(store.session) if one.act.startswith("role")]
        return [(one.person_id, one.act, one.subject, json.loads(one.detail)) for one in noted]

    return world.store(read)


def code_from(world: World, who: str, command: str) -> str:
    found = re.search(r"!start (\S+)", world.say(who, command)[0].text)
    assert found
    return found[1]


@pytest.mark.parametrize("command", ["/moderator", "!moderator", "/модератор"])
def test_a_reply_appoints_the_author_and_tells_the_room_and_them(world: World, command: str) -> None:
    here, there = world.say("olga", command, "ngo", answers="anna")
    assert (here.kind, here.to) == ("reply", "ngo")
    assert (there.kind, there.to) == ("direct", world.person("anna"))
    assert "/pomoc" in there.text
    assert role(world, "anna") is Role.MODERATOR
    assert acts(world)[-1] == (
        world.person("olga"), "role-granted", world.person("anna"), {"by": "reply", "role": "moderator"}
    )  # fmt: skip


def test_somebody_who_never_wrote_can_be_appointed(world: World) -> None:
    world.say("olga", "/moderator", "ngo", answers="silent")
    assert role(world, "silent") is Role.MODERATOR


def test_owners_appoint_coordinators_and_these_moderators(world: World) -> None:
    world.say("olga", "/koordynator", "ngo", answers="anna")
    assert role(world, "anna") is Role.COORDINATOR
    world.say("anna", "/moderator", "ngo", answers="piotr")
    assert role(world, "piotr") is Role.MODERATOR


@pytest.mark.parametrize(
    ("who", "command"),
    [
        (None, "/moderator"), (Role.MODERATOR, "/moderator"), (Role.COORDINATOR, "/koordynator"),
        (Role.MODERATOR, "/koordynator"), (None, "/koordynator"),
    ],
)  # fmt: skip
def test_nobody_gives_what_is_not_theirs_to_give(world: World, who: Role | None, command: str) -> None:
    if who:
        make(world, "eve", who)
    for argument in ("", " odbierz"):
        [refusal] = world.say("eve", command + argument, "ngo", answers="anna")
        assert "większych uprawnień" in refusal.text
    assert kinds(world.say("eve", command))[0] == "reply"
    assert role(world, "anna") is Role.MEMBER
    assert acts(world) == []


def test_an_anonymous_administrator_appoints_nobody(world: World) -> None:
    world.say(None, "/moderator", "ngo", answers="anna")
    assert role(world, "anna") is Role.MEMBER


@pytest.mark.parametrize(
    ("answers", "reply", "said"),
    [(None, False, "role-reply-to-whom"), ("", False, "role-unknown-author"), (None, True, "role-nobody")],
)
def test_without_a_person_to_appoint_it_says_how(world: World, answers: str | None, reply: bool, said: str) -> None:
    [how] = world.say("olga", "/moderator", "ngo", answers=answers, reply=reply)
    assert ids(world.intents) == [said]
    assert "prywatnej rozmowie" in how.text
    assert "/moderator" in how.text


@pytest.mark.parametrize("argument", ["Anna", "@anna", "x" * 4_000, "</b>", "odbierz Annie"])
def test_no_names_are_taken(world: World, argument: str) -> None:
    [how] = world.say("olga", f"/moderator {argument}", "ngo", answers="anna")
    assert ids(world.intents) == ["role-how"]
    assert argument not in how.text
    assert role(world, "anna") is Role.MEMBER


def test_nobody_is_appointed_twice_and_a_higher_role_stays(world: World) -> None:
    make(world, "anna", Role.COORDINATOR)
    world.say("olga", "/moderator", "ngo", answers="anna")
    assert ids(world.intents) == ["role-has-already"]
    assert role(world, "anna") is Role.COORDINATOR


@pytest.mark.parametrize("word", ["odbierz", "Odbierz.", "revoke", "забрати"])
def test_a_role_is_taken_by_a_reply_and_they_are_told(world: World, word: str) -> None:
    make(world, "anna", Role.MODERATOR)
    here, there = world.say("olga", f"/moderator {word}", "ngo", answers="anna")
    assert (here.to, there.to) == ("ngo", world.person("anna"))
    assert role(world, "anna") is Role.MEMBER
    assert acts(world)[-1][1:] == ("role-revoked", world.person("anna"), {"role": "moderator"})
    world.say("olga", f"/moderator {word}", "ngo", answers="anna")
    assert ids(world.intents) == ["role-has-none"]


def test_a_change_holds_from_the_next_act(world: World) -> None:
    make(world, "anna", Role.COORDINATOR)
    world.say("anna", "/moderator", "ngo", answers="piotr")
    world.say("olga", "/moderator odbierz", "ngo", answers="anna")
    [refusal] = world.say("anna", "/moderator", "ngo", answers="ewa")
    assert "większych uprawnień" in refusal.text
    assert role(world, "ewa") is Role.MEMBER
    assert role(world, "piotr") is Role.MODERATOR  # What was done before stays done.


def test_a_coordinator_dismisses_moderators_only(world: World) -> None:
    for who, what in (("anna", Role.COORDINATOR), ("ewa", Role.COORDINATOR), ("piotr", Role.MODERATOR)):
        make(world, who, what)
    for who, said in (("ewa", "role-not-above"), ("olga", "role-not-above"), ("anna", "role-not-above")):
        world.say("anna", "/moderator odbierz", "ngo", answers=who)
        assert ids(world.intents) == [said]
    world.say("anna", "/moderator odbierz", "ngo", answers="piotr")
    assert role(world, "piotr") is Role.MEMBER


def test_an_owner_of_the_config_is_the_operator_s_business(world: World) -> None:
    make(world, "anna", Role.OWNER)
    world.say("anna", "/moderator odbierz", "ngo", answers="olga")
    assert ids(world.intents) == ["role-in-config"]
    assert role(world, "olga") is Role.OWNER


def test_the_last_owner_can_t_be_lost(world: World) -> None:
    alone = elsewhere(world, owners=frozenset())
    make(alone, "anna", Role.OWNER)
    make(alone, "ewa", Role.OWNER)
    alone.say("anna", "/moderator odbierz", "ngo", answers="ewa")
    assert role(alone, "ewa") is Role.MEMBER
    alone.say("anna", "/moderator odbierz", "ngo", answers="anna")
    assert ids(alone.intents) == ["role-last-owner"]
    assert role(alone, "anna") is Role.OWNER


def test_a_code_makes_whoever_sends_it_first_a_moderator(world: World) -> None:
    code = code_from(world, "olga", "/moderator")
    assert not set("01OIL") & set(code)
    world.say("anna", f"!start {code.lower()}")
    assert ids(world.intents)[0] == "code-accepted"
    assert role(world, "anna") is Role.MODERATOR
    assert acts(world)[-1] == (
        world.person("olga"), "role-granted", world.person("anna"), {"by": "code", "role": "moderator"}
    )  # fmt: skip
    world.say("eve", f"!start {code}")
    assert ids(world.intents)[0] == "code-refused"
    assert code not in repr(acts(world))


def test_a_coordinator_s_code_and_its_seven_days(world: World) -> None:
    code, late = code_from(world, "olga", "/koordynator"), code_from(world, "olga", "/koordynator")
    world.later(timedelta(days=6, hours=23))
    world.say("anna", f"/start {code}")
    assert role(world, "anna") is Role.COORDINATOR
    world.later(timedelta(hours=2))
    world.say("ewa", f"/start {late}")
    assert role(world, "ewa") is Role.MEMBER


def test_codes_of_somebody_who_was_dismissed_are_worth_nothing(world: World) -> None:
    make(world, "anna", Role.COORDINATOR)
    code = code_from(world, "anna", "/moderator")
    world.say("olga", "/moderator odbierz", "ngo", answers="anna")
    world.say("eve", f"/start {code}")
    assert ids(world.intents)[0] == "code-refused"
    assert role(world, "eve") is Role.MEMBER


def test_taking_needs_somebody_in_a_direct_chat_too(world: World) -> None:
    world.say("olga", "/moderator odbierz")
    assert ids(world.intents)[0] == "role-reply-to-whom"


def test_a_room_gets_no_code(world: World) -> None:
    [how] = world.say("olga", "/moderator", "ngo")
    assert "!start" not in how.text
