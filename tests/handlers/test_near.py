"""Answers by how sure they are: near passages, questions that go on, answers that moderators prepared."""

from datetime import timedelta

from bot.core.curated import Variant
from bot.core.people import Role
from bot.core.refs import AccountRef
from bot.knowledge import Knowledge
from handlers import routers
from tests.handlers.world import MATRIX, Shown, World, elsewhere, kinds


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


def unsure(world: World, shipped: Knowledge) -> World:
    """A world that answers from the shipped documents: they tell of the meeting, not where it was."""
    return elsewhere(world, routers=routers(shipped))


def _card(shown: list[Shown]) -> Shown:
    return next(one for one in shown if one.kind == "refresh")


def test_near_passages_are_shown_one_at_a_time_and_one_may_be_the_answer(world: World, shipped: Knowledge) -> None:
    world = unsure(world, shipped)
    card = world.say("anna", "Where was the meeting held?")[0]
    assert "not sure" in card.text
    assert card.buttons == ("This answers it", "Show more", "Pass the question on")
    yes, more, _ = card.actions
    assert [world.press("jan", action)[0].kind for action in (more, yes)] == ["alert", "alert"]
    second = _card(world.press("anna", more))
    assert second.text != card.text
    third = _card(world.press("anna", second.actions[1]))
    assert third.buttons == ("This answers it", "Pass the question on")
    done = _card(world.press("anna", third.actions[0]))
    assert "marked as the answer" in done.text
    assert done.buttons == ()
    assert kinds(world.press("anna", more)) == ["toast"]


def test_without_buttons_the_choices_have_numbers(world: World, shipped: Knowledge) -> None:
    card = elsewhere(unsure(world, shipped), platform="matrix", capabilities=MATRIX).say(
        "@anna:example.org", "Where was the meeting held?"
    )[0]
    assert "1. This answers it\n2. Show more\n3. Pass the question on" in card.text


def test_a_prepared_answer_is_written_step_by_step(world: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "ewa")).id, Role.MODERATOR))
    for said in ("/nowa_odpowiedz", "Ile kosztuje bilet do zoo?\nHow much is a zoo ticket?", "Nic."):
        world.say("ewa", said)
    for said in ("Cennik https://example.org/zoo", "31.12.2027"):
        review = world.say("ewa", said)[0]
    assert "Nic." in review.text
    world.press("ewa", review.actions[0])
    assert "> Nic." in world.say("jan", "ile kosztuje bilet do zoo")[0].text
    world.later(timedelta(days=800))
    assert "> Nic." not in world.say("jan", "ile kosztuje bilet do zoo")[0].text
    assert kinds(world.say("jan", "/nowa_odpowiedz")) == ["reply"]
