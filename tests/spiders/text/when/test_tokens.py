"""Each kind of token is made by the grammar and has its handler; what the grammar does not know is an error."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.text.when.mentions import HANDLERS, MentionReader
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind, Token

# A text for each kind that holds it.
TEXTS = {
    Kind.COUNT: "每周二19:30，共8次", Kind.DATE: "12月5日", Kind.DAY: "12月5日、13日", Kind.DURATION: "2小时",
    Kind.EVERY: "每天", Kind.FORTNIGHTLY: "every other Thursday", Kind.LIST: "12月5日、13日", Kind.MONTH: "12月",
    Kind.MONTH_DAYS: "每月1日", Kind.MONTHLY: "每月第一个周六", Kind.NEXT_DAY: "次日", Kind.NOISE: "021-5555 1234",
    Kind.NOW: "即日起", Kind.NTH: "12月第一个周六", Kind.PART: "晚上", Kind.RANGE: "12月5日至13日",
    Kind.RELATIVE: "明天", Kind.RELATIVE_MONTH: "下月5日", Kind.ROLE: "签到", Kind.SAME_DAY: "当天",
    Kind.SPAN_DAYS: "为期3天", Kind.TIME: "19:30", Kind.UNTIL: "every Monday until December 5", Kind.WEEK: "本周暂停",
    Kind.WEEKDAY: "周六", Kind.WEEKEND: "周末", Kind.YEAR: "2026年", Kind.ZONE: "19:30 CET",
}  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_made_by_the_grammar(kind: Kind) -> None:
    assert kind in {token.kind for token in scan(TEXTS[kind])}


def test_handlers_and_kinds_are_the_same() -> None:
    assert set(HANDLERS) == set(Kind)
    named = {name for name in dir(MentionReader) if name.startswith("_on_")}
    assert named == {"_on_" + kind.replace("-", "_") for kind in Kind}


def test_a_kind_that_nobody_knows_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.text.when.mentions.scan", lambda text: iter([Token("moon", 0, 1)]))
    with pytest.raises(KeyError):
        MentionReader("初一", date(2026, 11, 23)).run()
