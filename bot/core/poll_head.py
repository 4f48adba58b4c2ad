"""What may stand before the question of a poll, in any order: kind, terms, closing time, area."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.core.clean import fold
from bot.core.content import Text, text
from bot.core.poll_terms import Base, Quorum, Threshold, Unit
from bot.core.polls import Kind, Words, forms

_SECRET = {
    "tajna", "tajne", "tajny", "tajnie", "anonimowa", "anonimowe", "anonimowo", "secret", "anonymous",
    "таємна", "таємне", "таємно", "анонімна", "анонімне", "анонімно",
}  # fmt: skip
_CONSENT = {"konsent", "konsensus", "consent", "consensus", "консент", "консенсус"}
_MULTIPLE = {"wielokrotna", "wielokrotny", "wielokrotne", "multiple", "множинна", "множинне"}
_AREA = {"obszar", "area", "напрям"}
_FIRST = re.compile(r"([^\W\d_]+)[:,]?(?:\s+|$)")
_HOW_MANY = re.compile(r"(?:([0-9]{1,2})\s*[-–—]|max\.?)\s*([0-9]{1,2})[:,]?\s+", re.IGNORECASE)
_UNTIL = r"(?:do|until|till|до)\s+([0-9]{1,2}[:.][0-9]{2})"
_END = r"[:,]?(?:\s+|$)"


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern}){_END}", re.IGNORECASE)


_UNTIL_FIRST = _phrase(_UNTIL)
_BOTH = _phrase(
    r"(?:na\s+)?(?:organizacje\s+i\s+osoby|osoby\s+i\s+organizacje)"
    r"|organi[sz]ations\s+and\s+(?:people|persons)|(?:people|persons)\s+and\s+organi[sz]ations"
    r"|організації\s+(?:і|й|та)\s+люди|люди\s+(?:і|й|та)\s+організації"
)
_ORGANISATIONS = _phrase(r"na\s+organizacje|organizacjami|by\s+organi[sz]ations?|за\s+організаціями")
_MEMBERS = _phrase(
    r"dla\s+cz[lł]onk[^\W\d_]+(?:\s+i\s+cz[lł]onk[^\W\d_]+)?|(?:for\s+)?members\s+only|for\s+members"
    r"|для\s+член[^\W\d_]+(?:\s+(?:і|й|та)\s+член[^\W\d_]+)?"
)
_HIDDEN = _phrase(
    r"ukryte\s+wyniki|wyniki\s+ukryte|hidden\s+results|results\s+hidden"
    r"|приховані\s+результати|результати\s+приховані"
)
_AMOUNT = r"([0-9]{1,6}(?:\s*/\s*[0-9]{1,6}|\s*%)?)"
_QUORUM = _phrase(rf"(?:kworum|quorum|кворум)\s+{_AMOUNT}(?:\s+(?:uprawnionych|of\s+the\s+entitled|від\s+усіх))?")
_THRESHOLD = _phrase(
    rf"(?:pr[oó]g|threshold|поріг)\s+{_AMOUNT}"
    r"(?:\s+(g[lł]os[oó]w|g[lł]osuj[aą]cych|uprawnionych|of\s+votes|of\s+voters|of\s+the\s+entitled"
    r"|голосів|тих,?\s+хто\s+голосує|від\s+усіх))?"
)
_BASES = {
    "glosujacych": Base.VOTERS, "of voters": Base.VOTERS, "тих хто голосує": Base.VOTERS,
    "uprawnionych": Base.ENTITLED, "of the entitled": Base.ENTITLED, "від усіх": Base.ENTITLED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What was said before the question. `most` is None where it was not said."""

    kind: Kind = Kind.SINGLE
    least: int = 1
    most: int | None = None
    hour: str | None = None
    secret: bool = False
    unit: Unit = Unit.PERSON
    members: bool = False
    hidden: bool = False
    quorum: Quorum | None = None
    threshold: Threshold | None = None
    area: Words | None = None


def read_head(words: str, areas: Sequence[Words]) -> tuple[Head, str] | Text:
    """Take the words before the question off. Returns what they say and the rest; a text where they make no sense."""
    head = Head()
    while True:
        step = _term(words, head) or _kind(words, head) or _area(words, areas, head)
        if step is None:
            return head, words
        if isinstance(step, Text):
            return step
        head, words = step


def _term(words: str, head: Head) -> tuple[Head, str] | Text | None:
    if match := _UNTIL_FIRST.match(words):
        return replace(head, hour=match[1]), words[match.end() :]
    for pattern, changes in (
        (_BOTH, {"unit": Unit.BOTH}),
        (_ORGANISATIONS, {"unit": Unit.ORGANISATION}),
        (_MEMBERS, {"members": True}),
        (_HIDDEN, {"hidden": True}),
    ):
        if match := pattern.match(words):
            return replace(head, **changes), words[match.end() :]
    if match := _QUORUM.match(words):
        quorum = _quorum(match)
        return quorum if isinstance(quorum, Text) else (replace(head, quorum=quorum), words[match.end() :])
    if match := _THRESHOLD.match(words):
        threshold = _threshold(match)
        return threshold if isinstance(threshold, Text) else (replace(head, threshold=threshold), words[match.end() :])
    return None


def _kind(words: str, head: Head) -> tuple[Head, str] | Text | None:
    first = _FIRST.match(words)
    if first is None:
        return None
    name, rest = fold(first[1]), words[first.end() :]
    if name in _SECRET:
        return replace(head, secret=True), rest
    if head.kind is not Kind.SINGLE:
        return None
    if name in _CONSENT:
        return replace(head, kind=Kind.CONSENT), rest
    if name not in _MULTIPLE:
        return None
    least, most = 1, None
    if many := _HOW_MANY.match(rest):
        least, most, rest = int(many[1] or 1), int(many[2]), rest[many.end() :]
        if not 0 < least <= most:
            return text("poll-how-many-wrong")
    return replace(head, kind=Kind.MULTIPLE, least=least, most=most), rest


def _area(words: str, areas: Sequence[Words], head: Head) -> tuple[Head, str] | Text | None:
    """`obszar` and its name in any language, or its number in the list."""
    first = _FIRST.match(words)
    if first is None or fold(first[1]) not in _AREA or head.area is not None or not areas:
        return None
    rest = words[first.end() :]
    tokens = list(re.finditer(r"\S+", re.split(r"[|\n]", rest, maxsplit=1)[0]))
    for count in range(len(tokens), 0, -1):
        end = tokens[count - 1].end()
        said = fold(rest[:end].rstrip(":,"))
        for number, area in enumerate(areas, 1):
            if said in (str(number), *map(fold, forms(area))):
                return replace(head, area=area), rest[end:].lstrip(" \t")
    return text("poll-no-such-area")


def read_quorum(words: str) -> Quorum | Text:
    """A quorum alone, its name left out or not: "15", "kworum 1/2"."""
    match = _QUORUM.fullmatch(words) or _QUORUM.fullmatch(f"quorum {words}")
    return _quorum(match) if match else text("poll-quorum-wrong")


def read_threshold(words: str) -> Threshold | Text:
    """A threshold alone, its name left out or not: "50%", "próg 2/3 uprawnionych"."""
    match = _THRESHOLD.fullmatch(words) or _THRESHOLD.fullmatch(f"threshold {words}")
    return _threshold(match) if match else text("poll-threshold-wrong")


def _quorum(match: re.Match[str]) -> Quorum | Text:
    amount = _amount(match[1])
    if amount is None or (isinstance(amount, Fraction) and amount > 1):
        return text("poll-quorum-wrong")
    return Quorum(count=amount) if isinstance(amount, int) else Quorum(part=amount)


def _threshold(match: re.Match[str]) -> Threshold | Text:
    amount = _amount(match[1])
    if not isinstance(amount, Fraction) or amount > 1:
        return text("poll-threshold-wrong")
    base = _BASES.get(" ".join(fold(match[2] or "").replace(",", "").split()), Base.VOTES)
    return Threshold(amount, base)


def _amount(words: str) -> int | Fraction | None:
    """A number, or a part: "1/2", "50%". None: nothing that can be reached."""
    words = "".join(words.split())
    if words.endswith("%"):
        amount: int | Fraction = Fraction(int(words[:-1]), 100)
    elif "/" in words:
        above, below = map(int, words.split("/"))
        if not below:
            return None
        amount = Fraction(above, below)
    else:
        amount = int(words)
    return amount if amount > 0 else None
