"""What is printed, in bytes: UTF-8 into files and pipes, a terminal's own encoding on a terminal."""

from __future__ import annotations

import codecs
import sys
from typing import Any

_PLAIN = {"–": "-", "—": "-", "·": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "→": "->", "×": "x"}


def set_up() -> None:
    """Once, before anything is printed. cron runs with LANG=C, where Python would print ASCII alone."""
    codecs.register_error("plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        if not hasattr(stream, "reconfigure"):
            continue
        own = codecs.lookup(stream.encoding or "ascii").name
        if stream.isatty() and own not in {"utf-8", "ascii"}:
            stream.reconfigure(errors="plain")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Signs that an encoding lacks, by the nearest that it has: dashes, quotation marks, dots; a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found: Any = error.object
    return "".join(_PLAIN.get(sign, "?") for sign in found[error.start : error.end]), error.end
