"""What the browser's checks find on pages that are broken on purpose: each of them can fail."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import Ask

pytestmark = pytest.mark.long
RED = "background-color: #ffffff; color: #ff9999"
BROKEN = {
    "scrolled": ("overflow", '<p style="width: 500px">wide</p>'),
    "outside": ("cut", '<p style="width: 40px">Donaudampfschifffahrt</p>'),
    "off the window": ("cut", '<p style="margin-left: -30px">gone at the left</p>'),
    "clipped": ("cut", '<p style="height: 20px; overflow: hidden">one<br>two<br>three</p>'),
    "shortened": ("cut", '<p style="overflow: hidden; text-overflow: ellipsis">some</p>'),
    "overlapping": ("overlapping", '<p>below</p><p style="margin-top: -32px">above</p>'),
    "an image": ("images", '<img src="https://tracker.example/x.png" alt="">'),
    "a background": ("images", '<p style="background-image: url(https://tracker.example/y.png)">text</p>'),
    "hours from the right": ("reordered", '<p dir="auto">ערב 19:00–21:30</p>'),
    "a day that is torn": ("reordered", "<p>新：לקאא משחקים רבים: 11月24日</p>"),
}
GOOD = f"""<p>Text as it should be, with <a href="https://hub.example/">a link</a> in it</p>
<p><a href="#" style="display: inline-block; padding: 11px 0; line-height: 22px">button</a></p>
<p style="display: none">ghost</p><p>新：<span dir="rtl">לקאא משחקים רבים</span>: 11月24日 19:00–21:30</p>
<p style="{RED.replace("#ff9999", "#a01010")}">dark red</p>"""


def page(body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>
<meta name="viewport" content="width=device-width">{head}</head><body><main><h1>x</h1>{body}</main></body></html>"""


def seen(browser: Ask, body: str, **view: object) -> dict[str, Any]:
    return dict(browser(page(body), [{"width": 320, **view}])["views"][0])


def test_nothing_is_found_where_all_is_well(browser):
    answer = browser(page(GOOD), [{"width": 320, "axe": True}])
    found = answer["views"][0]
    assert answer["asked"] == answer["said"] == []
    assert found["overflow"] <= 0
    for name in ("cut", "overlapping", "images", "reordered", "axe"):
        assert found[name] == [], name
    assert found["faint"]["plain"] == []
    assert [link for link in found["links"] if link["height"] < 44 and not link["running"]] == []
    assert "ghost" not in found["text"]


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_page_is_found(browser, fault):
    name, body = BROKEN[fault]
    found = seen(browser, body)[name]
    assert found > 0 if name == "overflow" else found != []


def test_requests_are_blocked_and_reported(browser):
    answer = browser(page('<img src="https://tracker.example/x.png" alt="">'), [{}])
    assert answer["asked"] == ["https://tracker.example/x.png"]


def test_a_style_that_the_policy_forbids_is_reported(browser):
    policy = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
    answer = browser(page("<p style='color: red'>x</p>", policy), [{}])
    assert any("policy: style-src" in line for line in answer["said"])


def test_faint_texts_are_found_as_drawn_and_turned_over(browser):
    faint = seen(browser, f'<p style="{RED}">faint</p><p style="color: #0000ee">default blue</p>')["faint"]
    assert [text.rsplit(": ")[-1] for text in faint["plain"]] == ["faint"]
    assert "default blue" in str(faint["turned"])
    assert "faint" in str(faint["inverted"])


def test_a_night_without_colours_of_its_own_is_found(browser):
    body = '<meta name="color-scheme" content="light dark"><p style="color: #26231e">ink of the day</p>'
    assert seen(browser, body)["faint"]["plain"] == []
    assert seen(browser, body, scheme="dark")["faint"]["plain"] != []


def test_a_low_link_is_found_unless_it_stands_in_a_sentence(browser):
    found = seen(browser, '<p><a href="#">low</a></p><p>A sentence that is long enough, <a href="#">link</a></p>')
    assert {link["text"]: link["height"] < 44 and not link["running"] for link in found["links"]} == {
        "low": True, "link": False,
    }  # fmt: skip


def test_axe_speaks(browser):
    found = seen(browser, '<a href="#"></a>', axe=True)["axe"]
    assert any("link-name" in line for line in found)
