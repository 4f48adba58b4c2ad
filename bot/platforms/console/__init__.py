"""The embedded network: a terminal for people, JSON lines for programs. It simulates any number of networks."""

from bot.platforms.console.adapter import Console

__all__ = ["Console"]
