"""A secret poll through the real process, on a real file: counted right, and nothing in the file when it is over."""

import sqlite3
from pathlib import Path

from tests.e2e.test_polls import MX, OWNERS, TG, cards, claimed, press, results
from tests.platforms.console.support import START, Console, config, posts, say

ACCEPTED = "Głos przyjęty. Jest tajny i nie można go zmienić."


def test_from_one_line_to_a_result_that_tells_nobody(tmp_path: Path) -> None:
    with Console(*OWNERS, "--config", str(config(tmp_path))) as bot:
        bot.send(START, *claimed(), say("tg/ola", "/ankieta tajna Kogo wysyłamy? | Basia | Celina", room=TG))
        card = cards(bot.sync())
        bot.send(
            *(press(f"tg/v{number}", card[TG], 1) for number in range(6)),
            *(say(f"mx/v{number}", "2") for number in range(6)),
            say("tg/late", "/glos 1", room=TG),
            {"op": "react", "from": "mx/late", "post": card[MX], "key": "1️⃣"},
        )
        shown = bot.sync()
        assert [one["text"] for one in shown if one["op"] == "toast"] == [ACCEPTED] * 6
        assert sum(one["text"] == ACCEPTED for one in posts(shown)) == 6
        assert sum("Ta ankieta jest tajna" in one["text"] for one in posts(shown)) == 2
        assert not any("Basia: " in str(one.get("text")) for one in shown)
        bot.send(say("tg/ola", "/zamknij", room=TG))
        told = results(bot.sync())
        assert told.keys() == {TG, MX}
        assert "1. Basia: 6 (50%)\n2. Celina: 6 (50%)" in told[TG]
        assert "głosujących 6" not in told[TG], "no counts by network: ballots know none"
    [path] = tmp_path.rglob("*.db")
    with sqlite3.connect(path) as database:
        numbers = [number for (number,) in database.execute("SELECT number FROM secret_ballot")]
        voters = [unit for (unit,) in database.execute("SELECT unit FROM voter_register ORDER BY unit")]
        assert database.execute("SELECT count(*) FROM due WHERE name = 'compact'").fetchone() == (0,)
    assert (len(numbers), len(voters)) == (12, 12)
    data = path.read_bytes()
    assert all(data.count(number.encode()) == 1 for number in numbers)
