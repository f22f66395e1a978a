"""Words of a configuration are changed one by one: comments, order and all else stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config import parse
from planner.config.edit_words import LISTS, with_words
from planner.config.model import Word
from planner.config.words_lists import words_of
from planner.errors import ConfigError, UsageError
from planner.i18n.catalog import Catalog

EN = Catalog("en")
CONFIG = """city: 上海
# what I follow
interests:
  industry: [储能, {供应链: 2}, SaaS]  # mine
  practice:
    - 桌游    # with friends
    # the club
    - 头马
    - {狼人杀: 3}
  avoid: 相亲，直播
sources: []
"""


def word(text: str) -> Word:
    name, _, weight = text.partition("*")
    return Word(word=name, weight=float(weight or 1))


def changed(name, *wanted, raw: str = CONFIG) -> str:
    return with_words(raw.encode(), name, [word(each) for each in wanted], EN).decode()


@pytest.mark.parametrize(
    ("name", "wanted", "before", "after"),
    [
        ("industry", ["储能", "SaaS", "供应链*2", "氢能"], "SaaS]  # mine", "SaaS, 氢能]  # mine"),
        ("industry", ["储能", "SaaS"], "[储能, {供应链: 2}, SaaS]", "[储能, SaaS]"),
        ("industry", ["储能*3", "SaaS", "供应链*2"], "[储能,", "[{储能: 3},"),
        ("industry", [], "[储能, {供应链: 2}, SaaS]", "[]"),
        ("practice", ["桌游", "头马", "狼人杀*3", "辩论"], "    - {狼人杀: 3}\n", "    - {狼人杀: 3}\n    - 辩论\n"),
        ("practice", ["桌游", "狼人杀*3"], "    # the club\n    - 头马\n", ""),
        ("practice", ["桌游*2", "头马", "狼人杀*3"], "- 桌游    # with", "- {桌游: 2}    # with"),
        ("avoid", ["相亲"], "相亲，直播", "[相亲]"),
        ("avoid", ["相亲", "直播", "传销"], "相亲，直播", "[相亲, 直播, 传销]"),
        ("up", ["电池", "铜箔*2"], "sources: []\n", "sources: []\nchain:\n  up:\n    - 电池\n    - 铜箔: 2\n"),
        ("industry", ["储能", "SaaS", "供应链*2"], "", ""),
    ],
)
def test_only_what_was_changed_changes(name, wanted, before, after):
    assert changed(name, *wanted) == CONFIG.replace(before, after, 1) if before else CONFIG


def test_several_words_in_one_entry_stay_beside_the_one_that_goes():
    raw = "interests: {industry: [储能，新能源, 物流]}\n"
    assert changed("industry", "储能", "物流", raw=raw) == "interests: {industry: [储能, 物流]}\n"


@pytest.mark.parametrize(
    ("raw", "after"),
    [
        ("city: 上海\r\n", "city: 上海\r\ninterests:\r\n  industry:\r\n    - 储能\r\n"),
        ("{city: 上海}", "{city: 上海, interests: {industry: [储能]}}"),
        ("", "interests:\n  industry:\n    - 储能\n"),
        ("interests: {avoid: [相亲]}", "interests: {avoid: [相亲], industry: [储能]}"),
    ],
)
def test_a_list_that_is_not_there_is_made(raw, after):
    assert changed("industry", "储能", raw=raw) == after


@pytest.mark.parametrize("raw", ["interests:\n", "interests: &a {practice: &b [桌游], industry: *b}\n"])
def test_what_is_too_strange_is_written_by_hand(raw):
    with pytest.raises(UsageError, match=r"industry: \[储能\]"):
        changed("industry", "储能", raw=raw)


def test_a_word_that_is_wanted_and_avoided_is_refused():
    with pytest.raises(ConfigError, match="相亲"):
        changed("industry", "相亲")


WORDS = st.builds(
    Word,
    word=st.sampled_from([*"甲乙丙丁", "on", "a: b", "x # y", "[z", "'q", "1", "{v}"]),
    weight=st.sampled_from([1, 2, 0.5]),
)
LISTED = st.lists(WORDS, max_size=5, unique_by=lambda each: each.word)


@st.composite
def configurations(draw) -> str:
    """Texts that hold a list in one of its forms, with comments around it."""
    from planner.config.edit_words import _entry
    from planner.config.scalars import written

    entries = [written(_entry(each)) for each in draw(LISTED)]
    if draw(st.booleans()) and entries:
        lines = [f"    - {entry}{draw(st.sampled_from(['', '  # note']))}" for entry in entries]
        listed = "\n" + "\n".join(lines)
    else:
        listed = f" [{draw(st.sampled_from([', ', ',', ' , '])).join(entries)}]  # mine"
    return f"# top\ncity: 上海\ninterests:\n  # mine\n  industry:{listed}\n  avoid: [丑]\n# end\nsources: []\n"


@given(configurations(), LISTED)
def test_whatever_is_wanted_is_there_afterwards_and_comments_stay(raw, wanted):
    after = with_words(raw.encode(), "industry", wanted, EN).decode()
    assert set(words_of(parse(after.encode(), "c", EN), "industry")) == set(wanted)
    for line in ("# top", "  # mine", "  avoid: [丑]", "# end", "sources: []"):
        assert line in after.splitlines()


def test_every_list_has_a_place():
    assert set(LISTS) == {"industry", "practice", "avoid", "up", "down", "peers"}
