"""Texts that nobody writes in good faith: read in time, and no event by a name or at a time that is not told."""

from __future__ import annotations

import re
from functools import partial

import pytest

from spiders.readers.announcement import read_text
from spiders.reasons import Code
from tests.support.announcements import CONTEXT, events_of, starts_of
from tests.support.timing import takes_less

TITLE = "纸灯读书会"
MOST_SECONDS = 5
MOST_EVENTS = 40
DATES = [f"{1 + n % 12}月{1 + n % 28}日 {n % 24}:{n % 60:02d}" for n in range(10_000)]
HOSTILE = {
    "prose": "我们在旧城的屋檐下慢慢走，看灯，听雨，说起从前的事。" * 14_000,
    "labels alone": "时间：\n" * 10_000,
    "headings": "【时间】\n" * 10_000 + "12月5日 19:30",
    "slots": "12月5日\n" + "\n".join(f"{n % 24:02d}:{n % 60:02d} 分享" for n in range(10_000)),
    "quotes": "《旧城》「灯」" * 10_000 + " 12月5日 19:30",
    "Markdown": "[![**[(`> - # |" * 5_000,
    "Markdown lines": "> - # **[旧城](\n" * 5_000,
}
LARGE = {
    "dates": "\n".join(DATES),
    "labelled dates": "\n".join(f"时间：{date}" for date in DATES),
    "one line": "12月5日 19:30，旧仓见，" * 14_000,
    "rows": "\n".join(f"| {n} | {date} | 旧仓 |" for n, date in enumerate(DATES)),
}


def holds(body: str) -> None:
    """Within the time, few events, each by a name whose parts, and with words of a time that the text holds."""
    text = f"{TITLE}\n\n{body}"
    assert takes_less(MOST_SECONDS, partial(read_text, text, CONTEXT), tries=2)
    reading = read_text(text, CONTEXT)
    assert len(reading.events) <= MOST_EVENTS
    assert bool(reading.events) == (reading.reason is None)
    for event in reading.events:
        assert all(part in text for part in re.split(r"[（）]", event.title))
        assert event.start is not None
        assert event.evidence.when
        assert event.evidence.when in text


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts(body: str) -> None:
    holds(body)


@pytest.mark.long
@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE)
def test_large_texts(body: str) -> None:
    holds(body)


def test_prose_of_a_megabyte_is_an_article() -> None:
    assert len(HOSTILE["prose"].encode()) > 1_000_000
    reading = read_text(f"{TITLE}\n\n{HOSTILE['prose']}", CONTEXT)
    assert reading.reason is not None
    assert dict(reading.reason.values)["why"].code == Code.AN_ARTICLE


@pytest.mark.parametrize(
    "page",
    [
        "<div><p><b>" * 3_000 + "时间：12月5日 19:30",
        "<div>" * 3_000 + "时间：12月5日 19:30" + "</span>" * 3_000,
        "<ul><li>" * 3_000 + "时间：12月5日 19:30",
        "<blockquote>" * 3_000 + "时间：12月5日 19:30" + "</blockquote>" * 10,
    ],
    ids=["open", "closed by others", "lists", "quotes"],
)
def test_markup_nested_deep_and_never_closed(page: str) -> None:
    text = f"<html><body><h1>{TITLE}</h1>{page}"
    assert takes_less(MOST_SECONDS, partial(read_text, text, CONTEXT))
    assert [event.title for event in events_of(text)] == [TITLE]
    assert starts_of(text) == ["12-05 19:30"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Code.AN_EMPTY_TEXT),
        ("\n\n \t\n", Code.AN_EMPTY_TEXT),
        ("\u200b\u200f\ufeff", Code.AN_EMPTY_TEXT),
        (TITLE, Code.AN_ARTICLE),
        ("🎉🎊📍⏰🎈" * 200, Code.AN_ARTICLE),
        ("🎉🎊\n\n📍\n⏰\n🎈", Code.AN_ARTICLE),
        ("|\n|\n|", Code.AN_EMPTY_TEXT),
    ],
    ids=["empty", "blank", "invisible", "only a title", "emoji", "emoji in lines", "bars"],
)
def test_of_nothing_there_is_no_event(text: str, why: Code) -> None:
    reading = read_text(text, CONTEXT)
    assert reading.events == ()
    assert reading.reason is not None
    assert dict(reading.reason.values)["why"].code == why


def test_a_title_may_tell_all() -> None:
    assert starts_of("12月5日 19:30 纸灯读书会，欢迎报名") == ["12-05 19:30"]


def test_without_a_title_no_name_is_made_up() -> None:
    text = "时间：12月5日 19:30\n地点：旧仓书店\n欢迎报名"
    for event in events_of(text):
        assert event.title in text


@pytest.mark.parametrize("mark", ["\u200f", "\u200e", "\u202e", "\u202c", "\u2066", "\u200b", "\ufeff", "\u00ad"])
def test_marks_of_direction_and_of_no_width_change_nothing(mark: str) -> None:
    plain = "纸灯读书会\n\n时间：12月5日 19:30\n地点：旧仓书店\n欢迎报名"
    marked = mark + plain.replace("月", f"月{mark}").replace("：", f"{mark}：").replace("读书", f"读{mark}书")
    assert [(e.title, e.start, e.evidence.sure) for e in events_of(marked)] == [
        (e.title, e.start, e.evidence.sure) for e in events_of(plain)
    ]
    assert starts_of(plain) == ["12-05 19:30"]
