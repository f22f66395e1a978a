"""Which times are those of the events: lists, limits, labels, and how sure it is where times compete."""

from __future__ import annotations

import pytest

from spiders.readers.announcement.judgement import Model
from spiders.readers.announcement.select import CLEAR, LIKELY, judged_times, occasions_from, select
from spiders.reasons import Code
from tests.support.announcements import events_of, reader_of, starts_of

LIST = "纸灯观影会\n\n12月5日 19:30 《远山》\n12月12日 19:30 《近水》\n12月19日 19:30 《长路》\n地点：旧仓\n欢迎报名"
CAMPUSES = "纸灯手作会\n\n东校区：12月5日 19:00\n西校区：12月5日 19:00\n欢迎报名参加"
TWO = "纸灯读书会\n\n时间：12月5日 19:30\n我们12月12日在旧仓见，欢迎报名。"


def test_the_entries_of_one_list_are_judged_together() -> None:
    reader = reader_of(LIST)
    judged = judged_times(reader.article, reader.mentions, Model(0.0, {"all.first-ahead": 3.0}))
    assert len(judged) == 3
    assert sum("all.first-ahead" in one.features for one in judged) == 1
    assert {round(one.probability, 6) for one in judged} == {0.731059}  # of 3 / 3 each
    assert len({one.list for one in judged}) == 1


def test_what_is_built_otherwise_is_judged_by_itself() -> None:
    reader = reader_of(TWO)
    judged = judged_times(reader.article, reader.mentions, Model(0.0, {"field.time": 3.0}))
    assert [one.probability > 0.9 for one in judged] == [True, False]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (LIST, ["纸灯观影会 《远山》", "纸灯观影会 《近水》", "纸灯观影会 《长路》"]),
        (CAMPUSES, ["纸灯手作会（东校区）", "纸灯手作会（西校区）"]),
    ],
    ids=["works", "places"],
)  # fmt: skip
def test_each_entry_of_a_list_is_an_event_by_its_own_name(text: str, titles: list[str]) -> None:
    assert [event.title for event in events_of(text)] == titles


@pytest.mark.parametrize(
    "limit",
    [
        "报名截止12月5日",
        "报名截至12月5日 18:00",
        "即日起至12月5日报名",
        "请于12月5日前报名",
        "12月5日截止报名",
        "12月5日之前缴费",
        "报名时间：至12月5日",
        "投稿截止时间：12月5日 24:00",
        "布展时间：\n12月5日 9:00-17:00\n12月6日 9:00-17:00",
        "签到时间：\n12月11日 14:00\n12月11日 18:00",
    ],
)
def test_a_limit_or_what_goes_beside_never_starts_an_event(limit: str) -> None:
    for text in (f"时间：12月12日 14:00\n{limit}", f"{limit}\n时间：12月12日 14:00"):
        assert starts_of(f"纸灯读书会\n\n{text}\n地点：旧仓\n欢迎报名") == ["12-12 14:00"]


@pytest.mark.parametrize(
    "limit",
    [
        "报名截止12月5日",
        "报名截至12月5日",
        "12月5日前报名",
        "12月5日截止报名",
        "时间：至12月5日",
        pytest.param(
            "布展时间：\n12月8日 9:00-17:00\n12月9日 9:00-17:00",
            marks=pytest.mark.xfail(
                strict=True, reason="the second day below the label is taken where no other is told"
            ),
        ),
    ],
)
def test_a_limit_alone_is_no_start_either(limit: str) -> None:
    assert starts_of(f"纸灯读书会\n\n{limit}\n地点：旧仓\n欢迎报名") == []


def chances(*of: float) -> Model:
    """A model by which the first time of TWO (in a field) and the second (in a sentence) have these log-odds."""
    return Model(0.0, {"field.time": of[0], "near.held": of[1]})


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [
        (0.5, -0.1, Code.ANOTHER_TIME_TOLD),
        (-0.1, -0.3, Code.TIME_NOT_SURE),
        (0.5, -3.0, None),
        (3.0, -0.1, None),
    ],
    ids=["close", "both unlikely", "far apart", "clear"],
)
def test_where_times_compete_it_is_said(first: float, second: float, doubt: Code | None) -> None:
    reader = reader_of(TWO)
    selected = select(reader.article, reader.mentions, chances(first, second))
    (occasion,) = selected.occasions
    assert f"{occasion.sessions[0].start:%m-%d}" == "12-05"
    assert [reason.code for reason in occasion.doubts] == ([doubt] if doubt else [])
    assert "12月12日" in str(occasion.doubts) or doubt is not Code.ANOTHER_TIME_TOLD


def test_the_events_of_a_list_do_not_compete() -> None:
    assert [event.evidence.doubts for event in events_of(LIST)] == [()] * 3


def test_nothing_is_chosen_where_nothing_is_possible() -> None:
    reader = reader_of(TWO)
    selected = select(reader.article, reader.mentions, chances(-3.0, -3.0))
    assert selected.occasions == ()
    assert len(selected.judged) == 2


@pytest.mark.parametrize(
    ("text", "sure", "codes"),
    [
        ("纸灯读书会\n\n时间：12月5日 19:30\n地点：旧仓\n欢迎报名", "stated", []),
        ("纸灯观影会\n\n12月5日 19:30 《远山》\n12月12日 19:30 《近水》\n地点：旧仓\n欢迎报名", "inferred", []),
        ("纸灯读书会\n\n我们12月12日见，也可能12月13日。", "doubtful", [Code.TIME_NOT_SURE]),
    ],
)
def test_how_sure_a_start_is(text: str, sure: str, codes: list[Code]) -> None:
    for event in events_of(text):
        assert (event.evidence.sure, [reason.code for reason in event.evidence.doubts]) == (sure, codes)
    reader = reader_of(text)
    likely = [one.probability for one in select(reader.article, reader.mentions, reader.judgement.time).occasions]
    assert likely
    assert all({"stated": p >= CLEAR, "inferred": LIKELY <= p < CLEAR, "doubtful": p < LIKELY}[sure] for p in likely)


def test_a_chosen_time_becomes_one_occasion_with_its_words() -> None:
    reader = reader_of(TWO)
    judged = judged_times(reader.article, reader.mentions, reader.judgement.time)
    (occasion,) = occasions_from(reader.article, reader.mentions, judged[:1])
    assert (occasion.words, occasion.labelled, occasion.in_passing) == ("12月5日 19:30", True, False)
    assert occasion.probability == judged[0].probability


def test_of_a_tour_none_is_meant() -> None:
    ranges = [f"12月{day}日-{day + 2}日" for day in (1, 5, 9, 13, 17)]
    text = "纸灯巡演\n\n{}\n地点：旧仓\n欢迎报名"
    assert starts_of(text.format("\n".join(ranges))) == []
    assert len(starts_of(text.format("\n".join(ranges[:2])))) == 2


@pytest.mark.parametrize(
    ("title", "starts"),
    [
        ("纸灯巡演", ["12-05 19:30", "12-06 19:30", "12-07 19:30"]),
        ("纸灯巡演 - 12月6日, 19:30 - 旧仓", ["12-06 19:30"]),
    ],
    ids=["all of them", "the one in the title"],
)
def test_a_title_with_day_hour_and_place_says_which_is_meant(title: str, starts: list[str]) -> None:
    assert starts_of(f"{title}\n\n12月5日 19:30\n12月6日 19:30\n12月7日 19:30\n欢迎报名参加") == starts
