"""The command menu and the words on the bot's profile, by language and kind of chat.

What stands there already is read first, and only what differs is written: the calls that write are few a day
(Telegram answers 429 with hours of pause), and a restart is to change nothing.
"""

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.constants import BotCommandLimit, BotDescriptionLimit
from telegram.error import TelegramError

from bot.platforms.port import Menu
from bot.platforms.telegram.compose import cut

log = structlog.get_logger(__name__)


async def show(bot: Bot, menu: Menu) -> None:
    """Bring the menu and the profile up to date. What fails is one line in the log: the bot works without."""
    try:
        written = await _commands(bot, menu) + await _profile(bot, menu)
    except TelegramError as error:
        log.warning("command menu not shown, tried again at the next start", platform="telegram", reason=str(error))
    else:
        log.info("command menu up to date", platform="telegram", changed=written)


async def _commands(bot: Bot, menu: Menu) -> int:
    members: list[BotCommandScope] = [
        BotCommandScopeDefault(),
        BotCommandScopeAllPrivateChats(),
        BotCommandScopeAllGroupChats(),
    ]
    written = 0
    for lang, code in _languages(menu):
        plain = [*menu.commands.get(lang, ())]
        scopes = [(scope, plain) for scope in members]
        scopes.append((BotCommandScopeAllChatAdministrators(), [*plain, *menu.moderator_commands.get(lang, ())]))
        for scope, pairs in scopes:
            wanted = [BotCommand(name, cut(about, BotCommandLimit.MAX_DESCRIPTION)) for name, about in pairs]
            if list(await bot.get_my_commands(scope, code)) != wanted:
                await bot.set_my_commands(wanted, scope, code)
                written += 1
    return written


async def _profile(bot: Bot, menu: Menu) -> int:
    written = 0
    for lang, code in _languages(menu):
        greeting = cut(menu.greeting.get(lang, ""), BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)
        if greeting and (await bot.get_my_description(code)).description != greeting:
            await bot.set_my_description(greeting, code)
            written += 1
        about = cut(menu.about.get(lang, ""), BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)
        if about and (await bot.get_my_short_description(code)).short_description != about:
            await bot.set_my_short_description(about, code)
            written += 1
    return written


def _languages(menu: Menu) -> list[tuple[str, str | None]]:
    """Languages and their codes; the menu's first is also shown, without a code, to people of all others."""
    return [*((lang, None) for lang in list(menu.commands)[:1]), *((lang, lang) for lang in menu.commands)]
