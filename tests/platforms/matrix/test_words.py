"""How people address the bot, as clients write it."""

import pytest

from bot.platforms.matrix.words import Self, addressed

ME = Self("@obrady:example.org", "Obrady NGO")
PILL = '<a href="https://matrix.to/#/@obrady:example.org">Obrady NGO</a>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("@obrady:example.org pytanie", "pytanie"),
        ("@obrady:example.org: pytanie", "pytanie"),
        ("@Obrady pytanie", "pytanie"),
        ("@obrady, pytanie", "pytanie"),
        ("obrady: pytanie", "pytanie"),
        ("Obrady, pytanie", "pytanie"),
        ("Obrady NGO: pytanie", "pytanie"),
        ("  obrady:  !pytanie x", "!pytanie x"),
        ("@obrady", ""),
    ],
)
def test_by_name_at_the_start(body: str, words: str) -> None:
    assert addressed(body, "", mentioned=False, me=ME) == (words, True)


@pytest.mark.parametrize(
    "body",
    [
        "obrady są jutro o 18",  # the word, not the bot
        "Obrady NGO to nasz bot",
        "@obradyx pytanie",
        "@obrady2:example.org pytanie",
        "obradyxyz: pytanie",
        "pytałem obrady: nic",
        "",
    ],
)
def test_not_addressed(body: str) -> None:
    assert addressed(body, "", mentioned=False, me=ME) == (body, False)


def test_a_mention_makes_the_bare_name_the_bots() -> None:
    assert addressed("Obrady NGO pytanie", "", mentioned=True, me=ME) == ("pytanie", True)
    assert addressed("co na to Obrady NGO?", "", mentioned=True, me=ME) == ("co na to Obrady NGO?", True)


def test_a_pill_is_a_mention() -> None:
    assert addressed("Obrady NGO: pytanie", f"{PILL}: pytanie", mentioned=False, me=ME) == ("pytanie", True)
    assert addressed("Nick pytanie", PILL.replace("Obrady NGO", "Nick"), mentioned=False, me=ME) == ("pytanie", True)
    encoded = PILL.replace("@obrady:", "%40obrady%3A")
    assert addressed("Obrady NGO pytanie", encoded, mentioned=False, me=ME) == ("pytanie", True)


def test_somebody_elses_pill_is_not() -> None:
    other = PILL.replace("@obrady:", "@jan:")
    assert addressed("Jan pytanie", other, mentioned=False, me=ME) == ("Jan pytanie", False)
    longer = PILL.replace("@obrady:example.org", "@obrady:example.org.evil")
    assert addressed("x", longer, mentioned=False, me=ME) == ("x", False)
