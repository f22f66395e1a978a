"""What an event may be called: its candidates, what is seen of them, and which of them it is."""

from __future__ import annotations

import pytest

from spiders.readers.announcement.names import Name
from spiders.readers.announcement.select import select
from tests.support.announcements import events_of, reader_of

WHEN = "时间：12月12日 14:00\n地点：旧仓\n欢迎报名"


def candidates(text: str) -> list[list[Name]]:
    reader = reader_of(text)
    occasions = select(reader.article, reader.mentions, reader.judgement.time).occasions
    return reader.names(reader.blocks(occasions))


@pytest.mark.parametrize(
    ("text", "origin", "words"),
    [
        (f"【报名】纸灯读书会\n\n{WHEN}", "title", "纸灯读书会"),
        (f"旧城读书会 | 纸灯书屋\n\n{WHEN}", "title-side", "旧城读书会"),
        (f"纸灯书屋，旧城读书会\n\n{WHEN}", "title-part", "旧城读书会"),
        (f"纸灯书屋《旧城与灯》\n\n{WHEN}", "title-quoted", "旧城与灯"),
        (f"纸灯书屋\n\n活动名称：旧城读书会\n{WHEN}", "field-name", "旧城读书会"),
        (f"纸灯书屋\n\n主题：旧城与灯\n{WHEN}", "field-topic", "旧城与灯"),
        (f"纸灯书屋\n\n【旧城读书会】\n{WHEN}", "head", "旧城读书会"),
        (f"纸灯书屋\n\n旧城读书会\n{WHEN}", "above", "旧城读书会"),
        ("纸灯书屋\n\n第3届纸灯论坛将于12月12日在旧仓举行，欢迎报名参加。", "edition", "第3届纸灯论坛"),
        ("纸灯书屋\n\n纸灯年会将于12月12日在旧仓举行，欢迎报名参加。", "subject", "纸灯年会"),
        ("纸灯书屋\n\n欢迎报名参加12月12日 14:00的“旧城与灯”分享会。", "quoted", "旧城与灯"),
    ],
)
def test_where_candidates_come_from(text: str, origin: str, words: str) -> None:
    (names,) = candidates(text)
    assert (origin, words) in {(name.origin, name.words) for name in names}
    assert len({(name.origin, name.words) for name in names}) == len(names)
    assert all(f"from.{name.origin}" in name.features for name in names)
    assert all(2 <= len(name.words) <= 80 for name in names)


def test_lines_that_tell_a_time_or_a_field_are_no_candidates_above() -> None:
    (names,) = candidates(
        "纸灯书屋\n\n旧城读书会\n费用：30元\n11月30日 更新\n时间：12月12日 14:00\n地点：旧仓\n欢迎报名"
    )
    assert {name.words for name in names if name.origin.startswith("above")} == {"旧城读书会"}


def test_a_date_at_the_beginning_is_not_cut_in_two() -> None:
    (names,) = candidates(f"12月12日《旧城与灯》分享会 | 纸灯书屋\n\n{WHEN}")
    assert not [name.words for name in names if name.words.startswith("月")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"活动信息\n\n{WHEN}\n主题：纸灯与旧城", "纸灯与旧城"),
        (f"活动预告\n\n{WHEN}\n活动名称：旧城读书会", "旧城读书会"),
        (f"活动预告\n\n活动名称：旧城读书会\n{WHEN}", "旧城读书会"),
        (f"活动信息\n\n活动主题：纸灯与旧城分享会\n{WHEN}", "纸灯与旧城分享会"),
        (f"活动信息\n\n主题：纸灯与旧城\n{WHEN}", "纸灯与旧城"),
        ("活动信息\n\n12月12日 14:00，旧仓见\n主题：纸灯与旧城\n欢迎报名", "纸灯与旧城"),
    ],
)
def test_a_generic_title_gives_way(text: str, title: str) -> None:
    assert [event.title for event in events_of(text)] == [title]


def test_where_all_is_generic_the_title_stays() -> None:
    assert [event.title for event in events_of("活动信息\n\n时间：12月12日 14:00\n地点：旧仓")] == ["活动信息"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("纸灯行业年会将于12月12日在旧仓举行\n\n欢迎报名参加，地点：旧仓。", "纸灯行业年会"),
        ("重要通知\n\n纸灯行业年会将于12月12日在旧仓举行，欢迎报名参加。", "纸灯行业年会"),
        ("重要通知\n\n各位会员：\n纸灯行业年会定于12月12日 9:00在旧仓召开，欢迎报名参加。", "纸灯行业年会"),
    ],
)
def test_what_will_be_held_is_the_subject_of_its_sentence(text: str, title: str) -> None:
    assert [event.title for event in events_of(text)] == [title]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "纸灯书屋本周活动\n\n一、旧城读书会\n时间：12月5日 14:00\n二、夜灯观影会\n时间：12月6日 19:00\n地点：新仓",
            ["旧城读书会", "夜灯观影会"],
        ),
        (
            "纸灯沙龙\n\n读书沙龙\n主题：旧城\n时间：12月12日 14:00\n\n观影沙龙\n主题：夜灯\n时间：12月13日 14:00",
            ["读书沙龙：旧城", "观影沙龙：夜灯"],
        ),
        (
            "纸灯摄影展\n\n展期：2026年12月5日至2027年1月20日\n开幕时间：12月5日 15:00\n地点：旧仓美术馆\n欢迎参观",
            ["纸灯摄影展", "纸灯摄影展"],
        ),
        ("纸灯读书会\n\n我们将于12月12日在旧仓碰头，1月9日再聚，欢迎报名。", ["纸灯读书会"]),  # told in passing
    ],
    ids=["headings", "topics", "a range and an hour", "a sentence"],
)  # fmt: skip
def test_each_of_several_has_its_own_name(text: str, titles: list[str]) -> None:
    assert [event.title for event in events_of(text)] == titles


def test_a_title_too_long_for_a_name_is_no_worse_than_a_call() -> None:
    (event,) = events_of("纸灯" * 100 + "\n\n时间：12月12日 14:00\n欢迎报名")
    assert event.title.startswith("纸灯")


def test_a_title_too_long_for_a_name_is_cut_where_nothing_else_is_told() -> None:
    (event,) = events_of("12月12日 14:00 旧仓见，欢迎报名纸灯读书会" + "读书" * 100)
    assert len(event.title) <= 80


def test_who_says_it_in_a_chat_is_no_part_of_the_name() -> None:
    (event,) = events_of("群主样样：【纸灯羽毛球活动】\n12月12日 14:00，旧仓体育馆，AA，欢迎报名")
    assert event.title == "纸灯羽毛球活动"
