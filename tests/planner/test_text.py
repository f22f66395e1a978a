"""Text from the web on a line or several, without control signs; which links are links."""

from __future__ import annotations

import pytest

from planner.text import one_line, strip_controls, web_link


def test_one_line_and_strip_controls():
    assert one_line("a\r\nb\tc  d") == "a b c d"
    assert one_line("长" * 400).endswith("…")
    assert strip_controls("a\n\n\n\nb\x00") == "a\n\nb"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x?y=1&z=2", True),
        ("http://例子.example/路", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("https://a.example/ x", False),
        ("https:///nohost", False),
        ('https://a.example/"onclick="x', False),
        ("http://[broken", False),
        (None, False),
    ],
)
def test_web_links(address, kept):
    assert web_link(address) == (address if kept else None)
