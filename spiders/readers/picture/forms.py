"""In which form a picture comes, by its first bytes: names and endings are often wrong."""

from __future__ import annotations

import re
from enum import StrEnum


class Form(StrEnum):
    """Forms of pictures by the names that people know."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    BMP = "BMP"
    PDF = "PDF"
    HEIC = "HEIC"
    AVIF = "AVIF"
    TIFF = "TIFF"
    SVG = "SVG"
    JPEG_XL = "JPEG XL"
    JPEG_2000 = "JPEG 2000"
    PSD = "PSD"
    ICO = "ICO"


READ = frozenset({Form.JPEG, Form.PNG, Form.WEBP, Form.GIF, Form.BMP, Form.PDF})
"""Those that are read. The decoders of the others are not asked: each is another door for hostile bytes."""

_HEAD = 1024
_STARTS: tuple[tuple[bytes, Form], ...] = (
    (b"\xff\xd8\xff", Form.JPEG),
    (b"\x89PNG\r\n\x1a\n", Form.PNG),
    (b"GIF87a", Form.GIF),
    (b"GIF89a", Form.GIF),
    (b"II*\0", Form.TIFF),
    (b"MM\0*", Form.TIFF),
    (b"II+\0", Form.TIFF),
    (b"MM\0+", Form.TIFF),
    (b"\xff\x0a", Form.JPEG_XL),
    (b"\0\0\0\x0cJXL \r\n\x87\n", Form.JPEG_XL),
    (b"\0\0\0\x0cjP  \r\n\x87\n", Form.JPEG_2000),
    (b"\xff\x4f\xff\x51", Form.JPEG_2000),
    (b"8BPS\0\x01", Form.PSD),
    (b"\0\0\1\0", Form.ICO),
)
_BRANDS = {b"avif": Form.AVIF, b"avis": Form.AVIF}
# ISO 14496-12: a box "ftyp" names its brand; those of pictures other than AVIF are HEIF's.
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"})
_BITMAP = re.compile(rb"BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}", re.DOTALL)  # and not a text about BMX
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE\s+svg[^>]*>\s*)*<svg[\s>]", re.DOTALL)
_MARK = b"\xef\xbb\xbf"


def form_of(data: bytes) -> Form | None:
    """The form of a picture or a PDF; None for all else. Never raises, and looks at the first bytes alone."""
    head = data[:_HEAD]
    for start, form in _STARTS:
        if head.startswith(start):
            return form
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Form.WEBP
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return _BRANDS.get(brand) or (Form.HEIC if brand in _HEIF else None)
    if _BITMAP.match(head):
        return Form.BMP
    if head.lstrip().startswith(b"%PDF-"):
        return Form.PDF
    return Form.SVG if _SVG.match(head.removeprefix(_MARK)) else None
