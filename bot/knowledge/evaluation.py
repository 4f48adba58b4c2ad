"""Figures of a set of questions: is the right passage first, is what can be answered answered, the rest refused?"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.knowledge.frontmatter import parse_document
from bot.knowledge.language import detect_language
from bot.knowledge.model import Document, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bot.knowledge.answers import Knowledge
    from bot.knowledge.model import Passage

LISTED = 10
"""Documents that are named for each question, and the depth of the mean reciprocal rank."""
_TEXTS = (".md", ".markdown", ".txt")
_PERCENTILES = {"p50_ms": 0.5, "p95_ms": 0.95}


class SetError(ValueError):
    """A set of questions or documents that can't be read; the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. Without gold spans and gold documents it must be refused."""

    id: str
    question: str
    lang: str
    style: str
    gold: tuple[str, ...]
    gold_docs: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents hold the answer."""
        return bool(self.gold or self.gold_docs)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question. `rank` is the place of the first hit, from 1; 0 when there is none.

    `cited_hit` tells whether a passage that was shown as the answer is a hit.
    """

    asked: Asked
    docs: tuple[str, ...]
    rank: int
    answered: bool
    cited_hit: bool
    ms: float


def read_questions(path: Path) -> list[Asked]:
    """Read a set of questions. Raises SetError."""
    asked = [_question(row, where) for row, where in _rows(path)]
    seen: dict[str, int] = {}
    for number, one in enumerate(asked, 1):
        if one.id in seen:
            raise SetError(f"{path.name}: the id {one.id!r} is used twice")
        seen[one.id] = number
    if not asked:
        raise SetError(f"{path.name}: there is no question in it")
    return asked


def read_documents(paths: Iterable[Path], today: date) -> list[Document]:
    """Read documents: JSONL, Markdown with or without metadata, plain text, and folders of these. Raises SetError.

    What has no language of its own gets the one that its text shows.
    """
    documents: list[Document] = []
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            documents += _documents(file, today)
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise SetError(f"the document id {document.id!r} is used twice")
        seen.add(document.id)
    return documents


def evaluate(
    knowledge: Knowledge, questions: Sequence[Asked], today: date, progress: Callable[[int], None] = lambda _: None
) -> list[Result]:
    """Ask every question, as a member whose language is Polish unless the question shows another."""
    results = []
    for number, asked in enumerate(questions, 1):
        begun = time.perf_counter()
        found = knowledge.look_up(asked.question, lang="pl", today=today)
        took = (time.perf_counter() - begun) * 1000
        docs = tuple(dict.fromkeys(passage.document.id for passage in found.ranked))[:LISTED]
        cited = [quote.text for quote in found.answer.quotes]
        hit = any(_hits(asked, passage) for passage in found.ranked if passage.text in cited)
        rank = _rank(asked, found.ranked, docs)
        results.append(Result(asked, docs, rank, found.answer.answered, hit, took))
        progress(number)
    return results


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """Return what `obrady knowledge eval --json` prints, without memory and model.

    The figures of ranking ignore refusal. `refused` is the share refused of the questions without gold, `answered` the
    share answered of those with it; None where a group has none of the kind.
    """
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in results:
        groups[result.asked.lang, result.asked.style].append(result)
    times = sorted(result.ms for result in results)
    return {
        "groups": [{"lang": lang, "style": style, **group(found)} for (lang, style), found in sorted(groups.items())],
        **{name: round(times[min(int(len(times) * part), len(times) - 1)], 2) for name, part in _PERCENTILES.items()},
        "questions": [
            {"id": result.asked.id, "docs": list(result.docs), "answered": result.answered} for result in results
        ],
    }


def group(results: Sequence[Result]) -> dict[str, Any]:
    """Return the figures of one group of questions."""
    held = [result for result in results if result.asked.answerable]
    strange = [result for result in results if not result.asked.answerable]
    ranks = [result.rank for result in held]
    return {
        "n": len(results),
        "hit1": _share(rank == 1 for rank in ranks),
        "hit3": _share(1 <= rank <= 3 for rank in ranks),
        "mrr10": _mean(1 / rank if 1 <= rank <= LISTED else 0.0 for rank in ranks),
        "answered": _share(result.answered for result in held),
        "refused": _share(not result.answered for result in strange),
    }


def _share(flags: Iterable[bool]) -> float | None:
    return _mean(float(flag) for flag in flags)


def _mean(numbers: Iterable[float]) -> float | None:
    held = list(numbers)
    return round(sum(held) / len(held), 4) if held else None


def _rank(asked: Asked, ranked: Sequence[Passage], docs: Sequence[str]) -> int:
    """Return the place of the first hit: among passages for spans, among documents for documents."""
    if asked.gold_docs:
        return next((at for at, id in enumerate(docs, 1) if id in asked.gold_docs), 0)
    return next((at for at, passage in enumerate(ranked, 1) if _hits(asked, passage)), 0)


def _hits(asked: Asked, passage: Passage) -> bool:
    said = " ".join(passage.text.split())
    return passage.document.id in asked.gold_docs or any(" ".join(span.split()) in said for span in asked.gold)


def _question(row: dict[str, Any], where: str) -> Asked:
    texts = {key: row.get(key) for key in ("id", "question", "lang", "style")}
    for key, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            raise SetError(f"{where}: key {key!r} must be a text that isn't empty")
    gold, docs = row.get("gold"), row.get("gold_docs")
    if gold is None and docs is None:
        raise SetError(f"{where}: key 'gold' or 'gold_docs' is missing (an empty list: must be refused)")
    for key, value in (("gold", gold), ("gold_docs", docs)):
        if value is not None and not (isinstance(value, list) and all(isinstance(x, str) and x.strip() for x in value)):
            raise SetError(f"{where}: key {key!r} must be a list of texts")
    return Asked(gold=tuple(gold or ()), gold_docs=tuple(docs or ()), **{key: str(texts[key]) for key in texts})


def _documents(file: Path, today: date) -> Iterator[Document]:
    if file.suffix == ".jsonl":
        for row, where in _rows(file):
            for key in ("id", "title", "text"):
                if not isinstance(row.get(key), str):
                    raise SetError(f"{where}: key {key!r} must be a text")
            if not row["id"].strip() or not row["text"].strip():
                raise SetError(f"{where}: keys 'id' and 'text' must not be empty")
            yield _plain(row["id"], row["title"].strip() or row["id"], row["text"], today)
        return
    if file.suffix not in _TEXTS:
        raise SetError(f"{file.name}: documents are read as .jsonl, {', '.join(_TEXTS)}")
    text = _text(file)
    if text.startswith("+++"):
        try:
            yield parse_document(text, name=file.name, id=file.stem)
        except SourceError as error:
            raise SetError(str(error)) from error
    elif text.strip():
        yield _plain(file.stem, file.stem, text, today)
    else:
        raise SetError(f"{file.name}: there is no text in it")


def _plain(id: str, title: str, text: str, today: date) -> Document:
    lang = detect_language(text, "pl")
    return Document(id, title, "", "", today, None, None, lang, None, text, "original")


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SetError(f"{where}: is not JSON ({error})") from error
        if not isinstance(row, dict):
            raise SetError(f"{where}: must be a JSON object")
        yield row, where


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SetError(f"{path}: can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SetError(f"{path}: is not UTF-8 (byte {error.start})") from error
