"""The desk through a real process with two networks: asked on one, handled on the other, once, over a restart."""

from pathlib import Path

from tests.platforms.console.support import START, SYNC, Console, Line, config, errors, play, posts, say

OWNERS = ("--owner", "tg/olga", "--owner", "mx/olga")
DESK = "mx/desk"


def press(who: str, post: str, choice: int) -> Line:
    return {"op": "press", "from": who, "post": post, "choice": str(choice)}


def toasts(shown: list[Line]) -> list[str]:
    return [str(one["text"]) for one in shown if one["op"] == "toast"]


def edits(shown: list[Line], post: str) -> list[str]:
    return [str(one["text"]) for one in shown if one["op"] == "edit" and one["post"] == post]


def test_a_question_of_two_networks_is_answered_once_by_a_reply_in_the_moderators_room() -> None:
    with Console(*OWNERS) as console:
        console.send(START, say("mx/olga", "!pokój_moderatorów", room=DESK))
        made = console.sync()
        assert "grupa moderatorów" in posts(made, DESK)[0]["text"]

        console.send(say("tg/anna", "/pytanie Czy jutro pada deszcz?"))
        [offer, *_] = posts(console.sync(), "@tg/anna")
        console.send(press("tg/anna", offer["post"], 1))
        shown = console.sync()
        [card] = posts(shown, DESK)
        assert "> Czy jutro pada deszcz?" in card["text"]
        assert "anna" not in card["text"]
        assert posts(shown, "@tg/olga") == posts(shown, "@mx/olga") == []

        # Somebody else on the other network asks the same: one card, two people.
        console.send(say("mx/jan", "!na_spotkanie czy jutro PADA deszcz"))
        shown = console.sync()
        assert posts(shown, DESK) == []
        assert "2 osoby" in edits(shown, card["post"])[-1]

        # Not by whom it doesn't behoove; then once.
        console.send(say("mx/jan", "Nie pada.", room=DESK, reply=card["post"]))
        assert "osoby, które moderują" in posts(console.sync(), DESK)[0]["text"]
        console.send(say("mx/olga", "Tak, po południu.", room=DESK, reply=card["post"]))
        shown = console.sync()
        for who in ("@tg/anna", "@mx/jan"):
            [answer] = posts(shown, who)
            assert "nie program" in answer["text"]
            assert "> Czy jutro pada deszcz?" in answer["text"]
            assert answer["text"].endswith("> Tak, po południu.")
        assert "✓ Odpowiedziano" in edits(shown, card["post"])[-1]
        console.send(say("mx/olga", "Jednak nie.", room=DESK, reply=card["post"]))
        late = console.sync()
        assert "już załatwione" in posts(late, DESK)[0]["text"]
        assert posts(late, "@tg/anna") == []
        console.send(say("tg/anna", "/co_nowego"), SYNC)
        assert "Jest odpowiedź człowieka" in posts(console.sync(), "@tg/anna")[0]["text"]


def test_a_reported_message_is_settled_once_and_its_words_leave_every_card(tmp_path: Path) -> None:
    where = (*OWNERS, "--config", str(config(tmp_path)))
    first = play(
        say("mx/olga", "!pokój_moderatorów", room=DESK),
        say("tg/anna", "cześć"),
        say("tg/jan", "brzydkie słowo", room="tg/ngo", id="bad"),
        say("tg/anna", "/zglos_wiadomosc", room="tg/ngo", reply="bad"),
        SYNC,
        arguments=where,
    )
    assert errors(first) == []
    card = posts(first, DESK)[-1]
    assert "> brzydkie słowo" in card["text"]
    assert "tg/anna" in card["text"]
    second = play(
        press("mx/stranger", card["post"], 1),
        press("mx/olga", card["post"], 1),
        press("mx/olga", card["post"], 2),
        SYNC,
        arguments=where,
    )
    assert ["moderują" in toasts(second)[0], toasts(second)[1:]] == [
        True,
        ["Zapisano: załatwione.", "To jest już załatwione. Dziękujemy!"],
    ]
    assert "brzydkie" not in edits(second, card["post"])[-1]
    [told] = [post for post in posts(second, "@tg/anna") if "zgłoszenie" in post["text"]]
    assert "załatwione" in told["text"]


def test_a_room_brought_by_a_stranger_waits_on_the_desk_of_the_other_network() -> None:
    with Console(*OWNERS) as console:
        console.send(START, say("mx/olga", "!pokój_moderatorów", room=DESK))
        console.sync()
        console.send({"op": "join", "from": "tg/obcy", "room": "tg/nowy"})
        shown = console.sync()
        assert posts(shown, "tg/nowy") == []
        [card] = posts(shown, DESK)
        console.send(press("mx/olga", card["post"], 1))
        shown = console.sync()
        assert toasts(shown) == ["Grupa jest przyjęta."]
        assert "Ta grupa jest przyjęta" in posts(shown, "tg/nowy")[0]["text"]
        assert "✓ Grupa jest przyjęta" in edits(shown, card["post"])[-1]
