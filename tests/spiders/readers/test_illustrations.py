"""Pictures of an article: which are named."""

from __future__ import annotations

import pytest

from spiders.readers.illustrations import pictures_of

PAGE = "https://club.example/news/1"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<img src="/a.png">', ["https://club.example/a.png"]),
        ('<img data-src="b.jpg" src="data:image/gif;base64,R0lG">', ["https://club.example/news/b.jpg"]),
        ('<img src="a.png" width="399" height="200">', []),
        ('<img src="a.png" width="200" height="400">', ["https://club.example/news/a.png"]),
        ('<img src="a.png" data-w="1080" width="100%">', ["https://club.example/news/a.png"]),
        ('<img src="a.png" width="80px">', []),
        ('<img src="a.svg"><img src="x/avatar/1.png"><img src="javascript:x"><img>', []),
        ("<nav><img src=n.png></nav><header><img src=h.png></header><img src=c.png><footer><img src=f.png></footer>",
         ["https://club.example/news/c.png"]),
        ("<img src=a.png><img src=a.png>", ["https://club.example/news/a.png"]),
        ("no picture", []),
        ("<img src='http://[bad/x.png'>", []),
    ],
)  # fmt: skip
def test_pictures_in_order_without_small_ones(markup, found):
    assert pictures_of(markup, PAGE) == found


def test_no_more_than_a_dozen():
    assert len(pictures_of("".join(f"<img src={n}.png>" for n in range(500)), PAGE)) == 12
