"""Bytes to what is seen in them: decoded, read, its codes found. All that is heavy is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spiders.readers.picture.codes import codes
from spiders.readers.picture.decode import Decoded, decoded
from spiders.readers.picture.ocr import ROOM, Written, written
from spiders.readers.picture.seen import Box, Code, Line, Seen


def seen_in(data: bytes) -> tuple[Seen, ...]:
    """See `spiders.readers.picture.look`."""
    pages = []
    room = ROOM  # for all pages together
    for page in decoded(data):
        read = written(page.picture, room)
        room = read.room
        pages.append(_seen(page, read, codes(read.picture)))
    return tuple(pages)


def _seen(page: Decoded, read: Written, found: Sequence[Code]) -> Seen:
    """In pixels of the full size."""
    factor = 1 / page.factor
    return Seen(
        width=round(read.picture.width * factor),
        height=round(read.picture.height * factor),
        lines=tuple(_line(line, factor) for line in read.lines),
        codes=tuple(Code(text=code.text, form=code.form, box=_box(code.box, factor)) for code in found),
        turned=read.turned,
        left_out=read.left_out,
        pages=page.pages,
    )


def _line(line: Line, factor: float) -> Line:
    return replace(line, box=_box(line.box, factor), height=line.height * factor)


def _box(box: Box, factor: float) -> Box:
    return Box(left=box.left * factor, top=box.top * factor, right=box.right * factor, bottom=box.bottom * factor)
