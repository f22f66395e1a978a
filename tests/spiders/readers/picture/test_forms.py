"""Forms of pictures, by their first bytes."""

from __future__ import annotations

import pytest

from spiders.readers.picture.forms import READ, Form, form_of
from tests.support.pictures import pdf_of, poster, saved


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WebP", "GIF", "BMP", "PDF"])
def test_what_is_read_is_known(form):
    assert form_of(saved(poster(), form)) == Form(form)
    assert Form(form) in READ


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Form.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Form.HEIC),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", Form.AVIF),
        (b"II*\0\x08\0\0\0", Form.TIFF),
        (b"MM\0*\0\0\0\x08", Form.TIFF),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", Form.SVG),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg>", Form.SVG),
        (b"\xff\x0a\0\0", Form.JPEG_XL),
        (b"\0\0\0\x0cjP  \r\n\x87\n", Form.JPEG_2000),
        (b"8BPS\0\x01", Form.PSD),
        (b"\0\0\1\0\1\0", Form.ICO),
        (b"\n%PDF-1.4", Form.PDF),
    ],
)
def test_other_forms_have_a_name(head, form):
    assert form_of(head) is form


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"BMX club ride, Friday 7pm, by the river: all are welcome",
        b"GIF evening",
        b"RIFF....WAVEfmt ",
        b"\0\0\0\x18ftypisom\0\0\0\0isomiso2",
        b"<html><body><svg></svg>",
        b"<?xml version='1.0'?><rss></rss>",
        b"PK\x03\x04",
        "周五 19:30".encode("utf-16"),
    ],
)
def test_what_is_no_picture_is_none(head):
    assert form_of(head) is None


def test_a_pdf_of_ours_is_one():
    assert form_of(pdf_of(b"")) is Form.PDF
