"""Needs at a meeting: asked once in the direct chat after an answer, told as sums, forgotten."""

from datetime import timedelta

from bot.core.intents import Direct
from tests.handlers.meetings import ROOM, both, claim, opened, text_of
from tests.handlers.world import World, ids, kinds


def asked(world: World) -> list[Direct]:
    return [one for one in world.intents if isinstance(one, Direct) and "needs-ask" in ids([one])]


def test_once_a_meeting_and_only_where_there_is_a_direct_chat(world: World) -> None:
    claim(world, ROOM)
    id_ = opened(world)
    world.press("anna", f"rsvp:{id_}:yes", ROOM)
    assert asked(world) == []
    world.say("anna", "cześć")
    world.press("anna", f"rsvp:{id_}:maybe", ROOM)
    [question] = asked(world)
    assert question.person_id == world.person("anna")
    assert len(question.body.buttons) == 7
    world.press("anna", f"rsvp:{id_}:yes", ROOM)
    assert asked(world) == []
    world.say("jan", "cześć")
    world.press("jan", f"rsvp:{id_}:no", ROOM)
    assert asked(world) == []


def test_moderators_see_sums_in_their_direct_chat_alone(world: World) -> None:
    claim(world, ROOM)
    id_ = opened(world)
    meeting = both(world, id_)[0].id
    assert "PJM (język migowy)." in text_of(world.press("anna", f"need:{meeting}:sign"))
    assert "PJM (język migowy), Napisy." in text_of(world.press("anna", f"need:{meeting}:captions"))
    world.press("anna", f"need:{meeting}:sign")
    world.press("jan", f"need:{meeting}:sign")
    shown = text_of(world.say("olga", "/potrzeby"))
    assert "PJM (język migowy): 2" in shown
    assert "Napisy: 1" in shown
    room = world.say("olga", "/potrzeby", ROOM)
    assert [one.to for one in room if "PJM" in one.text] == [world.person("olga")]
    world.press("anna", f"need:{meeting}:none")
    assert "Napisy" not in text_of(world.say("olga", "/potrzeby"))
    world.say("anna", "/potrzeby", ROOM)
    assert ids(world.intents)[0] == "not-allowed"


def test_nothing_is_taken_in_a_room_or_made_up(world: World) -> None:
    claim(world, ROOM)
    meeting = both(world, opened(world))[0].id
    assert kinds(world.press("anna", f"need:{meeting}:sign", ROOM))[0] == "alert"
    assert kinds(world.press("anna", f"need:{meeting}:gold"))[0] == "alert"
    assert world.store(lambda store: store.needs.sums(meeting)) == {}


def test_they_are_forgotten_a_month_after_the_meeting(world: World) -> None:
    claim(world, ROOM)
    meeting = both(world, opened(world))[0].id
    world.press("anna", f"need:{meeting}:sign")
    world.later(timedelta(days=35))
    world.fire("housekeeping")
    assert world.store(lambda store: store.needs.sums(meeting)) == {"sign": 1}
    world.later(timedelta(days=5))
    world.fire("housekeeping")
    assert world.store(lambda store: store.needs.sums(meeting)) == {}
