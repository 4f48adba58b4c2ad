"""Words as the index sees them: folded, cut, stemmed lightly, and compared with tolerance for inflection and typos."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

# Letters that Unicode does not take apart, so that NFKD alone would leave them as they are.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ґ": "г", "ё": "е"})
_APOSTROPHES = re.compile("['’ʼ‘`´′＇]")
# Endings written apart: DFOP's in English; MOPS-em, KRS-u, NGO-sami in Polish.
_ENDING_APART = re.compile(
    r"(?<=[A-Za-z])['’]s\b|(?<=[A-Za-z]{2})-(?:s?ami|s?ach|s?om|owi|owie|sy|sow|sów|ów|em|ie|u|a|y|i)\b"
)
_MARKS = re.compile("[-'’ʼ‘`´′＇]")
_WORD = re.compile(r"[^\W_]+")
# й and ї are letters of their own, not и and і with a mark: the two marks stay on a Cyrillic letter.
_CYRILLIC_MARKS = "\u0306\u0308"


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as plain text."""
    return frozenset(text.split())


_READ = 1_000
_MIN_STEM = 4
_ALIKE = 0.55  # the share of the longer word that a common beginning makes up
# Endings of nouns, adjectives and verbs in folded Polish, in English and in Ukrainian. Light on
# purpose: what they miss, shared beginnings and character n-grams catch.
_ENDINGS = word_set("""
ami ach owi owie ego emu ych ymi imi iej ow om em ie ia iu ii ja je ji ej ym im a e i o u y
ala alo aly ali al ila ilo ily ili il yla ylo yly yli yl iono ano ono ac ic yc uje owac
ing ed es s ly
ами ями ові еві ого ому ими іми ої ій ою ею єю ах ях ів їв ам ям ем ом им ім их іх ий
ія ії ію а я о е є и і ї у ю ь
ала ало али ав ила ило или ив ти ться
""")
_LONGEST_ENDING = max(map(len, _ENDINGS))


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics (ł→l too); Cyrillic letters are kept.

    Apostrophes are dropped, so that ' ’ ʼ and none at all are the same letter; so are the English possessive
    and the Polish ending after an abbreviation.
    """
    plain = []
    base_is_cyrillic = False
    for char in unicodedata.normalize("NFKD", _APOSTROPHES.sub("", _ENDING_APART.sub("", text)).casefold()):
        if unicodedata.combining(char):
            if base_is_cyrillic and char in _CYRILLIC_MARKS:
                plain.append(char)
            continue
        base_is_cyrillic = "\u0400" <= char <= "\u052f"
        plain.append(char)
    return unicodedata.normalize("NFC", "".join(plain)).translate(_LETTERS)


def clipped(question: str) -> str:
    """Return what is read of a question: its first 1,000 characters, before and after Unicode takes them apart."""
    return unicodedata.normalize("NFKC", question[:_READ])[:_READ]


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order; digits count as words."""
    # Words repeat, letters of a long text don't have to be folded one by one: that is ten times as fast.
    plain = unicodedata.normalize(
        "NFC", _APOSTROPHES.sub("", _ENDING_APART.sub("", text)) if _MARKS.search(text) else text
    )
    found: list[str] = []
    for word in _WORD.findall(plain):
        found.extend(_folded(word))
    return found


@lru_cache(maxsize=100_000)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(word)))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut one ending off a folded word, leaving at least four letters; a word with a digit stays whole."""
    if word.isalpha():
        for length in range(min(_LONGEST_ENDING, len(word) - _MIN_STEM), 0, -1):
            if word[-length:] in _ENDINGS:
                return word[:-length]
    return word


@lru_cache(maxsize=20_000)
def grams(word: str, size: int) -> tuple[str, ...]:
    """Return the character n-grams of a folded word with its edges marked; a word that is too short has none."""
    padded = f"_{word}_"
    return tuple(padded[at : at + size] for at in range(len(padded) - size + 1))


def kinship(left: str, right: str) -> float:
    """Return how surely two folded words are one: 1 the same, 0.95 one stem, 0.8 to 0.9 inflected, 0.75 a typo, 0.7 a
    part of a compound, 0.5 to 0.7 only a beginning in common, 0 not.

    Words with digits are only ever the same or not. The bounds were set on development questions.
    """
    if left == right:
        return 1.0
    if not (left.isalpha() and right.isalpha()):
        return 0.0
    left_stem, right_stem = stem(left), stem(right)
    if left_stem == right_stem:
        return 0.95
    if _hardened(left_stem) == _hardened(right_stem):
        return 0.9
    shared = _shared_beginning(left_stem, right_stem)
    if shared >= 5 and shared / max(len(left_stem), len(right_stem)) >= 0.75:
        return 0.8
    if is_typo(left, right) or (min(len(left_stem), len(right_stem)) >= 6 and is_typo(left_stem, right_stem)):
        return 0.75
    if min(len(left_stem), len(right_stem)) >= 5 and (left_stem in right or right_stem in left):
        return 0.7  # a part of a compound: kultury, wielokulturowość
    alike = _shared_beginning(left, right) / max(len(left), len(right))
    return 0.1 + 0.8 * alike if alike >= _ALIKE and _shared_beginning(left, right) >= _MIN_STEM else 0.0


def _hardened(stem: str) -> str:
    """Undo what inflection does to the end of a Polish stem (Jacek, o Jacku; Pluta, o Plucie; Wanda, o Wandzie)."""
    if stem.endswith(("ek", "ec")) and len(stem) > _MIN_STEM:
        stem = stem[:-2] + stem[-1]
    for soft, hard in (("dz", "d"), ("rz", "r"), ("c", "t"), ("k", "t"), ("g", "d")):
        if len(stem) >= _MIN_STEM and stem.endswith(soft):
            return stem.removesuffix(soft) + hard
    return stem


def is_typo(left: str, right: str) -> bool:
    """Tell whether two words may be one, mistyped: the shorter they are, the less may differ.

    In words of four or five letters a changed letter makes another word too often ("rules", "roles"): there two
    letters may only change places. The first letter is hardly ever mistyped ("miasto", "ciasto").
    """
    shorter, longer = sorted((len(left), len(right)))
    if shorter < 4 or (left[0] != right[0] and left[:2] != right[1::-1]):
        return False
    if longer <= 5:
        return shorter == longer and sorted(left) == sorted(right) and _within(left, right, 1)
    return shorter >= 5 and _within(left, right, 1 if shorter < 8 else 2)


def _shared_beginning(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def _within(left: str, right: str, allowed: int) -> bool:
    """Tell whether at most `allowed` letters were changed, lost, added or swapped with a neighbour."""
    return OSA.distance(left, right, score_cutoff=allowed) <= allowed
