"""Pictures made by code: words on a ground, in any form that Pillow writes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from struct import pack
from typing import Any

from PIL import Image, ImageDraw, ImageFont

POSTER = ("Lantern Circle", "Board Game Evening", "Friday 16 April 2027", "19:30 - 22:00", "Harbour Room 3")
WIDTH, HEIGHT = 640, 480


def poster(
    lines: Sequence[str] = POSTER, *, mode: str = "RGB", ink: Any = "black", ground: Any = "white"
) -> Image.Image:
    """Lines of one size below each other, in the middle of the picture."""
    picture = Image.new(mode, (WIDTH, HEIGHT), ground)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(40)
    for number, line in enumerate(lines):
        draw.text((WIDTH / 2, 40 + number * 80), line, fill=ink, font=font, anchor="ma")
    return picture


def saved(picture: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a file."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size, with next to nothing behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdf_of(
    *bodies: bytes, size: tuple[int, int] = (612, 792), resources: bytes = b"", extra: Sequence[bytes] = ()
) -> bytes:
    """A PDF of pages with these streams; ``extra`` objects are numbered from 3 on."""
    first = 3 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(bodies)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(bodies))]
    objects += extra
    for number, body in enumerate(bodies):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << %s >> >>"
        objects.append(page % (*size, first + 2 * number + 1, resources))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
    file, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        file
        + head
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    )


def page_of(*lines: str) -> bytes:
    """The stream of a page with lines of text; its font is F1 (see `FONT`)."""
    shown = b"".join(b"(%s) Tj 0 -60 Td " % line.encode("latin-1") for line in lines)
    return b"BT /F1 32 Tf 72 700 Td " + shown + b"ET"


FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
