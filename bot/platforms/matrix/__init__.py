"""Matrix: one account on a homeserver, with end-to-end encryption."""

import bot.platforms.matrix.light  # noqa: F401 - before anything imports nio
from bot.platforms.matrix.adapter import Matrix
from bot.platforms.matrix.crypto import fingerprint
from bot.platforms.matrix.session import login
from bot.platforms.matrix.settings import Settings
from bot.platforms.port import Menu

__all__ = ["Matrix", "Settings", "create", "fingerprint", "login"]


def create(settings: Settings, menu: Menu) -> Matrix:
    """The adapter for a config table."""
    return Matrix(
        settings.homeserver,
        settings.user_id,
        store=settings.store,
        access_token=settings.access_token.get_secret_value() if settings.access_token else "",
        device_id=settings.device_id or "",
        password=settings.password.get_secret_value() if settings.password else "",
        allow_invites=settings.invites,
        menu=menu,
    )
