"""The hall's page in a real browser with a real bot: votes move bars, a restart is survived, people can read it."""

import contextlib
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.ports import free_port
from tests.platforms.console.support import Console, config, posts, say
from tests.screen.chromium import Tab, browser, chromium

ROOM, OTHER = "tg/ngo", "mx/ngo"
TURNOUT = "document.querySelector('.turnout').textContent"
BARS = "[...document.querySelectorAll('.bar rect:not(.track)')].map(bar => bar.getBoundingClientRect().width)"
# Every text on the page with its own colour and the colour that is behind it.
COLOURS = """
[...document.querySelectorAll('body *')]
  .filter(el => !el.closest('svg') && [...el.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim())
                && el.getClientRects().length)
  .map(el => {
    let behind = el;
    while (behind.parentElement && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')
      behind = behind.parentElement;
    const style = getComputedStyle(el);
    return [el.textContent.slice(0, 40), style.color, getComputedStyle(behind).backgroundColor,
            parseFloat(style.fontSize)];
  })
"""


@pytest.fixture(autouse=True)
def needed() -> None:
    """These tests alone are left out where there is no browser."""
    browser()


@pytest.fixture
def where(tmp_path: Path) -> tuple[str, ...]:
    """A config with the screen on, on a port that stays the same over restarts."""
    port = free_port()
    web = f'[web]\nport = {port}\nscreen = true\npublic_url = "http://127.0.0.1:{port}"\n'
    return ("--owner", "tg/ola", "--owner", "mx/ola", "--config", str(config(tmp_path, web)))


@contextlib.contextmanager
def running(where: tuple[str, ...]) -> Iterator[Console]:
    """The bot in real time; a first line begins it."""
    with Console(*where) as bot:
        bot.sync()
        yield bot


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    async with chromium(tmp_path / "profile") as tab:
        yield tab


def address(bot: Console) -> str:
    bot.send(say("tg/ola", "/ekran"))
    found = re.search(r"http://127\.0\.0\.1:\d+/screen/\S{22}", str(posts(bot.sync(), "@tg/ola")))
    assert found
    return found[0]


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 computes it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


async def heard(tab: Tab) -> list[dict[str, Any]]:
    """What a screen reader is given: roles and names, in order."""
    nodes = (await tab.call("Accessibility.getFullAXTree"))["nodes"]
    return [
        {"role": node["role"]["value"], "name": node.get("name", {}).get("value", "")}
        for node in nodes
        if not node.get("ignored")
    ]


async def test_from_the_poll_to_its_result_over_a_restart(where: tuple[str, ...], tab: Tab, tmp_path: Path) -> None:
    with running(where) as bot:
        bot.send(say("tg/ola", "/czaty", room=ROOM), say("mx/ola", "!czaty", room=OTHER))
        url = address(bot)
        await tab.open(url)
        assert await tab.value("document.querySelector('h1').textContent") == "Teraz nie trwa żadna ankieta"
        bot.send(say("tg/ola", "/ankieta Gdzie <b>spotkanie</b>? | Biblioteka | Dom kultury", room=ROOM))
        bot.sync()
        await tab.until("document.querySelector('h1').textContent === 'Gdzie <b>spotkanie</b>?'")
        assert await tab.value("document.querySelectorAll('h1 *').length") == 0
        assert await tab.value("document.title") == "Gdzie <b>spotkanie</b>?"
        assert await tab.value("document.getElementById('news').textContent") == ("Ankieta trwa. Nie ma jeszcze głosów")
        for number in range(6):
            bot.send(
                say(f"tg/a{number}", "/glos 1", room=ROOM), say(f"mx/b{number}", f"!głos {number % 2 + 1}", room=OTHER)
            )
        bot.sync()
        await tab.until(f"{TURNOUT} === 'Zagłosowało 12 osób'")
        await tab.until(f"(([a, b]) => Math.abs(a / b - 3) < 0.05)({BARS})")
        # Counts are not read out one by one; only the change of phase was.
        assert "12" not in await tab.value("document.getElementById('news').textContent")
        bot.send(say("tg/ola", "/sala 12 5", room=ROOM))
        bot.sync()
        await tab.until("document.body.textContent.includes('17 rąk policzonych')")
        assert await tab.value(TURNOUT) == "Zagłosowało 12 osób"
        bot.process.terminate()
        assert bot.process.wait(20) == 0
    await tab.until("document.getElementById('link').textContent.startsWith('Łączenie…')")
    assert await tab.value(TURNOUT) == "Zagłosowało 12 osób"
    with running(where) as bot:
        await tab.until("document.getElementById('link').textContent === ''")
        bot.send(say("tg/late", "/glos 2", room=ROOM))
        bot.sync()
        await tab.until(f"{TURNOUT} === 'Zagłosowało 13 osób'")
        bot.send(say("tg/ola", "/zamknij", room=ROOM))
        bot.sync()
        await tab.until("document.querySelector('.state').textContent === 'Wynik ankiety'")
        assert (await tab.value("document.getElementById('news').textContent")).startswith(
            "Wynik ankiety. Zagłosowało 13"
        )
        picture = tmp_path / "result.png"
        await tab.picture(picture)
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size > 20_000
        bot.send(say("tg/ola", "/ekran nowy"))
        bot.sync()
        await tab.until("document.querySelector('h1').textContent === 'Ten adres nie działa'")
    # The browser's own notes of the server that was away; nothing that the page may not do, no mistake of its script.
    assert [one for one in tab.errors if "Failed to load resource" not in one] == []


async def test_it_can_be_read_and_heard(where: tuple[str, ...], tab: Tab) -> None:
    with running(where) as bot:
        bot.send(say("tg/ola", "/czaty", room=ROOM))
        options = " | ".join(f"Dłuższa odpowiedź numer {number}, taka jak na spotkaniu" for number in range(1, 9))
        bot.send(say("tg/ola", f"/ankieta Co jest najważniejsze w nowej strategii? | {options}", room=ROOM))
        bot.send(say("tg/a", "/glos 2", room=ROOM), say("tg/ola", "/sala 1 2 3 4 5 6 7 8", room=ROOM))
        bot.sync()
        await tab.open(address(bot))
        # Large, and all of it on a projector without scrolling.
        assert await tab.value("document.documentElement.scrollHeight <= innerHeight")
        seen = await tab.value(COLOURS)
        assert len(seen) > 30
        for words, ink, paper, size in seen:
            assert contrast(ink, paper) >= 7, (words, ink, paper)
            assert size >= 16, (words, size)
        sizes = [size for words, _, _, size in seen if "Dłuższa odpowiedź" in words]
        assert min(sizes) >= 26
        bar = await tab.value("getComputedStyle(document.querySelector('.bar rect:not(.track)')).fill")
        track = await tab.value("getComputedStyle(document.querySelector('.bar .track')).fill")
        assert contrast(bar, track) >= 3
        # Bars that are to be compared begin and end alike.
        tracks = "[...document.querySelectorAll('.track')].map(t => Math.round(t.getBoundingClientRect().width))"
        assert len(set(await tab.value(tracks))) == 1

        tree = await heard(tab)
        roles = [node["role"] for node in tree]
        for role, count in (("main", 1), ("navigation", 1), ("listitem", 8 + 3), ("link", 3), ("status", 2)):
            assert roles.count(role) == count, (role, roles)
        headings = [node["name"] for node in tree if node["role"] == "heading"]
        assert headings == ["Co jest najważniejsze w nowej strategii?", "Jak zagłosować"]
        assert [node for node in tree if node["role"] == "image"] == []
        assert all(node["name"] for node in tree if node["role"] in {"link", "navigation"})
        assert await tab.value("document.documentElement.lang") == "pl"

        # 400 % of 1280 pixels, and a phone: one column, nothing to the side.
        await tab.size(320, 256, scale=4)
        assert await tab.value("document.documentElement.scrollWidth <= 320")
        await tab.size(390, 844, scale=2)
        assert await tab.value("document.documentElement.scrollWidth <= 390")
        # The keyboard reaches the languages, visibly.
        await tab.call("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
        assert await tab.value("document.activeElement.lang") == "pl"
        assert await tab.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        # Who wants no motion gets none.
        await tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
        assert await tab.value("getComputedStyle(document.querySelector('.bar rect')).transitionDuration") == "0s"
        await tab.value("document.querySelector('a[hreflang=uk]').click()")
        await tab.until("document.documentElement.lang === 'uk' && document.querySelector('.state')")
        assert await tab.value("document.querySelector('.state').textContent") == "Опитування триває"
        assert await tab.value("document.cookie + Object.keys(localStorage)") == ""
    assert tab.errors == []


async def test_the_time_left_counts_down_by_itself(where: tuple[str, ...], tab: Tab) -> None:
    with running(where) as bot:
        bot.send(say("tg/ola", "/czaty", room=ROOM))
        bot.send(say("tg/ola", "/ankieta do 23:59 Czy? | Tak | Nie", room=ROOM))
        bot.sync()
        await tab.open(address(bot))
        timer = "document.querySelector('[role=timer]').textContent"
        before = await tab.value(timer)
        assert re.fullmatch(r"(\d+:)?\d+:\d\d", before)
        await tab.until(f"{timer} !== {before!r}")
        # A clock of the computer that is wrong by an hour changes nothing: the server's counts.
        await tab.call(
            "Page.addScriptToEvaluateOnNewDocument",
            source="const real = Date.now; Date.now = () => real() + 3_600_000;",
        )
        await tab.open(await tab.value("location.href"))
        shown = await tab.value(timer)
        assert abs(_seconds(shown) - _seconds(before)) < 60


def _seconds(clock: str) -> int:
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total
