"""Documents that were compressed by gzip and say so by their first bytes alone (RFC 1952, 2.3.1)."""

from __future__ import annotations

import zlib
from dataclasses import replace

from spiders.errors import ReadError
from spiders.items import Document
from spiders.reasons import Code, Reason

MEBIBYTES = 10  # as much as an answer may have
_MAX_BYTES = MEBIBYTES * 1024 * 1024
_MAX_LAYERS, _MAX_MEMBERS = 2, 10_000
_MARK = b"\x1f\x8b\x08"


def unpacked(document: Document) -> Document:
    """The document itself where it is not compressed. Raises ReadError where it cannot be unpacked, or is larger than
    `MEBIBYTES`."""
    for _ in range(_MAX_LAYERS):
        if not document.body.startswith(_MARK):
            break
        document = replace(document, body=_unpacked(document.body))
    return document


def _unpacked(body: bytes) -> bytes:
    """All members of a gzip file (2.2), one after another; what stands behind them is padding."""
    parts, room = [], _MAX_BYTES
    for _ in range(_MAX_MEMBERS):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            part = member.decompress(body, room + 1)
        except zlib.error as exc:
            raise ReadError(Reason(Code.GARBLED_ANSWER)) from exc
        room -= len(part)
        if room < 0:
            raise ReadError(Reason(Code.TOO_LARGE, mebibytes=MEBIBYTES))
        if not member.eof:
            raise ReadError(Reason(Code.CUT_OFF))
        parts.append(part)
        body = member.unused_data
        if not body.startswith(_MARK):
            break
    return b"".join(parts)
