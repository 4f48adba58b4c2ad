"""A member's words without what clients put around them: the quotation of a reply, the name of whom they address."""

import html
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

# `> <@jan:example.org> …`, `> * <@jan:example.org> …`: how clients began the fallback of a reply (spec before v1.13).
# A quotation that the writer typed begins otherwise and stays.
_FALLBACK = re.compile(r"> (?:\* )?<@[^\n>]*>")
_PILL = re.compile(
    r'<a\s[^>]{0,200}?href="https://matrix\.to/#/([^"?]{1,300})[^"]{0,300}"[^>]{0,200}>([^<]{1,300})</a>'
)
_LONGEST_HTML = 20_000


@dataclass(frozen=True, slots=True)
class Self:
    """How people may call the bot: its full id, and the name its profile shows."""

    user_id: str
    name: str = ""

    @property
    def localpart(self) -> str:
        """The id without @ and server."""
        return self.user_id[1:].split(":", 1)[0]


def link_to(user_id: str) -> str:
    """A link that opens an account in any client."""
    return f"https://matrix.to/#/{quote(user_id, safe='@:')}"


def without_fallback(body: str) -> str:
    """A reply's own text, without the quoted lines that older clients put before it."""
    if not _FALLBACK.match(body):
        return body
    lines = body.split("\n")
    own = next((number for number, line in enumerate(lines) if not line.startswith(">")), len(lines))
    if own < len(lines) and not lines[own]:
        own += 1
    return "\n".join(lines[own:])


def addressed(body: str, formatted: str, mentioned: bool, me: Self) -> tuple[str, bool]:
    """The text without the bot's name at its start, and whether the bot is meant.

    A bare name needs a colon or comma behind it unless the client said that it is a mention: "obrady" is also a word
    ("obrady są o 18").
    """
    pills = [
        html.unescape(label)
        for target, label in _PILL.findall(formatted[:_LONGEST_HTML])
        if unquote(html.unescape(target)) == me.user_id
    ]
    meant = mentioned or bool(pills)
    text = body.lstrip()
    for name in (me.user_id, f"@{me.localpart}"):
        if (rest := _after(text, name, strict=False)) is not None:
            return rest, True
    for name in (*pills, me.name, me.localpart):
        if name and (rest := _after(text, name, strict=not meant)) is not None:
            return rest, True
    return body, meant


def _after(text: str, name: str, *, strict: bool) -> str | None:
    if text[: len(name)].casefold() != name.casefold():
        return None
    rest = text[len(name) :]
    if rest[:1] in (":", ","):
        return rest[1:].lstrip()
    if strict or (rest and not rest[0].isspace()):
        return None
    return rest.lstrip()
