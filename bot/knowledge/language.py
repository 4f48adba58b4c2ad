"""Which of the three languages a question is in: the script, then a small vote of common words and letters."""

from __future__ import annotations

import re

from bot.knowledge.words import word_set, words

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[^\W\d_\u0400-\u052f]")
_POLISH_LETTERS = re.compile("[ąćęłńóśźż]", re.IGNORECASE)
_READ = 2_000  # characters: a language shows in the first lines

_POLISH = word_set("""
a aby ale bo by byc byl byla bylo byli bez beda bedzie chce ci cie co cos czego czemu czy czyj czym dla dlaczego
do gdzie go i ich ile ilu im ja jak jaka jaki jakie jakich jakiej jakim jest jestem juz kiedy kim kogo komu kto
ktora ktore ktorej ktory ktorym ktorych lub ma maja mam mi mnie moge mozna my na nad nam nas nie nim niz no o od
ona one oni oraz pan pani po pod prosze przed przez przy sa sie skad ta tak taki tam te tego tej ten to tu ty
tym u w we wiec wy z za ze zeby albo ani az beze bedziemy choc czyja czyje czyich dlatego dopiero gdy gdzies ha
inna inne innych inny jakiego jakimi jakims je jego jej jemu jesli jezeli kazdy kazda kiedys kilka ktorymi
ktorzy mimo miedzy moze moj moja nasz nasza nasze naszych niej nich obok poniewaz ponad poza potem przeciez
podczas procz rowniez sam sama samo soba sobie swoj swoje swoich takze takich tez totez trakcie czasie trochu
troche tutaj twoj wcale wedlug wiele wobec wsrod wasz wszyscy wszystkich wszystkie wtedy jacy czyi czyim czyimi
iloma ktoremu kims czyms nimi nia zaden zas zawsze znowu bardzo wlasnie ogole
""")
_ENGLISH = word_set("""
about all am an and any are as at be been but by can could did does for from had has have how if in is it its me
much many of on or our out please should tell than that the their them there these they this those was we were
what whats when where which who whom whose why will with would you your also after again because before being
both during each else ever every few he her here him his i into just more my no not off only other own same
she so some such then through to too under until up very via while within without yet across among
""")
_UKRAINIAN = word_set("""
а або ж аби без би був була були було бути в вам вас ви від він вона вони воно все всі для до є же за з зі із й
його її їх і інші коли котра котрий куди кому кого ким ми мені мене між на над нам нас не ні нею ним них про по
при під після перед та так такий така таке такі там тут те ти то тої той ту тим цей ця це ці цього цієї цій
цьому у усі хто чи чий чим чого чому що щоб щодо як яка яке який які яких яким якими якій якої якого якому яку
скільки де звідки навіщо ще б адже але бо ваш весь всіх всього даже дуже жоден завжди зокрема кілька кожен кожна
лише майже можна мій наш наша наші ніж ось отже поки потім проте сам свій свої своїх серед собі справді також
теж тільки тому тоді хоча чия чиє якась якийсь цих цими тих всіма усіх
""")

#: Small numbers in words, folded.
NUMERALS = word_set("""
jeden jedna jedno dwa dwie dwoch dwoje trzy trzech cztery czterech piec pieciu szesc szesciu siedem osiem
dziewiec dziesiec dziesieciu one two three four five six seven eight nine ten один одна одне два дві двох три
трьох чотири чотирьох пять шість сім вісім девять десять
""")

#: Words that say nothing about the subject, folded, of all three languages together.
FUNCTION_WORDS = _POLISH | _ENGLISH | _UKRAINIAN | NUMERALS


def detect_language(text: str, default: str) -> str:
    """Return "pl", "en" or "uk" for `text`; `default` when nothing in it speaks for one of them."""
    text = text[:_READ]
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic and cyrillic * 2 >= len(_LATIN.findall(text)):
        return "uk"
    found = words(text)
    polish = sum(word in _POLISH for word in found) + 2 * len(_POLISH_LETTERS.findall(text))
    english = sum(word in _ENGLISH for word in found)
    if polish == english:
        return default
    return "pl" if polish > english else "en"
