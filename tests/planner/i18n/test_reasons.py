"""Every code has words in both languages, and Chinese readers read no English but names."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from planner.i18n.catalog import LANGUAGES
from planner.i18n.reasons import english, texts, translate
from spiders.reasons import Code, Reason

NAMES = """robots.txt http https https://www.meetup.com/GROUP/ MiB HTML XML JSON JSON-LD RSS iCalendar END:VCALENDAR UID
    RRULE TLS HTTP VPN KiB IPv4 NAT64 Teredo 6to4 h-event hCalendar --force network: allow
    llm: calls_a_day key_file chmod headers_from Authorization: Bearer only without url since basic.ics
    quanzi[pictures] JPEG PDF MB""".split()  # noqa: SIM905


def fields_of(text):
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def forms_of(text):
    return [text] if isinstance(text, str) else list(text.values())


def foreign_words(text):
    """Words of Latin letters that are no names."""
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, "")
    return re.findall(r"[A-Za-z]{2,}", text)


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_words_in_both_languages_with_the_same_values(code):
    forms = [form for language in LANGUAGES for form in forms_of(texts(language)[code])]
    fields = [fields_of(form) for form in forms]
    assert all(forms)
    assert all(each == fields[0] for each in fields)


@pytest.mark.parametrize("code", list(Code))
def test_a_chinese_text_has_no_english_word_that_is_no_name(code):
    for form in forms_of(texts("zh")[code]):
        assert not foreign_words(re.sub(r"\{.*?\}", "", form))


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_no_text_without_a_code(language):
    assert set(texts(language)) == set(map(str, Code))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_for_one_goes_with_a_text_for_several(language):
    assert all(set(text) == {"one", "other"} for text in texts(language).values() if not isinstance(text, str))


@pytest.mark.parametrize(
    ("reason", "said", "shown"),
    [
        (Reason(Code.STATUS_ERROR, status=502), "the server answers with an error (502)", "服务器出错（502）"),
        (Reason(Code.NO_EVENT, why=Reason(Code.A_RECAP)), "no event: a recap", "没有活动：活动回顾"),
        (Reason(Code.REFUSED, why=Reason(Code.PAGE_SIGN_IN)), "refused: sign-in page", "不能读：登录页"),
        (Reason(Code.NOT_A_CALENDAR, kind=Reason(Code.KIND_HTML)), "not a calendar: HTML", "不是日历：网页"),
        (
            Reason(Code.NOT_A_CALENDAR, kind=Reason(Code.KIND_HTML_REFUSED, why=Reason(Code.PAGE_SIGN_IN))),
            "not a calendar: HTML (refused: sign-in page)",
            "不是日历：登录页",
        ),
        (
            Reason(Code.ITEMS, count=1, why=Reason(Code.NO_EVENT, why=Reason(Code.AN_ARTICLE))),
            "1 item: no event: an article",
            "1 条：没有活动：普通文章",
        ),
        (Reason(Code.ITEMS, count=2, why=Reason(Code.EMPTY)), "2 items: empty: no content", "2 条：空白，没有内容"),
        (
            Reason(
                Code.SOURCES_DIFFER,
                opinions=(Reason(Code.OPINION, count=2, time="19:30"), Reason(Code.OPINION, count=1, time="20:00")),
            ),
            "sources differ: 2 give 19:30, 1 give 20:00",
            "各来源说法不一：2 家说 19:30、1 家说 20:00",
        ),
        (Reason(Code.AS_SAID, text="something {old}"), "something {old}", "something {old}"),
    ],
)
def test_a_reason_in_words(reason, said, shown):
    assert english(reason) == translate(reason, "en") == said
    assert translate(reason, "zh") == shown


def test_no_reason_is_no_words():
    assert translate(None, "zh") == ""


def test_a_reason_that_nests_without_end_is_cut_short():
    reason = Reason(Code.AN_ARTICLE)
    for _ in range(500):
        reason = Reason(Code.NO_EVENT, why=reason)
    assert translate(reason, "zh").startswith("没有活动：没有活动：")
    assert len(translate(reason, "zh")) < 50


def test_a_value_that_another_version_named_otherwise_is_left_open():
    assert translate(Reason(Code.STATUS_ERROR), "en") == "the server answers with an error (–)"
