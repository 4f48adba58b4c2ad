"""Random ids, made without asking the system each time."""

import os
from random import Random

# Seeded by the system once: its random device gives the interpreter's lock away at each call, and a batch of a hundred
# rows would lose it a hundred times. Ids are unique, not secret; codes that people must not guess come from `secrets`.
_random = Random(os.urandom(32))  # noqa: S311 - see above


def new_id() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return f"{_random.getrandbits(128):032x}"
