"""The page of the quarter: every plot says in words and in a table what it draws."""

from __future__ import annotations

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from planner.i18n.catalog import Catalog
from planner.people.person import SKILLS, WAYS
from planner.plan.quarter import WEEKS, Circle, Quarter
from planner.render.pages import quarter_page
from planner.render.quarter import quarter_view

EVENINGS = {"industry": (2,) * 6 + (0,) * 7, "practice": (0,) * 6 + (1,) * 7}
FULL = Quarter(
    monday=date(2026, 11, 23),
    evenings=EVENINGS,
    wanted=0.6,
    circles=(
        Circle(name="<b>Sample</b> club", evenings=7, is_new=True),
        Circle(name="示例储能圈", evenings=5, is_new=False),
    ),
    met=(5, 3, 1, 0),
    favours=dict.fromkeys(WAYS, 2),
    skills=dict.fromkeys(SKILLS, 1),
)
EMPTY = Quarter(
    monday=date(2026, 11, 23),
    evenings=dict.fromkeys(("industry", "practice"), (0,) * WEEKS),
    wanted=0.6,
    circles=(),
    met=(0, 0, 0, 0),
    favours=dict.fromkeys(WAYS, 0),
    skills=dict.fromkeys(SKILLS, 0),
)


def page(quarter: Quarter, language: str = "en") -> HTMLParser:
    words = Catalog(language)
    return HTMLParser(quarter_page(quarter_view(quarter, words, "Asia/Shanghai"), words, sample=False).decode())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_plot_has_its_words_for_a_screen_reader_and_its_table(language):
    found = page(FULL, language)
    plots = found.css("svg.plot")
    assert len(plots) == len(found.css("section.figure")) == 5
    for each in plots:
        assert each.attributes["role"] == "img"
        told = each.css_first("title")
        assert told is not None
        assert told.attributes["id"] == each.attributes["aria-labelledby"]
        assert told.text().strip()
    for section in found.css("section.figure"):
        assert section.css("details table tbody tr")
        assert all(head.attributes.get("scope") for head in section.css("th"))


def test_the_table_has_the_numbers_that_are_drawn():
    sections = page(FULL).css("section.figure")
    columns = [[cell.text() for cell in row.css("td")] for row in sections[0].css("tbody tr")]
    assert columns == [[str(a), str(b)] for a, b in zip(*EVENINGS.values(), strict=True)]
    assert "19 evenings: 63 % industry, 37 % practice; wanted 60 : 40." in sections[0].text()
    rows = [(row.css_first("th").text(), row.css_first("td").text()) for row in sections[1].css("tbody tr")]
    assert rows == [("<b>Sample</b> club (new)", "7"), ("示例储能圈", "5")]
    bars = sections[1].css("rect")
    assert float(bars[1].attributes["width"]) == pytest.approx(float(bars[0].attributes["width"]) * 5 / 7, abs=0.1)
    assert [text.text() for text in sections[1].css("text.value")] == ["7", "5"], "readable without measuring"


def test_a_quarter_of_nothing_draws_nothing_and_says_so():
    found = page(EMPTY)
    assert found.css("rect") == []
    assert "No evenings yet; wanted 60 : 40." in found.css_first("section.figure").text()


def test_nothing_is_drawn_outside():
    for each in page(FULL).css("svg.plot"):
        width, height = map(float, each.attributes["viewBox"].split()[2:])
        for bar in each.css("rect"):
            x, y, w, h = (float(bar.attributes[name]) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + w <= width
            assert 0 <= y <= y + h <= height + 0.1
