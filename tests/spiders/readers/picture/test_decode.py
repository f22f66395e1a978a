"""Decoding: what is refused before it is unpacked, and what each mode of a picture becomes."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from PIL import Image

from spiders.readers.picture import bounds
from spiders.readers.picture.bounds import PictureError
from spiders.readers.picture.decode import decoded
from spiders.reasons import Code
from tests.support.pictures import FONT, HEIGHT, WIDTH, page_of, pdf_of, png_of_size, poster, saved

ORIENTATION = 0x0112
# How a picture that is upright has to be kept for each value of EXIF's orientation.
KEPT = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def one(data: bytes) -> Image.Image:
    (page,) = decoded(data)
    return page.picture


def refusal(data: bytes) -> Code:
    with pytest.raises(PictureError) as error:
        list(decoded(data))
    return error.value.reason.code


def likeness(picture: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0 to 255."""
    assert picture.size == other.size
    return float(np.abs(np.asarray(picture, np.int16) - np.asarray(other, np.int16)).mean())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WebP", "GIF", "BMP"])
def test_each_form_becomes_rgb(form):
    picture = one(saved(poster(), form))
    assert (picture.mode, likeness(picture, poster()) < 3) == ("RGB", True)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
def test_each_mode_of_a_png(mode):
    assert likeness(one(saved(poster().convert(mode))), poster()) < 10


def test_a_color_of_a_palette_may_be_no_color():
    picture = poster(ground=(1, 2, 3)).convert("P", palette=Image.Palette.ADAPTIVE)
    data = saved(picture, transparency=picture.getpixel((0, 0)))
    assert likeness(one(data), poster()) < 5


def test_cmyk():
    assert likeness(one(saved(poster().convert("CMYK"), "JPEG")), poster()) < 5


def test_sixteen_bits():
    grey = np.asarray(poster().convert("L"), np.uint16) * 257
    assert likeness(one(saved(Image.fromarray(grey))), poster()) < 2


def test_what_shows_through_becomes_white_and_black_beneath_light_letters():
    dark, light = (poster(mode="RGBA", ink=ink, ground=(0, 0, 0, 0)) for ink in ("black", "white"))
    assert likeness(one(saved(dark)), poster()) < 2
    assert likeness(one(saved(light)), poster(ink="white", ground="black")) < 2
    assert one(saved(Image.new("RGBA", (80, 80)))).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["GIF", "WebP", "PNG"])
def test_the_first_frame_of_many(form):
    frames = [Image.new("RGB", (WIDTH, HEIGHT), color) for color in ("red", "green", "blue")]
    data = saved(poster(), form, save_all=True, append_images=frames, duration=100)
    assert likeness(one(data), poster()) < 3


@pytest.mark.parametrize("value", KEPT)
def test_a_camera_says_which_side_is_up(value):
    way = KEPT[value]
    exif = Image.Exif()
    exif[ORIENTATION] = value
    kept = poster() if way is None else poster().transpose(way)
    assert likeness(one(saved(kept, "JPEG", quality=95, exif=exif)), poster()) < 3


@pytest.mark.parametrize("exif", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b""])
def test_a_broken_note_of_a_camera_costs_nothing(exif):
    assert likeness(one(saved(poster(), "JPEG", exif=exif)), poster()) < 3


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WebP", "GIF", "BMP", "PDF"])
def test_what_is_cut_off_is_said(form):
    whole = saved(poster(), form)
    for part in (40, len(whole) // 2):
        assert refusal(whole[:part]) is Code.PICTURE_BROKEN


def test_what_only_begins_as_a_picture_is_damaged():
    for head in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7"):
        assert refusal(head + bytes(200)) is Code.PICTURE_BROKEN


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((1, 1), Code.PICTURE_TOO_SMALL),
        ((63, 400), Code.PICTURE_TOO_SMALL),
        ((100, 3001), Code.PICTURE_TOO_LONG),
        ((3001, 100), Code.PICTURE_TOO_LONG),
        ((100_000, 100_000), Code.PICTURE_OF_TOO_MANY_PIXELS),
        ((2**31 - 1, 2**31 - 1), Code.PICTURE_OF_TOO_MANY_PIXELS),
        ((6400, 6400), Code.PICTURE_OF_TOO_MANY_PIXELS),
    ],
)
def test_sizes_are_looked_at_before_anything_is_unpacked(size, code):
    tracemalloc.start()
    assert refusal(png_of_size(*size)) is code
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_many_bytes(monkeypatch):
    monkeypatch.setattr("spiders.readers.picture.decode.MEGABYTES", 0)
    assert refusal(saved(poster())) is Code.PICTURE_TOO_LARGE


@pytest.mark.parametrize(
    ("head", "form"), [(b"II*\0" + bytes(60), "TIFF"), (b"\0\0\0\x18ftypheic", "HEIC"), (b"<svg></svg>", "SVG")]
)
def test_forms_that_are_not_read_reach_no_decoder(head, form, monkeypatch):
    monkeypatch.setattr(Image, "open", None)
    with pytest.raises(PictureError) as error:
        list(decoded(head))
    assert (error.value.reason.code, error.value.reason["form"]) == (Code.PICTURE_OF_OTHER_FORM, form)


def test_what_is_no_picture():
    assert refusal(b"Friday 19:30") is Code.NO_PICTURE


def test_large_pictures_are_kept_smaller_and_say_so():
    (page,) = decoded(saved(Image.new("RGB", (5120, 4000)), "JPEG"))
    assert max(page.picture.size) == 2560
    assert page.factor == pytest.approx(0.5)
    assert bounds.kept_size(1500, 30_000) == (1472, 29_440)
    assert bounds.kept_size(900, 1200) == (900, 1200)


def test_the_first_pages_of_a_pdf():
    data = pdf_of(*(page_of(f"Page {number}") for number in range(5)), resources=FONT)
    pages = list(decoded(data))
    assert [(page.pages, max(page.picture.size), page.picture.mode) for page in pages] == [(5, 2000, "RGB")] * 3


@pytest.mark.parametrize("size", [(1, 100_000), (100_000, 1)])
def test_a_page_may_be_too_long_as_well(size):
    assert refusal(pdf_of(b"", size=size)) in {Code.PICTURE_TOO_LONG, Code.PICTURE_TOO_SMALL}


def test_a_page_of_any_size_is_scaled():
    for size in ((3, 4), (14_400, 14_400)):
        assert max(one(pdf_of(b"", size=size)).size) == 2000


def test_a_pdf_without_pages():
    assert refusal(pdf_of()) is Code.PICTURE_BROKEN
