"""Pictures: bytes to what is written in them. Only reading processes call this, since what decodes pictures is C."""

from __future__ import annotations

from spiders.readers.picture.seen import Seen


def look(data: bytes) -> tuple[Seen, ...]:
    """What is seen in a picture, or on each page of a PDF. Raises PictureError (a ReadError, with its reason) where the
    bytes are none that is read."""
    from spiders.readers.picture.codes import codes
    from spiders.readers.picture.decode import decoded
    from spiders.readers.picture.ocr import written

    seen = []
    for picture in decoded(data):
        read = written(picture)
        width, height = read.picture.size
        seen.append(Seen(width=width, height=height, lines=read.lines, codes=codes(read.picture), turned=read.turned))
    return tuple(seen)
