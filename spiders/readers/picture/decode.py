"""Bytes to pictures the right way up, or the reason why not. Sizes are looked at before anything is unpacked."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageStat

from spiders.readers.picture.bounds import MEGABYTES, MEGAPIXELS, PictureError, check_size, kept_size
from spiders.readers.picture.forms import READ, Form, form_of
from spiders.reasons import Code, Reason

_SEEN, _LIGHT = 127, 160  # of 255: how much is seen of a pixel; letters on no ground that are lighter want a dark one
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PILLOW = {Form.JPEG: "JPEG", Form.PNG: "PNG", Form.WEBP: "WEBP", Form.GIF: "GIF", Form.BMP: "BMP"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as RGB, the right way up, in ``factor`` (0 to 1) times its full size; the first, second ... of
    ``pages``."""

    picture: Image.Image
    factor: float = 1.0
    pages: int = 1


BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError),
    *(struct.error, zlib.error),
)
"""What Pillow raises on bytes that are no picture after all: each of its decoders in a way of its own."""


def decoded(data: bytes) -> Iterator[Decoded]:
    """The picture, or the first pages, of ``data``, one after another. Raises PictureError."""
    form = form_of(data)
    if form is None:
        raise PictureError(Reason(Code.NO_PICTURE))
    if form not in READ:
        raise PictureError(Reason(Code.PICTURE_OF_OTHER_FORM, form=str(form)))
    if len(data) > MEGABYTES * 1_000_000:
        raise PictureError(Reason(Code.PICTURE_TOO_LARGE, megabytes=MEGABYTES))
    if form is Form.PDF:
        from spiders.readers.picture.pdf import pages

        yield from (Decoded(page, pages=count) for page, count in pages(data))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of sizes that are checked here
        try:
            yield _decoded(data, form)
        except Image.DecompressionBombError as exc:
            raise PictureError(Reason(Code.PICTURE_OF_TOO_MANY_PIXELS, megapixels=MEGAPIXELS)) from exc
        except BROKEN as exc:
            raise PictureError(Reason(Code.PICTURE_BROKEN, form=str(form))) from exc


def _decoded(data: bytes, form: Form) -> Decoded:
    picture: Image.Image = Image.open(io.BytesIO(data), formats=(_PILLOW[form],))
    check_size(*picture.size)
    full = max(picture.size)
    kept = kept_size(*picture.size)
    picture.draft("RGB", kept)  # a JPEG is unpacked in half the size, or less, where that is enough
    orientation = _orientation(picture)
    picture.load()
    small = _of_eight_bits(picture)
    if small.width > kept[0]:
        small = small.resize(kept, Image.Resampling.BILINEAR, reducing_gap=2.0)
    way = _UPRIGHT.get(orientation)
    small = _on_ground(small)
    return Decoded(small if way is None else small.transpose(way), max(small.size) / full)


def _orientation(picture: Image.Image) -> int:
    """What the camera said of the side that is up; 1 (as it is) where that cannot be read."""
    try:
        told = picture.getexif().get(_ORIENTATION)
    except BROKEN:  # a broken note about a picture is no broken picture
        return 1
    return told if isinstance(told, int) else 1


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    """Any mode as RGB, or RGBA where something shows through."""
    if picture.mode.startswith("I"):  # 16 bits, which Pillow would cut off rather than scale
        picture = picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_ground(picture: Image.Image) -> Image.Image:
    """What shows through becomes white; or black, beneath letters that were made for a dark ground."""
    if picture.mode == "RGB":
        return picture
    mask = picture.getchannel("A")
    seen = mask.point(lambda value: 255 if value > _SEEN else 0)
    light = ImageStat.Stat(picture.convert("L"), seen).mean[0] if seen.getbbox() else 0
    ground = Image.new("RGB", picture.size, "black" if light > _LIGHT else "white")
    ground.paste(picture, mask=mask)
    return ground
