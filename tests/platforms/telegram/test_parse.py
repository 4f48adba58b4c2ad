"""Updates as Telegram sends them, and the events they become."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.chats import ChatKind
from bot.core.events import ChatMoved, Edited, Event, Joined, Left, Message, Poison, Pressed
from bot.core.files import FileRef
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.telegram.callback import Seal
from bot.platforms.telegram.parse import Parser

from .support import ANNA, BOT, CHANNEL, DATE, FORUM, GROUP, OTHER_BOT, PRIVATE, marked, message, update

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SENT = datetime.fromtimestamp(DATE, UTC)
SEAL = Seal("1234567890:token")
PARSER = Parser(BOT, "Obrady_Bot", SEAL)
ANNAS = AccountRef("telegram", "42")
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


def read(kind: str, payload: Any) -> Event | None:
    return PARSER.read(update(kind, payload), NOW)


def heard(payload: dict[str, Any]) -> Message:
    event = read("message", payload)
    assert isinstance(event, Message)
    return event


def test_a_private_message() -> None:
    assert read("message", message(text="Kiedy zebranie?")) == Message(
        key=f"telegram:{BOT}:700",
        at=SENT,
        chat=ChatRef("telegram", "42"),
        kind=ChatKind.DIRECT,
        sender=ANNAS,
        lang_hint="pl",
        id="7",
        text="Kiedy zebranie?",
        addressed=True,
    )


def test_a_group_message_that_names_nobody() -> None:
    event = heard(message(GROUP, text="Kiedy zebranie?"))
    assert (event.chat, event.kind, event.addressed) == (ChatRef("telegram", "-4000001"), ChatKind.ROOM, False)


@pytest.mark.parametrize(
    ("text", "mention", "expected"),
    [
        ("@obrady_bot kiedy zebranie?", "@obrady_bot", "kiedy zebranie?"),
        ("@Obrady_Bot, kiedy zebranie?", "@Obrady_Bot", "kiedy zebranie?"),
        ("@obrady_bot: kiedy?", "@obrady_bot", "kiedy?"),
        ("Kiedy zebranie, @obrady_bot?", "@obrady_bot", "Kiedy zebranie?"),
        ("Kiedy zebranie? @obrady_bot", "@obrady_bot", "Kiedy zebranie?"),
        ("Hej @obrady_bot kiedy?", "@obrady_bot", "Hej kiedy?"),
        ("Hej 👩‍👩‍👧 @obrady_bot kiedy?", "@obrady_bot", "Hej 👩‍👩‍👧 kiedy?"),
        ("Żółć\n@obrady_bot\nkiedy?", "@obrady_bot", "Żółć\n\nkiedy?"),
        ("@obrady_bot", "@obrady_bot", ""),
        ("@obrady_bot /pytanie kiedy", "@obrady_bot", "/pytanie kiedy"),
    ],
)
def test_the_bots_name_is_taken_out(text: str, mention: str, expected: str) -> None:
    event = heard(message(GROUP, text=text, entities=marked("mention", text, mention)))
    assert (event.text, event.addressed) == (expected, True)


def test_a_name_without_telegrams_mark_is_no_mention() -> None:
    text = "`@obrady_bot` to nazwa"
    event = heard(message(GROUP, text=text, entities=marked("code", text, "@obrady_bot")))
    assert (event.text, event.addressed) == (text, False)


def test_another_name_is_left_alone() -> None:
    text = "@obrady_bot2 kiedy?"
    event = heard(message(GROUP, text=text, entities=marked("mention", text, "@obrady_bot2")))
    assert (event.text, event.addressed) == (text, False)


def test_a_mention_by_account() -> None:
    text = "Obrady, kiedy?"
    entities = marked("text_mention", text, "Obrady", user={"id": BOT, "is_bot": True, "first_name": "Obrady"})
    event = heard(message(GROUP, text=text, entities=entities))
    assert (event.text, event.addressed) == ("kiedy?", True)
    entities[0]["user"] = ANNA
    assert not heard(message(GROUP, text=text, entities=entities)).addressed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/pytanie@obrady_bot kiedy zebranie", "/pytanie kiedy zebranie"),
        ("/pytanie@OBRADY_BOT\nkiedy", "/pytanie\nkiedy"),
        ("/pomoc@obrady_bot", "/pomoc"),
        ("/głos@obrady_bot 2", "/głos 2"),
    ],
)
def test_a_command_loses_the_name_behind_it(text: str, expected: str) -> None:
    event = heard(message(GROUP, text=text, entities=marked("bot_command", text, text.split()[0])))
    assert (event.text, event.addressed) == (expected, True)


def test_a_command_and_a_mention_together() -> None:
    text = "/pytanie@obrady_bot 🙂 @obrady_bot kiedy"
    entities = [*marked("bot_command", text, "/pytanie@obrady_bot"), *marked("mention", text, " @obrady_bot")]
    entities[1]["offset"] += 1
    entities[1]["length"] -= 1
    assert heard(message(GROUP, text=text, entities=entities)).text == "/pytanie 🙂 kiedy"


def test_another_bots_command_is_nothing_for_us() -> None:
    assert read("message", message(GROUP, text="/pomoc@other_bot")) is None
    assert read("edited_message", message(GROUP, text="/pomoc@other_bot", edit_date=DATE)) is None
    # In a direct chat everything is said to us.
    assert heard(message(PRIVATE, text="/pomoc@other_bot")).text == "/pomoc@other_bot"


def test_an_address_in_a_command_is_no_bot() -> None:
    event = heard(message(GROUP, text="/pytanie napisz na biuro@obrady_bot.pl"))
    assert (event.text, event.addressed) == ("/pytanie napisz na biuro@obrady_bot.pl", False)


def test_a_topic_is_a_conversation_of_its_own() -> None:
    first = message(FORUM, None, forum_topic_created={"name": "Budżet", "icon_color": 1})
    event = heard(
        message(
            FORUM, text="Ile?", message_thread_id=5, is_topic_message=True, reply_to_message={**first, "message_id": 5}
        )
    )
    assert event.chat == ChatRef("telegram", "-1001000000001", "5")
    # The topic's first message is not what the person answers.
    assert event.reply_to is None


def test_an_answer_in_a_topic() -> None:
    payload = message(FORUM, text="2", message_thread_id=5, is_topic_message=True, reply_to_message=message(FORUM))
    assert heard(payload).reply_to == "7"


def test_a_thread_of_replies_is_no_topic() -> None:
    payload = message(FORUM, text="2", message_thread_id=5, reply_to_message={**message(FORUM), "message_id": 5})
    event = heard(payload)
    assert (event.chat.thread_id, event.reply_to) == ("", "5")


def test_who_wrote_the_message_that_is_answered() -> None:
    theirs = {**message(GROUP, text="Zgłaszam się"), "from": {"id": 77, "is_bot": False, "first_name": "Jan"}}
    assert heard(message(GROUP, text="/moderator", reply_to_message=theirs)).reply_to_sender == AccountRef(
        "telegram", "77"
    )


@pytest.mark.parametrize(
    "more",
    [
        {"from": OTHER_BOT},
        {"from": ANONYMOUS, "sender_chat": GROUP},
        {"sender_chat": CHANNEL},
        {"via_bot": OTHER_BOT},
        {"is_automatic_forward": True},
    ],
)
def test_who_wrote_it_is_nobody_where_it_was_no_person(more: dict[str, Any]) -> None:
    event = heard(message(GROUP, text="/moderator", reply_to_message={**message(GROUP, text="x"), **more}))
    assert (event.reply_to, event.reply_to_sender) == ("7", None)


def test_a_channel_post_has_no_author() -> None:
    event = read("channel_post", message(CHANNEL, None, sender_chat=CHANNEL, text="Walne 5 grudnia"))
    assert isinstance(event, Message)
    assert (event.kind, event.sender, event.lang_hint) == (ChatKind.CHANNEL, None, None)


def test_an_anonymous_administrator_and_a_channel_in_a_group() -> None:
    assert heard(message(FORUM, ANONYMOUS, sender_chat=FORUM, text="/pytanie x")).sender is None
    assert heard(message(FORUM, ANONYMOUS, text="/pytanie x")).sender is None
    channel_bot = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    assert heard(message(FORUM, channel_bot, sender_chat=CHANNEL, text="/pytanie x")).sender is None


@pytest.mark.parametrize(
    "payload",
    [
        message(GROUP, OTHER_BOT, text="/pytanie x"),
        message(GROUP, text="wynik", via_bot=OTHER_BOT),
        message(FORUM, {**ANNA, "id": 777000}, sender_chat=CHANNEL, is_automatic_forward=True, text="/pytanie x"),
        message(GROUP, new_chat_members=[ANNA]),
        message(GROUP, left_chat_member=ANNA),
        message(GROUP, new_chat_title="Nowa"),
        message(PRIVATE, pinned_message=message(text="x")),
        message(FORUM, forum_topic_created={"name": "Budżet", "icon_color": 1}),
    ],
    ids=["bot", "via bot", "copy of a channel's post", "came", "left", "title", "pin", "topic"],
)
def test_what_nobody_says_to_the_bot(payload: dict[str, Any]) -> None:
    assert read("message", payload) is None


@pytest.mark.parametrize("kind", ["poll", "chat_member", "message_reaction", "inline_query", "holographic_message"])
def test_updates_of_other_kinds(kind: str) -> None:
    assert read(kind, {"id": "1"}) is None


@pytest.mark.parametrize(
    ("content", "files"),
    [
        ({"document": {"file_id": "x", "file_name": "statut.pdf"}}, ("statut.pdf",)),
        ({"document": {"file_id": "x"}}, ("document",)),
        ({"photo": [{"file_id": "x"}]}, ("photo",)),
        ({"voice": {"file_id": "x", "duration": 3}}, ("voice",)),
        ({"sticker": {"file_id": "x", "emoji": "👍"}}, ("sticker",)),
        ({"animation": {"file_name": "a.gif"}, "document": {"file_name": "a.gif"}}, ("a.gif",)),
        ({"location": {"latitude": 51.1, "longitude": 17.0}}, ("location",)),
        ({"contact": {"phone_number": "1", "first_name": "B"}}, ("contact",)),
    ],
)
def test_attachments(content: dict[str, Any], files: tuple[str, ...]) -> None:
    event = heard(message(**content))
    assert (event.text, event.files) == ("", files)


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (
            {"document": {"file_id": "x", "file_name": "../a b.pdf", "mime_type": "application/pdf", "file_size": 7}},
            FileRef("a-b.pdf", "telegram", "x", 7, "application/pdf"),
        ),
        ({"photo": [{"file_id": "s"}, {"file_id": "l"}]}, FileRef("photo.jpg", "telegram", "l", None, "image/jpeg")),
        ({"document": {"file_id": 7}}, None),
        ({"document": {"file_id": "a\x00"}}, None),
        ({"photo": "x"}, None),
        ({"sticker": {"file_id": "x"}}, None),
    ],
)
def test_what_can_be_fetched(content: dict[str, Any], file: FileRef | None) -> None:
    assert heard(message(**content)).file == file


def test_a_caption_is_the_text_of_a_file() -> None:
    caption = "@obrady_bot co tu jest?"
    event = heard(
        message(GROUP, photo=[{}], caption=caption, caption_entities=marked("mention", caption, "@obrady_bot"))
        | {"photo": [{"file_id": "x"}]}
    )
    assert (event.text, event.files, event.addressed) == ("co tu jest?", ("photo",), True)


def test_an_edit() -> None:
    event = read("edited_message", message(GROUP, text="@obrady_bot tak", edit_date=DATE + 60,
                                           entities=marked("mention", "@obrady_bot tak", "@obrady_bot")))  # fmt: skip
    assert event == Edited(
        key=f"telegram:{BOT}:700",
        at=SENT + timedelta(seconds=60),
        chat=ChatRef("telegram", "-4000001"),
        kind=ChatKind.ROOM,
        sender=ANNAS,
        lang_hint="pl",
        id="7",
        text="tak",
    )


def test_a_moving_location_is_no_edit() -> None:
    assert read("edited_message", message(location={"latitude": 1, "longitude": 2}, edit_date=DATE)) is None


def query(data: Any, chat: dict[str, Any] = GROUP, **extra: Any) -> dict[str, Any]:
    return {"id": "4000", "from": ANNA, "message": message(chat, None, **extra), "chat_instance": "1", "data": data}


def test_a_press() -> None:
    data = SEAL.close("-4000001", "vote:12.2")
    assert read("callback_query", query(data)) == Pressed(
        key=f"telegram:{BOT}:700",
        at=NOW,
        chat=ChatRef("telegram", "-4000001"),
        kind=ChatKind.ROOM,
        sender=ANNAS,
        lang_hint="pl",
        post="7",
        action="vote:12.2",
        press_id="4000",
    )


def test_a_press_in_a_topic_and_under_a_message_that_is_gone() -> None:
    data = SEAL.close(str(FORUM["id"]), "vote:1")
    event = read("callback_query", query(data, FORUM, message_thread_id=5, is_topic_message=True))
    assert isinstance(event, Pressed)
    assert (event.chat.thread_id, event.action) == ("5", "vote:1")
    gone = {**query(data), "message": {"chat": FORUM, "message_id": 7, "date": 0}}
    event = read("callback_query", gone)
    assert isinstance(event, Pressed)
    assert (event.chat.thread_id, event.post, event.action) == ("", "7", "vote:1")


@pytest.mark.parametrize("data", ["", "vote:1", "x" * 64, SEAL.close("-4000002", "vote:1"), "ą" * 20])
def test_a_press_that_is_not_ours_keeps_its_query_to_be_answered(data: str) -> None:
    event = read("callback_query", query(data))
    assert isinstance(event, Pressed)
    assert (event.action, event.choice, event.press_id) == (None, None, "4000")


def test_presses_of_games_inline_results_and_bots() -> None:
    data = SEAL.close("-4000001", "vote:1")
    inline = {"id": "1", "from": ANNA, "inline_message_id": "x", "chat_instance": "1", "data": data}
    game = {key: value for key, value in query(data).items() if key != "data"} | {"game_short_name": "chess"}
    assert read("callback_query", inline) is None
    assert read("callback_query", game) is None
    assert read("callback_query", {**query(data), "from": OTHER_BOT}) is None


def standing(chat: dict[str, Any], old: dict[str, Any] | None, new: dict[str, Any]) -> Event | None:
    return read("my_chat_member", {"chat": chat, "from": ANNA, "date": DATE, "old_chat_member": old,
                                   "new_chat_member": new})  # fmt: skip


LEFT, KICKED, MEMBER, ADMIN = ({"status": status} for status in ("left", "kicked", "member", "administrator"))
POSTER = {"status": "administrator", "can_post_messages": True}
NO_POSTER = {"status": "administrator", "can_post_messages": False}
SILENCED = {"status": "restricted", "is_member": True, "can_send_messages": False}
FREED = {"status": "restricted", "is_member": True, "can_send_messages": True}
THROWN_OUT = {"status": "restricted", "is_member": False, "can_send_messages": True}


@pytest.mark.parametrize(
    ("chat", "old", "new", "expected"),
    [
        (GROUP, LEFT, MEMBER, "joined"),
        (GROUP, KICKED, ADMIN, "joined"),
        (FORUM, SILENCED, FREED, "joined"),
        (GROUP, None, MEMBER, "joined"),
        (GROUP, MEMBER, ADMIN, None),
        (GROUP, ADMIN, MEMBER, None),
        (GROUP, MEMBER, LEFT, "left"),
        (GROUP, MEMBER, KICKED, "left"),
        (GROUP, LEFT, KICKED, None),
        (FORUM, MEMBER, SILENCED, "muted"),
        (FORUM, LEFT, SILENCED, "muted"),
        (FORUM, MEMBER, THROWN_OUT, "left"),
        (CHANNEL, LEFT, POSTER, "joined"),
        (CHANNEL, LEFT, NO_POSTER, "muted"),
        (CHANNEL, POSTER, NO_POSTER, "muted"),
        (CHANNEL, LEFT, ADMIN, "joined"),
        (CHANNEL, LEFT, MEMBER, "muted"),
        (CHANNEL, POSTER, LEFT, "left"),
        (PRIVATE, MEMBER, KICKED, "left"),
        (PRIVATE, KICKED, MEMBER, None),
    ],
)
def test_the_bots_own_standing(
    chat: dict[str, Any], old: dict[str, Any] | None, new: dict[str, Any], expected: str | None
) -> None:
    event = standing(chat, old, new)
    match expected:
        case None:
            assert event is None
        case "joined":
            assert isinstance(event, Joined)
            assert (event.sender, event.at) == (ANNAS, SENT)
        case _:
            assert isinstance(event, Left)
            assert event.muted == (expected == "muted")


def test_both_service_messages_of_a_migration_say_the_same() -> None:
    pair = (ChatRef("telegram", "-4000001"), ChatRef("telegram", str(FORUM["id"])))
    farewell = PARSER.read(update("message", message(GROUP, ANONYMOUS, migrate_to_chat_id=FORUM["id"]), 1), NOW)
    arrival = PARSER.read(update("message", message(FORUM, ANONYMOUS, migrate_from_chat_id=GROUP["id"]), 2), NOW)
    assert isinstance(farewell, ChatMoved)
    assert isinstance(arrival, ChatMoved)
    assert (farewell.old, farewell.new) == (arrival.old, arrival.new) == pair
    assert farewell.key != arrival.key


@pytest.mark.parametrize(
    ("raw", "error", "shape"),
    [
        (update("message", {"text": "tajne"}), "date is not an integer", "{update_id:700,message:{text:str5}}"),
        (update("message", message({"id": 1, "type": "sender"}, text="x")), "a chat of no known type", None),
        (update("message", message({"id": "1", "type": "private"}, text="x")), "id is not an integer", None),
        (update("message", message(text=["tajne"])), "text is not a string", None),
        (update("message", message() | {"text": "x", "date": 10**30}), "OverflowError", None),
        (update("message", message({}, text="x")), "KeyError", None),
        (update("my_chat_member", {"chat": GROUP, "from": ANNA, "date": 1, "new_chat_member": {"status": "x"}}),
         "new_chat_member has no known status", None),
        ({"message": {"tajne Słowo": ["tajne"] * 6}}, "update_id is not an integer",
         "{message:{name11:[str5,str5,str5,str5,+2]}}"),
        (["tajne"], "update_id is not an integer", "[str5]"),
        (None, "update_id is not an integer", "none"),
    ],
)  # fmt: skip
def test_poison(raw: Any, error: str, shape: str | None) -> None:
    event = PARSER.read(raw, NOW)
    assert isinstance(event, Poison)
    assert (event.platform, event.error, event.at) == ("telegram", error, NOW)
    assert event.key.startswith(f"telegram:{BOT}:")
    assert "tajne" not in event.shape
    if shape is not None:
        assert event.shape == shape


def test_poison_without_an_id_has_the_same_key_every_time() -> None:
    keys = {event.key for raw in (["a"], ["a"], ["b"]) if (event := PARSER.read(raw, NOW))}
    assert len(keys) == 2


def test_words_that_no_database_takes_are_mended() -> None:
    event = heard(message(sender={**ANNA, "language_code": "p\x00l"}, text="a\x00b \ud83d ż"))
    assert (event.text, event.lang_hint) == ("ab ? ż", "pl")


@pytest.mark.parametrize(
    ("chat", "link"),
    [
        ({**GROUP}, ""),
        ({**GROUP, "id": -1001234567890, "type": "supergroup"}, "https://t.me/c/1234567890/7"),
        ({**GROUP, "id": -1001234567890, "type": "supergroup", "username": "ngo_w"}, "https://t.me/ngo_w/7"),
    ],
)
def test_a_reply_has_the_address_of_what_it_answers_where_there_is_one(chat: dict[str, Any], link: str) -> None:
    assert heard(message(chat, text="/report", reply_to_message=message(chat, text="x"))).reply_link == link
