"""A word of another language, spelt as Polish would: "стратегія" and "strategy" are then near "strategia".

Names and the many words that the languages share are found so without a dictionary; the glossary has the rest.
"""

from __future__ import annotations

import re

_SHARE = 0.9  # of the kinship: a guess, against 1 for the word as it was written
_CYRILLIC = re.compile("[а-яєіїґ]")
# Over folded words; и is the Polish y, г the g of loans (стратегія) as of older words (голос, głos).
_LETTERS = str.maketrans(
    {
        **dict(zip("абвгґдеєжзиіїйклмнопрстуф", "abwggdeezzyiijklmnoprstuf", strict=True)),
        "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "ь": "", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_ENGLISH = tuple(
    (re.compile(pattern), spelt)
    for pattern, spelt in (
        (r"ations?$", "acja"),
        (r"[ct]?tions?$", "kcja"),
        (r"ssions?$", "sja"),
        (r"sions?$", "zja"),
        (r"isms?$", "izm"),
        (r"ities$|ity$", "osc"),
        (r"ical$|ic$", "yczny"),
        (r"als?$", "alny"),
        (r"y$|ies$", "ia"),
        (r"ck|c(?![eiyhz])", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"qu", "kw"),
        (r"x", "ks"),
        (r"v", "w"),
        (r"(\w)\1", r"\1"),
    )
)


def respelled(word: str, lang: str) -> tuple[tuple[str, float], ...]:
    """Return how the folded `word` may be spelt in a document of `lang`, each with its share of the kinship."""
    if lang != "pl" or not word.isalpha() or len(word) < 4:
        return ()
    spelt = word.translate(_LETTERS)
    if not _CYRILLIC.search(word):
        for pattern, other in _ENGLISH:
            spelt = pattern.sub(other, spelt)
    return ((spelt, _SHARE),) if spelt != word else ()
