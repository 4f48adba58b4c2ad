"""From what the engine wants to a method of the Bot API and its parameters."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from telegram.constants import CallbackQueryLimit

from bot.core.markup import Markup, utf16, with_entities
from bot.platforms.port import Choice, Outgoing
from bot.platforms.telegram.callback import Seal

LONGEST_LABEL = 64
"""Longer labels are cut by people's apps anyway; Telegram names no limit."""
_SHORT_LABEL, _IN_ROW = 20, 3
_NO_PREVIEW = {"is_disabled": True}


def call(outgoing: Outgoing, chat_id: str, seal: Seal) -> tuple[str, dict[str, Any]]:
    """The method and its parameters."""
    if outgoing.op == "ack":
        return "answerCallbackQuery", _ack(outgoing)
    if outgoing.op in ("delete", "pin"):
        return _POSTED[outgoing.op](chat_id, int(outgoing.message_id or 0))
    params: dict[str, Any] = {"chat_id": chat_id}
    if outgoing.file:
        params |= _caption(outgoing.markup)
    else:
        params |= {**_text(outgoing.markup), "link_preview_options": _NO_PREVIEW}
    if outgoing.choices:
        # An edit without a keyboard takes the old one away.
        params["reply_markup"] = {"inline_keyboard": keyboard(outgoing.choices, chat_id, seal)}
    if outgoing.op == "edit":
        params["message_id"] = int(outgoing.message_id or 0)
        return "editMessageText", params
    if outgoing.chat.thread_id:
        params["message_thread_id"] = int(outgoing.chat.thread_id)
    if outgoing.reply_to:
        # The message may have been deleted meanwhile; its author is to get the answer nevertheless.
        params["reply_parameters"] = {"message_id": int(outgoing.reply_to), "allow_sending_without_reply": True}
    return "sendDocument" if outgoing.file else "sendMessage", params


_POSTED: dict[str, Callable[[str, int], tuple[str, dict[str, Any]]]] = {
    "delete": lambda chat_id, message_id: ("deleteMessage", {"chat_id": chat_id, "message_id": message_id}),
    "pin": lambda chat_id, message_id: (
        "pinChatMessage",
        {"chat_id": chat_id, "message_id": message_id, "disable_notification": True},
    ),
}


def keyboard(choices: tuple[Choice, ...], chat_id: str, seal: Seal) -> list[list[dict[str, str]]]:
    """Rows of buttons: three short ones beside each other, long ones below each other."""
    buttons = [
        {"text": cut(choice.label, LONGEST_LABEL), "callback_data": seal.close(chat_id, choice.action)}
        for choice in choices
    ]
    width = _IN_ROW if all(utf16(button["text"]) <= _SHORT_LABEL for button in buttons) else 1
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` UTF-16 units, "…" at the end where something is left out."""
    if len(text) * 2 <= limit or utf16(text) <= limit:
        return text
    room = limit - 1
    for index, char in enumerate(text):
        room -= 1 + (char > "\uffff")
        if room < 0:
            return text[:index].rstrip() + "…"
    return text


# The engine lays a broadcast or a greeting out once and sends that one object to many chats: by identity, since to
# compare the layouts would cost as much as to do them again. Each entry holds its markup, so its `id` stays its own.
_recent: OrderedDict[int, tuple[Markup, dict[str, Any]]] = OrderedDict()
_MOST_RECENT = 64


def _text(markup: Markup) -> dict[str, Any]:
    known = _recent.get(id(markup))
    if known is not None:
        return known[1]
    params = _params(markup)
    _recent[id(markup)] = (markup, params)
    if len(_recent) > _MOST_RECENT:
        _recent.popitem(last=False)
    return params


def _caption(markup: Markup) -> dict[str, Any]:
    """The same text under the names that it has beside a file."""
    names = {"text": "caption", "entities": "caption_entities"}
    return {names[name]: value for name, value in _text(markup).items() if value}


def _params(markup: Markup) -> dict[str, Any]:
    text, entities = with_entities(markup)
    if not entities:
        return {"text": text}
    return {
        "text": text,
        "entities": [
            {"type": entity.type, "offset": entity.offset, "length": entity.length}
            if entity.url is None
            else {"type": entity.type, "offset": entity.offset, "length": entity.length, "url": entity.url}
            for entity in entities
        ],
    }


def _ack(outgoing: Outgoing) -> dict[str, Any]:
    params: dict[str, Any] = {"callback_query_id": outgoing.message_id}
    if outgoing.toast:
        params["text"] = cut(outgoing.toast, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
        params["show_alert"] = outgoing.alert
    return params
