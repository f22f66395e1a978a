"""Reading in processes that can be killed: a parser in C cannot be stopped from inside.

A pool keeps its workers for the whole run, so a small document pays for no new process. A worker that passes its
limits is ended and replaced; it costs the one document it was reading.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Generic, Self, TypeVar, cast, overload

from spiders.errors import ReaderKilledError, ReadError
from spiders.items import Context, Document, Reading
from spiders.limits import Limits, limit_cpu_from_here, limit_memory
from spiders.reasons import Code, Reason
from spiders.subprocess import Child, ChildDiedError

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Read = Callable[[Document, Context, str], Result]
SECONDS_TO_START = 60.0
"""A machine that has much else to do takes its time."""
_READY = "ready"


def read_document(document: Document, context: Context, kind: str) -> Reading:
    """The reading of a worker, with the looks of the document: every kind that `dispatch.read` knows, rules of clubs
    ("recurrence"), and answers of sites ("site:NAME")."""
    from spiders.readers import club_rule, dispatch
    from spiders.readers.looks import looks_of

    if kind == "recurrence":
        return club_rule.read(document, context)
    if ":" in kind:
        from spiders import sites

        reading = sites.read(document, context, kind)
    else:
        reading = dispatch.read(document, context, cast("dispatch.Kind", kind))
    return reading if kind == "picture" else replace(reading, looks=looks_of(document))


def _serve(connection: Connection, limits: Limits, read: Read[Any]) -> None:
    """A worker's life: read documents until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(limits)
    from spiders.readers import dispatch  # noqa: F401 - nearly all of a start is this; no document is to pay for it

    connection.send(_READY)
    while True:
        try:
            document, context, kind = connection.recv()
        except EOFError:
            return
        limit_cpu_from_here(limits)
        try:
            answer: Any = read(document, context, kind)
            fault = None
        except MemoryError:
            answer, fault = Reason(Code.READER_OUT_OF_MEMORY), None
        except Exception:  # noqa: BLE001 - the border of one source: a fault in a reader costs this document
            answer, fault = Reason(Code.READER_FAILED), traceback.format_exc()
        connection.send((answer, fault))


class _Worker(Generic[Result]):
    """One process that reads. The clock of a document runs from when the process is there to read it."""

    def __init__(self, limits: Limits, read: Read[Result]) -> None:
        self._limits = limits
        self._child = Child(_serve, limits, read)
        self._is_ready = False

    def read(self, document: Document, context: Context, kind: str) -> Result:
        """Raises ReadError where the reader failed, ReaderKilledError where it had to be ended."""
        try:
            if not self._is_ready:
                self._is_ready = self._child.receive(SECONDS_TO_START) == _READY
            self._child.send((document, context, kind))
            answer, fault = self._child.receive(self._limits.wall)
        except TimeoutError as exc:
            reason = Reason(Code.READER_TOO_SLOW, seconds=f"{self._limits.wall:g}")
            raise ReaderKilledError(reason, source=context.source) from exc
        except ChildDiedError as exc:
            reason = Reason(Code.READER_ENDED, seconds=self._limits.cpu)
            raise ReaderKilledError(reason, source=context.source) from exc
        if not isinstance(answer, Reason):
            return cast("Result", answer)
        if fault is not None:
            _log.info("%s: %s", context.source, fault)
        raise ReadError(answer, source=context.source)

    def end(self) -> None:
        self._child.end()


class ReaderPool(Generic[Result]):
    """A pool of reading processes, started when first needed. ``read`` may be called from several threads.

    ``reading`` is what the workers do with a document: a function of a module, since it is named to other processes.
    """

    @overload
    def __init__(self: ReaderPool[Reading], size: int | None = None, limits: Limits | None = None) -> None: ...

    @overload
    def __init__(self, size: int | None = None, limits: Limits | None = None, *, reading: Read[Result]) -> None: ...

    def __init__(
        self, size: int | None = None, limits: Limits | None = None, *, reading: Read[Any] = read_document
    ) -> None:
        self._limits = limits or Limits()
        self._reading = reading
        self.size = size or os.cpu_count() or 1
        self._free: queue.Queue[_Worker[Result] | None] = queue.Queue()
        for _ in range(self.size):
            self._free.put(None)

    def read(self, document: Document, context: Context, kind: str = "auto") -> Result:
        """Read one document in a free worker, waiting for one. Raises ReadError or ReaderKilledError."""
        worker = self._free.get()
        try:
            if worker is None:
                worker = _Worker(self._limits, self._reading)
            return worker.read(document, context, kind)
        except ReaderKilledError:
            if worker is not None:
                worker.end()
                worker = None
            raise
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End all workers. The pool may be used again; new workers are started then."""
        for _ in range(self.size):
            worker = self._free.get()
            if worker is not None:
                worker.end()
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
