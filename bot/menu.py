"""The command menu and the bot's profile, from the routes and the texts."""

from bot.core.capabilities import Capabilities
from bot.core.content import text
from bot.core.people import Role
from bot.core.render import label_of
from bot.core.routing import Routes
from bot.locales import LANGUAGES, Texts
from bot.platforms.port import Menu
from storage import Store

# Menus are plain ASCII names with a description: Telegram's rules, the strictest.
PLAIN = Capabilities(
    buttons=True,
    toasts=True,
    edits=True,
    text_limit=4096,
    command_prefix="/",
    ascii_commands=True,
    idempotent_send=True,
    edit_interval=0,
)


def menu(routes: Routes[Store], texts: Texts) -> Menu:
    """Every command that is to be shown, in the order of the routers, in each language."""

    def words(id_: str, lang: str) -> str:
        return label_of(text(id_), lang, PLAIN, texts.words)

    def commands(lang: str, *, moderators: bool) -> list[tuple[str, str]]:
        return [
            (command.names.shown(lang, ascii_only=True), words(f"command-{command.id}", lang))
            for command in routes.commands.values()
            if command.menu and (command.who >= Role.MODERATOR) is moderators
        ]

    return Menu(
        commands={lang: commands(lang, moderators=False) for lang in LANGUAGES},
        moderator_commands={lang: commands(lang, moderators=True) for lang in LANGUAGES},
        about={lang: words("about", lang) for lang in LANGUAGES},
        greeting={lang: words("greeting", lang) for lang in LANGUAGES},
    )
