"""Free ports on 127.0.0.1 for servers that tests stop and start again on the same port."""

import random
import socket

# Below the range from which systems take ports for outgoing connections (32768 and up on Linux, 49152 elsewhere).
# Inside it, a client that keeps dialling a stopped server can be given that very port as its own and "connect" to
# itself, and a busy benchmark can take the port while the server restarts.
LOWEST, HIGHEST = 18_000, 32_000


def free_port() -> int:
    """A port nobody listens on now."""
    for _ in range(200):
        port = random.randint(LOWEST, HIGHEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port on 127.0.0.1")
