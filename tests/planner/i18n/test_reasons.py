"""Reasons reach a Chinese reader in Chinese; unknown ones stay as they were said."""

from __future__ import annotations

import pytest

from planner.i18n.reasons import translate


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("status 502: refused", "服务器出错（502）"),
        ("status 404: not found", "网页不存在（404）"),
        ("no event: a recap", "没有活动：活动回顾"),
        ("not a calendar: HTML (refused: sign-in page)", "不是日历：登录页"),
        ("1 item: no event: an article", "1 条：没有活动：普通文章"),
        ("robots.txt forbids it", "robots.txt 不允许读取"),
        ("address refused: 127.0.0.1: loopback", "地址不允许访问：127.0.0.1: loopback"),
        ("something entirely new", "something entirely new"),
        ("no event: something new", "没有活动：something new"),
        ("", ""),
    ],
)
def test_a_reason_in_chinese(said, shown):
    assert translate(said, "zh") == shown


def test_english_stays_as_it_was_said_but_where_it_was_said_badly():
    assert translate("status 404: not found", "en") == "status 404: not found"
    assert translate("status 502: refused", "en") == "the server answers with an error (502)"
    assert translate("quiet: a calendar without events", "en") == "a calendar without events"


@pytest.mark.parametrize(
    "said",
    [
        *("no such file or directory", "permission denied", "connection refused", "name or service not known"),
        *("timed out", "self-signed certificate", "certificate has expired", "service unavailable"),
        *(
            "hostname mismatch, certificate is not valid for 'mail.example'.",
            "connection unexpectedly closed: timed out",
        ),
    ],
)
def test_what_systems_say_is_said_in_chinese(said):
    assert not {word for word in translate(said, "zh").split() if word.isascii() and "mail.example" not in word}


def test_a_reason_that_nests_without_end_is_cut_short():
    assert translate("no event: " * 500 + "x", "zh").startswith("没有活动：")
