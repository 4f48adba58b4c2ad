"""`obrady knowledge eval`: a set of questions asked, and what came of it as a table or as JSON."""

import json
import os
import resource
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.knowledge import Knowledge, Lexicon, open_semantic
from bot.knowledge.evaluation import evaluate, figures, group, read_documents, read_questions
from bot.knowledge.sources import shipped_documents

_STEP = 50  # questions between two lines of progress
_COLUMNS = ("n", "hit1", "hit3", "mrr10", "answered", "refused")


def print_evaluation(
    questions: Path, documents: Sequence[Path], settings: Settings, today: date, *, as_json: bool
) -> None:
    """Measure and print. Progress goes to stderr. Raises SetError when a file can't be read."""
    asked = read_questions(questions)
    held = read_documents(documents, today) if documents else list(shipped_documents())
    _tell(f"{len(asked)} questions, {len(held)} documents")
    semantic = open_semantic(settings.knowledge.vectors) if settings.knowledge.semantic else None
    knowledge = Knowledge(held, Lexicon.shipped(settings.knowledge.glossary), semantic)
    if semantic is not None:
        _tell("embedding passages …")
        semantic.wait()
    results = evaluate(knowledge, asked, today, lambda done: _tell(f"{done} asked") if done % _STEP == 0 else None)
    out = {**figures(results), "rss_mb": _memory(), "semantic": semantic is not None}
    if as_json:
        sys.stdout.write(json.dumps(out, ensure_ascii=False) + "\n")
        return
    rows = [[f"{row['lang']} {row['style']}", *map(row.get, _COLUMNS)] for row in out["groups"]]
    rows.append(["all", *map(group(results).get, _COLUMNS)])
    width = max(len(str(row[0])) for row in rows)
    lines = [" " * width + "".join(f"{name:>10}" for name in _COLUMNS)]
    lines += [f"{row[0]:{width}}" + "".join(f"{_cell(value):>10}" for value in row[1:]) for row in rows]
    lines.append(
        f"p50 {out['p50_ms']} ms, p95 {out['p95_ms']} ms a question; {out['rss_mb']} MB; "
        f"semantic: {'yes' if out['semantic'] else 'no'}"
    )
    sys.stdout.write("\n".join(lines) + "\n")


def _cell(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _tell(what: str) -> None:
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()


def _memory() -> float:
    """Megabytes that this process holds now; at most, where the system doesn't tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)
