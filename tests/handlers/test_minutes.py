"""Minutes: only marked lines, members' ones by a moderator's tap, the document, corrections, approval, tasks."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from bot.core.chats import ChatKind
from bot.core.events import Message
from bot.core.files import File
from bot.core.intents import At, Direct, Intent, Post
from bot.core.papers import Document
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.sittings import Kind, Line, read_line
from bot.engine.papers import as_file
from tests.handlers.meetings import OTHER, ROOM, card, claim, opened, text_of, timers
from tests.handlers.world import MATRIX, World, ids, kinds

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 24, 13, tzinfo=WARSAW)


@pytest.fixture
def held(world: World) -> str:
    """A meeting that is held; its occurrence's id."""
    claim(world, ROOM, OTHER)
    parts = "Zebranie | 24.11.2026 14:00-16:00 | Biblioteka | prowadzi: Anna | program: Lokale"
    id_ = opened(world, parts)
    world.say("olga", "/rozpocznij_spotkanie", ROOM)
    return id_


def marked(world: World, who: str, words: str, room: str | None = ROOM) -> str:
    """A marked line; its id."""
    world.say(who, words, room)
    [post] = [one for one in world.intents if isinstance(one, Post)]
    assert post.card.kind == "minute"
    return post.card.id


def replying(world: World, who: str, words: str, answered: str, theirs: str) -> list[Intent]:
    """A command in answer to somebody's message whose words the network tells."""
    name, _, argument = words.partition(" ")
    asked = world.routes.read(name, direct=False)
    assert asked
    assert asked.command
    base = world._base(who, ROOM)
    sender = AccountRef(world.platform, answered)
    message = Message(
        **base,
        id="m",
        text=words,
        reply_to="theirs-1",
        reply_to_sender=sender,
        quoted=theirs,  # type: ignore[arg-type]
    )
    command = asked.command
    world._do(message, lambda ctx: command.handler(message, argument, ctx))
    return world.intents


def line(world: World, id_: str) -> Line:
    found = world.store(lambda store: store.minutes.get(id_))
    assert found
    return found


def document(world: World, occurrence: str, format_: str, lang: str = "pl") -> File:
    made = world.store(lambda store: world.routes.files["minutes"](store, f"{occurrence}.{format_}", lang))
    assert isinstance(made, Document)
    return as_file(made, lang, MATRIX, world.texts.words)


def test_a_moderator_s_line_is_kept_a_member_s_is_proposed(world: World, held: str) -> None:
    kept = marked(world, "olga", "/ustalenie Spotykamy się co miesiąc")
    assert "Zapisano w protokole, numer 1" in card(world, kept, "minute")
    proposed = marked(world, "anna", "/ustalenie Kupujemy rzutnik")
    shown = card(world, proposed, "minute")
    assert "Propozycja" in shown
    assert "rzutnik" not in document(world, held, "md").content.decode()
    assert kinds(world.press("jan", f"minute.yes:{proposed}", ROOM)) == ["alert"]
    world.press("olga", f"minute.yes:{proposed}", ROOM)
    assert "numer 2" in card(world, proposed, "minute")
    assert "Kupujemy rzutnik" in document(world, held, "md").content.decode()
    assert kinds(world.press("olga", f"minute.no:{proposed}", ROOM)) == ["alert"]
    refused = marked(world, "anna", "/info Coś")
    world.press("olga", f"minute.no:{refused}", ROOM)
    assert "Coś" not in document(world, held, "md").content.decode()


def test_what_is_not_marked_is_not_kept_and_only_while_it_is_held(world: World, held: str) -> None:
    world.say("anna", "Spotykamy się co tydzień", ROOM)
    world.say("olga", "/zakończ_spotkanie", ROOM)
    world.say("olga", "/ustalenie Za późno", ROOM)
    assert ids(world.intents) == ["sitting-none"]
    assert world.store(lambda store: store.minutes.of(held)) == []


def test_a_command_in_reply_keeps_that_one_line(world: World, held: str) -> None:
    world.person("jan")
    [post] = replying(world, "olga", "/ustalenie", "jan", "Sala jest za mała")
    assert isinstance(post, Post)
    assert line(world, post.card.id).words == "Sala jest za mała"
    task, timer = replying(world, "olga", "/zadanie do 15.12", "jan", "Zrobię listę lokali")
    assert isinstance(task, Post)
    assert isinstance(timer, At)
    found = line(world, task.card.id)
    assert (found.words, found.due, found.owner) == ("Zrobię listę lokali", date(2026, 12, 15), world.person("jan"))
    replying(world, "olga", "/ustalenie", "jan", "")
    assert ids(world.intents) == ["minute-reply-unknown"]
    # In answer to the bot nobody's words are meant.
    world.say("olga", "/ustalenie", ROOM, reply=CardRef("sitting", held))
    assert ids(world.intents) == ["minute-how"]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("lista lokali do 15.12", ("lista lokali", date(2026, 12, 15))),
        ("do 15.12 lista lokali", ("lista lokali", date(2026, 12, 15))),
        ("lista lokali, do piątku", ("lista lokali", date(2026, 11, 27))),
        ("list of premises by 15.12.2026", ("list of premises", date(2026, 12, 15))),
        ("список до 15.12", ("список", date(2026, 12, 15))),
        ("napisać do 3 urzędów", "when-number"),
        ("napisać do urzędu", ("napisać do urzędu", None)),
        ("lista do 31.02", "when-no-such-day"),
        ("lista do 1.11", "when-past-year"),
        ("…", "minute-empty"),
        ("x" * 1001, "minute-long"),
        ("do 15.12", "minute-empty"),
    ],
)
def test_tasks_with_their_day_read_strictly(words: str, read: object) -> None:
    found = read_line(Kind.TASK, words, NOW, WARSAW)
    assert (found if isinstance(found, tuple) else found.id) == read


def test_the_document_has_the_shape_of_minutes_in_each_format(world: World, held: str) -> None:
    world.press("anna", f"here:{held}", ROOM)
    world.say("olga", "/ankieta Czy robimy przerwę? | Tak | Nie", ROOM)
    poll = next(one.card.id for one in world.intents if isinstance(one, Post) and one.card.kind == "poll")
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "/zamknij", ROOM)
    marked(world, "olga", "/info <b>Nowy</b> *adres* @wszyscy")
    marked(world, "olga", "/ustalenie Spotykamy się co miesiąc")
    marked(world, "olga", "/zadanie lista lokali do 15.12")
    world.say("olga", "/zakończ_spotkanie", ROOM)
    words = document(world, held, "md").content.decode()
    heads = [one for one in words.splitlines() if one.startswith("#")]
    assert heads == [
        "# Projekt protokołu: Zebranie", "## Obecność", "## Cele i program", "## Przebieg",
        "### Czy robimy przerwę?", "## Wnioski i ustalenia", "## Zadania",
    ]  # fmt: skip
    for said in ("wtorek, 24 listopada 2026", "Gdzie: Biblioteka", "Prowadzi: Anna", "Obecne osoby: 1", "Tak",
                 "- Spotykamy się co miesiąc", "- lista lokali \\(do 15 grudnia 2026\\)", "To projekt"):  # fmt: skip
        assert said in words
    assert r"\<b\>Nowy\</b\> \*adres\* @wszyscy" in words
    page = document(world, held, "html").content.decode()
    assert '<html lang="pl">' in page
    assert "&lt;b&gt;Nowy&lt;/b&gt;" in page
    assert [page.count(f"<h{level}>") for level in (1, 2, 3)] == [1, 5, 1]
    assert document(world, held, "html", "uk").content.decode().count('<html lang="uk">') == 1
    odt = document(world, held, "odt")
    assert odt.name == "protokół-Zebranie-2026-11-24.odt"
    with ZipFile(BytesIO(odt.content)) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        tree = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    spaces = {"text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0"}
    titles = ["".join(one.itertext()) for one in tree.iterfind(".//text:h", spaces)]
    assert titles == [head.lstrip("# ").replace("\\", "") for head in heads]
    assert "<b>Nowy</b> *adres* @wszyscy" in "".join(tree.itertext())


def test_lines_are_corrected_until_the_minutes_are_approved(world: World, held: str) -> None:
    first = marked(world, "olga", "/ustalenie Spotykamy sie co miesiac")
    marked(world, "olga", "/info Pomyłka")
    assert kinds(world.press("olga", f"minutes.approve:{held}"))[0] == "alert"
    world.say("olga", "/zakończ_spotkanie", ROOM)
    assert "1. Spotykamy sie" in text_of(world.say("olga", "/protokół"))
    world.say("olga", "/popraw_protokół 1 Spotykamy się co miesiąc")
    assert ids(world.intents) == ["minutes-fixed"]
    assert line(world, first).words == "Spotykamy się co miesiąc"
    world.say("olga", "/popraw_protokół 2 usuń")
    assert ids(world.intents) == ["minutes-dropped"]
    world.say("olga", "/popraw_protokół 2 jednak")
    assert ids(world.intents) == ["minutes-no-line"]
    world.say("olga", "/popraw_protokół")
    assert ids(world.intents) == ["minutes-fix-how"]
    world.say("anna", "/popraw_protokół 1 moje")
    assert ids(world.intents)[0] == "not-allowed"
    assert kinds(world.press("anna", f"minutes.approve:{held}"))[0] == "alert"
    world.press("olga", f"minutes.approve:{held}")
    words = document(world, held, "md").content.decode()
    assert words.startswith("# Protokół: Zebranie")
    assert "zatwierdzony 24 listopada 2026" in words
    assert "Pomyłka" not in words
    world.say("olga", "/popraw_protokół 1 inaczej")
    assert ids(world.intents) == ["minutes-approved"]


def test_a_task_reminds_its_owner_once_before_its_day(world: World, held: str) -> None:
    task = marked(world, "olga", "/zadanie lista lokali do 15.12")
    [timer] = timers(world.intents, "task.due")
    assert timer.when.astimezone(WARSAW) == datetime(2026, 12, 14, 9, tzinfo=WARSAW)
    world.fire("task.due", **timer.payload)
    assert world.intents == [], "nobody's"
    world.press("jan", f"task.take:{task}", ROOM)
    assert "zajmuje" in text_of(world.press("anna", f"task.take:{task}", ROOM))
    assert "lista lokali (do 15 grudnia 2026)" in text_of(world.say("jan", "/zadania"))
    assert "lista lokali" in text_of(world.say("anna", "/zadania", ROOM))
    world.say("anna", "/zadania")
    assert ids(world.intents)[0] == "tasks-none"
    world.later(timedelta(days=20))
    world.fire("task.due", **timer.payload)
    [told] = [one for one in world.intents if isinstance(one, Direct)]
    assert told.person_id == world.person("jan")
    assert kinds(world.press("anna", f"task.done:{task}")) == ["alert"]
    world.press("jan", f"task.done:{task}")
    assert "Zrobione" in card(world, task, "minute")
    world.fire("task.due", **timer.payload)
    assert world.intents == []


def test_another_room_s_meeting_takes_no_lines_from_here(world: World, held: str) -> None:
    world.say("olga", "/ustalenie Tutaj", "obcy")
    assert ids(world.intents) == ["sitting-none"]


def test_a_message_that_nobody_known_wrote_marks_nothing(world: World, held: str) -> None:
    base = world._base(None, ROOM)
    message = replace(Message(**base, id="m", text="/info x"), kind=ChatKind.ROOM)  # type: ignore[arg-type]
    asked = world.routes.read("/info x", direct=False)
    assert asked
    assert asked.command
    command = asked.command
    world._do(message, lambda ctx: command.handler(message, "x", ctx))
    assert ids(world.intents) == ["rsvp-nobody"]
    assert message.chat == ChatRef("telegram", ROOM)
