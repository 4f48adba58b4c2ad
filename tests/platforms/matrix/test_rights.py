"""Power from raw room state: the rules, and what real rooms of versions 10, 11 and 12 say."""

from math import inf
from typing import Any

import pytest

from bot.platforms.matrix.rights import Rights, unlimited_creators
from tests.fakes.synapse.makers import MakeMember
from tests.fakes.synapse.wire import CLIENT, MatrixError, part
from tests.platforms.matrix.support import MakeBot
from tests.platforms.matrix.test_plain import meet

ANNA, JAN, OLA = "@anna:x", "@jan:x", "@ola:x"


def state(version: str, power: dict[str, Any] | None, **creation: Any) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = [
        {"type": "m.room.create", "state_key": "", "sender": ANNA, "content": {"room_version": version, **creation}}
    ]
    if power is not None:
        events.append({"type": "m.room.power_levels", "state_key": "", "sender": ANNA, "content": power})
    return events


def test_creators_of_version_12_stand_above_all() -> None:
    rights = Rights.of(state("12", {"users": {OLA: 100}}, additional_creators=[JAN]))
    assert (rights.level(ANNA), rights.level(JAN), rights.level(OLA)) == (inf, inf, 100)
    assert rights.may_set(ANNA, "m.room.tombstone")


def test_creators_before_it_have_what_the_levels_say() -> None:
    rights = Rights.of(state("11", {"users": {JAN: 50}}, additional_creators=[OLA]))
    assert (rights.level(ANNA), rights.level(JAN), rights.level(OLA)) == (0, 50, 0)


def test_without_power_levels_the_creator_has_100_and_all_may_set_state() -> None:
    rights = Rights.of(state("10", None))
    assert (rights.level(ANNA), rights.level(JAN)) == (100, 0)
    assert rights.may_set(JAN, "m.room.name")
    assert rights.may_send(JAN)
    assert not rights.may(JAN, "ban")


def test_what_is_needed_for_what() -> None:
    power = {
        "users": {ANNA: 100, JAN: 50},
        "users_default": 0,
        "events_default": 10,
        "events": {"m.reaction": 0, "m.room.tombstone": 100},
        "redact": 40,
        "invite": 60,
        "notifications": {"room": 70},
    }
    rights = Rights.of(state("11", power))
    assert rights.may_send(JAN)
    assert not rights.may_send(OLA)
    assert rights.may_send(OLA, "m.reaction")
    assert not rights.may_set(JAN, "m.room.tombstone")
    assert rights.may_set(JAN, "m.room.name")
    assert rights.may(JAN, "redact")
    assert not rights.may(JAN, "invite")
    assert rights.may(JAN, "kick")
    assert not rights.may_notify_all(JAN)
    assert rights.may_notify_all(ANNA)


def test_levels_that_are_none_count_as_absent() -> None:
    power = {"users": {ANNA: "100", JAN: "x", OLA: True}, "users_default": 7, "events_default": None, "ban": []}
    rights = Rights.of(state("9", power))
    assert (rights.level(ANNA), rights.level(JAN), rights.level(OLA)) == (100, 7, 7)
    assert rights.may_send(OLA)
    assert not rights.may(OLA, "ban")


@pytest.mark.parametrize(
    ("version", "unlimited"),
    [("1", False), ("11", False), ("12", True), ("13", True), ("org.matrix.hydra.11", True), ("x", False)],
)
def test_versions(version: str, unlimited: bool) -> None:
    assert unlimited_creators(version) is unlimited


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_real_rooms_agree(make_bot: MakeBot, make_member: MakeMember, version: str) -> None:
    bot, anna, jan = await make_bot(), await make_member("anna"), await make_member("jan")
    room = await meet(anna, bot, version=version)
    await anna.invite(room, jan.user_id)
    await jan.join(room)
    rights = await bot.matrix.rights(room)
    assert rights.version == version
    assert rights.level(anna.user_id) == (inf if version == "12" else 100)
    assert rights.level(jan.user_id) == rights.level(bot.user_id) == 0
    # The server is asked to do what the rules say, and agrees.
    said = await anna.text(room, "x")
    assert rights.may(anna.user_id, "redact")
    assert not rights.may(jan.user_id, "redact")
    with pytest.raises(MatrixError, match="M_FORBIDDEN"):
        await jan.call("PUT", f"{CLIENT}/rooms/{part(room)}/redact/{part(said)}/t1", {})
    await anna.set_power(room, jan.user_id, 50)
    rights = await bot.matrix.rights(room)
    assert rights.may(jan.user_id, "redact")
    await jan.redact(room, said)
    if version == "12":
        # The library's own view would lock out exactly the person who made the room.
        assert anna.user_id not in (await anna.state(room, "m.room.power_levels"))["users"]
    assert rights.may_set(jan.user_id, "m.room.name")
    await jan.set_state(room, "m.room.name", {"name": "Nowa"})
    assert not rights.may_set(jan.user_id, "m.room.tombstone")
    with pytest.raises(MatrixError, match="M_FORBIDDEN"):
        await jan.tombstone(room, "!x")
