"""A person's own data through a real process: the file, and the end of it on two networks."""

import json
from pathlib import Path

from tests.platforms.console.support import START, SYNC, Console, Line, config, errors, play, posts, say

OWNERS = ("--owner", "tg/olga", "--owner", "mx/olga")


def press(who: str, post: str, choice: int) -> Line:
    return {"op": "press", "from": who, "post": post, "choice": str(choice)}


def test_a_member_gets_the_file_in_the_direct_chat_and_a_kind_word_in_a_room(tmp_path: Path) -> None:
    shown = play(
        say("tg/anna", "/jezyk uk"),
        say("tg/anna", "/moje_dane", room="tg/ngo"),
        say("tg/anna", "/moje_dane"),
        SYNC,
        arguments=(*OWNERS, "--config", str(config(tmp_path))),
    )
    assert errors(shown) == []
    [kind] = posts(shown, "tg/ngo")
    assert kind.get("files", []) == []
    [post] = [post for post in posts(shown, "@tg/anna") if post.get("files")]
    [file] = post["files"]
    assert file["name"] == "moje-dane.json"
    told = json.loads(Path(file["path"]).read_text("utf-8"))
    assert told["accounts"][0]["user_id"] == "tg/anna"
    assert told["person"][0]["lang"] == "uk"


def test_an_erased_member_of_two_networks_is_somebody_new_after_a_restart_too_and_the_result_holds(
    tmp_path: Path,
) -> None:
    where = (*OWNERS, "--config", str(config(tmp_path)))
    with Console(*where) as console:
        console.send(START, say("tg/olga", "/ankieta Czy idziemy?", room="tg/ngo"))
        [card] = [post for post in console.sync() if post["op"] == "post" and "Czy idziemy" in post["text"]][:1]
        console.send(press("tg/anna", card["post"], 1), press("tg/jan", card["post"], 2), say("tg/anna", "/polacz"))
        code = next(word for word in posts(console.sync(), "@tg/anna")[0]["text"].split() if word[2:3] == "-")
        console.send(say("mx/anna", code), say("mx/anna", "!usuń_moje_dane"))
        question = posts(console.sync(), "@mx/anna")[-1]
        assert "Głos w 1 trwającej" in question["text"]
        # On a network without buttons the number alone answers; the vote in the running poll goes with the person.
        console.send(say("mx/anna", "1"))
        done = console.sync()
        assert "Dane usunięte" in posts(done, "@mx/anna")[-1]["text"]
        assert "Dane usunięte" in posts(done, "@tg/anna")[-1]["text"]
        assert len(posts(done, "@mx/anna")) == 1, "nobody is welcomed who just left"
        assert any(one["op"] == "edit" and "Zagłosowała 1 osoba" in one["text"] for one in done)
    again = play(
        say("tg/anna", "dziękuję"),
        say("mx/anna", "/moje_dane"),
        say("tg/olga", "/zamknij", room="tg/ngo"),
        {"op": "clock", "at": "2026-12-01T17:05:00+01:00"},
        SYNC,
        arguments=where,
    )
    assert errors(again) == []
    [file] = [file for post in posts(again, "@mx/anna") for file in post.get("files", [])]
    told = json.loads(Path(file["path"]).read_text("utf-8"))
    assert [one["user_id"] for one in told["accounts"]] == ["mx/anna"]
    assert told["votes"] == []
    result = [post["text"] for post in posts(again, "tg/ngo") if "Wynik ankiety" in post["text"]]
    assert result
    assert "1. Tak: 0" in result[0]
    assert "2. Nie: 1" in result[0]


def test_an_owner_erases_on_request_and_the_log_of_acts_says_that_it_was_done(tmp_path: Path) -> None:
    shown = play(
        say("tg/anna", "cześć"),
        SYNC,
        say("tg/olga", "/usun_moje_dane console:tg/anna"),
        SYNC,
        say("tg/olga", "1"),
        SYNC,
        say("tg/olga", "/usun_moje_dane console:tg/anna"),
        SYNC,
        arguments=("--owner", "tg/olga", "--config", str(config(tmp_path))),
    )
    assert errors(shown) == []
    told = [post["text"] for post in posts(shown, "@tg/olga")]
    assert any("Dane tej osoby są usunięte" in text for text in told)
    assert "Bot nie zna takiego konta" in told[-1]
