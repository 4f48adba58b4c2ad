"""Bad metadata is refused with a message that names the file and the key."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Document, SourceError
from bot.knowledge.frontmatter import parse_document

GOOD = {
    "title": '"Arkusz"',
    "source": '"https://example.org"',
    "source_title": '"Strona"',
    "date": "2022-09-02",
    "valid_from": "2018-01-01",
    "valid_to": "2022-12-31",
    "lang": '"pl"',
    "area": '"cooperation"',
    "kind": '"summary"',
}


def source(body: str = "Tekst.\n", **changes: str | None) -> str:
    lines = [f"{key} = {value}" for key, value in {**GOOD, **changes}.items() if value is not None]
    return "+++\n" + "\n".join(lines) + "\n+++\n" + body


def parsed(text: str) -> Document:
    return parse_document(text, name="arkusz.pl.md", id="arkusz.pl")


def test_a_good_source_is_read_whole() -> None:
    document = parsed(
        "\ufeff" + source("## Co\r\n\r\n+++ to nie metadane\r\n").replace("\n", "\r\n").replace("\r\r", "\r")
    )
    assert document == Document(
        id="arkusz.pl",
        title="Arkusz",
        source="https://example.org",
        source_title="Strona",
        date=date(2022, 9, 2),
        valid_from=date(2018, 1, 1),
        valid_to=date(2022, 12, 31),
        lang="pl",
        area="cooperation",
        text="## Co\n\n+++ to nie metadane\n",
        kind="summary",
    )


def test_a_period_and_an_area_may_be_left_out() -> None:
    document = parsed(source(valid_from=None, valid_to=None, area=None))
    assert (document.valid_from, document.valid_to, document.area) == (None, None, None)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        *((key, None, "missing") for key in ("title", "source", "source_title", "date", "lang", "kind")),
        ("title", '""', "one line"),
        ("title", "7", "one line"),
        ("source_title", '"""a\nb"""', "one line"),
        ("area", "[1]", "one line"),
        ("date", '"2022-09-02"', "without quotes"),
        ("date", "2022-09-02T10:00:00", "without quotes"),
        ("valid_to", "false", "without quotes"),
        ("valid_to", "2017-12-31", "before"),
        ("lang", '"de"', "one of pl, en, uk"),
        ("lang", '["pl"]', "one of pl, en, uk"),
        ("kind", '"copy"', "one of summary, original"),
        ("licence", '"CC"', "unknown"),
    ],
)
def test_a_bad_key_is_named(key: str, value: str | None, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        parsed(source("Tekst.\n", **{key: value}))
    assert str(caught.value).startswith("arkusz.pl.md: ")
    assert f"'{key}'" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "first line"),
        ("Tekst bez metadanych", "first line"),
        ("+++\ntitle = 1\n", "no closing"),
        ("+++\ntitle = = 1\n+++\n", "not valid TOML"),
        (source(body=" \n"), "no text"),
    ],
)
def test_a_bad_block_is_refused(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        parsed(text)
    assert str(caught.value).startswith("arkusz.pl.md: ")


@given(st.text(max_size=300))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    for candidate in (text, f"+++\n{text}\n+++\nTekst", source(body=text)):
        try:
            document = parsed(candidate)
        except SourceError as error:
            refused = str(error)
        else:
            refused = ""
            assert document.text.strip()
        assert not refused or refused.startswith("arkusz.pl.md: ")
