"""One thread writes: every change of the database is a plain function that runs there in one transaction."""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.engine import take_ownership

T = TypeVar("T")


class Writer:
    """Runs jobs one after another, each in a transaction that is committed before its result is seen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._closed = False

    def start(self) -> None:
        """Connect and begin to work.

        Raises:
            DatabaseBusyError: another process owns the database.
        """
        self._connect()
        self._thread.start()

    async def run(self, job: Callable[[Session], T]) -> T:
        """Do the job in its transaction; the result is returned after the commit.

        A cancelled wait does not undo the job: it is shielded and committed or rolled back as a whole.

        Raises:
            Whatever the job or the database raised; then nothing of it is written.
        """
        return await self._put(lambda: self._in_transaction(job))

    async def apart(self, job: Callable[[Engine], T]) -> T:
        """Do a job that takes no transaction, while nothing else is written. Like `run` it is not undone.

        Raises:
            Whatever the job or the database raised.
        """
        return await self._put(lambda: job(self._engine))

    async def _put(self, work: Callable[[], T]) -> T:
        future: Future[T] = Future()
        self._jobs.put((work, future))
        return await asyncio.shield(asyncio.wrap_future(future))

    def _in_transaction(self, job: Callable[[Session], T]) -> T:
        with Session(self._connect(), expire_on_commit=False, autoflush=True) as session:
            result = job(session)
            session.commit()
        return result

    def close(self) -> None:
        """Finish the jobs that wait and disconnect. Idempotent."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            if self._thread.is_alive():
                self._thread.join()
            self._disconnect()

    def _connect(self) -> Connection:
        if self._connection is None or self._connection.invalidated or self._connection.closed:
            self._disconnect()
            connection = self._engine.connect().execution_options(write=True)
            try:
                take_ownership(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            work, future = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - handed to the waiter, whatever it is
                if isinstance(error, DBAPIError) and error.connection_invalidated:
                    self._disconnect()
                future.set_exception(error)
            else:
                future.set_result(result)


class Reader:
    """Short reads beside the writer, on connections of their own. They never take the write lock."""

    def __init__(self, engine: Engine, threads: int = 2) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    async def run(self, job: Callable[[Session], T]) -> T:
        """Do the job on a consistent view of what is committed.

        Raises:
            Whatever the job or the database raised.
        """
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, job)

    def _read(self, job: Callable[[Session], T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session:
            return job(session)

    def close(self) -> None:
        """Wait for the reads under way. Idempotent."""
        self._pool.shutdown()
