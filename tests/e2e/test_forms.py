"""A poll step by step through the real process: buttons, numbers, a kill in the middle, other words."""

from pathlib import Path

from tests.e2e.test_polls import MX, OWNERS, TG, at, cards, claimed, last, press
from tests.platforms.console.support import START, Console, Line, config, posts, say


def choice(shown: list[Line], label: str, room: str = "@tg/ola") -> tuple[str, str]:
    """The newest post in a chat that offers this, and the choice's id."""
    for post in reversed(posts(shown, room)):
        for one in post.get("choices", []):
            if label in one["label"]:
                return post["post"], one["id"]
    raise AssertionError(f"no choice {label}")


def test_step_by_step_on_two_networks_and_over_a_kill(tmp_path: Path) -> None:
    arguments = (*OWNERS, "--config", str(config(tmp_path)))
    with Console(*arguments) as bot:
        bot.send(START, *claimed())
        bot.sync()
        # Matrix: words and numbers. A poll runs already: numbers are for the form nevertheless.
        bot.send(say("mx/ola", "!ankieta Czy zaczynamy?", room=MX), say("mx/ola", "!ankieta"))
        running = cards(bot.sync())
        bot.send(say("mx/ola", "Gdzie spotkanie?"), say("mx/ola", "Biblioteka\nDom kultury"))
        asked = posts(bot.sync(), "@mx/ola")[-1]
        assert "krok 3 z 5" in asked["text"]
        bot.process.kill()
        bot.process.wait(10)
    with Console(*arguments) as bot:
        bot.send(at("17:01"), say("mx/ola", "1", reply=asked["post"]))
        assert "krok 4 z 5" in posts(bot.sync(), "@mx/ola")[-1]["text"]
        bot.send(say("mx/ola", "!ankiety"))
        waiting = posts(bot.sync(), "@mx/ola")
        assert "czeka na odpowiedź" in waiting[-1]["text"]
        assert "Czy zaczynamy?" in waiting[0]["text"]
        bot.send(say("mx/ola", "wstecz"), say("mx/ola", "bez zmian"), say("mx/ola", "18:00"), say("mx/ola", "1"))
        draft = posts(bot.sync(), "@mx/ola")[-1]
        assert draft["text"].startswith("Ankieta: Gdzie spotkanie?\n\n1. Biblioteka\n2. Dom kultury")
        bot.send(say("mx/ola", "1"))
        shown = bot.sync()
        opened = cards(shown)
        assert opened.keys() >= {TG, MX}
        assert "Nie ma jeszcze głosów" in last(shown, opened[TG])

        # Telegram: the same with buttons, and left in the middle.
        bot.send(say("tg/ola", "/ankieta"), say("tg/ola", "Pytanie o lokale"))
        # While a form asks, a text that begins like a command is an answer.
        bot.send(press("tg/ola", *choice(bot.sync(), "Tak / Nie")))
        bot.send(press("tg/ola", *choice(bot.sync(), "Anuluj")))
        assert "jest zamknięty" in posts(bot.sync(), "@tg/ola")[-1]["text"]

        # Other words until the first vote: in every room.
        bot.send(say("mx/ola", "!popraw Gdzie się widzimy? | Biblioteka | Teatr", room=MX, reply=opened[MX]))
        shown = bot.sync()
        for room in (TG, MX):
            assert last(shown, opened[room]).startswith("Ankieta: Gdzie się widzimy?\n\n1. Biblioteka\n2. Teatr")
        bot.send(press("tg/anna", opened[TG], 2), say("mx/ola", "!popraw Kto?", room=MX, reply=opened[MX]))
        shown = bot.sync()
        assert "już zagłosował" in posts(shown, MX)[-1]["text"]
        assert "2. Teatr: 1" in last(shown, opened[MX])
        assert running.keys() == {TG, MX}
