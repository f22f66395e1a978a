"""The document model: what each line is, under which heading and which label it stands."""

from __future__ import annotations

import pytest

from tests.support.announcements import article_of, starts_of

TEXT = """纸灯读书会

一、时间安排
12月5日 19:30

活动亮点

大家围坐在一起读一本写旧城的书，读完再聊
【报名方式】
扫码报名
【费用】免费
1. 带书
• 带茶
场次 | 时间 | 地点
**交通**
地铁二号线"""
MARKDOWN = """# 纸灯读书会

## 时间安排

- 12月5日 19:30

> 引文

### 交通

| 站 | 路线 | 出口 |
|---|---|---|
| 桥头 | 二号线 | 东口 |"""
HTML = """<html><body><h1>纸灯读书会</h1><h2>时间安排</h2><ul><li>12月5日 19:30</li></ul><blockquote>引文</blockquote>
<p><strong>交通</strong></p><table><tr><td>桥头</td><td>二号线</td></tr></table><p>东口</p></body></html>"""


def kinds(text: str) -> list[tuple[str, int]]:
    return [(line.kind, line.level) for line in article_of(text).lines[1:] if line.kind != "blank"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, [("heading", 7), ("text", 0), ("heading", 8), ("text", 0), ("heading", 7), ("text", 0), ("text", 0),
                ("item", 0), ("item", 0), ("row", 0), ("heading", 7), ("text", 0)]),
        (MARKDOWN, [("heading", 2), ("item", 0), ("quote", 0), ("heading", 3), ("row", 0), ("row", 0)]),
        (HTML, [("heading", 2), ("item", 0), ("quote", 0), ("heading", 7), ("row", 0), ("text", 0)]),
    ],
    ids=["text", "markdown", "html"],
)  # fmt: skip
def test_what_the_lines_of_a_document_are(text: str, expected: list[tuple[str, int]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("text", [TEXT, MARKDOWN, HTML], ids=["text", "markdown", "html"])
def test_a_time_stands_under_the_heading_above_it(text: str) -> None:
    article = article_of(text)
    assert article.title == "纸灯读书会"
    assert article.lines[0].kind == "title"
    assert article.head_of(article.line_at(article.text.index("12月5日"))).endswith("时间安排")
    assert article.head_of(article.line_at(article.text.index("二号线"))) == "交通"


def test_above_the_first_heading_there_is_none() -> None:
    article = article_of("纸灯读书会\n\n扫码报名\n【交通】\n地铁")
    assert article.head_of(article.line_at(article.text.index("扫码"))) == ""


@pytest.mark.parametrize("text", [TEXT, MARKDOWN, HTML, "只有标题", "标题\n\n\n正文\n"])
def test_the_lines_are_the_text(text: str) -> None:
    article = article_of(text)
    assert "\n".join(article.words(line) for line in article.lines) == article.text
    assert [line.index for line in article.lines] == list(range(len(article.lines)))
    assert len(article.normalized) == len(article.text)
    assert all(article.line_at(line.start) == line == article.line_at(line.stop) for line in article.lines)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("活动时间：12月5日", "活动时间"),
        ("【费用】30元", "费用"),
        ("2. 地点：旧仓", "地点"),
        ("📍 地点：旧仓", "地点"),
        ("12:30 开场", ""),
        ("我们读书，然后：吃饭", ""),
        ("没有冒号的一行", ""),
        ("这里的话长得不像是一个标签的样子：对", ""),
    ],
)
def test_the_label_of_a_line(line: str, label: str) -> None:
    assert article_of(f"纸灯读书会\n\n{line}").lines[-1].label == label


BELOW = "样板博览会\n\n布展时间：\n12月8日 9:00\n\n12月9日 9:00\n地点：样板会展中心\n12月10日\n【撤展】\n12月11日"


@pytest.mark.parametrize(
    ("words", "label"),
    [("12月8日", "布展时间"), ("12月9日", "布展时间"), ("样板", "地点"), ("12月10日", ""), ("12月11日", "")],
)
def test_a_label_alone_on_its_line_holds_for_the_values_below(words: str, label: str) -> None:
    article = article_of(BELOW)
    assert article.label_of(article.text.index(words, article.title_end)) == label


def test_a_label_with_a_short_value_holds_for_its_own_line_only() -> None:
    article = article_of("纸灯读书会\n\n地点：旧仓\n12月10日")
    assert article.label_of(article.text.index("12月10日")) == ""


def test_a_label_does_not_hold_for_a_sentence_below_it() -> None:
    article = article_of("纸灯读书会\n\n布展时间：\n见通知\n12月9日 9:00")
    assert article.label_of(article.text.index("12月9日")) == ""


@pytest.mark.parametrize("name", ["add-to-calendar", "addeventatc", "atcb-button", "addtocalendar-list"])
def test_the_times_of_a_calendar_button_are_left_out(name: str) -> None:
    page = "<html><body><h1>纸灯读书会</h1><p>时间：12月5日 19:30</p><p>地点：旧仓书店，欢迎报名</p>{}</body></html>"
    hidden = "<div class='{}'><span>时间：2026-12-24 03:30</span></div>"
    assert starts_of(page.format(hidden.format(name))) == ["12-05 19:30"]
    assert "03:30" in article_of(page.format(hidden.format("location"))).text
