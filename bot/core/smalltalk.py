"""Courtesies in three languages: told from questions, and taken off the ends of one."""

import re
from enum import IntEnum

from bot.core.clean import fold


class Talk(IntEnum):
    """What a text that asks nothing says; where it says several things, the highest one is answered."""

    NOTHING = 0
    PLEASE = 1
    CHOICE = 2
    BYE = 3
    HELLO = 4
    THANKS = 5
    WHO = 6


_PHRASES = {
    (Talk.HELLO, "pl"): "cześć, hej, hejka, siema, witam, witaj, witajcie, dzień dobry, dobry wieczór, dobry, "
    "dzień dobry wszystkim, co słychać, jak się masz, jak się macie, jak leci, miłego dnia, dzieńdobry",
    (Talk.HELLO, "en"): "hello, hi, hey, hiya, good morning, good afternoon, good evening, good day, how are you, "
    "hello there, hi there, hi all, hello everyone, have a nice day",
    (Talk.HELLO, "uk"): "привіт, вітаю, добрий день, доброго дня, добрий вечір, добрий ранок, доброго ранку, здоров, "
    "привітики, вітання, як справи, як ся маєш, гарного дня, доброго вечора",
    (Talk.THANKS, "pl"): "dziękuję, dziękuje, dziękujemy, dzięki, dziękuję bardzo, bardzo dziękuję, dzięki wielkie, "
    "wielkie dzięki, dzięki za pomoc, dziękuję za pomoc, dziękuję za odpowiedź, dzięki za odpowiedź, dziękówka, dzieki",
    (Talk.THANKS, "en"): "thanks, thank you, thank you very much, thanks a lot, many thanks, thx, cheers, "
    "thanks for your help, thank you for your help, thank you so much, ty",
    (Talk.THANKS, "uk"): "дякую, дякуємо, дуже дякую, щиро дякую, дякую дуже, спасибі, красно дякую, щиро дякуємо, "
    "дякую за допомогу, дякую за відповідь, велике спасибі, велике дякую",
    (Talk.BYE, "pl"): "do widzenia, do zobaczenia, na razie, pa, papa, dobranoc, do usłyszenia, do jutra",
    (Talk.BYE, "en"): "bye, goodbye, bye bye, see you, see you later, good night",
    (Talk.BYE, "uk"): "до побачення, бувай, бувайте, па, добраніч, на добраніч, до зустрічі, до завтра",
    (Talk.WHO, "pl"): "kim jesteś, kto ty jesteś, czy jesteś botem, jesteś botem, czy jesteś człowiekiem, "
    "jesteś człowiekiem, czy to bot, co umiesz, co potrafisz, co możesz zrobić, w czym możesz pomóc, pomocy, pomóż",
    (Talk.WHO, "en"): "who are you, what are you, are you a bot, are you human, are you a human, are you a person, "
    "is this a bot, what can you do, help me, how can you help",
    (Talk.WHO, "uk"): "хто ти, хто ви, ти бот, ви бот, чи ти бот, чи ви бот, це бот, ти людина, ви людина, "
    "що ти вмієш, що ви вмієте, що ти можеш, чим ти можеш допомогти, допоможи, допоможіть",
    (Talk.CHOICE, "pl"): "tak, nie, tak jest, jasne, pewnie, no tak",
    (Talk.CHOICE, "en"): "yes, yeah, yep, nope, sure",
    (Talk.CHOICE, "uk"): "так, ні, звісно, звичайно",
    (Talk.CHOICE, None): "no",
    (Talk.PLEASE, "pl"): "proszę, mam pytanie, proszę bardzo, przepraszam",
    (Talk.PLEASE, "en"): "please, i have a question, sorry, excuse me",
    (Talk.PLEASE, "uk"): "будь ласка, маю питання, у мене питання, вибачте, перепрошую",
    (Talk.NOTHING, "pl"): "dobrze, dobra, w porządku, rozumiem, świetnie, fajnie, spoko, okej, zgoda, haha",
    (Talk.NOTHING, "en"): "okay, great, fine, cool, nice, i see, got it, perfect, lol, good, alright",
    (Talk.NOTHING, "uk"): "добре, гаразд, зрозуміло, чудово, гарно, клас, окей, розумію, ясно",
    (Talk.NOTHING, None): "ok, k, oki, super, wow, xd, ок",
}

_WORD = re.compile(r"[\w'’ʼ]+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_LONGEST = 5  # words in a phrase
_MOST = 10  # words in small talk: what is longer says something

_KNOWN = {
    tuple(fold(phrase).split()): meaning for meaning, phrases in _PHRASES.items() for phrase in phrases.split(", ")
}
_BEFORE = {Talk.HELLO, Talk.THANKS, Talk.PLEASE}
_BEHIND = {Talk.THANKS, Talk.PLEASE}


def small_talk(text: str) -> tuple[Talk, str | None] | None:
    """What a text says that is all courtesy, and the language it shows; None when it says anything else.

    No words at all (a sticker, an emoji, dots) is NOTHING, a question mark alone is not.
    """
    words = [_simple(word) for word in _WORD.findall(text[:400])]
    if not words:
        return None if "?" in text else (Talk.NOTHING, None)
    if len(words) > _MOST or len(text) > 400:
        return None
    found: list[tuple[Talk, str | None]] = []
    at = 0
    while at < len(words):
        size = _phrase(words, at)
        if not size:
            return None
        found.append(_KNOWN[tuple(words[at : at + size])])
        at += size
    return max(talk for talk, _ in found), next((lang for _, lang in found if lang), None)


def without_courtesy(text: str) -> str:
    """A question without the greeting before it and the thanks behind it; they are no words to search for."""
    matches = list(_WORD.finditer(text))
    words = [_simple(match[0]) for match in matches[:_MOST]]
    first = 0
    while size := _phrase(words, first, _BEFORE):
        first += size
    ending = [_simple(match[0]) for match in matches[max(first, len(matches) - _MOST) :]]
    last = len(matches)
    while size := _closing(ending):
        last -= size
        ending = ending[:-size]
    if first >= last:
        return text
    # Punctuation after the last word stays only where nothing was taken off behind it.
    end = len(text) if last == len(matches) else matches[last].start()
    return text[matches[first].start() : end].strip()


def _simple(word: str) -> str:
    return _STRETCHED.sub(r"\1", fold(word))


def _phrase(words: list[str], at: int, kinds: set[Talk] | None = None) -> int:
    """How many words the longest phrase at this place has; 0 when there is none."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        meaning = _KNOWN.get(tuple(words[at : at + size]))
        if meaning and (kinds is None or meaning[0] in kinds):
            return size
    return 0


def _closing(words: list[str]) -> int:
    for size in range(min(_LONGEST, len(words)), 0, -1):
        meaning = _KNOWN.get(tuple(words[-size:]))
        if meaning and meaning[0] in _BEHIND:
            return size
    return 0
