"""Making strings safe to show and fit to compare."""

import re
import unicodedata

# C0 and C1 controls but tab and line feed; bidirectional embeddings, overrides and isolates (they can make a text read
# as another); the byte order mark; private use (our own sentinels).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ue000-\uf8ff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")
_ACTIVE = re.compile(r"(?:(?<!\w)[@/]|^[ \t]*!)(?=\w)", re.MULTILINE)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ`´′", "'"))


def clean(value: str) -> str:
    """The string without what could disguise it: controls, direction overrides, towers of combining marks."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = _SURROGATES.sub("\ufffd", _UNSAFE.sub("", value))
    return _MARKS.sub(r"\1", value)


def one_line(value: str) -> str:
    """A name as people give it: one line, single blanks, nothing unseen (two names that look alike are one)."""
    return " ".join("".join(char for char in clean(value) if unicodedata.category(char) != "Cf").split())


def inert(value: str) -> str:
    """People's or documents' words, cleaned, in which no network sees a mention or a command.

    An invisible word joiner stands behind an "@" or "/" that begins a word and a "!" that begins a line; addresses and
    fractions stay as they are.
    """
    return _ACTIVE.sub("\\g<0>\u2060", clean(value))


def fold(value: str) -> str:
    """The string for comparing what people type: lower case, no diacritics (ł too), one kind of apostrophe.

    Cyrillic letters keep their marks (й and ї are letters of their own). 𝐁𝐨𝐥𝐝 and wide letters are letters.
    """
    if value.isascii() and "`" not in value:
        return value.lower()
    value = unicodedata.normalize("NFKC", value.translate(_APOSTROPHES)).casefold().replace("ł", "l")
    return "".join(
        char
        if "\u0400" <= char <= "\u04ff"
        else "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
        for char in value
    )
