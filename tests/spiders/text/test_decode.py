"""Bytes to text: the encoding matrix, lying labels, marks of doubt, and no byte sequence that raises."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.text.decode import decode

SIMPLE = "云麓储能沙龙：时间 2026年11月28日 14:00，地点 梧桐里9号，欢迎报名参加，费用全免。主讲人会分享工厂经验。"
TRADITIONAL = "河岸桌遊之夜：時間 2026年11月28日 19:30，地點 茶空間二樓，歡迎報名參加，費用自理。"
CODECS = {"gbk": SIMPLE, "gb18030": SIMPLE, "utf-8": SIMPLE, "big5": TRADITIONAL}


def labelled(text: str, codec: str, where: str, label: str | None) -> tuple[bytes, dict[str, str]]:
    if label is None:
        return text.encode(codec), {}
    if where == "header":
        return text.encode(codec), {"content-type": f"text/html; charset={label}"}
    return f'<meta charset="{label}">{text}'.encode(codec), {}


@pytest.mark.parametrize("where", ["header", "meta"])
@pytest.mark.parametrize("codec", CODECS)
def test_right_label_gives_the_exact_text(codec: str, where: str) -> None:
    body, headers = labelled(CODECS[codec], codec, where, codec)
    decoded = decode(body, headers)
    assert decoded.text.endswith(CODECS[codec])
    assert not decoded.doubtful


@pytest.mark.parametrize("where", ["header", "meta"])
@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("label", [None, "utf-8", "gbk", "big5", "iso-8859-1", "no-such-charset"])
def test_wrong_or_absent_label_is_seen_through(codec: str, where: str, label: str | None) -> None:
    body, headers = labelled(CODECS[codec], codec, where, label)
    assert decode(body, headers).text.endswith(CODECS[codec])


def test_gb2312_label_covers_gb18030_characters() -> None:
    text = "喆与㙍：" + SIMPLE
    assert decode(text.encode("gb18030"), {"content-type": "text/html; charset=gb2312"}).text == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_by_mark_or_first_character(codec: str) -> None:
    text = "<p>" + SIMPLE
    assert decode(text.encode(codec)).text == text


def test_one_bad_byte_is_marked_and_costs_itself() -> None:
    decoded = decode(SIMPLE.encode() + b"\xff" + SIMPLE.encode(), {"content-type": "text/html; charset=utf-8"})
    assert decoded.doubtful
    assert decoded.text == SIMPLE + "\ufffd" + SIMPLE


def test_windows_punctuation_in_unicode_is_put_right() -> None:
    assert decode("Rest \u0095 Reset".encode()).text == "Rest • Reset"


def test_western_text_stays_western() -> None:
    text = "Café Müller – œuvre d’été à Besançon, déjà vu, façade, naïveté"
    assert decode(text.encode("cp1252"), {"content-type": "text/html; charset=iso-8859-1"}).text == text


@pytest.mark.parametrize("label", ["rot13", "zip", "idna", "utf-7", "undefined", "../etc/passwd", ""])
def test_labels_that_are_no_charsets_do_no_harm(label: str) -> None:
    assert decode(SIMPLE.encode(), {"content-type": f"text/html; charset={label}"}).text == SIMPLE


@given(st.binary(max_size=400), st.sampled_from(["", "gbk", "utf-8", "big5", "utf-16", "shift_jis", "x-nothing"]))
def test_any_bytes_give_storable_text(body: bytes, label: str) -> None:
    decoded = decode(body, {"content-type": f"text/plain; charset={label}"})
    decoded.text.encode("utf-8")
    assert "\0" not in decoded.text
    if re.search("[\ufffd\x80-\x9f]", decoded.text):
        assert decoded.doubtful


@pytest.mark.parametrize(
    ("label", "codec"),
    [("csgb2312", "gb18030"), ("iso-ir-58", "gb18030"), ("csBig5", "big5hkscs"), ("Shift-JIS", "cp932")],
)
def test_labels_of_the_web_name_the_wider_codec(label: str, codec: str) -> None:
    text = "<p>活动时间：周六晚七点，地点：白鹭书店</p>" if codec == "gb18030" else "<p>会場：渋谷</p>"
    text = "<p>活動時間：週六晚上七點，地點：白鷺書店</p>" if codec == "big5hkscs" else text
    decoded = decode(text.encode(codec), {"content-type": f"text/html; charset={label}"})
    assert (decoded.text, decoded.encoding) == (text, codec)
