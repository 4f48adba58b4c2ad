"""No window of a rate ever holds more calls than it allows, however calls are spread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.limits import OVERALL, Limits
from bot.engine.sender import LONGEST_BACKOFF, _backoff
from bot.platforms.port import Rate

RATES = st.lists(
    st.builds(
        Rate,
        st.sampled_from([OVERALL, "room:1", "room:2"]),
        st.integers(min_value=1, max_value=6),
        st.sampled_from([0.5, 1.0, 3.0, 60.0]),
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
WISHES = st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=60)


@given(RATES, WISHES)
def test_no_window_holds_more_than_its_rate_allows(rates: list[Rate], pauses: list[float]) -> None:
    limits = Limits()
    now, sent = 1000.0, []
    for pause in pauses:
        now += pause
        wait = limits.wait(rates, now)
        assert wait >= 0
        now += wait
        assert limits.wait(rates, now) == pytest.approx(0, abs=1e-6)
        limits.count(rates, now)
        sent.append(now)
    for rate in rates:
        for index, at in enumerate(sent):
            within = [other for other in sent[index:] if other < at + rate.seconds - 1e-6]
            assert len(within) <= rate.count


@given(RATES, WISHES)
def test_a_call_that_the_rates_allow_never_waits(rates: list[Rate], pauses: list[float]) -> None:
    limits = Limits()
    now, sent = 1000.0, []
    for pause in pauses:
        now += pause
        full = any(sum(at > now - rate.seconds for at in sent) >= rate.count for rate in rates)
        assert (limits.wait(rates, now) > 0) is full
        if not full:
            limits.count(rates, now)
            sent.append(now)


def test_chats_do_not_share_a_rate() -> None:
    limits = Limits()
    limits.count([Rate("room:1", 1, 60)], 0.0)
    assert limits.wait([Rate("room:1", 1, 60)], 1.0) == 59.0
    assert limits.wait([Rate("room:2", 1, 60)], 1.0) == 0


def test_free_places_and_pauses() -> None:
    limits = Limits()
    rates = [Rate(OVERALL, 3, 1.0), Rate("room:1", 1, 60)]
    assert limits.free(0.0) > 1000
    limits.count(rates, 0.0)
    limits.count(rates, 0.5)
    assert limits.free(0.5) == 1
    assert limits.free(1.1) == 2
    assert not limits.paused(0.5)
    limits.pause(10, 0.5)
    limits.pause(2, 0.6)
    assert limits.paused(10.4)
    assert limits.next_free(10.0) == 0.5
    assert not limits.paused(10.5)


def test_chats_that_fell_silent_are_forgotten() -> None:
    limits = Limits()
    for number in range(10_001):
        limits.count([Rate(f"room:{number}", 1, 1.0)], 0.0)
    limits.count([Rate("room:x", 1, 1.0)], 4000.0)
    assert len(limits._windows) == 1


def test_second_tries_come_later_and_later_and_at_last_once_a_minute() -> None:
    pauses = [_backoff(attempts) for attempts in range(2000)]
    assert pauses[:7] == [1, 2, 4, 8, 16, 32, LONGEST_BACKOFF]
    assert pauses == sorted(pauses)
    assert set(pauses[6:]) == {60.0}
