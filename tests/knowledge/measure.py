"""Figures of a set of questions: right passage first, answered, refused.

`python -m tests.knowledge.measure questions.jsonl heldout.jsonl` prints them, with the questions that went wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge import Answer, Knowledge

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a JSONL file: an empty `gold` means that the question must be refused."""

    id: str
    question: str
    lang: str
    style: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1. `hit1` is over the answerable questions, so that one wrongly refused is a miss."""

    hit1: float
    answered: float
    refused: dict[str, float]
    wrong: tuple[str, ...]


def load(name: str) -> list[Asked]:
    """Read a file of questions that lies beside this module."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Asked(row["id"], row["question"], row["lang"], row["style"], tuple(row["gold"])) for row in rows]


def hits(asked: Asked, answer: Answer) -> bool:
    """Tell whether the first quotation holds a gold span; white space doesn't count."""
    first = " ".join(answer.quotes[0].text.split()) if answer.quotes else ""
    return any(" ".join(span.split()) in first for span in asked.gold)


def measure(knowledge: Knowledge, questions: list[Asked]) -> Figures:
    """Ask every question. The default language is always Polish, as in a room of the federation."""
    hit = answered = answerable = 0
    refused: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    for one in questions:
        answer = knowledge.ask(one.question, lang="pl", today=TODAY)
        places = " / ".join(quote.place for quote in answer.quotes) or "refused"
        if one.gold:
            answerable += 1
            answered += answer.answered
            hit += hits(one, answer)
            right = hits(one, answer)
        else:
            asked[one.style] += 1
            refused[one.style] += not answer.answered
            right = not answer.answered
        if not right:
            wrong.append(f"{one.id} [{one.style}] {one.question} -> {places}")
    shares = {style: refused[style] / count for style, count in asked.items()}
    return Figures(hit / answerable, answered / answerable, shares, tuple(wrong))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        figures = measure(Knowledge.shipped(), load(name))
        refusals = ", ".join(f"{style} refused {share:.2f}" for style, share in figures.refused.items())
        print(f"{name}: hit@1 {figures.hit1:.2f}, answered {figures.answered:.2f}, {refusals}")
        print("\n".join(figures.wrong))
