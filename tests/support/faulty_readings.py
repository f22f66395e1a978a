"""Readings that misbehave, by the kind that is asked for; named to the worker processes."""

from __future__ import annotations

import time

from spiders.items import Context, Document, Reading
from spiders.pool import read_document


def read(document: Document, context: Context, kind: str) -> Reading:
    if kind == "sleep":
        time.sleep(60)
    if kind == "spin":
        while True:
            sum(range(1000))
    if kind == "eat":
        bytearray(4 * 1024**3)
    if kind == "raise":
        raise RuntimeError("a fault")
    return read_document(document, context, kind)
