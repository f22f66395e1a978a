"""Bytes to pictures the right way up, or the reason why not."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from spiders.errors import ReadError


class PictureError(ReadError):
    """The bytes are no picture that is read."""


def decoded(data: bytes) -> tuple[Image.Image, ...]:
    """The picture, or the pages, of ``data`` as RGB."""
    picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP"))
    upright = ImageOps.exif_transpose(picture)
    return (upright.convert("RGB"),)
