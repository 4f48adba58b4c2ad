"""Series as people type them, and as they are stored. It is Tuesday, 1 December 2026, noon in Warsaw."""

from datetime import date, datetime
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Text
from bot.core.when.recurrence import Every, Rule, fits, occurrences, read_rule
from bot.core.when.series import Start, is_series, read_start
from bot.core.when.shown import how_often, moment
from tests.locales.test_files import MESSAGES, variables

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=WARSAW)

SERIES = """
2.12.2026 17:00 co tydzień => 2026-12-02T17:00 FREQ=WEEKLY
co tydzień, 2.12.2026 17:00 => 2026-12-02T17:00 FREQ=WEEKLY
2.12.2026 17:00 co tydzien do 30.06.2027 => 2026-12-02T17:00 FREQ=WEEKLY;UNTIL=20270630
2.12.2026 17:00 co tydzień 10 razy => 2026-12-02T17:00 FREQ=WEEKLY;COUNT=10
co wtorek o 18 => 2026-12-01T18:00 FREQ=WEEKLY;BYDAY=TU
co wtorek o 11:00 => 2026-12-08T11:00 FREQ=WEEKLY;BYDAY=TU
co wtorek od 17 do 19 do 30.06.2027 => 2026-12-01T17:00 FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630
w każdą środę 18:00 => 2026-12-02T18:00 FREQ=WEEKLY;BYDAY=WE
8.12.2026 17:00-19:00, co drugi wtorek => 2026-12-08T17:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU
co dwa tygodnie 8.12.2026 17:00 => 2026-12-08T17:00 FREQ=WEEKLY;INTERVAL=2
co 3 tygodnie 8.12.2026 17:00 => 2026-12-08T17:00 FREQ=WEEKLY;INTERVAL=3
codziennie o 18 => 2026-12-01T18:00 FREQ=DAILY
co 2 dni, jutro o 18 => 2026-12-02T18:00 FREQ=DAILY;INTERVAL=2
ostatni czwartek miesiąca 17:00-19:00 => 2026-12-31T17:00 FREQ=MONTHLY;BYDAY=-1TH
w ostatni czwartek miesiąca o 18:00 do 30.06.2027 => 2026-12-31T18:00 FREQ=MONTHLY;BYDAY=-1TH;UNTIL=20270630
co trzeci poniedziałek miesiąca 18:00 => 2026-12-21T18:00 FREQ=MONTHLY;BYDAY=3MO
15.12.2026 17:00 co miesiąc => 2026-12-15T17:00 FREQ=MONTHLY
every Tuesday at 6 pm => 2026-12-01T18:00 FREQ=WEEKLY;BYDAY=TU
8.12.2026 18:00 every second Tuesday, 10 times => 2026-12-08T18:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=10
every other week 8.12.2026 18:00 => 2026-12-08T18:00 FREQ=WEEKLY;INTERVAL=2
tomorrow 18:00 weekly until 30.06.2027 => 2026-12-02T18:00 FREQ=WEEKLY;UNTIL=20270630
the last Thursday of the month at 18:00 => 2026-12-31T18:00 FREQ=MONTHLY;BYDAY=-1TH
every first Monday of the month at 18:00 => 2026-12-07T18:00 FREQ=MONTHLY;BYDAY=1MO
щотижня, 2.12.2026 18:00 => 2026-12-02T18:00 FREQ=WEEKLY
щовівторка о 18:00 => 2026-12-01T18:00 FREQ=WEEKLY;BYDAY=TU
щоп'ятниці о 18:00 => 2026-12-04T18:00 FREQ=WEEKLY;BYDAY=FR
кожного четверга о 18:00 до 30.06.2027 => 2026-12-03T18:00 FREQ=WEEKLY;BYDAY=TH;UNTIL=20270630
кожен другий вівторок 8.12 18:00 => 2026-12-08T18:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU
кожні два тижні, 8.12 18:00 => 2026-12-08T18:00 FREQ=WEEKLY;INTERVAL=2
останній четвер місяця о 18:00 => 2026-12-31T18:00 FREQ=MONTHLY;BYDAY=-1TH
щодня о 18:00, 5 разів => 2026-12-01T18:00 FREQ=DAILY;COUNT=5
2.12.2026 17:00-19:00 => 2026-12-02T17:00 once
2.12.2026 => when-no-start-hour
co wtorek => series-start
co tydzień o 18 => series-start
co drugi wtorek o 18 => series-start
every second Tuesday 18:00 => series-start
31.12.2026 17:00 co miesiąc => series-misfit
9.12.2026 17:00 co wtorek => series-misfit
10.12.2026 17:00 w ostatni czwartek miesiąca => series-misfit
8.12 17:00 raz w tygodniu => series-unknown
co roku 8.12 17:00 => series-unknown
8.12 17:00 2 razy => series-unknown
co wtorek 18:00 1 raz => series-times
co wtorek 18:00 999 razy => series-times
co wtorek 18:00 do 31.02.2027 => when-no-such-day
co wtorek 18:00 do 30.11.2026 => when-past
8.12 18:00 co wtorek do 2.12 => series-ends-first
every Tuesday and Thursday 18:00 => when-unknown
co dzień roboczy 18:00 => when-unknown
co wtorek 18:00 oprócz świąt => when-unknown
co wtorek 25:00 => when-no-hour
""".strip().splitlines()


@pytest.mark.parametrize("line", SERIES)
def test_right_or_asked_about(line: str) -> None:
    words, expected = line.split(" => ")
    found = read_start(words, NOW, WARSAW)
    if isinstance(found, Text):
        assert found.id == expected
        assert {name for name, _ in found.args} == variables(MESSAGES["pl"][found.id])
    else:
        assert f"{found.when.wall:%Y-%m-%dT%H:%M} {found.rule.text() if found.rule else 'once'}" == expected
        assert found.rule is None or read_rule(found.rule.text()) == found.rule


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("co tydzień", True),
        ("щотижня до 30.06.2027", True),
        ("every Tuesday", True),
        ("ostatni czwartek miesiąca", True),
        ("Dom kultury", False),
        ("https://example.org/co", False),
        ("Kino Co Nowego", False),
        ("wielokulturowość", False),
    ],
)
def test_a_part_that_says_how_often_is_known(words: str, yes: bool) -> None:
    assert is_series(words) == yes


rules = st.one_of(
    st.builds(Rule, st.just(Every.DAY), st.integers(1, 9)),
    st.builds(Rule, st.just(Every.WEEK), st.integers(1, 5), st.none() | st.integers(0, 6)),
    st.builds(Rule, st.just(Every.MONTH), st.integers(1, 4)),
    st.builds(Rule, st.just(Every.MONTH), st.just(1), st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1])),
)


@given(
    rules, st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.none() | st.integers(1, 60), st.none() | st.integers(0, 900)
)
def test_the_days_are_those_of_dateutil(rule: Rule, first: date, count: int | None, ahead: int | None) -> None:
    first = next(day for day in (date.fromordinal(first.toordinal() + n) for n in range(70)) if fits(rule, day))
    until = date.fromordinal(first.toordinal() + ahead) if ahead is not None and count is None else None
    rule = Rule(rule.every, rule.interval, rule.weekday, rule.nth, count, until)
    start = datetime.combine(first, datetime.min.time()).replace(hour=17)
    theirs = rrulestr(rule.text() + ("T235959" if until else ""), dtstart=start)
    compared = min(100, sum(1 for _ in occurrences(rule, start)))
    assert list(islice(occurrences(rule, start), compared)) == list(islice(theirs, compared))
    if not rule.endless:
        # Ten years from the month of the first one.
        followed = takewhile(lambda one: one.date() <= date(start.year + 10, start.month, 28), theirs)
        assert compared == len(list(islice(followed, 100)))


def test_it_is_repeated_in_full() -> None:
    found = read_start("ostatni czwartek miesiąca 17:00-19:00 do 30.06.2027", NOW, WARSAW)
    assert isinstance(found, Start)
    assert found.rule
    assert moment(found.when.starts_at(WARSAW), found.when.ends_at(WARSAW), WARSAW).id == "time-span"
    assert how_often(found.rule, found.when.wall).id == "series-until"
