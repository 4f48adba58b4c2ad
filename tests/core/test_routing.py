"""How a text is read as a command, and what two capabilities may not both claim."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.context import Context
from bot.core.events import Event, Joined, Message
from bot.core.intents import Intent
from bot.core.people import Role
from bot.core.routing import Names, Router, Routes
from tests.core.strategies import WORDS


def _handler(_event: Event, _ctx: Context[None]) -> Sequence[Intent]:
    return []


def _command(_message: Message, _argument: str, _ctx: Context[None]) -> Sequence[Intent]:
    return []


def _routes() -> Routes[None]:
    router: Router[None] = Router()
    router.command("vote", Names("głos", "vote", "голос"), bare=True)(_command)
    router.command("help", Names("pomoc", "help", "допомога", also=("obrady",)))(_command)
    router.command("start", Names("start", "start", "старт"))(_command)
    router.command("close", Names("zamknij", "close", "закрити"), who=Role.MODERATOR)(_command)
    return Routes([router])


ROUTES = _routes()


def _read(text: str, *, direct: bool, addressed: bool = False) -> tuple[str | None, str] | None:
    asked = ROUTES.read(text, direct=direct, addressed=addressed)
    return None if asked is None else (asked.command.id if asked.command else None, asked.argument)


@pytest.mark.parametrize(
    "text",
    [
        "/głos 2",
        "/glos 2",
        "/GŁOS 2",
        "!głos 2",
        "!голос 2",
        "/vote 2",
        "  /vote   2 ",
        "/vote: 2",
        "/vote,\n2",
        "!𝐯𝐨𝐭𝐞 2",
    ],
)
@pytest.mark.parametrize("direct", [True, False])
def test_a_name_is_known_in_every_spelling(text: str, direct: bool) -> None:
    assert _read(text, direct=direct) == ("vote", "2")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("pomoc", ("help", "")),
        ("Pomoc", ("help", "")),
        ("pomoc:", ("help", "")),
        ("głos 2", ("vote", "2")),
        ("pomoc dla uchodźców", None),  # a question, not the command
        ("start w poniedziałek?", None),
        ("cokolwiek", None),
        ("/cokolwiek tam", (None, "tam")),
    ],
)
def test_between_two_no_prefix_is_needed(text: str, read: tuple[str | None, str] | None) -> None:
    assert _read(text, direct=True) == read


@pytest.mark.parametrize("text", ["pomoc", "głos 2", "start", "help", "obrady"])
def test_in_a_room_a_word_is_no_command(text: str) -> None:
    assert _read(text, direct=False) is None


@pytest.mark.parametrize(
    "text", ["!!!", "!", "/", "/ pomoc", "! pomoc", "//", "!?", "?!", "/9", "!1", "/usr/bin", "", " ", "!,"]
)
@pytest.mark.parametrize("direct", [True, False])
def test_a_shout_or_a_path_is_no_command(text: str, direct: bool) -> None:
    assert _read(text, direct=direct) is None


@pytest.mark.parametrize("name", ["help", "HELP", "start"])
def test_in_a_room_help_and_start_are_any_bots(name: str) -> None:
    assert _read(f"!{name}", direct=False) is None
    assert _read(f"!{name} polls", direct=False) is None
    assert _read(f"!{name}", direct=True) is not None
    assert _read(f"!{name}", direct=False, addressed=True) is not None
    assert _read(f"/{name}", direct=False) is not None


@pytest.mark.parametrize("text", ["!pomoc", "!obrady", "!допомога", "!старт"])
def test_in_a_room_our_own_names_work(text: str) -> None:
    read = _read(text, direct=False)
    assert read is not None
    assert read[0] in {"help", "start"}


@given(WORDS, st.booleans(), st.booleans())
def test_any_text_can_be_read(text: str, direct: bool, addressed: bool) -> None:
    asked = ROUTES.read(text, direct=direct, addressed=addressed)
    if asked is not None:
        assert text.rstrip().endswith(asked.argument)


def test_names_for_networks_that_take_ascii_alone() -> None:
    names = ROUTES.commands["vote"].names
    assert [names.shown(lang, ascii_only=True) for lang in ("pl", "en", "uk")] == ["glos", "vote", "vote"]
    assert [names.shown(lang, ascii_only=False) for lang in ("pl", "en", "uk")] == ["głos", "vote", "голос"]


def _claims() -> list[tuple[str, Router[None], Router[None]]]:
    def router() -> Router[None]:
        return Router()

    found = []
    one, two = router(), router()
    one.command("a", Names("głos", "a1", "а1"))(_command)
    two.command("b", Names("b1", "glos", "б1"))(_command)
    found.append(("a name", one, two))
    one, two = router(), router()
    one.command("a", Names("a1", "a2", "a3"))(_command)
    two.command("a", Names("b1", "b2", "b3"))(_command)
    found.append(("an id", one, two))
    for what in ("press", "timer", "card"):
        one, two = router(), router()
        getattr(one, what)("x")(lambda *_: [])
        getattr(two, what)("x")(lambda *_: None)
        found.append((f"a {what}", one, two))
    one, two = router(), router()
    one.on(Joined)(_handler)
    two.on(Joined)(lambda *_: [])
    found.append(("an event", one, two))
    return found


@pytest.mark.parametrize(("what", "one", "two"), _claims(), ids=lambda value: value if isinstance(value, str) else "")
def test_two_capabilities_may_not_claim_the_same(what: str, one: Router[None], two: Router[None]) -> None:
    Routes([one]), Routes([two])
    with pytest.raises(ValueError, match="two handlers"):
        Routes([one, two])


def test_texts_are_read_in_order_whatever_the_order_of_routers() -> None:
    one: Router[None] = Router()
    two: Router[None] = Router()

    def late(_message: Message, _ctx: Context[None]) -> None:
        return None

    def early(_message: Message, _ctx: Context[None]) -> None:
        return None

    one.text(500)(late)
    two.text(100)(early)
    assert Routes([one, two]).texts == [early, late]
