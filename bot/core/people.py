"""Who may do what."""

from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """Standing of a person, rising. Each act names the least that it takes; it is checked at the moment of the act."""

    GUEST = 0
    MEMBER = 1
    MODERATOR = 2
    COORDINATOR = 3
    OWNER = 4


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, whatever accounts they use. `lang` is None until they chose or we could tell.

    `welcomed`: they were told, once and after their first message, what the bot is and what it keeps.
    """

    id: str
    lang: str | None = None
    lang_chosen: bool = False
    role: Role = Role.MEMBER
    welcomed: bool = False
