"""Lines of pictures: what stands in them, where, and whichever side is up."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from spiders.readers.picture.finding import cost_of_search, found
from spiders.readers.picture.ocr import written
from spiders.readers.picture.spelling import cost_of, spelt
from tests.support.pictures import POSTER, poster


def texts(picture: Image.Image, **options: int) -> list[str]:
    """Line by line, without spaces."""
    lines = sorted(written(picture, **options).lines, key=lambda line: line.box.top)
    return ["".join(line.text.split()) for line in lines]


WANTED = ["".join(line.split()) for line in POSTER]


@pytest.fixture(scope="module")
def read():
    return written(poster())


def test_what_stands_there(read):
    assert ["".join(line.text.split()) for line in sorted(read.lines, key=lambda line: line.box.top)] == WANTED
    assert (read.turned, read.left_out) == (0, 0)


def test_where_it_stands(read):
    for number, line in enumerate(sorted(read.lines, key=lambda line: line.box.top)):
        top = 40 + number * 80
        assert top - 15 < line.box.top < top + 15
        assert top + 30 < line.box.bottom < top + 65
        assert (line.box.left + line.box.right) / 2 == pytest.approx(320, abs=10)
        assert 25 < line.height < 75
        assert not line.vertical


def test_how_sure_each_character_is(read):
    for line in read.lines:
        assert len(line.chars) == len(line.text)
        assert all(0 < share <= 1.001 for share in line.chars)
        assert line.score == pytest.approx(sum(line.chars) / len(line.chars))


def test_light_on_dark_and_color():
    assert texts(poster(ink="white", ground="black")) == WANTED
    assert texts(poster(ink="#ffe08a", ground="#7a1f3d")) == WANTED


@pytest.mark.parametrize(
    ("lies", "turned"),
    [(Image.Transpose.ROTATE_90, 90), (Image.Transpose.ROTATE_180, 180), (Image.Transpose.ROTATE_270, 270)],
)
def test_a_picture_may_lie_on_any_side(lies, turned):
    read = written(poster().transpose(lies))
    assert read.turned == turned
    assert read.picture.size == poster().size
    assert ["".join(line.text.split()) for line in sorted(read.lines, key=lambda line: line.box.top)] == WANTED


def test_a_slanted_line_is_read_along_its_slope():
    assert sorted(texts(poster().rotate(12, expand=True, fillcolor="white"))) == sorted(WANTED)


@pytest.mark.parametrize("picture", [Image.new("RGB", (640, 480), color) for color in ("black", "white", "red")])
def test_one_color_tells_nothing(picture):
    assert written(picture).lines == ()


def test_mirrored_words_are_no_sure_words():
    read = written(poster().transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert not {"".join(line.text.split()) for line in read.lines} & set(WANTED)


def test_a_long_strip_is_searched_in_tiles_and_nothing_is_told_twice():
    strip = Image.new("RGB", (500, 2500), "white")
    draw = ImageDraw.Draw(strip)
    font = ImageFont.load_default(28)
    wanted = [f"Notice number {number}" for number in range(11, 41)]
    for number, line in enumerate(wanted):
        draw.text((30, 20 + number * 82), line, fill="black", font=font)
    assert texts(strip) == ["".join(line.split()) for line in wanted]
    lying = strip.transpose(Image.Transpose.ROTATE_90)
    read = written(lying)
    assert (read.turned, len(read.lines)) == (90, 30)


def test_long_lines_are_left_out_where_there_is_no_room_and_counted():
    outlines = found(poster())
    short = sorted(cost_of(outline) for outline in outlines)[:2]
    narrow = cost_of_search(*poster().size) + sum(short)
    read = written(poster(), room=narrow)
    assert 0 < len(read.lines) < len(POSTER)
    assert len(read.lines) + read.left_out == len(POSTER)
    assert written(poster(), room=0).left_out == len(POSTER)


def test_a_line_longer_than_a_window_is_read_whole():
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    font = ImageFont.load_default(40)
    strip = Image.new("RGB", (int(font.getlength(words)) + 20, 56), "white")
    ImageDraw.Draw(strip).text((10, 4), words, fill="black", font=font)
    assert "".join(spelt(strip).text.split()) == "".join(words.split())
    assert spelt(Image.new("RGB", (2000, 40), "white")).text == ""
