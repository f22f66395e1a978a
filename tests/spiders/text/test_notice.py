"""Notices: what a title or a sentence says of its own event, and what only holds such a word."""

from __future__ import annotations

import pytest

from spiders.text.notice import has_mark, notice_of_text, notice_of_title, without_mark
from tests.support.timing import takes_less

NAME = "海泉桌游夜"

TITLES = [
    # (title, status, title without what is said)
    ("【取消】海泉桌游夜", "cancelled", NAME),
    ("【活动取消】海泉桌游夜", "cancelled", NAME),
    ("【已取消】 海泉桌游夜", "cancelled", NAME),
    ("【因雨取消】海泉桌游夜", "cancelled", NAME),
    ("「已取消」海泉桌游夜", "cancelled", NAME),
    ("（取消）海泉桌游夜", "cancelled", NAME),
    ("⚠️【活动取消通知】海泉桌游夜", "cancelled", NAME),
    ("海泉桌游夜（已取消）", "cancelled", NAME),
    ("海泉桌游夜因故取消", "cancelled", NAME),
    ("海泉桌游夜停办", "cancelled", NAME),
    ("海泉桌游夜暂停一次", "cancelled", NAME),
    ("海泉桌游夜下周停一次", "cancelled", NAME),
    ("海泉桌游夜今晚取消", "cancelled", NAME),
    ("【本周取消】海泉桌游夜", "cancelled", NAME),
    ("关于取消海泉桌游夜的通知", "cancelled", NAME),
    ("活动取消：海泉桌游夜", "cancelled", NAME),
    ("取消通知｜海泉桌游夜", "cancelled", NAME),
    ("【延期】海泉桌游夜", "postponed", NAME),
    ("【推迟】海泉桌游夜", "postponed", NAME),
    ("海泉桌游夜延期举办", "postponed", NAME),
    ("海泉桌游夜因场地原因推迟", "postponed", NAME),
    ("[CANCELLED] Harbour Chess Night", "cancelled", "Harbour Chess Night"),
    ("CANCELED - Harbour Chess Night", "cancelled", "Harbour Chess Night"),
    ("Cancelled: Harbour Chess Night", "cancelled", "Harbour Chess Night"),
    ("CANCELLED Harbour Chess Night", "cancelled", "Harbour Chess Night"),
    ("Harbour Chess Night - CANCELLED", "cancelled", "Harbour Chess Night"),
    ("Harbour Chess Night has been called off", "cancelled", "Harbour Chess Night"),
    ("Harbour Chess Night is cancelled.", "cancelled", "Harbour Chess Night"),
    ("Harbour Chess Night is cancelled due to rain", "cancelled", "Harbour Chess Night"),
    ("Postponed: Harbour Chess Night", "postponed", "Harbour Chess Night"),
    ("Harbour Chess Night has been postponed", "postponed", "Harbour Chess Night"),
]
MOVED = [
    ("海泉桌游夜改期至12月5日19:00", NAME, "12月5日19:00"),
    ("【改期】海泉桌游夜延期至下周五", NAME, "下周五"),
    ("海泉桌游夜因故推迟到12月5日", NAME, "12月5日"),
    ("Harbour Chess Night rescheduled to December 5, 7 pm", "Harbour Chess Night", "December 5, 7 pm"),
    ("Harbour Chess Night has been rescheduled for Dec 5", "Harbour Chess Night", "Dec 5"),
    ("海泉桌游夜改在12月5日19:00举行", NAME, "12月5日19:00举行"),
    ("海泉桌游夜改到后天晚上8点", NAME, "后天晚上8点"),
    (
        "Harbour Chess Night has moved to the day after tomorrow, 8pm",
        "Harbour Chess Night",
        "the day after tomorrow, 8pm",
    ),
    ("Harbour Chess Night is now on Sunday at 8pm", "Harbour Chess Night", "Sunday at 8pm"),
]
NOTHING = [
    "The hall is now on 5 Oak Street",
    "Registration is now open",
    "读书会改在三叶会客厅举行",
    "客户说取消合作怎么办：大客户销售沙龙",
    "Cancelled Stamps Society",
    "取消焦虑读书会",
    "“【取消】”这个词从哪里来：语言学沙龙",
    "【取消】这个词从哪里来：语言学沙龙",
    "「取消」这门艺术：极简生活沙龙",
    "暂停：给自己放一个下午，冥想工作坊",
    "为什么项目总是延期：研发管理沙龙",
    "活动取消了怎么办：主办方交流会",
    "取消订阅的艺术",
    "Why talks get cancelled",
    "停一停，一次给自己的沙龙",
    "How to tell a client that it is cancelled, and stay friends",
    "Postponed dreams: a reading",
    "早鸟票售票延期至11月30日：音乐节",
    "报名截止延期至11月30日",
]
TEXTS = [
    ("很抱歉，原定11月28日的桌游夜因故取消。已付费用原路退回。", "cancelled"),
    ("因天气原因，本次活动取消。\n时间：11月28日 19:00", "cancelled"),
    ("【活动取消】各位好：", "cancelled"),
    ("各位朋友：\n本周的读书会延期，时间另行通知。", "postponed"),
    ("The chess night on Friday has been called off. See you in spring.", "cancelled"),
    ("各位朋友，很抱歉，本次活动因故取消，已报名的朋友将收到退款。", "cancelled"),
    ("Unfortunately this event has been cancelled, all tickets will be refunded.", "cancelled"),
    ("Dear all,\nthis event is postponed until further notice.", "postponed"),
]
SILENT_TEXTS = [
    "如遇下雨，活动取消，费用退回。",
    "若人数不足，活动将取消。",
    "报名后取消，费用不退。",
    "本次活动取消，除非雨停。",
    "The event is cancelled, unless we find a room.",
    "活动开始前24小时取消不予退款。",
    "The event is cancelled if it rains.",
    "Tickets are cancelled on request. The event takes place on Friday.",
    "一起聊聊那些被取消的演唱会。",
]


@pytest.mark.parametrize(("title", "status", "bare"), TITLES)
def test_a_title_says_what_became_of_its_event(title, status, bare):
    found = notice_of_title(title)
    assert found is not None
    assert (found.status, found.title, found.moved) == (status, bare, False)


@pytest.mark.parametrize(("title", "bare", "when"), MOVED)
def test_a_title_gives_the_new_time(title, bare, when):
    found = notice_of_title(title)
    assert found is not None
    assert found.moved
    assert (found.status, found.title, title[found.at :].strip()) == ("confirmed", bare, when)


@pytest.mark.parametrize("title", NOTHING)
def test_the_word_elsewhere_says_nothing(title):
    assert notice_of_title(title) is None
    assert without_mark(title) == title


@pytest.mark.parametrize(("text", "status"), TEXTS)
def test_a_sentence_about_the_event_says_it(text, status):
    found = notice_of_text(text)
    assert found is not None
    assert found.status == status


@pytest.mark.parametrize("text", SILENT_TEXTS)
def test_what_might_be_says_nothing(text):
    assert notice_of_text(text) is None


def test_a_mark_leads():
    assert has_mark("【取消】海泉桌游夜")
    assert without_mark("Cancelled: Harbour Chess Night") == "Harbour Chess Night"
    assert not has_mark("海泉桌游夜（取消）")
    assert not has_mark("【取消】")


@pytest.mark.parametrize(
    "piece", ["因", "【", "取消", "已", " ", "活动", "(", "-", "is ", "CANCELLED ", "活动因", "改"]
)
def test_hostile_titles_take_no_time(piece):
    assert takes_less(2.5, lambda: (notice_of_title(piece * 50_000), notice_of_text(piece * 50_000)))
