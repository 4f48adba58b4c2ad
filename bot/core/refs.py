"""Stable addresses. Ids are opaque strings: never split one, never build one from a display name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountRef:
    """One account on one network, by the id that the network never changes."""

    platform: str
    user_id: str


@dataclass(frozen=True, slots=True)
class ChatRef:
    """A conversation: a direct chat, a room, a channel, or one thread or topic of it."""

    platform: str
    chat_id: str
    thread_id: str = ""


def account_named(address: str) -> AccountRef | None:
    """An account as people write it: `telegram:123`, `matrix:@anna:example.org`, `console:tg/marek`; None for anything
    else."""
    platform, _, user_id = address.strip().partition(":")
    if not platform or not user_id:
        return None
    if platform == "console" and "/" in user_id:
        platform = f"console.{user_id.partition('/')[0]}"
    return AccountRef(platform, user_id)


def adapter_of(platform: str) -> str:
    """The adapter that serves a network: "console.tg" is the console's, "matrix" is Matrix's own."""
    return platform.split(".", 1)[0]


def network_of(platform: str) -> str:
    """A network's name for people: "Telegram"; of a simulated one the part behind its adapter's."""
    return platform.rpartition(".")[2].title()


@dataclass(frozen=True, slots=True)
class CardRef:
    """A thing that is shown as a card in any number of chats: `kind` names its renderer, `id` the row behind it."""

    kind: str
    id: str
