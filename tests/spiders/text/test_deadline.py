"""One event in words: until when one may sign up, as its text says it."""

from __future__ import annotations

import pytest

from spiders.text.deadline import sign_up_until
from tests.support.timing import takes_less


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("报名截止：11月23日18:00，长按识别二维码报名。", "报名截止：11月23日18:00"),
        ("时间：周六\n报名截止时间：周五晚8点\n费用：免费", "报名截止时间：周五晚8点"),
        ("截止日期：2026年11月20日；名额有限", "截止日期：2026年11月20日"),
        ("请于11月30日18:00前完成报名，谢谢", "请于11月30日18:00前完成报名"),
        ("请在明晚8点前报名。", "请在明晚8点前报名"),
        ("Good talk. RSVP by Monday 6pm. Bring a friend", "RSVP by Monday 6pm"),
        ("Registration closes on 21 Nov; free", "Registration closes on 21 Nov"),
        ("Sign-up deadline: Friday noon", "Sign-up deadline: Friday noon"),
    ],
)
def test_the_last_hour_to_sign_up_is_told_in_its_own_words(text, said):
    assert sign_up_until(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "截至2025年底，会员已有300人",
        "报名从速，额满截止",
        "申请书要写清楚",
        "Written by Monday's author 3",
        "Book by Anna Sample, 300 pages",
        "Stand by me at 7pm",
        "",
    ],
)
def test_what_is_no_deadline_is_not_told(text):
    assert sign_up_until(text) is None


def test_long_texts_cost_little():
    texts = ("报名" * 50_000, "截止：" * 50_000, "register by " * 20_000, "请于" * 50_000, "registration " * 20_000)
    assert takes_less(2.5, lambda: [sign_up_until(text) for text in texts])
