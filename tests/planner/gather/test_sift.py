"""Words that decide which events of a source are kept: whole words where letters are spaced, pieces where not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.gather.sift import sifted
from spiders.items import Place, Source
from tests.support.events import make_event


def kept(text: str, *, only=(), without=(), **known) -> bool:
    source = Source(id="a", url="https://a.example", timezone="Asia/Shanghai", only=only, without=without)
    events, left_out = sifted(source, {"k": make_event(text, **known)})
    assert len(events) + len(left_out) == 1
    return bool(events)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("AI salon", "ai", True),
        ("Maintenance day", "ai", False),
        ("学AI的人", "AI", True),
        ("ＡＩ 沙龙", "ai", True),
        ("新能源沙龙", "能源", True),
        ("新能源沙龙", "能量", False),
        ("Board  game night", "board game", True),
        ("Board games", "board game", False),
        ("C++ meetup", "c++", True),
        ("Café STRASSE", "straße", True),
        ("储能SaaS之夜", "储能saas", True),
        ("储能SaaSX之夜", "储能saas", False),
        ("ボードゲーム会", "ゲーム", True),
        ("5G forum", "5g", True),
        ("15G forum", "5g", False),
    ],
)
def test_words_and_pieces(text, word, found):
    assert kept(text, only=(word,)) is found
    assert kept(text, without=(word,)) is not found


@pytest.mark.parametrize(
    "known",
    [
        {"description": "Bring a kettle."},
        {"categories": ("Kettle", "tea")},
        {"organizer": "The kettle club"},
        {"place": Place(name="Kettle House")},
        {"place": Place(district="Kettle")},
    ],
)
def test_every_field_counts(known):
    assert kept("Evening", only=("kettle",), **known)
    assert not kept("Evening", without=("plum", "kettle"), **known)


def test_both_lists_and_none():
    assert kept("anything")
    assert kept("tea and plums", only=("tea", "coffee"), without=("kettle",))
    assert not kept("tea and kettles", only=("tea",), without=("kettles",))


def test_a_notice_without_a_time_passes():
    notice = replace(make_event("Off"), start=None, notice="off")
    source = Source(id="a", text="x", timezone="Asia/Shanghai", only=("tea",))
    assert sifted(source, {"k": notice}) == ({"k": notice}, ())
    assert sifted(source, {"k": replace(notice, start=make_event("x").start)})[1] == ("k",)
