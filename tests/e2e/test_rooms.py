"""Rooms, audiences and areas through a real process with two networks."""

from pathlib import Path

from tests.platforms.console.support import START, SYNC, Console, Line, config, errors, play, posts, say

OWNERS = ("--owner", "tg/olga", "--owner", "mx/olga")


def join(who: str, room: str) -> Line:
    return {"op": "join", "from": who, "room": room}


def press(who: str, post: str, choice: int) -> Line:
    return {"op": "press", "from": who, "post": post, "choice": str(choice)}


def labels(post: Line) -> list[str]:
    return [choice["label"] for choice in post["choices"]]


def test_a_room_is_claimed_with_one_tap_by_a_moderator_and_by_nobody_else() -> None:
    shown = play(
        join("tg/anna", "tg/stranger"),
        join("tg/olga", "tg/ngo"),
        SYNC,
        press("tg/anna", "1", 1),
        press("tg/olga", "1", 1),
        press("tg/olga", "1", 1),
        SYNC,
        arguments=OWNERS,
    )
    assert errors(shown) == []
    [greeting] = [post for post in posts(shown) if post["room"].startswith("tg/")]
    assert greeting["room"] == "tg/ngo"
    assert labels(greeting)[0] == "1. Przyjmij tę grupę"
    toasts = [(one["to"], one["text"]) for one in shown if one["op"] == "toast"]
    assert [to for to, _ in toasts] == ["tg/anna", "tg/olga", "tg/olga"]
    assert "moderują" in toasts[0][1]
    assert toasts[1][1] == "Grupa jest przyjęta."
    edit = [one for one in shown if one["op"] == "edit"][-1]
    assert "Ta grupa jest przyjęta" in edit["text"]
    assert labels(edit)[0] == "1. ✓ Grupa przyjęta"


def test_audiences_join_rooms_of_two_networks_and_outlive_a_restart(tmp_path: Path) -> None:
    where = (*OWNERS, "--config", str(config(tmp_path)))
    first = play(
        join("tg/olga", "tg/ngo"),
        join("mx/olga", "mx/ngo"),
        say("mx/olga", "/pomoc", room="mx/ngo"),
        say("tg/olga", "/krag Kultura", room="tg/culture"),
        say("mx/olga", "!krąg kultura", room="mx/ngo"),
        SYNC,
        arguments=where,
    )
    assert errors(first) == []
    moved = posts(first, "mx/ngo")[-1]["text"]
    assert "„Kultura”" in moved
    assert "Mx: 1 grupa" in moved
    assert "Tg: 1 grupa" in moved
    second = play(
        {"op": "expel", "room": "tg/culture"},
        say("mx/olga", "/krag", room="mx/ngo"),
        say("mx/jan", "/krag domyslny", room="mx/ngo"),
        SYNC,
        arguments=where,
    )
    [shown, refused] = [post["text"] for post in posts(second, "mx/ngo")]
    assert "Mx: 1 grupa" in shown
    assert "Tg" not in shown
    assert "większych uprawnień" in refused


def test_an_area_is_followed_by_a_tap_or_a_number_and_the_coordinators_change_shows() -> None:
    shown = play(
        say("tg/anna", "/obszary"),
        SYNC,
        press("tg/anna", "1", 4),
        SYNC,
        say("tg/olga", "/obszar dodaj Zdrowie | Health | Здоров'я"),
        SYNC,
        say("tg/anna", "/obszary"),
        SYNC,
        arguments=OWNERS,
    )
    assert errors(shown) == []
    assert [one["text"] for one in shown if one["op"] == "toast"] == ["Obserwujesz obszar: Wielokulturowość"]
    again = posts(shown, "@tg/anna")[-1]
    assert labels(again)[3:] == ["4. ✓ Wielokulturowość", "5. Zdrowie"]


def test_a_membership_asked_for_on_one_network_is_confirmed_on_the_other_once() -> None:
    # Olga's two accounts are two moderators: they are not linked.
    with Console(*OWNERS) as console:
        console.send(START, say("mx/anna", "!organizacja Fundacja Przykład"))
        sent = console.sync()
        asked = {post["room"]: post["post"] for post in posts(sent) if "/olga" in post["room"]}
        assert all("mx/anna" in post["text"] for post in posts(sent) if "/olga" in post["room"])
        console.send(press("tg/olga", asked["@tg/olga"], 3))
        told = console.sync()
        assert "oddajesz głos organizacji" in posts(told, "@mx/anna")[-1]["text"]
        console.send(press("mx/olga", asked["@mx/olga"], 4))
        late = console.sync()
        assert next(one["text"] for one in late if one["op"] == "toast").startswith("To jest już załatwione")
        assert posts(late, "@mx/anna") == []
