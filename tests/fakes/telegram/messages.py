"""Methods that send, change and remove messages, and answers to pressed buttons."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .errors import ApiError
from .limits import keyboard_problem
from .methods import Files, Params, answers
from .text import JsonDict, entity_problem, merged, units
from .wire import MAX_UPLOAD, Upload
from .world import Chat

if TYPE_CHECKING:
    from .server import FakeTelegram

_PARSE_MODES = frozenset({"html", "markdown", "markdownv2"})


@answers("sendMessage")
def send_message(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """A text message."""
    chat = fake.world.writable(params.get("chat_id"))
    content = _text(fake, params, "text", "entities", 4096)
    return _send(fake, chat, params, content)


@answers("sendDocument")
def send_document(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """A file; uploads are kept under their `file_id`."""
    chat = fake.world.writable(params.get("chat_id"))
    file_id, upload = _file(fake, params, files, "document")
    document = {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "file_name": upload.name,
        "mime_type": upload.content_type,
        "file_size": len(upload.content),
    }
    return _send(fake, chat, params, {"document": document, **_caption(fake, params)})


@answers("sendPhoto")
def send_photo(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """A picture; one size of it, since nothing here decodes pictures."""
    chat = fake.world.writable(params.get("chat_id"))
    file_id, upload = _file(fake, params, files, "photo")
    size = {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "width": 800,
        "height": 600,
        "file_size": len(upload.content),
    }
    return _send(fake, chat, params, {"photo": [size], **_caption(fake, params)})


@answers("editMessageText")
def edit_message_text(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """New text; a keyboard that is not given again is gone."""
    chat, message = _own_message(fake, params)
    content = _text(fake, params, "text", "entities", 4096)
    return _change(fake, chat, message, {"text", "entities"}, {**content, **_keyboard(fake, params)})


@answers("editMessageCaption")
def edit_message_caption(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """New caption of a file."""
    chat, message = _own_message(fake, params)
    content = {**_caption(fake, params), **_keyboard(fake, params)}
    return _change(fake, chat, message, {"caption", "caption_entities"}, content)


@answers("editMessageReplyMarkup")
def edit_message_reply_markup(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """New buttons, or none."""
    chat, message = _own_message(fake, params)
    return _change(fake, chat, message, set(), _keyboard(fake, params))


@answers("deleteMessage")
def delete_message(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """The bot's own messages, anybody's in a private chat, anybody's where it is an administrator."""
    chat = fake.world.reachable(params.get("chat_id"))
    message = chat.messages.get(params.get("message_id", 0))
    if message is None:
        raise ApiError("delete_no_message")
    if not (_is_own(fake, message) or chat.person or chat.bot_status == "administrator"):
        raise ApiError("delete_forbidden")
    del chat.messages[message["message_id"]]
    fake.note_deleted(chat, message)
    return True


@answers("deleteMessages")
def delete_messages(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """Many at once; "if some of the specified messages can't be found, they are skipped"."""
    for message_id in params.get("message_ids", ()):
        with suppress(ApiError):
            delete_message(fake, {**params, "message_id": message_id}, files)
    return True


@answers("pinChatMessage")
def pin_chat_message(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """Pin; unlike its other messages, the bot gets the service message of its own pin as an update."""
    chat = fake.world.writable(params.get("chat_id"))
    message = chat.messages.get(params.get("message_id", 0))
    if message is None:
        raise ApiError("pin_no_message")
    _may_pin(chat)
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        service = fake.world.new_message(chat, fake.author(chat), pinned_message=message)
        fake.emit("channel_post" if chat.type == "channel" else "message", service)
    return True


@answers("unpinChatMessage")
def unpin_chat_message(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """Unpin the message, or the latest pinned one."""
    chat = fake.world.writable(params.get("chat_id"))
    _may_pin(chat)
    message_id = params.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise ApiError("unpin_no_message")
    chat.pinned.remove(message_id)
    return True


@answers("setMessageReaction")
def set_message_reaction(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """The bot's reaction to a message; an empty list takes it back."""
    chat = fake.world.writable(params.get("chat_id"))
    if params.get("message_id") not in chat.messages:
        raise ApiError("react_no_message")
    chat.reactions[params["message_id"]] = params.get("reaction", [])
    return True


@answers("answerCallbackQuery")
def answer_callback_query(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """Stop the button's spinner; a query can be answered once, and not for ever."""
    query_id = params.get("callback_query_id", "")
    if query_id not in fake.open_queries:
        raise ApiError("callback_too_old")
    fake.open_queries.discard(query_id)
    fake.note_answer(query_id, params)
    return True


def _text(fake: "FakeTelegram", params: Params, field: str, entities_field: str, most: int) -> JsonDict:
    """Text with entities under the two fields' names, checked and trimmed as tdlib does before sending."""
    raw = str(params.get(field, ""))
    if len(raw) > 8192 and len(raw.encode()) > 32768:
        raise ApiError("text_too_long_raw")
    text = raw.rstrip()
    if not text and field == "text":
        raise ApiError("text_empty")
    if len(text) > most:
        raise ApiError("text_too_long_after_parse" if field == "text" else "caption_too_long")
    if units(text) > most:
        # tdlib counts code points; what the last server counts is not known, so only UTF-16 units are safe.
        fake.violate(f"{field} of {units(text)} UTF-16 units")
    if mode := params.get("parse_mode"):
        if str(mode).lower() not in _PARSE_MODES:
            raise ApiError("unsupported_parse_mode")
        fake.violate(f"parse_mode {mode} is not modelled: send entities")
    given = []
    for entity in params.get(entities_field) or ():
        problem = entity_problem(raw, entity)
        if problem is None:
            given.append(entity)
        else:
            fake.violate(f"entity {entity.get('type')}: {problem}")
    content: JsonDict = {field: text} if text else {}
    if entities := merged(given, text):
        content[entities_field] = entities
    return content


def _caption(fake: "FakeTelegram", params: Params) -> JsonDict:
    return _text(fake, params, "caption", "caption_entities", 1024)


def _keyboard(fake: "FakeTelegram", params: Params) -> JsonDict:
    """The inline keyboard as a field of the message; other keyboards belong to the input field and aren't shown."""
    markup = params.get("reply_markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise ApiError("keyboard_bad_json")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return {}
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ApiError(
            "keyboard_not_array", description='Bad Request: field "inline_keyboard" must be an Array of Arrays'
        )
    if problem := keyboard_problem(markup):
        fake.violate(f"reply_markup: {problem}")
        raise ApiError("reply_markup_too_long")
    for row in rows:
        for button in row:
            if len(button) < 2:
                raise ApiError("keyboard_text_button")
            if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
                raise ApiError("button_data_invalid")
    return {"reply_markup": {"inline_keyboard": rows}} if any(rows) else {}


def _send(fake: "FakeTelegram", chat: Chat, params: Params, content: JsonDict) -> JsonDict:
    extra = fake.world.in_thread(chat, params.get("message_thread_id"))
    if reply := params.get("reply_parameters"):
        target = chat.messages.get(reply.get("message_id", 0))
        if target is not None:
            # A message inside another never carries its own reply.
            extra["reply_to_message"] = {key: item for key, item in target.items() if key != "reply_to_message"}
        elif not reply.get("allow_sending_without_reply"):
            raise ApiError("reply_not_found")
    extra |= _keyboard(fake, params)
    sender = fake.author(chat)
    if sender is None:
        extra["sender_chat"] = chat.json()
    message = fake.world.new_message(chat, sender, **extra, **content)
    fake.note_sent(chat, message)
    return message


def _own_message(fake: "FakeTelegram", params: Params) -> tuple[Chat, JsonDict]:
    if params.get("inline_message_id"):
        fake.violate("inline_message_id is not modelled")
    chat = fake.world.writable(params.get("chat_id"))
    message = chat.messages.get(params.get("message_id", 0))
    if message is None:
        raise ApiError("edit_no_message")
    if not _is_own(fake, message):
        raise ApiError("edit_forbidden")
    return chat, message


def _is_own(fake: "FakeTelegram", message: JsonDict) -> bool:
    return (message["chat"]["id"], message["message_id"]) in fake.own


def _change(fake: "FakeTelegram", chat: Chat, message: JsonDict, fields: set[str], content: JsonDict) -> JsonDict:
    old = {key: message[key] for key in (*fields, "reply_markup") if key in message}
    if old == content:
        raise ApiError("edit_not_modified")
    for key in old:
        del message[key]
    message.update(content)
    fake.note_edited(chat, message)
    return message


def _may_pin(chat: Chat) -> None:
    if chat.type in ("supergroup", "channel") and chat.bot_status != "administrator":
        raise ApiError("pin_rights")


def _file(fake: "FakeTelegram", params: Params, files: Files, field: str) -> tuple[str, Upload]:
    name: Any = params.get(field, "")
    upload = files.get(name.removeprefix("attach://") if name.startswith("attach://") else field)
    if upload is None:
        if name not in fake.world.files:
            raise ApiError("wrong_file_id")
        return name, fake.world.files[name]
    if len(upload.content) > MAX_UPLOAD:
        raise ApiError("file_too_big")
    return fake.keep_file(upload), upload
