"""Who votes and what is shown, by the real process on two networks: organisations beside persons; hands; no screen."""

from pathlib import Path

import pytest

from tests.e2e.test_polls import MX, OWNERS, TG, cards, claimed, last, press, results
from tests.e2e.test_secret_poll import ACCEPTED
from tests.platforms.console.support import START, Console, Line, config, posts, say


def texts(shown: list[Line], room: str) -> list[str]:
    return [str(post["text"]) for post in posts(shown, room)]


def toasts(shown: list[Line]) -> list[str]:
    return [str(one["text"]) for one in shown if one["op"] == "toast"]


@pytest.fixture
def bot(tmp_path: Path) -> Console:
    with Console(*OWNERS, "--config", str(config(tmp_path))) as console:
        console.send(START, *claimed())
        console.sync()
        yield console


def speaks(bot: Console, who: str, organisation: str, label: str) -> None:
    """A moderator confirms what somebody may do for an organisation."""
    bot.send(say(who, f"/organizacja {organisation}"))
    asked = posts(bot.sync(), "@tg/ola")[-1]
    [choice] = [one["id"] for one in asked["choices"] if label in one["label"]]
    bot.send(press("tg/ola", asked["post"], choice))
    assert any("Potwierdzono" in one for one in toasts(bot.sync()))


def test_an_organisation_has_one_vote_whoever_casts_it(bot: Console) -> None:
    speaks(bot, "tg/anna", "Fundacja A", "głos organizacji")
    speaks(bot, "mx/ewa", "Fundacja A", "zastępstwo")
    speaks(bot, "mx/jan", "Fundacja B", "głos organizacji")
    bot.send(say("tg/ola", "/ankieta na organizacje kworum 1/2 próg 1/2 uprawnionych Czy popieramy?", room=TG))
    card = cards(bot.sync())
    bot.send(press("tg/gosc", card[TG], 1), press("tg/anna", card[TG], 1))
    shown = bot.sync()
    assert toasts(shown)[0].startswith("Tu głosują organizacje.")
    assert toasts(shown)[1].startswith("Zapisano za organizację „Fundacja A”: 1. Tak.")
    assert "Organizacje, które zagłosowały: 1 z 2." in last(shown, card[MX])
    # The deputy is asked before the organisation's vote is changed, and the delegate is told.
    bot.send(say("mx/ewa", "2"))
    asked = posts(bot.sync(), "@mx/ewa")[-1]
    assert "głos już oddano" in asked["text"]
    bot.send(say("mx/ewa", "1", reply=asked["post"]))
    shown = bot.sync()
    assert texts(shown, "@mx/ewa") == ["Zmieniono głos organizacji „Fundacja A”: 2. Nie. Można zmienić do zamknięcia."]
    assert "zmieniła inna osoba" in texts(shown, "@tg/anna")[-1]
    assert "1. Tak: 0\n2. Nie: 1" in last(shown, card[TG])
    # All have voted: it is over by itself.
    bot.send(say("mx/jan", "!głos 2", room=MX))
    told = results(bot.sync())
    assert told[TG] == told[MX]
    assert "2. Nie: 2 (100%)" in told[TG]
    assert "Kworum osiągnięte: głosujących 2 z 2 uprawnionych" in told[TG]
    assert "Próg nieosiągnięty: „Tak” ma 0 z 2 uprawnionych" in told[TG]


def test_persons_and_organisations_secretly_side_by_side(bot: Console) -> None:
    speaks(bot, "mx/ewa", "Fundacja A", "głos organizacji")
    bot.send(say("tg/ola", "/ankieta organizacje i osoby tajna Kogo? | Barbara | Celina", room=TG))
    card = cards(bot.sync())
    bot.send(say("mx/ewa", "1"))
    shown = bot.sync()
    assert texts(shown, "@mx/ewa")[0] == ACCEPTED
    offered = posts(shown, "@mx/ewa")[1]
    assert [one["label"] for one in offered["choices"]] == ["1. Fundacja A"]
    bot.send(press("mx/ewa", offered["post"], 1))
    ballot = posts(bot.sync(), "@mx/ewa")[-1]
    assert "Głos organizacji: Fundacja A" in ballot["text"]
    bot.send(press("mx/ewa", ballot["post"], 2), *(press(f"tg/v{n}", card[TG], 1) for n in range(5)))
    shown = bot.sync()
    assert toasts(shown)[0] == "Głos organizacji „Fundacja A” przyjęty. Jest tajny i nie można go zmienić."
    assert "Osoby, które zagłosowały: 6.\nOrganizacje, które zagłosowały: 1 z 1." in last(shown, card[MX])
    assert not any("Barbara: " in str(one.get("text")) for one in shown)
    bot.send(say("tg/ola", "/zamknij", room=TG))
    told = results(bot.sync())
    assert "Osoby\n\n1. Barbara: 6 (100%)\n2. Celina: 0 (0%)" in told[MX]
    # One secret vote beside others would tell whose it is.
    organisations = told[MX].partition("Organizacje\n\n")[2]
    assert organisations.startswith("Głosów tajnych jest mniej niż 5")
    assert "Celina" not in organisations


def test_the_hall_is_counted_apart_and_its_screen_is_off(bot: Console) -> None:
    bot.send(say("tg/ola", "/ankieta Czy idziemy? | Tak | Nie", room=TG), say("mx/jan", "!głos 2", room=MX))
    card = cards(bot.sync())
    bot.send(say("tg/jan", "/sala 9 9", room=TG), say("mx/ola", "!sala 12 5", room=MX))
    shown = bot.sync()
    assert "większych uprawnień" in texts(shown, TG)[0]
    for post in card.values():
        assert "1. Tak: 0\n2. Nie: 1" in last(shown, post)
        assert "1: 12 · 2: 5. Razem 17." in last(shown, post)
    bot.send(say("tg/ola", "/ekran"), say("tg/ola", "/ekran", room=TG), say("tg/jan", "/ekran"))
    shown = bot.sync()
    assert "Ekran sali jest wyłączony" in texts(shown, "@tg/ola")[0]
    assert "nie podaje go w grupie" in texts(shown, TG)[0]
    assert "wyłączony" not in str(texts(shown, "@tg/jan"))
    bot.send(say("tg/ola", "/zamknij", room=TG))
    told = results(bot.sync())
    assert "1. Tak: 0 (0%)\n2. Nie: 1 (100%)" in told[MX]
    assert "Razem 17." in told[MX]
