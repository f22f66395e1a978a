"""What the program notes of its work: nothing by default, on the terminal with ``-v``, in a file with ``--log-file``.

Logs hold no secrets: sources stand there by their ids, since addresses may carry keys.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from planner.cli._language import say
from planner.errors import QuanziError, UsageError

MAX_BYTES, FILES_KEPT = 1_000_000, 3
_PACKAGES = ("planner", "spiders")

_log = logging.getLogger(__name__)


@contextmanager
def logging_to(log_file: Path | None, *, verbose: bool) -> Iterator[None]:
    """Note what is done within. The file is rotated at MAX_BYTES. Raises UsageError where it cannot be written."""
    handlers = list(_handlers(log_file, verbose=verbose))
    loggers = [logging.getLogger(name) for name in _PACKAGES] if handlers else []
    for logger in loggers:
        logger.setLevel(logging.DEBUG if verbose else logging.INFO)
        for handler in handlers:
            logger.addHandler(handler)
    try:
        yield
    finally:
        _note_fault(log_file)
        for logger in loggers:
            logger.setLevel(logging.NOTSET)
            for handler in handlers:
                logger.removeHandler(handler)
        for handler in handlers:
            handler.close()


def _note_fault(log_file: Path | None) -> None:
    """What ends the work and is no word of ours: the terminal gets a line of it, the file where it happened."""
    kind, error, _ = sys.exc_info()
    is_ours = isinstance(error, QuanziError | click.ClickException | click.exceptions.Exit | click.Abort)
    if log_file is not None and kind is not None and issubclass(kind, Exception) and not is_ours:
        _log.critical("%s", kind.__name__, exc_info=True)


def _handlers(log_file: Path | None, *, verbose: bool) -> Iterator[logging.Handler]:
    if verbose:
        on_terminal = logging.StreamHandler()
        on_terminal.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        yield on_terminal
    if log_file is None:
        return
    try:
        in_file = logging.handlers.RotatingFileHandler(
            log_file, maxBytes=MAX_BYTES, backupCount=FILES_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError as exc:
        raise UsageError(say("cli.log_unwritable", path=log_file)) from exc
    formatter = logging.Formatter("%(asctime)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    in_file.setFormatter(formatter)
    yield in_file
