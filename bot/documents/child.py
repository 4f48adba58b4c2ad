"""The child process that reads one file: `python -m bot.documents.child`, fed and heard by `reader.py`.

In: a line of JSON (`name`, and `limits` for tests), then the file. Out: lines of JSON, `{"page": 3, "of": 60}` while it
reads, at the end `{"done": …}` or `{"error": word}`. It limits itself before it looks at the first byte of the file.
"""

import json
import os
import resource
import sys
from typing import Any

from bot.documents import model
from bot.documents.model import ReadError


def main() -> None:
    """Read what comes on stdin."""
    head = json.loads(sys.stdin.buffer.readline())
    _limit(head.get("memory", model.MEMORY), head.get("cpu", model.CPU_SECONDS))
    try:
        _say({"done": _read(sys.stdin.buffer.read(), head)})
    except ReadError as error:
        _say({"error": str(error)})
    except MemoryError:
        _say({"error": "too-much-memory"})
    except Exception as error:  # noqa: BLE001 - whatever a parser raises over a stranger's file
        _say({"error": "broken", "cause": type(error).__name__})
    # Libraries may hold threads or broken objects; there is nothing to tidy.
    os._exit(0)


def _limit(memory: int, cpu: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def _read(content: bytes, head: dict[str, Any]) -> dict[str, Any]:
    from bot.documents.kinds import read

    parsed = read(content, head["name"], head.get("pages", model.PAGES), _progress)
    if len(parsed.text) > model.LETTERS:
        raise ReadError("too-large")
    if sum(map(str.isalpha, parsed.text)) < 20:
        raise ReadError("no-text")
    return parsed.out()


def _progress(page: int, of: int) -> None:
    _say({"page": page, "of": of})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
