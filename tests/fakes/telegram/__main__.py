"""`python -m tests.fakes.telegram --port N --ledger FILE`: the server as a process that always ends by itself."""

import argparse
import asyncio
import signal

from .faults import Limits
from .server import TOKEN, FakeTelegram


async def run(options: argparse.Namespace) -> None:
    """Serve until told to stop, by /control/stop or a signal, or until the time is over."""
    limits = Limits() if options.limits else None
    fake = FakeTelegram(options.token, strict=options.strict, limits=limits, ledger=options.ledger, port=options.port)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, fake.stopped.set)
    async with fake:
        print(fake.url, flush=True)
        try:
            async with asyncio.timeout(options.seconds):
                await fake.stopped.wait()
        except TimeoutError:
            print("time is over", flush=True)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="tests.fakes.telegram")
    parser.add_argument("--port", type=int, default=0, help="0: a free one; the address is the first line printed")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--ledger", help="file to which everything delivered is appended")
    parser.add_argument("--strict", action="store_true", help="check every request against the documentation")
    parser.add_argument("--limits", action="store_true", help="refuse with 429 as Telegram does")
    parser.add_argument("--seconds", type=float, default=600, help="stop after so long")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
