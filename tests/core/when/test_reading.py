"""Phrases that say when: right or asked about, never wrong. It is Tuesday, 1 December 2026, noon in Warsaw."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.clean import fold
from bot.core.content import Text
from bot.core.when.reading import read_next, read_when
from bot.core.when.result import When
from bot.core.when.vocabulary import WORDS
from tests.locales.test_files import MESSAGES, variables

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=WARSAW)

# phrase => day, day and hour, day and hours; or "?": it is asked about.
PHRASES = """
jutro o 18 => 2026-12-02 18:00
Jutro o 18:00 => 2026-12-02 18:00
jutro 18:00 => 2026-12-02 18:00
jutro 18.00 => 2026-12-02 18:00
jutro o 18.10 => 2026-12-02 18:10
jutro, o godz. 18:00 => 2026-12-02 18:00
jutro godz. 18 => 2026-12-02 18:00
jutro godzina 18 => 2026-12-02 18:00
jutro g. 18 => 2026-12-02 18:00
jutro o godzinie 18 => 2026-12-02 18:00
jutro 18h => 2026-12-02 18:00
jutro o 18-tej => 2026-12-02 18:00
jutro – 18:00 => 2026-12-02 18:00
jutro (środa) o 18 => 2026-12-02 18:00
jutro, w środę, o 18 => 2026-12-02 18:00
jutro o 9 => 2026-12-02 09:00
jutro o 6 rano => 2026-12-02 06:00
jutro o 8 rano => 2026-12-02 08:00
jutro 6 rano => 2026-12-02 06:00
jutro o 6 wieczorem => 2026-12-02 18:00
jutro o 5 po południu => 2026-12-02 17:00
jutro o 5 po poludniu => 2026-12-02 17:00
jutro w południe => 2026-12-02 12:00
jutro => 2026-12-02
dziś o 18 => 2026-12-01 18:00
dzis o 18 => 2026-12-01 18:00
dzisiaj 18:00 => 2026-12-01 18:00
DZIŚ O 18 => 2026-12-01 18:00
pojutrze o 17:30 => 2026-12-03 17:30
za tydzień o 18 => 2026-12-08 18:00
za 3 dni o 18 => 2026-12-04 18:00
za dwa tygodnie o 18:00 => 2026-12-15 18:00
za tydzień we wtorek o 18 => 2026-12-08 18:00
w środę o 18 => 2026-12-02 18:00
w srode o 18 => 2026-12-02 18:00
środa 18:00 => 2026-12-02 18:00
w czwartek 18:00 => 2026-12-03 18:00
czw. 18:00 => 2026-12-03 18:00
pt 18:00 => 2026-12-04 18:00
w piątek 18:00-20:00 => 2026-12-04 18:00-20:00
w sobotę o 10 => 2026-12-05 10:00
w niedzielę o 10:00 => 2026-12-06 10:00
w poniedziałek o 18 => 2026-12-07 18:00
poniedzialek o 18 => 2026-12-07 18:00
w przyszły wtorek o 18 => 2026-12-08 18:00
w przyszly wtorek o 18 => 2026-12-08 18:00
następny wtorek 18:00 => 2026-12-08 18:00
w przyszły poniedziałek o 18 => 2026-12-07 18:00
w najbliższy piątek o 18 => 2026-12-04 18:00
w tę środę o 18 => 2026-12-02 18:00
w przyszłym tygodniu w czwartek o 18 => 2026-12-10 18:00
w czwartek w przyszłym tygodniu o 18 => 2026-12-10 18:00
w tym tygodniu w piątek o 18 => 2026-12-04 18:00
24 grudnia 17:00 => 2026-12-24 17:00
24 grudnia o 17 => 2026-12-24 17:00
24 grudnia o godzinie 17:00 => 2026-12-24 17:00
24 grudnia 2026 17:00 => 2026-12-24 17:00
24 grudnia 2026 r. o 17:00 => 2026-12-24 17:00
24 grudnia 2026 roku, godz. 17.00 => 2026-12-24 17:00
dnia 24 grudnia o 17 => 2026-12-24 17:00
24. grudnia 17:00 => 2026-12-24 17:00
24-go grudnia 17:00 => 2026-12-24 17:00
24 gru 17:00 => 2026-12-24 17:00
24 GRUDNIA 17:00 => 2026-12-24 17:00
2 stycznia 17:00 => 2027-01-02 17:00
31 sierpnia 17:00 => 2027-08-31 17:00
9 września 2027 17:00 => 2027-09-09 17:00
3 pazdziernika 2027 17:00 => 2027-10-03 17:00
1 lutego o 17 => 2027-02-01 17:00
17:00 24 grudnia => 2026-12-24 17:00
o 17 24 grudnia => 2026-12-24 17:00
czwartek 24 grudnia 17:00 => 2026-12-24 17:00
2.12. => 2026-12-02
2.12 => 2026-12-02
02.12 => 2026-12-02
2.12 17:00 => 2026-12-02 17:00
2.12. 17:00 => 2026-12-02 17:00
2.12 o 17 => 2026-12-02 17:00
2.12 17.00 => 2026-12-02 17:00
2.12 17.30-19.30 => 2026-12-02 17:30-19:30
2.12 17-19 => 2026-12-02 17:00-19:00
2.12 9-17 => 2026-12-02 09:00-17:00
2.12, 17:00 - 19:00 => 2026-12-02 17:00-19:00
2.12.2026 => 2026-12-02
2.12.2026 17:00 => 2026-12-02 17:00
2.12.2026 17:00-19:00 => 2026-12-02 17:00-19:00
2.12.2026 17:00–19:00 => 2026-12-02 17:00-19:00
02.12.2026, godz. 17:00 – 19:00 => 2026-12-02 17:00-19:00
2. 12. 2026 17:00 => 2026-12-02 17:00
2.12.26 17:00 => 2026-12-02 17:00
2.12.2026r. 17:00 => 2026-12-02 17:00
2.12.2026 od 17 do 19 => 2026-12-02 17:00-19:00
2.12.2026 od 17:00 do 19:00 => 2026-12-02 17:00-19:00
2.12.2026 w godz. 17-19 => 2026-12-02 17:00-19:00
jutro od 17:30 do 19 => 2026-12-02 17:30-19:00
2.12 22:00 - 3.12 02:00 => 2026-12-02 22:00 - 2026-12-03 02:00
2.12.2026 17:00 - 4.12.2026 12:00 => 2026-12-02 17:00 - 2026-12-04 12:00
środa 2.12.2026 17:00 => 2026-12-02 17:00
wtorek 8.12 17:00 => 2026-12-08 17:00
10.12 18:10 => 2026-12-10 18:10
29.02.2028 17:00 => 2028-02-29 17:00
2026-12-02 17:00 => 2026-12-02 17:00
2026-12-02T17:00 => 2026-12-02 17:00
24/12/2026 17:00 => 2026-12-24 17:00
12/24/2026 17:00 => 2026-12-24 17:00
12.12.2026 12:12 => 2026-12-12 12:12
tomorrow 6 pm => 2026-12-02 18:00
tomorrow 6pm => 2026-12-02 18:00
tomorrow at 6 p.m. => 2026-12-02 18:00
tomorrow at 6:30 pm => 2026-12-02 18:30
tomorrow at 6.30pm => 2026-12-02 18:30
tomorrow at 18:00 => 2026-12-02 18:00
tomorrow at 18 => 2026-12-02 18:00
tomorrow at noon => 2026-12-02 12:00
tomorrow, 10 am => 2026-12-02 10:00
tomorrow 12 pm => 2026-12-02 12:00
tomorrow at 9 in the morning => 2026-12-02 09:00
tomorrow at 6 in the evening => 2026-12-02 18:00
tomorrow at 3 in the afternoon => 2026-12-02 15:00
tomorrow 5-7 pm => 2026-12-02 17:00-19:00
tomorrow 5pm-7pm => 2026-12-02 17:00-19:00
tomorrow from 5 pm to 7 pm => 2026-12-02 17:00-19:00
tomorrow 10 am - 2 pm => 2026-12-02 10:00-14:00
tomorrow from 17:00 till 19:00 => 2026-12-02 17:00-19:00
today at 18:00 => 2026-12-01 18:00
the day after tomorrow at 6 pm => 2026-12-03 18:00
day after tomorrow 18:00 => 2026-12-03 18:00
in a week at 18:00 => 2026-12-08 18:00
in 3 days at 6 pm => 2026-12-04 18:00
in two weeks, 6 pm => 2026-12-15 18:00
next Tuesday at 18:00 => 2026-12-08 18:00
next tuesday 6 pm => 2026-12-08 18:00
next Monday at 18:00 => 2026-12-07 18:00
this Friday at 18:00 => 2026-12-04 18:00
on Friday at 6 pm => 2026-12-04 18:00
Fri 18:00 => 2026-12-04 18:00
coming Saturday 10 am => 2026-12-05 10:00
Thursday next week at 18:00 => 2026-12-10 18:00
next week on Thursday at 18:00 => 2026-12-10 18:00
24 December 17:00 => 2026-12-24 17:00
24th of December at 5 pm => 2026-12-24 17:00
the 24th of December, 2026, at 5 pm => 2026-12-24 17:00
December 24 17:00 => 2026-12-24 17:00
December 24th, 2026 at 5:30 p.m. => 2026-12-24 17:30
Dec 24, 5 pm => 2026-12-24 17:00
Thursday, December 24, 2026, 17:00 => 2026-12-24 17:00
Thu 24 Dec 17:00-19:00 => 2026-12-24 17:00-19:00
March 3 5 pm => 2027-03-03 17:00
3 March 5-7 pm => 2027-03-03 17:00-19:00
May 5, 18:00 => 2027-05-05 18:00
завтра о 18:00 => 2026-12-02 18:00
завтра о 18 => 2026-12-02 18:00
Завтра о 18 годині => 2026-12-02 18:00
завтра 18:00 => 2026-12-02 18:00
завтра об 11 => 2026-12-02 11:00
завтра о 6 вечора => 2026-12-02 18:00
завтра о 6 годині вечора => 2026-12-02 18:00
завтра о 9 ранку => 2026-12-02 09:00
завтра о 3 годині дня => 2026-12-02 15:00
завтра опівдні => 2026-12-02 12:00
завтра з 17 до 19 => 2026-12-02 17:00-19:00
завтра від 17:00 до 19:00 => 2026-12-02 17:00-19:00
завтра 17:00–19:00 => 2026-12-02 17:00-19:00
сьогодні о 18:00 => 2026-12-01 18:00
післязавтра о 18:00 => 2026-12-03 18:00
через тиждень о 18:00 => 2026-12-08 18:00
через 3 дні о 18:00 => 2026-12-04 18:00
за два тижні о 18:00 => 2026-12-15 18:00
у середу о 18:00 => 2026-12-02 18:00
в середу о 18:00 => 2026-12-02 18:00
у п'ятницю о 18:00 => 2026-12-04 18:00
у п’ятницю о 18:00 => 2026-12-04 18:00
у пятницю о 18:00 => 2026-12-04 18:00
пт 18:00 => 2026-12-04 18:00
чт 18:00 => 2026-12-03 18:00
наступного вівторка о 18:00 => 2026-12-08 18:00
у наступний вівторок о 18:00 => 2026-12-08 18:00
наступної неділі о 10:00 => ?
цієї п'ятниці о 18:00 => 2026-12-04 18:00
найближчої суботи о 10:00 => 2026-12-05 10:00
наступного тижня у четвер о 18:00 => 2026-12-10 18:00
24 грудня 17:00 => 2026-12-24 17:00
24 грудня о 17:00 => 2026-12-24 17:00
24 грудня 2026 року о 17:00 => 2026-12-24 17:00
24 груд. 17:00 => 2026-12-24 17:00
2 листопада 2027 17:00 => 2027-11-02 17:00
1 січня о 12:00 => 2027-01-01 12:00
8 березня о 12:00 => 2027-03-08 12:00
четвер, 24 грудня, 17:00 => 2026-12-24 17:00
2.12.2026 року о 17:00 => 2026-12-02 17:00
02.12.2026 з 17:00 до 19:00 => 2026-12-02 17:00-19:00
2.12 о 17 => 2026-12-02 17:00
16 stycznia godz 18 => 2027-01-16 18:00
18:00 jutro => 2026-12-02 18:00
o 18 jutro => 2026-12-02 18:00
wtorek o 18 => ?
we wtorek o 18:00 => ?
Tuesday 18:00 => ?
у вівторок о 18:00 => ?
w przyszły piątek o 18 => ?
next Friday at 18:00 => ?
w tym tygodniu o 18 => ?
w ten poniedziałek o 18 => ?
w przyszłym tygodniu o 18 => ?
jutro o 6 => ?
jutro o 7 => ?
tomorrow at 6 => ?
tomorrow at 9 => ?
tomorrow at 12 => ?
tomorrow 12 am => ?
tomorrow 5-7 => ?
завтра о 6 => ?
jutro o 24 => ?
jutro 24:00 => ?
jutro 25:00 => ?
jutro 18:60 => ?
jutro o 12 wieczorem => ?
jutro o 2 wieczorem => ?
jutro 10.12 => ?
jutro 18.10 => ?
2.12 18.10 => ?
18.10 2.12 => ?
2.12 17.05-19.10 => ?
jutro wieczorem => ?
jutro rano => ?
jutro po południu => ?
jutro po pracy => ?
jutro około 18 => ?
jutro po 18 => ?
jutro o 18 albo 19 => ?
jutro o północy => ?
jutro o wpół do siódmej => ?
jutro 18 => ?
24 grudnia 17 => ?
24 17:00 => ?
24-go o 17 => ?
wtorek 18 => ?
2/12/2026 17:00 => ?
12-11-2026 17:00 => ?
31.02. 18:00 => ?
31.02.2027 18:00 => ?
31 kwietnia 18:00 => ?
29.02 18:00 => ?
0.12 18:00 => ?
2.13 18:00 => ?
32.12.2026 18:00 => ?
30.11 18:00 => ?
30 listopada 18:00 => ?
30.11.2026 18:00 => ?
1.12.2026 11:00 => ?
dziś o 11:00 => ?
dziś o 12:00 => ?
2.12.2062 18:00 => ?
wczoraj o 18 => ?
yesterday at 18:00 => ?
учора о 18:00 => ?
we wtorek 2.12 18:00 => ?
Friday 24 December 17:00 => ?
piątek, jutro o 18 => ?
jutro pojutrze 18:00 => ?
2.12 3.12 18:00 => ?
2-4 grudnia 18:00 => ?
2.12-4.12 => ?
w środę i czwartek o 18 => ?
jutro 19:00-17:00 => ?
jutro 18:00-18:00 => ?
jutro 22:00-1:00 => ?
tomorrow 11-1 pm => ?
2.12 17:00 - 1.12 19:00 => ?
jutro 17:00-18:00-19:00 => ?
jutro 17:00 19:00 => ?
jutro do 18 => ?
jutro 17:00- => ?
28.03.2027 2:30 => ?
31.10.2027 2:30 => ?
31.10.2027 1:30-2:30 => ?
18:00 => ?
o 18 => ?
18 => ?
grudzień => ?
grudzień 2026 => ?
w grudniu o 18 => ?
co wtorek o 18 => ?
kiedyś => ?
za chwilę => ?
za 3 o 18 => ?
spotkanie jutro o 18 => ?
jutro o 18 w bibliotece => ?
jutro o 18:00:00 => ?
jutro o 1800 => ?
jutro o 18,30 => ?
2.12.2026.17 => ?
12.2026 => ?
2026 => ?
@jutro 18:00 => ?
jutro; 18:00 => ?
ostatni wtorek o 18 => ?
last Tuesday at 18:00 => ?
минулого вівторка о 18:00 => ?
-1.12 18:00 => 2026-12-01 18:00
""".strip().splitlines()


def shown(found: When | Text) -> str:
    if isinstance(found, Text):
        return "?"
    if found.hour is None:
        return f"{found.day}"
    if found.ends is None:
        return f"{found.day} {found.hour:%H:%M}"
    day = f"{found.day} {found.hour:%H:%M}"
    return f"{day}-{found.ends:%H:%M}" if found.ends.date() == found.day else f"{day} - {found.ends:%Y-%m-%d %H:%M}"


def test_the_table_is_long_and_in_three_languages() -> None:
    assert len(PHRASES) == len(set(PHRASES)) >= 200


@pytest.mark.parametrize("line", PHRASES)
def test_right_or_asked_about(line: str) -> None:
    words, expected = line.split(" => ")
    found = read_when(words, NOW, WARSAW)
    assert shown(found) == expected
    if isinstance(found, Text):
        assert found.id in MESSAGES["pl"]
        assert {name for name, _ in found.args} == variables(MESSAGES["pl"][found.id])


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("31.02. 18:00", "when-no-such-day"), ("jutro 25:00", "when-no-hour"), ("28.03.2027 2:30", "when-hour-missing"),
        ("31.10.2027 2:30", "when-hour-twice"), ("jutro 19:00-17:00", "when-end-first"), ("dziś 11:00", "when-past"),
        ("30.11 18:00", "when-past-year"), ("2.12.2062 18:00", "when-far"), ("wtorek 18:00", "when-which-day"),
        ("we wtorek 2.12 18:00", "when-weekday"), ("jutro 10.12", "when-dot"), ("2/12/2026 18:00", "when-slash"),
        ("jutro 18", "when-number"), ("jutro o 6", "when-which-half"), ("18:00", "when-no-day"), ("", "when-empty"),
        ("jutro jakoś", "when-unknown"), ("jutro 17:00 19:00", "when-hours"), ("jutro pojutrze", "when-days"),
        ("x" * 500, "when-empty"), ("\u202e\u200b", "when-empty"),
    ],
)  # fmt: skip
def test_it_says_what_is_unclear(words: str, id_: str) -> None:
    found = read_when(words, NOW, WARSAW)
    assert isinstance(found, Text)
    assert found.id == id_
    assert dict(found.args)["example"] == "8.12.2026 17:00-19:00"


def test_the_example_can_be_read() -> None:
    assert isinstance(read_when("8.12.2026 17:00-19:00", NOW, WARSAW), When)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("18:00", "2026-12-01 18:00"),
        ("11:00", "2026-12-02 11:00"),
        ("o 18", "2026-12-01 18:00"),
        ("jutra 9:00", "2026-12-02 09:00"),
    ],
)
def test_an_hour_alone_is_the_next_one_where_that_is_meant(words: str, expected: str) -> None:
    assert shown(read_next(words, NOW, WARSAW, [NOW.date(), NOW.date() + timedelta(days=1)])) == expected


@settings(max_examples=400, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*WORDS, "17", "17:00", "2.12", "2.12.2026", "-", ","])).map(" ".join)
)
def test_whatever_is_typed_is_read_or_refused(words: str) -> None:
    found = read_when(words, NOW, WARSAW)
    if isinstance(found, When):
        assert found.day >= NOW.date()
        if found.hour:
            assert found.starts_at(WARSAW) > NOW
            assert found.starts_at(WARSAW).astimezone(WARSAW).replace(tzinfo=None) == found.wall
        if found.ends:
            assert found.wall < found.ends
        numbers = set(map(int, re.findall("[0-9]+", fold(words))))
        assert found.hour is None or {found.hour.hour, found.hour.hour % 12, 12} & (numbers | {12})


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2035-01-01")),
    st.integers(1, 270),
    st.times(),
    st.sampled_from(
        ["{d}.{m}.{y} {t}", "{d:02}.{m:02}.{y}, godz. {t}", "{y}-{m:02}-{d:02} {t}", "{d} {name} {y} r. {t}"]
    ),
)
def test_what_is_written_out_is_what_is_read(today: datetime, ahead: int, hour: time, form: str) -> None:
    months = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    now = today.replace(tzinfo=WARSAW)
    day: date = today.date() + timedelta(days=ahead)
    words = form.format(d=day.day, m=day.month, y=day.year, t=f"{hour:%H:%M}", name=months.split()[day.month - 1])
    found = read_when(words, now, WARSAW)
    if isinstance(found, Text):
        assert found.id in {"when-hour-missing", "when-hour-twice"}
    else:
        assert (found.day, found.hour) == (day, hour.replace(second=0, microsecond=0))
