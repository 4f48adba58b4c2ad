"""What a page of the web has around its text: menus, weather, advertisements, cookie bars. Runs in the child."""

import re

_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Weather and air.
        r"^-?\d{1,2}\s*°\s*[CF]?\b",
        r"^(?:ikona|icon)\b",
        r"^(?:jakość powietrza|air quality|якість повітря)\b",
        r"^(?:pogoda|weather|погода)\b.{0,30}$",
        r"^dane z godz",
        # Telephone lines and ways about the site.
        r"^infolinia\b.{0,40}$",
        r"\b(?:strona główna|home ?page|головна сторінка)$",
        r"^(?:powrót|wróć|wstecz|back to|повернутися|назад)\b.{0,60}$",
        r"^(?:przejdź|przeskocz) do (?:treści|menu|wyszukiwarki)",
        r"^skip to (?:main )?(?:content|navigation)",
        r"^(?:menu|szukaj|search|пошук|zaloguj(?: się)?|log in|sign in|увійти)$",
        r"^(?:drukuj|print|друк|udostępnij|share|поділитися)$",
        r"^(?:czytaj|zobacz|przeczytaj) (?:także|też|również|więcej)\b.{0,100}$",
        # Advertisements and invitations to follow.
        r"^(?:reklama|advertisement|sponsored|реклама)\b.{0,20}$",
        r"^(?:bądź na bieżąco|stay up to date|будь в курсі)\b.{0,60}$",
        r"^kliknij [„\"“”']?obserwuj",
        r"\bgoogle news\b",
        r"^(?:polub|obserwuj|śledź|follow|like) (?:nas|us)\b.{0,60}$",
        r"^(?:zapisz się (?:do|na)|subscribe to|subskrybuj)\b.{0,40}newsletter.{0,80}$",
        # Cookies and rights.
        r"\b(?:plik(?:i|ów|ach) cookies?|this (?:web)?site uses cookies|uses cookies|файли cookie)\b",
        r"^(?:akceptuję|zgadzam się|accept(?: all)?|rozumiem|прийняти)(?: wszystkie)?$",
        r"^(?:©|copyright)\b.{0,120}$",
        r"^(?:wszelkie prawa zastrzeżone|all rights reserved|усі права захищені)\b.{0,80}$",
    )
)
_HOME = re.compile(r"[\w-]+(?:\.[\w-]+)+|start|strona główna|home|головна", re.IGNORECASE)
_CRUMB = re.compile(r"[ \t]*(?:\d{1,2}[.)]|[-•*›>])[ \t]+(.+)")
_SENTENCE = re.compile(r"[.!?…:][\"”»’)]*$")
_LEAST_MARKS = 2
_LEAST_LETTERS, _LEAST_WORDS = 60, 8


def without_boilerplate(text: str) -> str:
    """The text without the blocks that only a page of the web has. Lines of one kind in a longer block go alone."""
    blocks = []
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if not _marked(line)]
        if any(line.strip() for line in lines):
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def from_page(text: str) -> tuple[str, str]:
    """A text that was copied off a page of the web: its title, where the path to the page names it, and the text alone.

    What has none of a page's marks is left as it is.
    """
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    if sum(any(map(_marked, block.split("\n"))) for block in blocks) < _LEAST_MARKS:
        return "", text
    begin = next((place for place, block in enumerate(blocks) if _runs(block)), 0)
    title = next(filter(None, map(_path_end, blocks[:begin])), "")
    return title, without_boilerplate("\n\n".join(blocks[begin:]))


def _marked(line: str) -> bool:
    line = line.strip().lstrip("#-•* ").strip()
    return 0 < len(line) <= 300 and any(mark.search(line) for mark in _MARKS)


def _runs(block: str) -> bool:
    """Whether it is running text and no menu."""
    words = " ".join(block.split())
    return len(words) >= _LEAST_LETTERS and words.count(" ") >= _LEAST_WORDS and bool(_SENTENCE.search(words))


def _path_end(block: str) -> str:
    """The last step of a path to the page."""
    steps = [found[1].strip() for line in block.split("\n") if (found := _CRUMB.fullmatch(line.rstrip()))]
    return steps[-1] if len(steps) > 1 and _HOME.fullmatch(steps[0]) else ""
