"""What a line of markup was: the signs, and the marks that stand beside the plain text."""

from __future__ import annotations

from typing import get_args

import pytest

from spiders.text.clean import LIMIT, plain
from spiders.text.marks import Mark, is_sign, sign, unmarked


@pytest.mark.parametrize("mark", [mark for mark in get_args(Mark) if mark])
def test_a_sign_is_taken_off_as_it_was_put_on(mark: Mark) -> None:
    assert is_sign(sign(mark))
    assert unmarked(f"{sign(mark)}旧仓") == ("旧仓", mark)


def test_each_mark_has_a_sign_of_its_own() -> None:
    assert len({sign(mark) for mark in get_args(Mark)}) == len(get_args(Mark))


@pytest.mark.parametrize("piece", ["", "旧", "#", "\n", sign("h1") * 2])
def test_other_pieces_are_no_sign(piece: str) -> None:
    assert not is_sign(piece)


def test_the_innermost_element_is_what_a_line_is() -> None:
    assert unmarked(f"{sign('quote')}{sign('item')}旧仓") == ("旧仓", "item")


def test_a_sign_without_a_meaning_does_no_harm() -> None:
    assert unmarked("\ufdef旧仓")[0] == "旧仓"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("# 纸灯\n正文", ["h1", ""]),
        ("### 纸灯\n正文", ["h3", ""]),
        ("- 一\n* 二\n+ 三", ["item", "item", "item"]),
        ("> 引文\n\n> - 条目", ["quote", "", "item"]),
        ("**时间与地点**\n正文", ["bold", ""]),
        ("**时间**：周六", [""]),
        ("| 场次 | 时间 |\n|---|---|\n| 一 | 周六 |", ["row", "row"]),
        ("正文\n\n\n\n正文", ["", "", ""]),
    ],
)
def test_markdown(text: str, marks: list[str]) -> None:
    assert list(plain(text).marks) == marks


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("<h2>时间</h2><p>周六</p>", ["h2", ""]),
        ("<ul><li>一</li><li>二</li></ul>", ["item", "item"]),
        ("<table><tr><td>一</td><td>周六</td></tr></table>", ["row"]),
        ("<blockquote><p>引文</p></blockquote><p>正文</p>", ["quote", ""]),
        ("<ul><li><h3>时间</h3></li></ul>", ["h3"]),
    ],
)
def test_html(body: str, marks: list[str]) -> None:
    assert list(plain(f"<html><body>{body}</body></html>").marks) == marks


@pytest.mark.parametrize(
    "text", ["# 一\n\n- 二\n\n\n三\n", "", "\n\n一", "<html><body><h1>一</h1><p>二<br>三</p></body></html>"]
)
def test_there_is_one_mark_for_each_line(text: str) -> None:
    page = plain(text)
    assert len(page.marks) == (len(page.text.split("\n")) if page.text else 0)


def test_there_is_one_mark_for_each_line_of_what_is_cut() -> None:
    page = plain("- 一二三四五六七八九\n" * (LIMIT // 8))
    assert page.cut
    assert len(page.marks) == len(page.text.split("\n"))


def test_a_text_cannot_bring_signs_of_its_own() -> None:
    page = plain(f"{sign('h1')}旧仓\n{sign('item')}{sign('row')}正文")
    assert (page.text, list(page.marks)) == ("旧仓\n正文", ["", ""])
