"""Words that say when, in Polish, English and Ukrainian, folded as `clean.fold` does: word → what it means.

Only what has one meaning is here. A word that is not here is asked about.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["filler", "at", "hour", "from", "to", "month", "weekday", "relative", "which", "unit", "number", "half"]


@dataclass(frozen=True, slots=True)
class Word:
    """What a word means. `english`: hours beside it may be of the 12-hour clock."""

    kind: Kind
    value: int | str = 0
    english: bool = False


NEXT, NEAREST, THIS = "next", "nearest", "this"
MORNING, PM, AFTERNOON, EVENING = "morning", "pm", "afternoon", "evening"
"""Halves of the day."""

_MONTHS = (
    "stycznia styczen styczniu sty january jan січня січень січні січ",
    "lutego luty lutym lut february feb лютого лютий лютому лют",
    "marca marzec marcu mar march березня березень березні бер",
    "kwietnia kwiecien kwietniu kwi april apr квітня квітень квітні кві квіт",
    "maja maj maju may травня травень травні тра трав",
    "czerwca czerwiec czerwcu cze june jun червня червень червні чер черв",
    "lipca lipiec lipcu lip july jul липня липень липні лип",
    "sierpnia sierpien sierpniu sie august aug серпня серпень серпні сер серп",
    "wrzesnia wrzesien wrzesniu wrz september sep sept вересня вересень вересні вер",
    "pazdziernika pazdziernik pazdzierniku paz october oct жовтня жовтень жовтні жов жовт",
    "listopada listopad listopadzie lis november nov листопада листопад листопаді лис лист",
    "grudnia grudzien grudniu gru december dec грудня грудень грудні гру груд",
)
_WEEKDAYS = (
    "poniedzialek poniedzialku pon pn monday mon понеділок понеділка понеділку пн",
    "wtorek wtorku wt tuesday tue tues вівторок вівторка вівторку вт",
    "sroda srode srody sr wednesday wed середа середу середи ср",
    "czwartek czwartku czw cz thursday thu thurs четвер четверга четвергу чт",
    "piatek piatku pt friday fri п'ятниця п'ятницю п'ятниці пятниця пятницю пятниці пт",
    "sobota sobote soboty sob saturday sat субота суботу суботи сб",
    "niedziela niedziele niedzieli nd ndz niedz sunday sun неділя неділю неділі нд",
)
_RELATIVE = (
    "dzis dzisiaj today сьогодні",
    "jutro jutra tomorrow завтра",
    "pojutrze pojutrza overmorrow післязавтра позавтра",
)
_WHICH = {
    NEXT: "przyszly przyszla przyszle przyszlego przyszlej przyszlym nastepny nastepna nastepne nastepnego nastepnej "
    "nastepnym next наступний наступна наступну наступного наступної наступному",
    NEAREST: "najblizszy najblizsza najblizsze najblizszego najblizszej coming upcoming "
    "найближчий найближча найближчу найближчого найближчої",
    THIS: "ten ta te tego tej tym this цей ця цю цього цієї цьому",
}
_UNITS = {
    1: "dzien dni day days день дні днів дня",
    7: "tydzien tygodnie tygodni tygodniu week weeks тиждень тижні тижнів тижня",
}
_NUMBERS = (
    "one a jeden jedna один одна",
    "two dwa dwie два дві",
    "three trzy три",
    "four cztery чотири",
    "five piec п'ять пять",
    "six szesc шість",
    "seven siedem сім",
    "eight osiem вісім",
    "nine dziewiec дев'ять девять",
    "ten dziesiec десять",
)
_ENGLISH = frozenset(
    word
    for words in (
        "january february march april may june july august september october november december",
        "jan feb apr jun jul aug sep sept oct nov dec",
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun",
        "today tomorrow overmorrow next coming upcoming this day days week weeks",
        "one a two three four five six seven eight nine at on from till until in am pm",
    )
    for word in words.split()
)


def _vocabulary() -> dict[str, Word]:
    found: dict[str, Word] = {}

    def add(kind: Kind, value: int | str, words: str) -> None:
        for word in words.split():
            found[word] = Word(kind, value, word in _ENGLISH)

    for number, words in enumerate(_NUMBERS, 1):
        add("number", number, words)
    for number, words in enumerate(_MONTHS, 1):
        add("month", number, words)
    for number, words in enumerate(_WEEKDAYS):
        add("weekday", number, words)
    for number, words in enumerate(_RELATIVE):
        add("relative", number, words)
    for which, words in _WHICH.items():
        add("which", which, words)
    for days, words in _UNITS.items():
        add("unit", days, words)
    add("filler", 0, "w we dnia r rok roku godzinach on the of у в року рік р")
    add("at", 0, "o at о об")
    add("hour", 0, "godz godzina godzine godzinie godziny g h год година годині годину години")
    add("from", 0, "od from з із від")
    add("to", 0, "do to till until до")
    add("half", MORNING, "am rano ранку")
    add("half", PM, "pm")
    add("half", AFTERNOON, "popoludniu")
    add("half", EVENING, "wieczorem wieczor вечора")
    return found


WORDS = _vocabulary()
PHRASES = (
    (r"\b(?:the )?day after tomorrow\b", "overmorrow"),
    (r"(?<![a-z])([ap])\.\s?m\b\.?", r"\1m"),
    (r"\bof\s+(?=[a-z])", ""),
    (r"\bin the evening\b", "wieczorem"),
    (r"\bpo poludniu\b|\bin the afternoon\b|\b(?:годин[иі]?|год\.?)\s+дня\b", "popoludniu"),
    (r"\bin the morning\b|\bprzed poludniem\b", "rano"),
    (r"\bw poludnie\b|\b(?:at )?noon\b|\b(?:о(?:б)? )?опівдні\b", "at 12:00"),
    (r"\bгодин[иі]?\s+(?=ранку\b|вечора\b)", ""),
)
"""Several words with one meaning → one; on folded text, in this order."""
AHEAD = frozenset({"za", "in", "через", "за"})
"""Before a number of days or weeks: so long from today."""
