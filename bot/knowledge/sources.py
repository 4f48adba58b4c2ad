"""Where the documents that ship come from: the folder `sources/` of this package, also inside a wheel."""

from __future__ import annotations

from importlib.resources import files

from bot.knowledge.frontmatter import parse_document
from bot.knowledge.model import Document

_SUFFIX = ".md"


def shipped_documents() -> tuple[Document, ...]:
    """Read the Markdown sources that ship, in the order of their names; a document's id is its file's stem.

    Raises SourceError when one of them has bad metadata.
    """
    folder = files("bot.knowledge").joinpath("sources")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(_SUFFIX)), key=lambda entry: entry.name)
    return tuple(
        parse_document(entry.read_text(encoding="utf-8"), name=entry.name, id=entry.name.removesuffix(_SUFFIX))
        for entry in found
    )
