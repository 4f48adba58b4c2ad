"""A meeting step by step in the direct chat: repeated back, shown as a draft, changed, opened by one tap."""

import pytest

from bot.core.intents import Post, Reply
from bot.core.people import Role
from tests.handlers.meetings import OTHER, ROOM, card, claim, opened, text_of
from tests.handlers.world import World, ids, kinds


def fill(world: World, *answers: str, who: str = "olga") -> str:
    """Answer one question after another; the id of the draft."""
    world.say(who, "/nowe_spotkanie")
    for answer in answers:
        world.say(who, answer)
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    assert post.card.kind == "meeting-draft"
    return post.card.id


def test_every_answer_is_in_the_draft_and_one_tap_opens_it(world: World) -> None:
    claim(world, ROOM, OTHER)
    draft = fill(
        world, "Spotkanie robocze", "3.12.2026 17:00-19:00", "co drugi czwartek do 30.06.2027", "Dom kultury",
        "Wejście bez schodów", "Wielokulturowość", "50", "Anna", "Lokale i pieniądze",
    )  # fmt: skip
    shown = card(world, draft, "meeting-draft")
    for words in (
        "Spotkanie: Spotkanie robocze",
        "Kiedy: czwartek, 3 grudnia 2026, 17:00–19:00 (czas polski)",
        "Powtarza się: co 2 tygodnie (czwartek), do 30 czerwca 2027",
        "Gdzie: Dom kultury",
        "Dostępność: Wejście bez schodów",
        "Obszar: Wielokulturowość",
        "Liczba miejsc: 50",
        "Prowadzi: Anna",
        "Program: Lokale i pieniądze",
        "w 2 grupach",
    ):
        assert words in shown
    cards = [one for one in world.press("olga", f"meeting.start:{draft}") if one.kind == "card"]
    assert {one.to for one in cards} == {ROOM, OTHER}
    assert "Dostępność: Wejście bez schodów" in cards[0].text


def test_the_day_is_repeated_in_full_before_it_is_accepted(world: World) -> None:
    claim(world, ROOM)
    world.say("olga", "/nowe_spotkanie")
    world.say("olga", "Zebranie")
    assert "31.02" in text_of(world.say("olga", "31.02.2027 17:00"))
    assert "17:00" in text_of(world.say("olga", "3.12.2026"))
    world.say("olga", "jutro o 18:00")
    shown = text_of(world.say("olga", "wstecz"))
    assert "środa, 25 listopada 2026, 18:00 (czas polski)" in shown


def test_what_is_optional_can_be_skipped_and_a_series_may_be_said_with_the_day(world: World) -> None:
    claim(world, ROOM)
    draft = fill(world, "Zebranie", "co czwartek 17:00", *["pomiń"] * 5)
    shown = card(world, draft, "meeting-draft")
    assert "Powtarza się: co tydzień (czwartek)" in shown
    assert "Gdzie" not in shown
    assert "Dostępność" not in shown


def test_a_draft_is_changed_step_by_step_and_its_card_with_it(world: World) -> None:
    claim(world, ROOM)
    draft = fill(world, "Zebranie", "3.12.2026 17:00", "nie", "Biblioteka", *["pomiń"] * 5)
    world.press("olga", f"meeting.fix:{draft}")
    [asked] = [intent for intent in world.intents if isinstance(intent, Reply)]
    [place] = [button.action for button in asked.body.buttons if dict(button.label.args).get("words") is not None][3:4]
    world.press("olga", place)
    shown = world.say("olga", "Dom kultury")
    assert kinds(shown) == ["refresh", "card"]
    assert "Gdzie: Dom kultury" in shown[0].text
    world.press("olga", f"meeting.start:{draft}")
    assert kinds(world.press("olga", f"meeting.fix:{draft}")) == ["alert"]


def test_who_is_no_moderator_any_more_gets_no_draft(world: World) -> None:
    claim(world, ROOM)
    anna = world.person("anna")
    world.store(lambda store: store.people.grant(anna, Role.MODERATOR))
    world.say("anna", "/nowe_spotkanie")
    for answer in ("Zebranie", "3.12.2026 17:00", "nie", *["pomiń"] * 4):
        world.say("anna", answer)
    world.store(lambda store: store.people.revoke(anna))
    assert "moderują" in text_of(world.say("anna", "pomiń"))


def test_without_a_room_it_says_how_to_get_one(world: World) -> None:
    assert "Dodaj bota do grupy" in text_of(world.say("olga", "/nowe_spotkanie"))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("kworum: 15 organizacji", "Kworum: 15 organizacji"),
        ("kworum: 20 osób, 15 organizacji", "Kworum: osoby 20, organizacje 15"),
        ("prowadzi: Anna", "Prowadzi: Anna"),
        ("program: lokale: pieniądze", "Program: lokale: pieniądze"),
        ("dostępność: winda", "Dostępność: winda"),
    ],
)
def test_the_quick_form_takes_them_too(world: World, part: str, said: str) -> None:
    world.say("olga", f"/nowe_spotkanie Zebranie | 3.12.2026 17:00 | {part} | Biblioteka", ROOM)
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    assert said in card(world, post.card.id, "meeting-draft")


@pytest.mark.parametrize(
    ("part", "said"),
    [("kworum: dużo", "meeting-quorum-wrong"), ("prowadzi: " + "x" * 101, "meeting-term-long"),
     ("program: …", "meeting-term-empty")],
)  # fmt: skip
def test_what_is_wrong_with_them_is_said(world: World, part: str, said: str) -> None:
    world.say("olga", f"/nowe_spotkanie Zebranie | 3.12.2026 17:00 | {part}", ROOM)
    assert ids(world.intents) == [said]


def test_a_card_shows_them_in_every_room(world: World) -> None:
    shown = card(world, opened(world, "Zebranie | 3.12.2026 17:00 | Biblioteka | dostępność: winda | prowadzi: Anna"))
    assert "Dostępność: winda" in shown
    assert "Prowadzi: Anna" in shown
