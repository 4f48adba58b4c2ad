"""Fingerprints of a text that may not be copied: what is kept of it is hashes only.

`python -m tests.knowledge.originals PAGE.txt > tests/knowledge/original_hashes.json` makes them anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

from bot.knowledge.words import words

RUN = 8  # words: a shorter run is common speech
SENTENCE = 4  # words: a shorter line is a name or a label

# Official names and titles, which can't be said in other words.
TITLES = (
    "Wdrażanie Strategii Rozwoju Współpracy Miasta Wrocławia z Organizacjami Pozarządowymi na lata 2018-2022 "
    "z NGO we Wrocławiu",
    "Strategii Rozwoju Współpracy Wrocławskich Organizacji Pozarządowych z Gminą Wrocław",
    "Drugie spotkanie w sprawie strategii współpracy Gminy z NGO-sami",
    "Departamentu Strategii i Rozwoju Miasta",
    "Miejskiego Ośrodka Pomocy Społecznej",
    "Wrocławskiego Centrum Rozwoju Społecznego",
    "Wrocławskiej Rady Działalności Pożytku Publicznego",
)

_BREAK = re.compile(r"[.?!:]\s|\n|•|(?<=[a-z])\.(?=[A-Z])")


def runs(text: str) -> set[str]:
    """Return the hashes of every run of eight words, official names and titles excepted."""
    return _runs(text) - {run for title in TITLES for run in _runs(title)}


def sentences(text: str) -> set[str]:
    """Return the hashes of every sentence, heading or list item of at least four words, titles excepted."""
    titles = {" ".join(words(title)) for title in TITLES}
    found = (" ".join(words(piece)) for piece in _BREAK.split(text))
    return {_hash(piece) for piece in found if piece.count(" ") >= SENTENCE - 1 and piece not in titles}


def _runs(text: str) -> set[str]:
    said = words(text)
    return {_hash(" ".join(said[at : at + RUN])) for at in range(len(said) - RUN + 1)}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    page = Path(sys.argv[1]).read_text(encoding="utf-8")
    print(json.dumps({"runs": sorted(runs(page)), "sentences": sorted(sentences(page))}, indent=0))
