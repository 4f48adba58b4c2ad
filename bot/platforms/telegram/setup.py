"""Telegram for the operator: asks for the token, checks it, gives the owner's link."""

from typing import Any

from telegram import User, WebhookInfo

from bot.platforms.port import DeliveryError, FatalError, Menu
from bot.platforms.setup import Finding, Prompt, WayIn
from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.settings import Settings

_NO_MENU = Menu({}, {}, {}, {})
_TRIES = 3


async def interview(prompt: Prompt) -> dict[str, Any] | None:
    """Ask for a token until one works; an empty line leaves Telegram out."""
    prompt.tell("Telegram: write to @BotFather, send /newbot, and copy the token it gives.")
    for _ in range(_TRIES):
        token = prompt.ask("Token (Enter: no Telegram)", secret=True).strip()
        if not token:
            return None
        server = prompt.ask("Bot API server (Enter: Telegram's own)").strip()
        table: dict[str, Any] = {"token": token} | ({"base_url": server} if server else {})
        findings = await check(Settings(**table))
        for finding in findings:
            prompt.tell(f"{'ok' if finding.ok else 'no'}: {finding.what}. {finding.cure}".strip())
        if findings[0].ok:
            return table
    prompt.tell("Telegram is left out. Run obrady init again when the token is at hand.")
    return None


async def check(settings: Settings) -> list[Finding]:
    """Whether the token works, nobody else gets the updates, and privacy mode is on."""
    try:
        me, webhook = await _look(settings)
    except (FatalError, DeliveryError) as error:
        return [Finding(False, "Telegram does not accept the bot", str(error))]
    findings = [Finding(True, f"Telegram knows the bot as @{me.username}")]
    if webhook.url:
        findings.append(
            Finding(
                False,
                "another program gets this bot's updates by a webhook",
                "Make a bot of its own for Obrady, or delete the webhook (Bot API method deleteWebhook).",
            )
        )
    if me.can_read_all_group_messages:
        findings.append(
            Finding(
                False,
                "privacy mode is off: the bot is sent everything said in its groups",
                "@BotFather, /setprivacy, Enable; then take the bot out of each group and add it again.",
            )
        )
    if not me.can_join_groups:
        findings.append(Finding(False, "the bot can't be added to groups", "@BotFather, /setjoingroups, Enable."))
    return findings


async def way_in(settings: Settings, code: str) -> WayIn:
    """The link that opens the direct chat and hands the code over."""
    me, _ = await _look(settings)
    link = f"https://t.me/{me.username}?start={code}"
    return WayIn("Telegram: open this link and press Start.", link)


async def _look(settings: Settings) -> tuple[User, WebhookInfo]:
    """The bot's own account and its webhook.

    Raises:
        FatalError: the token is refused.
        DeliveryError: the server can't be reached.
    """
    telegram = Telegram(settings.token.get_secret_value(), base_url=settings.base_url, menu=_NO_MENU)
    try:
        return await telegram.look()
    finally:
        await telegram.close()
