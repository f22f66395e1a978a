"""A run that takes too long ends itself, with all processes that it started: the next one is not kept waiting.

What was gathered until then is in the store, and outputs are replaced whole or not at all. The crawl and the second
reader have shorter limits of their own, so that one slow host costs a run itself and nothing more. Where the sources
need a longer crawl, all three are longer by the same.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from planner.errors import TooLongError
from planner.i18n.catalog import Catalog

SECONDS = 900.0
FOR_EVERYONE = 6 * 3600.0
"""More, for the members of an organisation: a hundred thousand of them on eight cores take half an hour."""
GRACE = 30.0
"""A run that did not end by itself so long after it was told to is ended from outside."""


@contextmanager
def limited(words: Catalog, *, longer: float = 0.0) -> Iterator[None]:
    """Ends what runs within after SECONDS and ``longer``. Raises TooLongError; where the system has no alarm (Windows),
    or nobody hears it, the whole process ends with exit code 1 and the same line."""
    seconds = SECONDS + longer
    message = words("cli.too_long", minutes=f"{seconds / 60:.3g}")
    last = threading.Timer(seconds + GRACE, _end_all, (message,))
    last.daemon = True
    last.start()
    can_ring = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def stop(_: int, __: FrameType | None) -> None:
        _end_children()
        raise TooLongError(message)

    before = signal.signal(signal.SIGALRM, stop) if can_ring else None
    try:
        if can_ring:
            signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        if can_ring:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        last.cancel()


def _end_children() -> None:
    """Children that start children of their own take these along (`spiders.subprocess`)."""
    for child in multiprocessing.active_children():
        child.kill()


def _end_all(message: str) -> None:
    _end_children()
    click.echo(message, err=True)
    sys.stderr.flush()
    os._exit(TooLongError.exit_code)
