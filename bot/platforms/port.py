"""What the engine asks of a network, and what it offers to one. A third network is one new place beside this file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.core.capabilities import Capabilities
from bot.core.events import Event
from bot.core.files import File, FileRef
from bot.core.markup import Markup
from bot.core.refs import ChatRef


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or a numbered line where there are none: its label and the action it stands for."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class PollForm:
    """A poll of the network's own, in words: answers as pairs of id and label. `ended`: end the one that is edited."""

    question: str
    answers: tuple[tuple[str, str], ...]
    most: int = 1
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One call to a network.

    `id` is stable over retries and restarts (a repeated one must be one message where the network can do that).
    `chat.chat_id` is empty when `account_id` has no direct chat yet: open one. `message_id` is the message to edit,
    delete or pin, or the press to answer. Numbered lines for `choices` are in `markup` already where the network has no
    buttons. With a `file`, `markup` is its caption. `loud`: it is to ring for everybody in the room. `poll` is there
    only where the capabilities say that the network has polls; `markup` then is for apps without.
    """

    id: str
    seq: int
    op: Literal["send", "edit", "ack", "delete", "pin"]
    chat: ChatRef
    account_id: str | None = None
    markup: Markup = ()
    choices: tuple[Choice, ...] = ()
    reply_to: str | None = None
    message_id: str | None = None
    toast: str = ""
    alert: bool = False
    poll: PollForm | None = None
    file: File | None = None
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The network took it. `chat` is where it is, when a direct chat had to be opened first. `muted`: it was to be loud
    and the bot has no right to that."""

    message_id: str = ""
    chat: ChatRef | None = None
    muted: bool = False


class DeliveryError(Exception):
    """The base of what `deliver` may raise; anything else is a mistake in the adapter."""


class NotSentError(DeliveryError):
    """It provably did not arrive; try again after `retry_after` seconds (None: the engine backs off).

    `everywhere`: the network asks for silence in all chats, or can't be reached at all.
    """

    def __init__(self, reason: str, retry_after: float | None = None, *, everywhere: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.everywhere = everywhere


class UnclearError(DeliveryError):
    """It may have arrived."""


class UndeliverableError(DeliveryError):
    """It will never arrive. `chat_gone`: nor will anything else in that chat (the bot is out, or blocked).

    `too_large`: the network takes no file of that size.
    """

    def __init__(self, reason: str, *, chat_gone: bool = False, too_large: bool = False) -> None:
        super().__init__(reason)
        self.chat_gone = chat_gone
        self.too_large = too_large


class MovedError(DeliveryError):
    """The chat goes on under another id; send it there."""

    def __init__(self, new: ChatRef) -> None:
        super().__init__(f"moved to {new.chat_id}")
        self.new = new


class FetchError(Exception):
    """A file that somebody sent can't be had: gone, too large, or broken. `too_large`: larger than was asked for."""

    def __init__(self, reason: str, *, too_large: bool = False) -> None:
        super().__init__(reason)
        self.too_large = too_large


class FatalError(Exception):
    """The bot can't go on with this network. The message is one line for the operator: cause and cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """An encrypted event whose key has not come: kept as it came until it does. `key` is the event's key."""

    key: str
    chat_id: str
    session_id: str
    source: str
    at: datetime


class Inbox(Protocol):
    """Where an adapter hands in what it read. `take` returns after the commit: only then confirm to the network."""

    async def cursor(self) -> str | None:
        """How far was read and committed; None on the first start."""

    async def take(
        self,
        events: Sequence[Event],
        cursor: str | None = None,
        *,
        park: Sequence[Parked] = (),
        unpark: Sequence[str] = (),
    ) -> None:
        """Handle a batch in one transaction with the cursor that follows it and the parked events.

        Raises:
            Whatever the database raised: nothing was written, read the same again.
        """

    async def where(self, message_id: str) -> ChatRef | None:
        """The conversation that holds this message of the bot's own, for networks whose message ids are unique."""

    async def parked(self, session_id: str | None = None) -> Sequence[Parked]:
        """Encrypted events that wait (all, or those of one megolm session), the oldest first."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` calls with this key in any window of `seconds`."""

    key: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands and the words that a network may show about the bot, by language.

    `commands`: language → (name, description) in order; names are ASCII. `about` is one line, `greeting` what a person
    sees before writing the first time.
    """

    commands: Mapping[str, Sequence[tuple[str, str]]]
    moderator_commands: Mapping[str, Sequence[tuple[str, str]]]
    about: Mapping[str, str]
    greeting: Mapping[str, str]


class Platform(Protocol):
    """A network's adapter. All methods run on the event loop; `receive` and `deliver` run beside each other."""

    name: str
    """The adapter's name: its module, its config table, and the `platform` of its chats (or their prefix)."""
    capabilities: Capabilities
    max_in_flight: int
    """How many deliveries may be under way at once."""
    last_ok: float
    """`time.monotonic()` of the last good poll or sync; 0 before the first."""
    patience: float
    """Seconds without a good poll after which the client counts as deaf and is rebuilt."""

    async def start(self) -> None:
        """Check the credentials, learn who the bot is, show the menu.

        Raises:
            FatalError: the credentials are wrong.
            NotSentError: the network can't be reached now; `start` is called again later.
        """

    async def receive(self, inbox: Inbox) -> None:
        """Read for ever, handing batches to the inbox. Backs off by itself while the network is down.

        Raises:
            FatalError: the network refuses the bot for good.
        """

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Make one call.

        Raises:
            DeliveryError: one of its kinds.
            FatalError: the network refuses the bot for good.
        """

    async def fetch(self, file: FileRef, limit: int) -> bytes:
        """The content of a file that somebody sent, of at most `limit` bytes.

        Raises:
            FetchError: it can't be had.
            NotSentError: not now.
            FatalError: the network refuses the bot for good.
        """

    def rates(self, outgoing: Outgoing) -> Sequence[Rate]:
        """The limits that this call counts against."""

    async def reset(self) -> None:
        """Throw the connections away and make new ones."""

    async def close(self) -> None:
        """Release everything. What is under way was awaited before."""
