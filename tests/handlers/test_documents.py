"""Documents by chat: who may, what is shown of a file, what is asked, what is noted; the list and taking out."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.documents import About, Content
from bot.core.files import FileRef
from bot.core.intents import Do
from bot.core.people import Role
from storage.audit import acts
from tests.handlers.world import Shown, World, ids, kinds

FILE = FileRef("program.pdf", "telegram", "id-1", 1000, "application/pdf")
KNOWN = {"title": "Program współpracy", "lang": "pl", "date": "2025-11-20", "source": "https://example.org/program"}
TEXT = "# Program współpracy\n\nPieniądze przyznaje komisja."


def parsed(text: str = TEXT, **known: str) -> dict[str, Any]:
    return {"text": text, "pages": [0, 24], "format": "pdf", "known": known or KNOWN}


def sent(world: World, who: str = "olga", **more: Any) -> Do:
    """A file comes; the work that is asked for."""
    world.say(who, "", file=FILE, **more)
    [work] = [intent for intent in world.intents if isinstance(intent, Do)]
    return work


def shown(world: World, work: Do, digest: str = "d1", **known: str) -> Shown:
    """It was read: the card."""
    [card] = world.done(work, parsed=parsed(**known), digest=digest, passages=7)
    return card


def fill(world: World, *words: str) -> list[Shown]:
    last: list[Shown] = []
    for one in words:
        last = world.say("olga", one)
    return last


def added(world: World, digest: str = "d1", **known: str) -> None:
    """A file goes all the way."""
    card = shown(world, sent(world), digest, **known)
    [asked] = world.press("olga", card.actions[0])
    while asked.buttons[-1] != "Anuluj" or "Dodaj" not in asked.buttons:
        [asked] = world.say("olga", "pomiń")
    world.press("olga", asked.actions[asked.buttons.index("Dodaj")])


def stored(world: World) -> list[About]:
    return [one.about for one in world.store(lambda store: store.documents.all())]


@pytest.fixture(autouse=True)
def introduced(world: World) -> None:
    for who in ("olga", "anna"):
        world.say(who, "cześć")


def moderator(world: World, who: str = "anna") -> str:
    person = world.person(who)
    world.store(lambda store: store.people.grant(person, Role.MODERATOR))
    return person


def test_a_member_gets_a_kind_word_and_may_still_ask(world: World) -> None:
    world.say("anna", "", file=FILE)
    assert ids(world.intents) == ["document-moderators"]
    assert "Anna Nowak" in world.say("anna", "Kto prowadził spotkanie?", file=FILE)[0].text
    picture = FileRef("photo.jpg", "telegram", "x", 1, "image/jpeg")
    world.say("anna", "", file=picture)
    assert ids(world.intents) == ["question-only-text"]
    world.say("olga", "", file=picture)
    assert ids(world.intents) == ["document-kinds"]
    assert world.say("olga", "", "ngo", file=FILE) == []


def test_the_file_is_read_as_work_and_its_beginning_is_shown(world: World) -> None:
    work = sent(world)
    assert work.payload == {
        "name": "program.pdf", "platform": "telegram", "id": "id-1", "size": 1000, "mime": "application/pdf"
    }  # fmt: skip
    card = shown(world, work)
    for words in (
        "Tytuł: Program współpracy",
        "Strony: 2",
        "Fragmenty do cytowania: 7",
        "Pieniądze przyznaje komisja.",
    ):
        assert words in card.text
    assert card.buttons == ("Dodaj", "Anuluj")


@pytest.mark.parametrize("error", ["encrypted", "no-text", "timeout", "failed", "given-up", "too-large", "something"])
def test_each_fault_is_told_with_what_to_do(world: World, error: str) -> None:
    [card] = world.done(sent(world), error)
    assert "program.pdf" in card.text
    assert card.buttons == ()
    assert stored(world) == []


def test_what_the_file_says_is_not_asked_for(world: World) -> None:
    card = shown(world, sent(world))
    [asked] = world.press("olga", card.actions[0])
    assert "Od kiedy dokument obowiązuje?" in asked.text
    [asked] = fill(world, "1.01.2026")
    assert "Do kiedy" in asked.text
    assert "przed początkiem" in fill(world, "1.01.2025")[0].text
    assert "Takiej daty nie ma" in fill(world, "31.02.2026")[0].text
    fill(world, "31.12.2026")
    [review] = fill(world, "1")
    assert "Data dokumentu: 20 listopada 2025" in review.text
    done = world.press("olga", review.actions[0])
    assert [intent.work for intent in world.intents if isinstance(intent, Do)] == ["document.index"]
    assert "jest dodany" in done[-1].text
    [about] = stored(world)
    assert (about.title, about.source, about.source_title) == ("Program współpracy", KNOWN["source"], "program.pdf")
    assert (about.date, about.valid_from, about.valid_to) == (date(2025, 11, 20), date(2026, 1, 1), date(2026, 12, 31))
    assert about.area
    # The index is made: the card says that it is answered from.
    [card] = world.done(Do("document.index", "document.index"), documents=5)
    assert "Bot odpowiada już także z dokumentu" in card.text
    olga = world.person("olga")
    noted = world.store(lambda store: [(one.person_id, one.act) for one in acts(store.session)])
    assert (olga, "document-added") in noted


def test_the_same_file_is_said_and_a_new_version_replaces_the_old_one(world: World) -> None:
    added(world)
    card = shown(world, sent(world))
    assert "jest już wśród dokumentów" in card.text
    assert card.buttons == ("Anuluj",)
    card = shown(world, sent(world), "d2", **{**KNOWN, "title": "Program współpracy (zmiana)"})
    assert "Nowy plik go zastąpi" in card.text
    added(world, "d2", **{**KNOWN, "title": "Program współpracy (zmiana)"})
    assert [about.title for about in stored(world)] == ["Program współpracy (zmiana)"]


def test_who_lost_the_role_meanwhile_adds_nothing(world: World) -> None:
    person = moderator(world)
    card = shown(world, sent(world, "anna"))
    assert kinds(world.press("olga", card.actions[0])) == ["alert"], "another's file"
    world.press("anna", card.actions[0])
    for word in ("pomiń", "pomiń", "pomiń"):
        [review] = world.say("anna", word)
    world.store(
        lambda store: (
            store.people.revoke(person) if hasattr(store.people, "revoke") else store.people.grant(person, Role.MEMBER)
        )
    )
    world.press("anna", review.actions[0])
    assert stored(world) == []


def test_a_file_that_is_not_wanted_goes(world: World) -> None:
    card = shown(world, sent(world))
    assert kinds(world.press("anna", card.actions[1])) == ["alert"]
    toast, card_ = world.press("olga", card.actions[1])
    assert (toast.kind, card_.buttons) == ("toast", ())
    assert world.press("olga", card.actions[0])[0].kind == "alert"
    left = world.store(lambda store: store.documents.draft_of(card.actions[0].partition(":")[2]))
    assert left
    assert left.parsed == {}, "nothing of its text stays"


def test_the_list_tells_dates_and_what_is_over(world: World) -> None:
    about = About("Stary program", "", "plik", date(2022, 1, 1), None, date(2022, 12, 31), "pl")
    world.store(lambda store: store.documents.put(about, Content("Tekst.", (), "text", "d")))
    [listed] = world.say("anna", "/dokumenty")
    assert "Stary program, 1 stycznia 2022 – okres skończył się 31 grudnia 2022" in listed.text
    assert listed.buttons == ()
    [listed] = world.say("olga", "/dokumenty")
    assert listed.buttons == ("Usuń: Stary program",)
    assert world.say("olga", "/dokumenty", "ngo")[0].buttons == ()
    assert kinds(world.press("anna", listed.actions[0])) == ["alert"]
    [sure] = world.press("olga", listed.actions[0])
    assert kinds(world.press("anna", sure.actions[0])) == ["alert"]
    assert len(stored(world)) == 1
    world.press("olga", sure.actions[0])
    assert stored(world) == []
    assert any(isinstance(intent, Do) for intent in world.intents)
    assert world.press("olga", sure.actions[0])[0].kind == "alert"


def test_files_that_nobody_went_on_with_are_forgotten(world: World) -> None:
    card = shown(world, sent(world))
    world.later(timedelta(days=2))
    world.fire("housekeeping")
    assert world.store(lambda store: store.documents.draft_of(card.actions[0].partition(":")[2])) is None
    assert kinds(world.press("olga", card.actions[0])) == ["alert"]
