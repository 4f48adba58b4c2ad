"""Plain text: headings and lists are found by their looks. Runs in the child."""

import re

from bot.documents.boilerplate import from_page
from bot.documents.model import Parsed

ITEM = re.compile(r"[ \t]*(?:[-*+•–—▪‣·]|\d{1,3}[.)]|[a-z]\))[ \t]+\S")
_HEADING_END = re.compile(r"[.:;,!…]$")
_LONGEST_HEADING = 100


def read_plain(text: str) -> Parsed:
    """Take off what a page of the web has around it, mark what stands as a heading."""
    title, text = from_page(text)
    blocks = [_tidy(block) for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    marked = list(blocks)
    for place, block in enumerate(blocks[:-1]):
        if looks_a_heading(block) and not blocks[place + 1].startswith("#") and not looks_a_heading(blocks[place + 1]):
            after_lead = place > 0 and blocks[place - 1].endswith(":")
            if not after_lead:
                marked[place] = f"## {block}"
    if not title:
        title = next(
            (block.lstrip("# ") for block in marked[:3] if block.startswith("#") or looks_a_heading(block)), ""
        )
    return Parsed("text", "\n\n".join(marked), title=title[:200])


def looks_a_heading(block: str) -> bool:
    """One short line that is no sentence, no item of a list, and begins as a title does."""
    return (
        "\n" not in block
        and 3 <= len(block) <= _LONGEST_HEADING
        and not _HEADING_END.search(block)
        and not ITEM.match(block)
        and (block[0].isupper() or block[0].isdigit())
        and any(char.isalpha() for char in block)
    )


def _tidy(block: str) -> str:
    return "\n".join(" ".join(line.split()) for line in block.split("\n") if line.strip())
