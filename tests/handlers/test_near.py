"""Answers by how sure they are: near passages, questions that go on, answers that moderators prepared."""

from datetime import timedelta

from bot.core.curated import Variant
from bot.core.people import Role
from bot.core.refs import AccountRef
from tests.handlers.world import World, kinds


def test_a_follow_up_goes_on_for_ten_minutes_and_for_its_author_only(world: World) -> None:
    world.say("anna", "Kto prowadził spotkanie?")
    assert "ciąg dalszy" in world.say("anna", "a kto to?")[0].text
    assert "ciąg dalszy" not in world.say("jan", "a kto to?")[0].text
    world.later(timedelta(minutes=11))
    assert "ciąg dalszy" not in world.say("anna", "a kto to?")[0].text


def test_a_prepared_answer_comes_first_and_is_removed_by_moderators_only(world: World) -> None:
    id_ = world.store(
        lambda store: store.curated.add(
            None, [Variant("pl", "Ile kosztuje bilet do zoo?"), Variant("en", "How much is a zoo ticket?")], "Nic."
        )
    )
    for asked in ("ile kosztuje bilet do zoo", "Ile kosztuja bilety do zoo?", "How much is a zoo ticket?"):
        assert "> Nic." in world.say("jan", asked)[0].text, asked
    assert "> Nic." not in world.say("jan", "Gdzie jest bilet do zoo?")[0].text
    assert kinds(world.press("jan", f"curated.drop:{id_}")) == ["alert"]
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "ewa")).id, Role.MODERATOR))
    assert "Ile kosztuje bilet" in world.say("ewa", "/odpowiedzi")[0].text
    assert kinds(world.press("ewa", f"curated.drop:{id_}")) == ["toast"]
    assert "> Nic." not in world.say("jan", "Ile kosztuje bilet do zoo?")[0].text
