"""Button data is believed only when this bot made it for this chat."""

import hmac
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.callback import Seal

TOKEN = "1234567890:AAFakeTelegramTokenForTestsOnly0000"
SEAL = Seal(TOKEN)
ACTIONS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40)


@given(st.integers(-(2**52), 2**52).map(str), ACTIONS)
def test_what_was_closed_opens(chat_id: str, action: str) -> None:
    data = SEAL.close(chat_id, action)
    assert 1 <= len(data.encode()) <= 64
    assert SEAL.open(chat_id, data) == action


def test_every_changed_byte_is_refused() -> None:
    data = SEAL.close("-100", "vote:12.2").encode()
    for at in range(len(data)):
        for other in range(256):
            if other != data[at]:
                forged = (data[:at] + bytes([other]) + data[at + 1 :]).decode("latin-1")
                assert SEAL.open("-100", forged) is None


def test_lengthening_and_shortening_is_refused() -> None:
    data = SEAL.close("-100", "vote:1")
    for forged in (data[:-1], data + "1", data[1:], "A" + data, data[:11], data[11:], ""):
        assert SEAL.open("-100", forged) is None


@given(st.text(max_size=64))
def test_nothing_made_up_opens(data: str) -> None:
    assert SEAL.open("-100", data) is None


def test_data_of_another_chat_or_token_is_refused() -> None:
    data = SEAL.close("-100", "vote:1")
    assert SEAL.open("-1001", data) is None
    assert SEAL.open("-10", data) is None
    assert Seal(TOKEN + "x").open("-100", data) is None


def test_chat_and_action_can_not_be_shifted_into_each_other() -> None:
    assert SEAL.close("-1", "01vote")[:11] != SEAL.close("-10", "1vote")[:11]


def test_the_proof_is_the_documented_one() -> None:
    key = hmac.digest(TOKEN.encode(), b"obrady callback", "sha256")
    digest = hmac.digest(key, b"-100\nvote:1", "sha256")
    assert urlsafe_b64decode(SEAL.close("-100", "vote:1")[:11] + "=") == digest[:8]


@pytest.mark.parametrize("action", ["", "a" * 41, "głos", "a\nb"])
def test_actions_outside_the_grammar_are_not_closed(action: str) -> None:
    with pytest.raises(ValueError, match="printable"):
        SEAL.close("-100", action)
