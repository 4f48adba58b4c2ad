"""What each network offers to the operator, in `setup.py` of its package: an interview, a check, the owner's way in.

A package's `setup.py` has three functions:

    async def interview(prompt: Prompt) -> dict[str, Any] | None     its values; None: not wanted
    async def check(settings: Settings) -> list[Finding]
    async def way_in(settings: Settings, code: str) -> WayIn
"""

from dataclasses import dataclass
from typing import Protocol


class Prompt(Protocol):
    """Whom to ask."""

    def ask(self, question: str, *, secret: bool = False) -> str:
        """One line; empty when the person just pressed Enter."""

    def tell(self, words: str) -> None:
        """Say something."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `cure` is what to do when it is not in order; advice when it is."""

    ok: bool
    what: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class WayIn:
    """How the first owner reaches the bot: what to do in words, and an address for the QR code."""

    words: str
    link: str
