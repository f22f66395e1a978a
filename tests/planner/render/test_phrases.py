"""What speaks for an evening: few short phrases, each word once, nothing for insiders."""

from __future__ import annotations

import pytest

from planner.i18n.catalog import Catalog
from planner.render.phrases import phrases, term_in_words
from planner.types import Term

STORAGE, CHAIN = Term("interest", 2.0, "储能"), Term("interest", 1.0, "供应链")
BY = Term("interest", 0.9, "出海 = 跨境")
NEAR = Term("chain_near_down", 0.7, "虚拟电厂 · 储能")


def test_words_of_one_kind_stand_in_one_phrase():
    assert phrases([CHAIN, STORAGE, BY], Catalog("zh")) == ("你关注的“储能”“供应链”“出海”",)
    assert phrases([STORAGE, CHAIN], Catalog("en")) == ("your interests “储能”, “供应链”",)
    assert phrases([STORAGE], Catalog("en")) == ("your interest “储能”",)


def test_what_says_the_same_again_is_left_out():
    kind, trade = Term("kind", 1.0, "桌游夜"), Term("trade", 0.5, "沙龙")
    assert phrases([Term("interest", 1.0, "桌游"), kind, trade], Catalog("zh")) == ("你关注的“桌游”",)
    assert phrases([kind, trade], Catalog("zh")) == ("可以练“桌游夜”",)
    assert phrases([trade], Catalog("zh")) == ("像行业里的活动：“沙龙”",)


def test_what_a_trade_proposes_is_told_as_what_it_is():
    assert phrases([NEAR], Catalog("zh")) == ("“储能”的下游：虚拟电厂",)
    assert term_in_words(NEAR, Catalog("en")) == "downstream of “储能”: 虚拟电厂"


def test_why_tells_by_which_word_an_interest_was_met():
    assert term_in_words(BY, Catalog("zh")) == "“跨境”，即你关注的“出海”"
    assert term_in_words(BY, Catalog("en")) == "“跨境”, which is your interest “出海”"


@pytest.mark.parametrize(
    ("about", "zh", "en"),
    [
        ("2", "和这群人已排过 1 次，再去一次就熟了", "second time with this group"),
        ("5", "和这群人已排过 4 次，再去一次就熟了", "fifth time with this group"),
        ("12", "和这群人已排过 11 次，再去一次就熟了", "12th time with this group"),
    ],
)
def test_meeting_the_same_people_again_is_counted(about, zh, en):
    term = Term("streak", 0.8, about)
    assert (term_in_words(term, Catalog("zh")), term_in_words(term, Catalog("en"))) == (zh, en)


@pytest.mark.parametrize(
    ("term", "zh", "en"),
    [
        (Term("acquaintances", 3.0, "2"), "最近认识的 2 个人可能在", "2 people whom you met lately may be there"),
        (Term("acquaintances", 2.0, "1"), "最近认识的一个人可能在", "somebody whom you met lately may be there"),
        (
            Term("returning", 1.0, "3"),
            "还没认识的圈子，三周内还聚 3 次",
            "new to you, and meets again 3 times within three weeks",
        ),
        (
            Term("returning", 0.3, "1"),
            "还没认识的圈子，三周内还聚一次",
            "new to you, and meets again within three weeks",
        ),
    ],
)
def test_people_are_told_by_their_number(term, zh, en):
    for words, told in ((Catalog("zh"), zh), (Catalog("en"), en)):
        assert term_in_words(term, words) == told
        assert phrases([term], words) == (told,)


def test_for_and_against_do_not_stand_in_one_phrase():
    against = Term("interest", -0.6, "相亲")
    assert phrases([STORAGE, against], Catalog("zh")) == ("你关注的“储能”", "你关注的“相亲”")
    assert phrases([STORAGE, CHAIN, NEAR, BY], Catalog("zh"), 1) == ("你关注的“储能”“供应链”“出海”",)


def test_a_term_of_another_version_tells_what_it_rests_on():
    assert term_in_words(Term("unheard_of", 1.0, "x"), Catalog("en")) == "x"
