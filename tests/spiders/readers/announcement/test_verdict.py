"""Is it an announcement: what the title alone rules out, what is seen of a text, and the reason where it is none."""

from __future__ import annotations

import pytest

from spiders.readers.announcement import read_text
from spiders.readers.announcement.select import select
from spiders.readers.announcement.verdict import ruled_out
from spiders.reasons import Code
from tests.support.announcements import CONTEXT, article_of, reader_of

WHEN = "时间：12月12日 14:00\n地点：旧仓\n欢迎报名"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("【活动回顾】纸灯读书会", Code.A_RECAP),
        ("活动回顾｜纸灯读书会", Code.A_RECAP),
        ("精彩回顾：纸灯读书会", Code.A_RECAP),
        ("【纸灯回顾】旧城读书会", None),
        ("纸灯回顾展", None),
        ("【报名】纸灯读书会", None),
        ("旧城停水", Code.A_NOTICE),
        ("纸灯工坊招聘店员", Code.A_JOB_ADVERT),
        ("纸灯读书会", None),
    ],
)
def test_what_the_title_alone_rules_out(title: str, code: Code | None) -> None:
    assert ruled_out(article_of(f"{title}\n\n{WHEN}")) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"【活动回顾】纸灯读书会\n\n{WHEN}", Code.A_RECAP),
        ("纸灯读书会\n\n上周六大家参加了读书会，圆满落幕，合影留念。", Code.A_RECAP),
        ("纸灯书屋招聘\n\n12月12日 14:00", Code.A_JOB_ADVERT),
        ("纸灯论坛征稿\n\n投稿截止12月12日", Code.A_CALL_FOR_PAPERS),
        ("关于停水的通知\n\n时间：12月12日 8:00-17:00", Code.A_NOTICE),
        ("旧城快讯\n\n12月12日，旧城的灯亮了。", Code.AN_ARTICLE),
        ("纸灯读书会\n\n时间：11月1日 14:00\n地点：旧仓\n欢迎报名", Code.IT_IS_OVER),
        ("纸灯读书会\n\n" + "我们读了一本书，写了一篇文章。" * 60, Code.AN_ARTICLE),
    ],
)
def test_the_reason_where_it_is_none(text: str, code: Code) -> None:
    reading = read_text(text, CONTEXT)
    assert reading.events == ()
    assert reading.reason is not None
    assert dict(reading.reason.values)["why"].code == code


def seen(text: str) -> dict[str, float]:
    reader = reader_of(text)
    return reader.seen(select(reader.article, reader.mentions, reader.judgement.time))


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        (f"纸灯读书会\n\n{WHEN}", "title.noun"),
        (f"纸灯读书会\n\n{WHEN}", "title.name-last"),
        (f"纸灯读书会\n\n{WHEN}", "time.labelled"),
        (f"纸灯读书会\n\n{WHEN}", "time.hours"),
        (f"纸灯读书会\n\n{WHEN}", "field.place"),
        (f"活动信息\n\n{WHEN}", "title.generic"),
        (f"纸灯为什么会亮？\n\n{WHEN}", "title.question"),
        ("纸灯读书会\n\n大家读书", "time.none"),
        ("纸灯读书会\n\n时间：11月1日 14:00", "time.all-over"),
        ("纸灯读书会\n\n时间：待定\n地点：旧仓", "time.to-come"),
        ("纸灯读书会\n\n每天 9:00-17:00\n地点：旧仓", "time.daily"),
        ("纸灯观影会\n\n12月5日 19:30 《远山》\n12月12日 19:30 《近水》\n欢迎报名", "time.several"),
        ("纸灯读书会\n\n活动将于12月12日在旧仓举行", "time.willed"),
        ("12月12日纸灯读书会\n\n旧仓见", "time.titled"),
        ("纸灯巡演\n\n" + "\n".join(f"12月{day}日-{day + 2}日" for day in (1, 5, 9, 13, 17)), "time.tour"),
        ("<html><body><h1>纸灯读书会</h1><p>旧仓</p><img src='a'></body></html>", "body.poster"),
    ],
)
def test_what_is_seen_of_a_text(text: str, feature: str) -> None:
    assert feature in seen(text)
    assert feature not in seen("旧城\n\n12月13日 我们走过旧城，写了几行字。" + "灯亮了又暗了。" * 60)


def test_every_feature_is_named_by_its_group_and_counts_once() -> None:
    found = seen(f"纸灯读书会\n\n{WHEN}")
    assert all("." in name for name in found)
    assert {value for name, value in found.items() if not name.startswith("brief.")} == {1.0}


def test_an_event_whose_time_is_still_to_come_has_no_start() -> None:
    (event,) = read_text("纸灯读书会通知\n\n时间待定，敬请期待，欢迎报名\n地点：旧仓", CONTEXT).events
    assert (event.start, event.title) == (None, "纸灯读书会")
