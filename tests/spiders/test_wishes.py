"""What requests ask for: the kind of a source first, the reader's language first, anything else last."""

from __future__ import annotations

import re

import pytest

from spiders.wishes import accept, accept_language


def qualities(header: str) -> dict[str, float]:
    return {name: float(quality or 1) for name, quality in re.findall(r"([^,;\s]+)(?:;q=([\d.]+))?", header)}


@pytest.mark.parametrize(
    ("kind", "first"),
    [("ical", "text/calendar"), ("feed", "application/atom+xml"), ("html", "text/html"), ("listing", "text/html"),
     ("json", "application/json"), ("auto", "text/calendar"), ("text", "text/calendar")],
)  # fmt: skip
def test_the_kind_comes_first_and_anything_last(kind, first):
    wanted = qualities(accept(kind))
    assert accept(kind).startswith(first)
    assert wanted[first] == 1.0
    assert min(wanted, key=wanted.__getitem__) == "*/*"


def test_auto_wants_calendars_before_feeds_before_pages():
    wanted = qualities(accept("auto"))
    assert wanted["text/calendar"] > wanted["application/rss+xml"] > wanted["text/html"] > wanted["*/*"]


@pytest.mark.parametrize(
    ("language", "header"),
    [("zh", "zh-CN,zh;q=0.9,en;q=0.5"), ("en", "en"), ("en-GB", "en-GB,en;q=0.9"), ("ja", "ja,en;q=0.5"),
     ("zh-TW", "zh-TW,zh;q=0.9,en;q=0.5"), (None, None)],
)  # fmt: skip
def test_the_readers_language_comes_first(language, header):
    assert accept_language(language) == header
