"""The page and its stream over HTTP: headers, escaping, wrong addresses, limits, and how streams end."""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.config import Web
from bot.core.capabilities import Address
from bot.core.content import ByLanguage
from bot.core.poll_terms import Quorum, Threshold, Unit
from bot.core.polls import Draft, Kind, Poll, PollState, Tally
from bot.core.refs import ChatRef
from bot.core.routing import Routes
from bot.engine.clock import SystemClock
from bot.knowledge import Knowledge
from bot.locales import Texts
from bot.menu import PLAIN
from bot.platforms.matrix.adapter import Matrix
from bot.platforms.memory import Memory
from bot.screen import screens as module
from bot.screen.board import Board, Phase
from bot.screen.page import Page
from bot.screen.screens import Screens
from bot.screen.server import Server
from handlers import routers

TOKEN = "t" * 22
HOSTILE = "<script>alert(1)</script>\"' & <b>Ala</b>"
ZONE = ZoneInfo("Europe/Warsaw")
TEXTS = Texts(Routes(routers(Knowledge.from_documents([]))).command_names(), ZONE)
RUNNING = Poll(
    id="abc",
    draft=Draft("Czy idziemy?", (ByLanguage((("pl", "Tak"), ("en", "Yes"), ("uk", "Так"))), "Nie")),
    state=PollState.OPEN,
    opener=None,
    chat=ChatRef("telegram", "1"),
    rooms=(),
    opened_at=datetime.now(UTC),
)


def board(*counts: int, poll: Poll = RUNNING, phase: Phase = Phase.RUNNING, hands: tuple[int, ...] = ()) -> Board:
    return Board(phase, "pl", poll, Tally(counts, sum(counts), hands=hands))


def terms(tally: Tally, *, closed: bool = False, **more: Any) -> Board:
    """A board of a poll with other terms."""
    poll = replace(RUNNING, draft=replace(RUNNING.draft, **more))
    if closed:
        poll = replace(poll, state=PollState.CLOSED, closed_at=datetime.now(UTC))
    return Board(Phase.CLOSED if closed else Phase.RUNNING, "pl", poll, tally)


@dataclass
class Hall:
    """A server whose boards the test sets; None: the token opens nothing."""

    board: Board | None
    looks: int = 0
    away: bool = False
    url: str = ""
    screens: Screens = field(init=False)

    async def read(self, token: str) -> Board | None:
        self.looks += 1
        if self.away:
            raise RuntimeError("what people wrote")
        return self.board if token == TOKEN else None

    def show(self, board: Board | None) -> None:
        self.board = board
        self.screens.wake()


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    """Listening on a free port, with two networks."""
    hall = Hall(board(2, 1))
    networks = [
        Memory(
            name="telegram",
            capabilities=replace(Memory().capabilities, address=Address("t.me/x_bot", "https://t.me/x_bot")),
        ),
        Memory(
            name="matrix",
            capabilities=replace(
                Matrix.capabilities, address=Address("@x:example.org", "https://matrix.to/#/@x:example.org")
            ),
        ),
    ]
    hall.screens = Screens(hall.read, Page(TEXTS, ZONE, PLAIN), networks, SystemClock())
    server = Server([hall.screens.pages])
    await server.start(Web(port=0))
    hall.url = f"http://127.0.0.1:{server.port}/screen/"
    yield hall
    hall.screens.close()
    await server.stop()


async def get(hall: Hall, path: str = TOKEN) -> tuple[int, str, Any]:
    async with aiohttp.ClientSession() as session, session.get(hall.url + path) as response:
        return response.status, await response.text(), response.headers


@dataclass
class Stream:
    """An open stream of updates."""

    response: aiohttp.ClientResponse

    async def update(self) -> dict[str, Any]:
        """The next update."""
        async with asyncio.timeout(10):
            while line := await self.response.content.readline():
                if line.startswith(b"data: "):
                    found: dict[str, Any] = json.loads(line[6:])
                    return found
        raise EOFError


@contextlib.asynccontextmanager
async def listening(hall: Hall, query: str = "") -> AsyncIterator[Stream]:
    async with aiohttp.ClientSession() as session, session.get(f"{hall.url}{TOKEN}/events{query}") as response:
        assert response.status == 200, response.status
        yield Stream(response)


class Shape(HTMLParser):
    """Elements and their attributes, and whether they are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


# --- the page ---


async def test_the_page_says_everything_in_words(hall: Hall) -> None:
    hall.board = board(12, 5, hands=(7, 1))
    status, page, _ = await get(hall)
    assert status == 200
    shape = Shape(page)
    assert shape.all("html")[0]["lang"] == "pl"
    assert len(shape.all("main")) == len(shape.all("h1")) == 1
    for words in (
        "Ankieta trwa", "Czy idziemy?", "Tak", "12 głosów", "71%", "sala: 7", "Zagłosowało 17 osób",
        "8 rąk policzonych", "Trwa, aż ktoś ją zamknie.", "t.me/x_bot", "@x:example.org", "!głos 2", "sam numer",
    ):  # fmt: skip
        assert words in page
    assert [one["aria-label"] for one in shape.all("div") if one.get("role") == "img"] == [
        "Kod QR z adresem t.me/x_bot", "Kod QR z adresem @x:example.org",
    ]  # fmt: skip
    assert [one for one in shape.all("p") if one.get("aria-live") == "polite"]
    assert all(one["aria-hidden"] == "true" for one in shape.all("svg"))
    assert all(one.get("role") == "list" for tag in ("ol", "ul") for one in shape.all(tag))


@pytest.mark.parametrize(("lang", "words"), [("en", "17 people have voted"), ("uk", "Проголосувало 17 людей")])
async def test_other_languages(hall: Hall, lang: str, words: str) -> None:
    hall.board = board(12, 5)
    page = (await get(hall, f"{TOKEN}?lang={lang}"))[1]
    assert words in page
    assert Shape(page).all("html")[0]["lang"] == lang
    assert {"en": "Yes", "uk": "Так"}[lang] in page
    # The rooms' language, where none of ours is asked for.
    hall.board = replace(hall.board, lang=lang)
    assert words in (await get(hall, f"{TOKEN}?lang=%3Cb%3E"))[1]


async def test_nothing_that_people_wrote_is_markup(hall: Hall) -> None:
    hall.board = board(1, 0, poll=replace(RUNNING, draft=Draft(HOSTILE, (HOSTILE, "x</main><img src=x onerror=1>"))))
    for path in (TOKEN, f"{TOKEN}?lang=en"):
        page = (await get(hall, path))[1]
        shape = Shape(page)
        assert "<script>alert" not in page
        assert not shape.all("img")
        assert not shape.all("b")
        assert [one["src"] for one in shape.all("script")] == ["assets/hall.js"]
    async with listening(hall) as stream:
        update = await stream.update()
    assert "<script>" not in update["html"]
    assert not Shape(update["html"]).all("img")
    assert update["title"] == HOSTILE  # As text: the script sets it as a title.


async def test_every_answer_is_private_and_brings_nothing_from_elsewhere(hall: Hall) -> None:
    for path in (TOKEN, "A" * 22, "assets/hall.css", "assets/hall.js"):
        _, body, headers = await get(hall, path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in headers
        assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//|url\(|@import", body)
        assert " style=" not in body
        assert not re.search(r"\son[a-z]+=", body)


async def test_a_wrong_address_says_where_to_get_a_right_one(hall: Hall) -> None:
    status, page, _ = await get(hall, "A" * 22)
    assert status == 404
    assert "/ekran" in page
    assert "Czy idziemy" not in page
    assert (await get(hall, "A" * 22 + "?lang=en"))[1].count("This address doesn’t work") == 2
    for path in ("", "short", TOKEN + "x", "assets/page.py", "assets/..%2Fpage.py", f"{TOKEN}/else"):
        assert (await get(hall, path))[0] == 404
    assert (await get(hall, f"{'A' * 22}/events"))[0] == 404


async def test_a_database_that_is_away_is_a_kind_page(hall: Hall) -> None:
    hall.away = True
    status, page, _ = await get(hall)
    assert status == 503
    assert "Odśwież stronę za chwilę" in page
    assert "what people wrote" not in page


@pytest.mark.parametrize(
    ("shown", "words", "missing"),
    [
        (Board(Phase.IDLE, "pl"), ["Teraz nie trwa żadna ankieta", "/ankieta Pytanie?", "t.me/x_bot"], ["głosów"]),
        (board(2, 1, phase=Phase.OVER), ["Czas minął", "są w drodze"], ["Pozostało"]),
        (
            board(2, 1, poll=replace(RUNNING, state=PollState.CLOSED, closed_at=datetime.now(UTC)), phase=Phase.CLOSED),
            ["Wynik ankiety", "Zakończona: ", "To opinia", "67%"],
            ["Jak zagłosować"],
        ),
        (terms(Tally((), 3), hidden=True), ["Zagłosowały 3 osoby", "po zamknięciu"], ["67%", "głosy<", "1. Tak: 2"]),
        (
            terms(Tally((), 3), secret=True),
            ["Ankieta jest tajna", "W grupie głosy się nie liczą", "sam numer w prywatnej rozmowie"],
            ["%", "!głos 2"],
        ),
        (
            terms(Tally((), 3), secret=True, kind=Kind.MULTIPLE, most=2),
            ["numery wybranych odpowiedzi w prywatnej rozmowie"],
            ["Naciśnij"],
        ),
        (
            terms(Tally((2, 1), 3, entitled=5), unit=Unit.ORGANISATION),
            ["Organizacje, które zagłosowały: 3 z 5.", "Głosują organizacje", "67%"],
            ["Zagłosował", "osoby"],
        ),
        (
            terms(Tally((2, 0), 2, organisations=Tally((1, 3), 4, entitled=9)), unit=Unit.BOTH),
            [
                "<h2>Osoby</h2>",
                "<h2>Organizacje</h2>",
                "Osoby, które zagłosowały: 2.",
                "Organizacje, które zagłosowały: 4 z 9.",
                "75%",
                "Osoby. 1. Tak: 2. 2. Nie: 0. Organizacje. 1. Tak: 1. 2. Nie: 3",
            ],
            [],
        ),
        (
            terms(Tally((3, 3), 6, organisations=Tally((), 2)), closed=True, unit=Unit.BOTH, secret=True),
            ["50%", "mniej niż 5"],
            ["33%"],
        ),
        (
            terms(Tally((3, 1), 4), closed=True, quorum=Quorum(5), threshold=Threshold(Fraction(1, 2))),
            ["Kworum nieosiągnięte: głosujących 4, potrzeba 5.", "Próg osiągnięty: „Tak” ma 3 z 4 głosów"],
            ["<b>"],
        ),
        (replace(board(2, 1), more=2), ["Trwają jeszcze 2 ankiety"], []),
        (
            board(2, 1, poll=replace(RUNNING, draft=Draft("?", ("a", "b"), Kind.MULTIPLE, 1, 2))),
            ["Można wybrać kilka odpowiedzi: od 1 do 2"],
            [],
        ),
    ],
)
async def test_each_phase_says_what_it_is(hall: Hall, shown: Board, words: list[str], missing: list[str]) -> None:
    hall.board = shown
    page = (await get(hall))[1]
    Shape(page)
    assert all(one in page for one in words)
    assert not any(one in page for one in missing)


async def test_time_left_is_counted_by_the_servers_clock(hall: Hall) -> None:
    ends = datetime.now(UTC) + timedelta(seconds=90)
    hall.board = board(0, 0, poll=replace(RUNNING, draft=replace(RUNNING.draft, closes_at=ends)))
    page = (await get(hall))[1]
    assert re.search(r'role="timer" data-ends="' + str(int(ends.timestamp() * 1000)) + r'">1:(29|30)<', page)
    now = re.search(r'data-now="(\d+)"', page)
    assert now
    assert abs(int(now[1]) / 1000 - datetime.now(UTC).timestamp()) < 10


# --- the stream ---


async def test_updates_come_by_themselves_and_only_when_something_changed(hall: Hall) -> None:
    async with listening(hall, "?lang=en") as stream:
        assert stream.response.content_type == "text/event-stream"
        assert stream.response.headers["X-Accel-Buffering"] == "no"
        assert stream.response.headers["Cache-Control"] == "no-store"
        assert "3 people have voted" in (await stream.update())["html"]
        hall.screens.wake()
        await asyncio.sleep(0.7)
        hall.show(board(2, 2))
        assert "4 people have voted" in (await stream.update())["html"]


async def test_a_burst_of_votes_is_few_updates_and_few_reads(hall: Hall) -> None:
    async with listening(hall) as first, listening(hall) as second:
        await first.update()
        await second.update()
        before = hall.looks
        started = asyncio.get_running_loop().time()
        for number in range(200):
            hall.show(board(number, 1))
            await asyncio.sleep(0.005)
        while "200 osób" not in (await first.update())["html"]:
            pass
        took = asyncio.get_running_loop().time() - started
        assert hall.looks - before <= 2 * took + 2


async def test_who_comes_back_gets_the_whole_board_at_once(hall: Hall) -> None:
    async with listening(hall) as stream:
        await stream.update()
        async with listening(hall) as another:
            assert "Zagłosowały 3 osoby" in (await another.update())["html"]
    async with listening(hall) as again:
        assert "Zagłosowały 3 osoby" in (await again.update())["html"]


async def test_a_revoked_address_ends_the_stream(hall: Hall) -> None:
    async with listening(hall) as stream:
        await stream.update()
        hall.show(None)
        with pytest.raises(EOFError):
            await stream.update()
    assert (await get(hall, f"{TOKEN}/events"))[0] == 404


async def test_a_database_that_is_away_ends_no_stream(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.05)
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.05)
    async with listening(hall) as stream:
        await stream.update()
        hall.away = True
        await asyncio.sleep(0.3)
        hall.away = False
        hall.show(board(9, 9))
        assert "18 osób" in (await stream.update())["html"]


async def test_the_end_is_at_once_and_nobody_new_is_taken(hall: Hall) -> None:
    async with listening(hall) as stream:
        await stream.update()
        hall.screens.close()
        async with asyncio.timeout(2):
            with pytest.raises(EOFError):
                await stream.update()
    assert (await get(hall, f"{TOKEN}/events"))[0] == 503


async def test_streams_are_bounded_and_places_come_back(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_OPEN", 2)
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.05)
    async with listening(hall), listening(hall):
        status, _, headers = await get(hall, f"{TOKEN}/events")
        assert (status, headers["Retry-After"]) == (503, "30")
    async with asyncio.timeout(10):
        while True:
            with contextlib.suppress(AssertionError):
                async with listening(hall) as stream:
                    await stream.update()
                    return
            await asyncio.sleep(0.05)


async def test_nobody_looks_into_the_database_when_no_page_is_open(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(module, "TICK_SECONDS", 0.05)
    async with listening(hall) as stream:
        await stream.update()
    async with asyncio.timeout(10):
        while True:
            looks = hall.looks
            hall.screens.wake()
            await asyncio.sleep(1)
            if hall.looks == looks:
                return


async def test_a_board_is_laid_out_once_a_language_however_many_look(hall: Hall) -> None:
    laid: list[str] = []
    page = hall.screens._page
    lay = page.board

    def counting(*args: Any) -> str:
        laid.append(args[2])
        return lay(*args)

    page.board = counting  # type: ignore[method-assign]
    async with contextlib.AsyncExitStack() as stack:
        streams = [await stack.enter_async_context(listening(hall, f"?lang={lang}")) for lang in ("pl", "en") * 10]
        for number in (5, 6):
            hall.show(board(number, 0))
            for stream in streams:
                while f">{number} " not in (await stream.update())["html"]:
                    pass
    assert sorted(laid).count("pl") == sorted(laid).count("en") <= 3
