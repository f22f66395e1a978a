"""Markup to lines: blocks break, spans do not; nothing hidden by style is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spiders.text.clean import LIMIT, plain


def test_lines_break_at_blocks_only() -> None:
    page = plain(
        "<html><body><p><span>时</span><span>间：</span><b>12月</b>5日</p><div>地点：<i>旧仓</i></div></body></html>"
    )
    assert page.text == "时间：12月5日\n地点：旧仓"


def test_what_wechat_hides_is_read() -> None:
    page = plain(
        '<!doctype html><html><body><h1 id="activity-name"> 夜读 会 </h1><div id="js_content" '
        'style="visibility: hidden;">'
        f"<p>{'正文' * 50}</p></div><footer>页脚</footer></body></html>"
    )
    assert page.heading == "夜读 会"
    assert page.text == "正文" * 50


def test_scripts_and_frames_are_left_out() -> None:
    assert plain("<html><body><nav>首页</nav><script>var a='12月5日'</script><p>正文</p></body></html>").text == "正文"


def test_markdown_loses_its_marks_and_keeps_its_links() -> None:
    page = plain(
        "标题\n\n## 报名\n\n- **时间**：[周六](https://a.example/x)\n![图](https://a.example/1.png)\n> 引用\n\n"
        "| 时间 | 环节 |\n| --- | --- |\n| 9:00 | 开场 |\n"
    )
    assert page.text == "标题\n\n报名\n\n时间：周六\n\n引用\n\n时间 | 环节\n9:00 | 开场"
    assert page.links == (("周六", "https://a.example/x"),)
    assert page.images == 1
    assert "报名" in page.headings


def test_a_title_above_markup_stays_the_first_line() -> None:
    assert plain("周日瑜伽\n\n<div>时间：9:30<br>地点：旧仓<br></div>").text.split("\n")[0] == "周日瑜伽"


def test_text_beyond_the_limit_is_cut_and_said() -> None:
    page = plain("长" * (LIMIT + 10))
    assert page.cut
    assert len(page.text) == LIMIT


def test_deep_nesting_is_read_in_time() -> None:
    assert plain("<div>" * 100_000 + "底").text.strip() == "底"


@given(st.text(max_size=400) | st.text(alphabet="<>/divpbr#*[]()|!&;`-= \n时间", max_size=400))
def test_any_text_is_read(text: str) -> None:
    page = plain(text)
    assert "\r" not in page.text
    assert "\n\n\n" not in page.text
