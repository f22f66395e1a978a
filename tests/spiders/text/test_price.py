"""Prices, and the amounts that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.items import Price
from spiders.text.price import labelled_price, read_price


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("费用：68元/人", 68, 68), ("票价：128-168元", 128, 168), ("门票：早鸟99元，正价199元", 99, 199), ("￥50/位",
        50, 50),
        ("会费：1.2万元", 12_000, 12_000), ("费用：会员免费，非会员30元", 0, 30), ("活动免费，欢迎参加", 0, 0),
        ("费用：免费", 0, 0),
        ("【费用】79元/人，含一杯饮品", 79, 79), ("限额30人，80元", 80, 80), ("人均39元，畅玩不限时", 39, 39),
        ("人均50，含饮料", 50, 50),
        ("Tickets: $15", 15, 15),
        ("费用：押金100元（可退），活动费60元", 60, 60), ("原价199元，现价99元", 99, 99), ("价格 2,980元/人", 2980,
        2980), ("Free admission", 0, 0),
    ],
)  # fmt: skip
def test_what_is_paid(text: str, low: float, high: float) -> None:
    price = read_price(text)
    assert price is not None
    assert (price.min, price.max) == (low, high)


ABOVE_AND_BELOW = "示例论坛在示例路8号旧仓咖啡举行，欢迎各位前来参加。\n{}\n请提前十分钟到场，谢谢大家的配合与支持。"


@pytest.mark.parametrize(
    ("line", "low"),
    [("Tickets 50 RMB", 50), ("费用 60元", 60), ("门票 1280 元起", 1280), ("Entry £8", 8)],
)
def test_a_line_that_begins_with_what_is_paid(line: str, low: float) -> None:
    price = read_price(ABOVE_AND_BELOW.format(line))
    assert price is not None
    assert price.min == low


@pytest.mark.parametrize("line", ["Tickets 2 per person", "Entry 7pm, show 8pm", "门票 12月1日开售"])
def test_a_line_that_begins_so_and_tells_no_price(line: str) -> None:
    assert read_price(ABOVE_AND_BELOW.format(line)) is None


@pytest.mark.parametrize(
    "text",
    [
        "费用：AA制",
        "押金100元，结束退还",
        "一等奖奖金30000元",
        "现场提供免费停车",
        "满200减50元",
        "价值4200元的礼包",
        "成交额约8亿元",
        "今天天气不错",
        "票价待定",
    ],
)
def test_what_is_no_price(text: str) -> None:
    assert read_price(text) is None


def test_currencies() -> None:
    assert [p.currency for t in ("¥50", "$15 per person", "€20", "免费") if (p := read_price(t))] == [
        "CNY",
        "USD",
        "EUR",
        None,
    ]


@given(st.text(alphabet="费用票价：:0123456789-~元万免费¥$/人.,押金 \n", max_size=200))
def test_any_text_gives_ordered_finite_prices(text: str) -> None:
    price = read_price(text)
    if price is not None and price.min is not None and price.max is not None:
        assert 0 <= price.min <= price.max <= 200_000


def test_only_a_field_named_as_a_price_counts_where_prose_is_left_alone() -> None:
    assert labelled_price("桌游吧日常局，一个人也能来。费用：39元/人，含饮料。") == Price(
        min=39, max=39, currency="CNY"
    )
    assert labelled_price("上周有人花39元/人吃了一顿。") is None
    assert labelled_price("Good talk. Price: £10. RSVP by Monday 6pm.") == Price(min=10, max=10, currency="GBP")
    for free in ("Free entry.", "好玩。免费。", "Come along. Free, no sign-up", "活动免费参加"):
        assert labelled_price(free) == Price(min=0, max=0), free
    for other in ("Feel free to join us.", "现场提供免费停车", "免费领取资料，", "sugar-free snacks"):
        assert labelled_price(other) is None, other
    assert labelled_price("") is None
