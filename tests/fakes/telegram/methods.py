"""Which methods the server answers, and the small ones: the bot itself, its menu, its chats."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiogram.types import ChatMemberAdministrator

from .errors import ApiError
from .text import JsonDict
from .wire import Upload
from .world import IN_CHAT, Chat

if TYPE_CHECKING:
    from .server import FakeTelegram

Params = dict[str, Any]
Files = dict[str, Upload]
Handler = Callable[["FakeTelegram", Params, Files], Any]

HANDLERS: dict[str, Handler] = {}
# The rights an administrator's record must name, by the model itself; a bot made administrator here has them all.
_RIGHTS = {
    name: name not in ("can_be_edited", "is_anonymous")
    for name, info in ChatMemberAdministrator.model_fields.items()
    if info.annotation is bool and info.is_required()
} | {"can_pin_messages": True}


def answers(*names: str) -> Callable[[Handler], Handler]:
    """Register the handler of a method."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update({name.lower(): handler for name in names})
        return handler

    return register


@answers("getMe")
def get_me(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """The bot's own account; `can_read_all_group_messages` is privacy mode turned off."""
    return {
        **fake.world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not fake.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def member_json(status: str, user: JsonDict) -> JsonDict:
    """Telegram's ChatMember of a status."""
    member: JsonDict = {"status": status, "user": user}
    if status == "administrator":
        member.update(_RIGHTS)
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    return member


def membership(fake: "FakeTelegram", chat: Chat, user_id: int) -> JsonDict:
    """How an account, the bot included, stands in a chat."""
    if user_id == fake.world.bot["id"]:
        return member_json(chat.bot_status, fake.world.bot)
    person = fake.world.people.get(user_id)
    if person is None:
        raise ApiError("user_not_found")
    return member_json("member" if chat.person else chat.members.get(user_id, "left"), person.json())


@answers("getChatMember")
def get_chat_member(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """One member."""
    return membership(fake, _seen(fake, params), params.get("user_id", 0))


@answers("getChatAdministrators")
def get_chat_administrators(fake: "FakeTelegram", params: Params, files: Files) -> list[JsonDict]:
    """Administrators that are people, as Telegram leaves other bots out."""
    chat = _seen(fake, params)
    return [
        membership(fake, chat, user_id)
        for user_id, status in chat.members.items()
        if status in ("administrator", "creator")
    ]


@answers("getChatMemberCount")
def get_chat_member_count(fake: "FakeTelegram", params: Params, files: Files) -> int:
    """Members, the bot among them."""
    return 1 + sum(status in IN_CHAT for status in _seen(fake, params).members.values())


@answers("getChat")
def get_chat(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """ChatFullInfo with its required fields."""
    chat = _seen(fake, params)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


@answers("leaveChat")
def leave_chat(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """The bot goes; its own leaving comes back as `my_chat_member`."""
    chat = _seen(fake, params)
    fake.bot_becomes(chat, "left", fake.world.bot)
    return True


@answers("setMyCommands", "deleteMyCommands")
def set_my_commands(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """A menu per scope and language; deleting is setting none."""
    commands = params.get("commands", [])
    if commands:
        fake.commands[_menu_key(params)] = commands
    else:
        fake.commands.pop(_menu_key(params), None)
    return True


@answers("getMyCommands")
def get_my_commands(fake: "FakeTelegram", params: Params, files: Files) -> list[JsonDict]:
    """The menu of exactly this scope and language."""
    return fake.commands.get(_menu_key(params), [])


def _menu_key(params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    place = "".join(f":{scope[key]}" for key in ("chat_id", "user_id") if key in scope)
    return f"{scope.get('type', 'default')}{place}", params.get("language_code", "")


def _profile(field: str) -> None:
    setter, getter = (verb + "".join(word.title() for word in ("my", *field.split("_"))) for verb in ("set", "get"))

    @answers(setter)
    def set_text(fake: "FakeTelegram", params: Params, files: Files) -> bool:
        key = (field, params.get("language_code", ""))
        if params.get(field):
            fake.profile[key] = params[field]
        else:
            fake.profile.pop(key, None)
        return True

    @answers(getter)
    def get_text(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
        texts = fake.profile
        return {field: texts.get((field, params.get("language_code", "")), texts.get((field, ""), ""))}


for _field in ("name", "description", "short_description"):
    _profile(_field)


@answers("deleteWebhook")
def delete_webhook(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """Back to getUpdates."""
    fake.webhook_url = ""
    if params.get("drop_pending_updates"):
        fake.queue.forget()
    return True


@answers("getWebhookInfo")
def get_webhook_info(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """What is set, and how much waits."""
    return {
        "url": fake.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(fake.queue.pending),
    }


@answers("sendChatAction")
def send_chat_action(fake: "FakeTelegram", params: Params, files: Files) -> bool:
    """Typing; leaves no trace but the transcript."""
    fake.world.writable(params.get("chat_id"))
    return True


@answers("getFile")
def get_file(fake: "FakeTelegram", params: Params, files: Files) -> JsonDict:
    """The path under which a file can be fetched."""
    file_id = params.get("file_id", "")
    upload = fake.world.files.get(file_id)
    if upload is None:
        raise ApiError("wrong_file_id")
    return {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "file_size": len(upload.content),
        "file_path": f"files/{file_id}",
    }


def _seen(fake: "FakeTelegram", params: Params) -> Chat:
    chat = fake.world.find(params.get("chat_id"))
    if chat.person is None and chat.bot_status not in IN_CHAT:
        kind = "kicked" if chat.bot_status == "kicked" else "not_member"
        raise ApiError(f"{kind}_{chat.type}")
    return chat
