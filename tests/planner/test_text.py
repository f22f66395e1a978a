"""Text from the web on a line or several, without control signs; which links are links."""

from __future__ import annotations

import pytest

from planner.text import casefold, one_line, strip_controls, web_link


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


@pytest.mark.parametrize(
    ("text", "most", "line"),
    [
        ("", 300, ""),
        (" \t ", 300, ""),
        ("a\u2028b\u202e\ufeffc", 300, "abc"),
        ("gone \ud800 alone", 300, "gone alone"),
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc…"),
        ("ab cde", 4, "ab…"),  # no space before the ellipsis
    ],
)
def test_a_line(text, most, line):
    assert one_line(text, most) == line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n \n\t\nb", "a\n\nb"),
        ("\n\na\n\n", "a"),
        ("tab\tstays, bell\x07 goes", "tab\tstays, bell goes"),
    ],
)
def test_lines(text, lines):
    assert strip_controls(text) == lines


@pytest.mark.parametrize(
    ("text", "folded"), [("ＡＩ沙龙", "ai沙龙"), ("Straße", "strasse"), ("①", "1"), ("储能", "储能")]
)
def test_width_and_case_make_no_difference(text, folded):
    assert casefold(text) == folded
