"""An announcement in one message: lines that say to whom, when and how, then the words, one text or one a language."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.announcements import GIVEN, Draft, Options
from bot.core.clean import clean, fold
from bot.core.content import ByLanguage, Text, text
from bot.core.markup import fits
from bot.core.places import EVERYWHERE, Place, Standing
from bot.core.poll_form import read_closing
from bot.core.refs import network_of
from bot.core.rich import rich

LONGEST = 3_500
"""UTF-16 units of the words in one language: with all that stands around them they are one message on every network,
since only a message that is one can be corrected everywhere."""
LANGUAGES = ("pl", "en", "uk")
_TO = ("do", "to", "кому", "для")
_WHEN = ("kiedy", "when", "коли")
_HOW = ("jak", "how", "як")
_HEAD = re.compile(r"\s*([^\W\d_]{2,6})[ \t]*:[ \t]*(\S[^\n]*)\n")
_LANGUAGE = re.compile(r"^[ \t]*(?:\[(pl|en|uk|ua)\]|(pl|en|uk|ua):)[ \t]*(?:\n|$)", re.IGNORECASE | re.MULTILINE)
_EVERYWHERE = {fold(word) for word in ("wszystkie", "wszędzie", "wszyscy", "all", "everywhere", "усі", "всі", "усюди")}
_KINDS = {
    fold(word): kind
    for kind, words in {
        "audience": "krąg, audience, коло",
        "area": "obszar, area, напрям",
        "network": "sieć, network, мережа",
        "room": "pokój, grupa, room, group, кімната, група",
    }.items()
    for word in words.split(", ")
}
_OPTIONS = {
    fold(word): option
    for option, words in {
        "urgent": "pilne, urgent, терміново",
        "pin": "przypnij, pin, закріпити",
        "receipt": "przeczytane, receipt, прочитано",
        "loud": "powiadom wszystkich, głośno, notify all, loud, сповістити всіх",
    }.items()
    for word in words.split(", ")
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words may name. `areas` are ids with their names."""

    zone: ZoneInfo
    places: tuple[Place, ...]
    areas: tuple[tuple[str, ByLanguage], ...] = ()

    def audiences(self) -> dict[str, str]:
        """Id → name of those that have a room; the default one has no name."""
        return {one.audience: one.audience_name for one in self.places if one.standing is Standing.ACTIVE}

    def networks(self) -> list[str]:
        """The platforms that have a room."""
        return sorted({one.chat.platform for one in self.places if one.standing is Standing.ACTIVE})


def read_announcement(words: str, target: str, now: datetime, facts: Facts) -> Draft | Text:
    """The draft in a message; a text of the locale files that says what is wrong with it.

    Args:
        target: where it goes unless the message says.
    """
    words = clean(words).strip() + "\n"
    options, send_at = Options(), None
    while head := _HEAD.match(words):
        name, value = fold(head[1]), head[2].strip()
        if name in map(fold, _TO):
            found = read_target(value, facts)
            if isinstance(found, Text):
                return found
            target = found
        elif name in map(fold, _WHEN):
            at = read_closing(value, now, facts.zone)
            if isinstance(at, Text):
                return at
            send_at = at
        elif name in map(fold, _HOW):
            chosen = read_options(value)
            if isinstance(chosen, Text):
                return chosen
            options = chosen
        else:
            break
        words = words[head.end() :]
    said = read_words(words)
    return said if isinstance(said, Text) else Draft(said, target, options, send_at)


def is_head(words: str) -> bool:
    """Whether a message says only to whom, when and how; what it answers are the words then."""
    words = clean(words).strip() + "\n"
    while words.strip() and (head := _HEAD.match(words)) and fold(head[1]) in map(fold, (*_TO, *_WHEN, *_HOW)):
        words = words[head.end() :]
    return not words.strip()


def read_words(words: str) -> tuple[tuple[str, str], ...] | Text:
    """The words, by language where lines such as "en:" or "[uk]" divide them; what stands before is for all others."""
    parts = _LANGUAGE.split(clean(words).strip())
    found: dict[str, str] = {GIVEN: parts[0].strip()} if parts[0].strip() else {}
    for one, other, said in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        lang = (one or other).lower().replace("ua", "uk")
        if lang in found:
            return text("announce-language-twice", lang=text(f"language-name-{lang}"))
        found[lang] = said.strip()
    for lang, said in found.items():
        if (fault := fault_of(said)) is not None:
            return fault
        found[lang] = said
    return tuple(found.items()) or text("announce-empty")


def fault_of(words: str) -> Text | None:
    """What is wrong with the words in one language."""
    if not any(char.isalnum() for char in words):
        return text("announce-empty")
    if len(words) > LONGEST or not fits([rich(words)], LONGEST):
        return text("announce-long", limit=LONGEST, count=len(words))
    return None


def read_target(words: str, facts: Facts) -> str | Text:
    """To whom, by name: everybody, an audience, an area, a network or a room; or several with commas between them."""
    whole = _one_target(words, facts)
    if isinstance(whole, str) or "," not in words:
        return whole
    found: list[str] = []
    for name in words.split(","):
        target = _one_target(name, facts)
        if isinstance(target, Text):
            return target
        found.append(target)
    return ",".join(dict.fromkeys(found))


def _one_target(words: str, facts: Facts) -> str | Text:
    name = fold(" ".join(words.split()))
    if name in _EVERYWHERE:
        return EVERYWHERE
    first, _, rest = name.partition(" ")
    kind = _KINDS.get(first) if rest else None
    found = [
        target
        for target, names in _targets(facts)
        if (name in names and kind is None) or (kind == target.partition(":")[0] and rest in names)
    ] or [target for target, names in _targets(facts) if name in names]
    if not found:
        return text("announce-no-such-target", name=" ".join(words.split())[:60])
    if len(found) > 1:
        return text("announce-which-target", name=" ".join(words.split())[:60])
    return found[0]


def _targets(facts: Facts) -> list[tuple[str, set[str]]]:
    """Every target that has a name, with its names as they are compared."""
    out = [(f"area:{id_}", {fold(name) for _lang, name in names.words}) for id_, names in facts.areas]
    out += [(f"audience:{id_}", {fold(name)}) for id_, name in facts.audiences().items() if name]
    out += [(f"network:{one}", {fold(network_of(one))}) for one in facts.networks()]
    out += [(f"room:{one.id}", {fold(one.name)}) for one in facts.places if one.name]
    return out


def read_options(words: str) -> Options | Text:
    """Options as words with commas between them."""
    options = Options()
    for word in words.split(","):
        option = _OPTIONS.get(fold(" ".join(word.split())))
        if option is None:
            return text("announce-no-such-option", word=" ".join(word.split())[:40])
        options = replace(options, **{option: True})
    return options
