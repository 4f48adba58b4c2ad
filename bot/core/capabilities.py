"""What a network can do. Handlers never ask; delivery renders by it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """Where people reach the bot: in words, as they would type it, and as a link that opens a direct chat."""

    words: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """Declared by each platform adapter."""

    buttons: bool
    """Choices are shown as buttons; otherwise as numbered lines that a reply, a reaction or a number answers."""
    toasts: bool
    """A press can be answered by a short notice to the presser alone."""
    edits: bool
    text_limit: int
    """Longest message, in UTF-16 units."""
    command_prefix: str
    ascii_commands: bool
    """Only a-z, 0-9 and _ make a command that the network delivers everywhere."""
    idempotent_send: bool
    """Sending the same outbox id again is one message, not two."""
    edit_interval: float
    """Least time between two edits of one card's copy, in seconds."""
    guarded: bool = False
    """Anybody can write there as fast as they like, so that who floods it has to be told apart (`bot.engine.flood`)."""
    address: Address | None = None
    """None where there is no such thing, or it is not known yet."""
    native_polls: bool = False
    """The network has polls of its own, and tells the bot who answered what in them."""
    caption_limit: int = 1024
    """Longest text in one message with a file, in UTF-16 units."""
