"""The console protocol, line by line, through a real process."""

import json
import subprocess
from pathlib import Path

from tests.platforms.console.support import ROOT, START, SYNC, command, config, errors, play, posts, say


def test_a_post_has_exactly_the_fields_of_the_protocol() -> None:
    [post, synced] = play(say("tg/anna", "/start", id="e1"), SYNC)
    assert post.keys() == {"op", "post", "room", "text", "html", "choices", "files"}
    assert (post["op"], post["post"], post["room"]) == ("post", "1", "@tg/anna")
    assert post["text"]
    assert post["html"].startswith("<p>")
    assert (post["choices"], post["files"]) == ([], [])
    assert synced == {"op": "synced"}


def test_each_network_and_each_person_has_a_room_of_their_own() -> None:
    shown = play(*(say(name, "/start") for name in ("tg/anna", "mx/anna", "anna")), SYNC)
    assert [post["room"] for post in posts(shown)] == ["@tg/anna", "@mx/anna", "@anna"]
    assert [post["post"] for post in posts(shown)] == ["1", "2", "3"]


def test_in_a_room_only_what_is_meant_for_the_bot_is_answered() -> None:
    shown = play(
        say("tg/anna", "cześć wszystkim", room="tg/wroclaw"),
        say("tg/anna", "!help", room="tg/wroclaw"),
        say("tg/anna", "/pomoc", room="tg/wroclaw", id="e7"),
        say("tg/anna", "@obrady, pomoc", room="tg/wroclaw"),
        say("tg/anna", "Obrady: pomoc", room="tg/wroclaw"),
        SYNC,
    )
    assert {post["room"] for post in posts(shown)} == {"tg/wroclaw"}
    assert len(posts(shown)) == 3
    assert posts(shown)[0]["reply"] == "e7"


def test_choices_are_pressed_and_come_back_as_a_toast_an_edit_or_a_post() -> None:
    [choices, *rest] = play(
        say("tg/anna", "/język"),
        SYNC,
        {"op": "press", "from": "tg/anna", "post": "1", "choice": "2"},
        SYNC,
        say("tg/anna", "/pomoc"),
        SYNC,
    )
    assert [choice["id"] for choice in choices["choices"]] == ["1", "2", "3"]
    assert all(choice["label"].startswith(f"{number}. ") for number, choice in enumerate(choices["choices"], 1))
    toasts = [one for one in rest if one["op"] == "toast"]
    assert [toast.keys() for toast in toasts] == [{"op", "to", "text"}]
    assert toasts[0]["to"] == "tg/anna"
    assert "/ask" in posts(rest)[-1]["text"]


def test_a_choice_can_be_a_reaction_a_number_or_a_reply_and_a_reaction_taken_off_is_none() -> None:
    # Each person gets the question and, once, who asks: posts 1 and 2, 3 and 4, …
    answers = {
        "tg/ala": {"op": "react", "post": "1", "key": "2️⃣"},
        "tg/ela": {"op": "say", "text": "2"},
        "tg/ola": {"op": "say", "text": "2", "reply": "5"},
        "tg/ula": {"op": "say", "text": "2️⃣", "reply": 7},
        "tg/iza": {"op": "react", "post": "9", "key": "2️⃣", "off": True},
    }
    shown = play(
        *(say(name, "/język") for name in answers),
        SYNC,
        *(answer | {"from": name} for name, answer in answers.items()),
        SYNC,
        *(say(name, "/pomoc") for name in answers),
        SYNC,
    )
    assert errors(shown) == []
    assert ["/ask" in posts(shown, f"@{name}")[-1]["text"] for name in answers] == [True] * 4 + [False]


def test_the_language_of_the_persons_app_is_heard() -> None:
    shown = play(say("tg/olena", "/допомога", lang="uk"), say("tg/john", "/help", lang="en-GB"), SYNC)
    assert "/питання" in posts(shown, "@tg/olena")[0]["text"]
    assert "/ask" in posts(shown, "@tg/john")[0]["text"]


def test_the_same_id_is_handled_once() -> None:
    shown = play(*(say("tg/anna", "/pomoc", id="e1") for _ in range(3)), say("tg/anna", "/pomoc", id="e2"), SYNC)
    assert len(posts(shown)) == 2 + 1  # two answers, and once who answers


def test_the_same_id_is_handled_once_over_a_restart(tmp_path: Path) -> None:
    where = ("--config", str(config(tmp_path)))
    first = play(say("tg/anna", "/pomoc", id="e1"), SYNC, arguments=where)
    second = play(say("tg/anna", "/pomoc", id="e1"), say("tg/anna", "/pomoc", id="e2"), SYNC, arguments=where)
    assert len(posts(first)) == 2
    assert len(posts(second)) == 1
    # Ids of posts go on where they were.
    assert int(posts(second)[0]["post"]) > int(posts(first)[-1]["post"])


def test_a_config_names_the_database_beside_it(tmp_path: Path) -> None:
    play(say("tg/anna", "/pomoc"), SYNC, arguments=("--config", str(config(tmp_path))))
    assert (tmp_path / "data/obrady.db").is_file()


def test_members_edit_and_erase_and_nothing_runs_twice() -> None:
    shown = play(
        say("tg/anna", "/pomoc", id="e1"),
        SYNC,
        {"op": "edit", "from": "tg/anna", "id": "e1", "text": "/start"},
        {"op": "erase", "from": "tg/anna", "id": "e1"},
        SYNC,
    )
    assert errors(shown) == []
    assert shown[-2:] == [{"op": "synced"}] * 2


def test_a_moderators_room_is_greeted_once_and_it_is_silent_where_it_was_thrown_out() -> None:
    join = {"op": "join", "from": "tg/olga", "room": "tg/wroclaw"}
    shown = play(
        join,
        join,
        SYNC,
        {"op": "expel", "room": "tg/wroclaw"},
        say("tg/anna", "/pomoc", room="tg/wroclaw"),
        SYNC,
        join | {"from": "tg/anna"},
        say("tg/anna", "/pomoc", room="tg/wroclaw", id="e9"),
        SYNC,
        {"op": "mute", "room": "tg/wroclaw"},
        say("tg/anna", "/pomoc", room="tg/wroclaw"),
        {"op": "leave", "from": "tg/anna", "room": "tg/wroclaw"},
        SYNC,
        arguments=("--owner", "tg/olga"),
    )
    assert errors(shown) == []
    assert len(posts(shown)) == 2
    assert "reply" not in posts(shown)[0]
    assert posts(shown)[1]["reply"] == "e9"


def test_a_file_comes_with_or_without_words() -> None:
    shown = play({"op": "say", "from": "tg/anna", "file": "a.pdf"}, SYNC)
    assert errors(shown) == []
    assert posts(shown)


BAD = [
    "",
    "   ",
    "nonsense",
    "[]",
    "1",
    "null",
    '"say"',
    "{}",
    '{"op":"dance"}',
    '{"op":["say"]}',
    '{"op":"say"}',
    '{"op":"say","from":"tg/anna"}',
    '{"op":"say","from":"tg/anna","room":"mx/wroclaw","text":"x"}',
    '{"op":"press","from":"tg/anna","post":"99","choice":"1"}',
    '{"op":"react","from":"tg/anna","post":"99","key":"x"}',
    '{"op":"react","from":"tg/anna","post":"\\u0000","key":"x"}',
    '{"op":"press","from":"mx/jan","post":"1","choice":"1"}',
    '{"op":"edit","from":"tg/anna"}',
    '{"op":"erase"}',
    '{"op":"join","from":"tg/anna"}',
    '{"op":"expel"}',
    '{"op":"rule","network":"tg","direct":"never"}',
    '{"op":"clock"}',
    '{"op":"clock","at":"tomorrow"}',
    '{"op":"clock","at":"2026-12-01T17:00:00"}',
    '{"op":"clock","at":7}',
    '{"op":"say","from":"tg/anna","text":"/pomoc","id":"\\ud800"}',
    '{"op":"say","from":"tg/\\ud800","text":"/pomoc"}',
    "\x00",
    "[" * 100_000,
]


def test_a_bad_line_is_told_and_the_next_one_is_read() -> None:
    shown = play(say("tg/anna", "/język"), SYNC, *BAD, say("tg/anna", "/pomoc", id="last"), SYNC)
    assert posts(shown)[0]["choices"]
    assert "/pytanie" in posts(shown)[-1]["text"]
    wrong = errors(shown)
    # Blank lines are nothing; the two with half characters are the engine's to set aside.
    assert len(wrong) >= len(BAD) - 4
    assert all(text and "\n" not in text and "Traceback" not in text for text in wrong)
    assert "there is no post 99" in wrong
    assert "text is missing" in wrong


def test_a_clock_line_that_is_not_the_first_is_refused_in_real_time() -> None:
    shown = play(say("tg/anna", "/pomoc"), START, SYNC, clock=False)
    assert len(errors(shown)) == 1
    assert "virtual" in errors(shown)[0]
    assert shown[-1] == {"op": "synced"}


def test_the_end_of_the_input_drains() -> None:
    shown = play(*(say("tg/anna", "/pomoc") for _ in range(50)), clock=False)
    assert len(posts(shown)) == 51


def test_no_input_at_all_is_no_error() -> None:
    done = subprocess.run(command(), input="", capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "")


def test_logs_go_to_stderr_alone_and_hold_no_words(tmp_path: Path) -> None:
    where = config(tmp_path, '[logs]\nlevel = "DEBUG"\n')
    away = [{"op": "expel", "room": "tg/room"}, say("tg/anna", "/pytanie sekretne", room="tg/room")]
    lines = [START, say("tg/anna", "sekretne pytanie o nic"), *away, say("tg/anna", "/pomoc"), SYNC]
    done = subprocess.run(
        command("--config", str(where)),
        input="\n".join(map(json.dumps, lines)),
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )
    assert done.returncode == 0
    assert all(json.loads(line)["op"] for line in done.stdout.splitlines())
    assert "delivery failed" in done.stderr
    assert "sekretne" not in done.stderr


def test_owners_are_named_on_the_command_line() -> None:
    question = say("tg/anna", "Jak nazywa się najwyższa góra na Marsie?")
    alone = play(question, SYNC)
    owned = play(
        question,
        SYNC,
        {"op": "press", "from": "tg/anna", "post": "1", "choice": "1"},
        SYNC,
        arguments=("--owner", "mx/marek", "--owner", "tg/ola"),
    )
    assert posts(alone)[0]["choices"] == []
    assert len(posts(owned)[0]["choices"]) == 1
    assert {post["room"] for post in posts(owned)} >= {"@mx/marek", "@tg/ola"}
    assert "Marsie" in posts(owned, "@mx/marek")[0]["text"]


def test_a_network_may_forbid_to_write_to_a_person_first() -> None:
    shown = play(
        {"op": "rule", "network": "tg", "direct": "after-start"},
        say("mx/anna", "Jak nazywa się najwyższa góra na Marsie?"),
        SYNC,
        {"op": "press", "from": "mx/anna", "post": "1", "choice": "1"},
        SYNC,
        arguments=("--owner", "mx/marek", "--owner", "tg/ola"),
    )
    rooms = {post["room"] for post in posts(shown)}
    assert "@mx/marek" in rooms
    assert "@tg/ola" not in rooms
