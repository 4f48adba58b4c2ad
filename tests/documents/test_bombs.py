"""Bombs and broken files: each ends with a word for people, in time, and whoever asked is well."""

import asyncio
import io
import os
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.documents.model import BYTES, ERRORS, ReadError
from bot.documents.reader import read_file
from tests.documents.makers import BOMB, changed, docx_file, encrypted_pdf, inflating_pdf, odt, pdf

LONG = "Zdanie, które jest dość długie, żeby było czego szukać w tekście. "


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (150 * 1024 * 1024))
    return out.getvalue()


def lying_zip() -> bytes:
    """A part that says it is small and is not."""
    part = b'<a xmlns="x">' + b"<b/>" * 5_000_000 + b"</a>"
    content = bytearray(changed(docx_file(), "word/document.xml", part))
    size = len(part).to_bytes(4, "little")
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


BAD: dict[str, tuple[Callable[[], bytes], str, set[str]]] = {
    "empty": (lambda: b"", "a.pdf", {"empty"}),
    "blank": (lambda: b" \n\n ", "a.txt", {"empty"}),
    "garbage": (lambda: os.urandom(200_000), "a.txt", {"unknown-kind"}),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), "a.pdf", {"unknown-kind"}),
    "rich text": (lambda: b"{\\rtf1\\ansi Ala ma kota i psa.}", "a.doc", {"unknown-kind"}),
    "another zip": (lambda: changed(odt("<a/>"), "mimetype", b"x"), "a.docx", {"unknown-kind"}),
    "half a zip": (lambda: docx_file()[:5000], "a.docx", {"broken"}),
    "half a pdf": (lambda: pdf([[LONG] * 40] * 30)[:500], "a.pdf", {"broken", "no-text"}),
    "no pdf": (lambda: b"%PDF-1.7\n" + os.urandom(5000), "a.pdf", {"broken", "no-text"}),
    "a scan": (lambda: pdf([[]] * 3), "a.pdf", {"no-text"}),
    "a password": (encrypted_pdf, "a.pdf", {"encrypted"}),
    "10,000 pages": (lambda: pdf([[LONG]], repeat=10_000), "a.pdf", {"too-many-pages"}),
    "pages in a ring": (lambda: pdf([[LONG]], loop=True), "a.pdf", {"broken", "no-text", "too-long"}),
    "a page of 400 MB": (lambda: inflating_pdf(400), "a.pdf", {"broken", "no-text", "too-much-memory", "too-long"}),
    "zip bomb": (zip_bomb, "a.docx", {"too-large"}),
    "a zip that lies": (lying_zip, "a.docx", {"broken"}),
    "laughs in docx": (
        lambda: changed(docx_file(), "word/document.xml", f"{BOMB}<a>&j;</a>".encode()),
        "a.docx",
        {"broken", "no-text"},
    ),
    "laughs in odt": (lambda: odt("<text:p>&j;</text:p>", head=BOMB), "a.odt", {"broken"}),
    "too large": (lambda: b"a" * (BYTES + 1), "a.txt", {"too-large"}),
    "too much text": (lambda: LONG.encode() * 100_000, "a.txt", {"too-large"}),
    "deep html": (
        lambda: f"<html><body>{'<div>' * 50_000}<p>{LONG * 20}</p></body></html>".encode(),
        "deep.html",
        {"no-text", "broken", "too-long"},
    ),
    "html without words": (lambda: b"<html><body>" + b"<div>" * 100_000, "a.html", {"no-text", "broken", "too-long"}),
}


@pytest.mark.parametrize("name", BAD)
async def test_each_ends_with_a_word_and_in_time(name: str) -> None:
    make, file, words = BAD[name]
    content = make()
    begun, before = time.monotonic(), peak()
    with pytest.raises(ReadError) as caught:
        await read_file(content, file, wall_seconds=30, cpu=10)
    assert str(caught.value) in words & set(ERRORS)
    assert time.monotonic() - begun < 35
    assert peak() - before < 80, "megabytes of this process: parsing is not done here"


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize(
    ("content", "file"),
    [
        ((LONG * 10_000).encode(), "line.txt"),
        (pdf([[LONG]]), "wrong.docx"),
        (docx_file(lambda document: document.add_paragraph(LONG)), "wrong.pdf"),
        (b"\xff\xfe" + (LONG * 3).encode("utf-16-le"), "wrong.html"),
    ],
    ids=["one line", "pdf as docx", "docx as pdf", "text as html"],
)
async def test_what_is_odd_but_good_is_read(content: bytes, file: str) -> None:
    assert "które jest dość długie" in (await read_file(content, file)).text


async def test_the_child_is_limited_and_the_loop_goes_on() -> None:
    content = pdf([[LONG] * 20], repeat=900)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.01)

    ticking = asyncio.create_task(tick())
    with pytest.raises(ReadError, match="too-long"):
        await read_file(content, "a.pdf", cpu=1)
    with pytest.raises(ReadError, match="too-long"):
        await read_file(content, "a.pdf", wall_seconds=0.5)
    with pytest.raises(ReadError, match=r"too-much-memory|broken"):
        await read_file(content, "a.pdf", memory=40 * 1024 * 1024)
    ticking.cancel()
    assert ticks > 50
    assert not children(), "nothing is left behind"


def children() -> list[str]:
    found = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [one for one in found if b"bot.documents" in Path(f"/proc/{one}/cmdline").read_bytes()]


async def test_the_child_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    make = asyncio.create_subprocess_exec

    async def spy(*arguments: str, **more: dict[str, str]) -> object:
        seen.update(more["env"])
        return await make(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setenv("OBRADY_PLATFORMS__TELEGRAM__TOKEN", "1:secret")
    monkeypatch.setattr(asyncio, "create_subprocess_exec", spy)
    await read_file(LONG.encode(), "a.txt")
    assert seen
    assert "1:secret" not in seen.values()
