"""Codes: what they say, and which of them may be a link."""

from __future__ import annotations

import io

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from spiders.readers.picture.codes import codes
from spiders.readers.picture.links import is_public, public_link

LINK = "https://club.example.com/signup?id=7"


def with_codes(*texts: str, scale: int = 4) -> Image.Image:
    picture = Image.new("RGB", (900, 500), "white")
    for number, text in enumerate(texts):
        file = io.BytesIO()
        segno.make(text, error="m").save(file, kind="png", scale=scale)
        picture.paste(Image.open(file).convert("RGB"), (40 + number * 300, 60))
    return picture


def test_each_code_with_its_place():
    first, second = sorted(codes(with_codes(LINK, "javascript:alert(1)")), key=lambda code: code.box.left)
    assert (first.text, first.form) == (LINK, "QRCode")
    assert second.text == "javascript:alert(1)"
    assert 40 <= first.box.left < first.box.right < 340 <= second.box.left
    assert 60 <= first.box.top < first.box.bottom < 300


def test_a_small_code_and_none():
    assert [code.text for code in codes(with_codes(LINK, scale=2))] == [LINK]
    assert codes(Image.new("RGB", (300, 300), "white")) == ()


def test_a_code_in_a_large_picture():
    large = with_codes(LINK, scale=4).resize((9000, 5000))
    (code,) = codes(large)
    assert code.text == LINK
    assert 400 <= code.box.left < code.box.right < 3400


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (LINK, LINK),
        (f" {LINK}\n", LINK),
        ("HTTPS://Club.Example.COM/Path?Q=A", "https://club.example.com/Path?Q=A"),
        ("http://club.example.com:8080/x", "http://club.example.com:8080/x"),
        ("https://mp.weixin.qq.com/s/abc", "https://mp.weixin.qq.com/s/abc"),
        ("http://203.0.114.9/x", "http://203.0.114.9/x"),
        ("https://读书会.example.com/活动", "https://读书会.example.com/活动"),
        ("https://nott.me/x", "https://nott.me/x"),
    ],
)
def test_pages_of_the_public_web_are_links(text, link):
    assert public_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Friday 19:30",
        "club.example.com/x",
        # no pages
        "javascript:alert(1)",
        "JAVASCRIPT://club.example.com/%0aalert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://club.example.com/x",
        "intent://club.example.com#Intent;end",
        "mailto:a@club.example.com",
        "tel:+8613800000000",
        "WIFI:S:club;T:WPA;P:secret;;",
        "BEGIN:VCARD\nFN:A\nEND:VCARD",
        "https://",
        "https:///x",
        "https://club.example.com:99999/",
        "https://[::1/",
        # not of the public web
        "http://localhost/x",
        "http://printer/x",
        "http://router.lan/x",
        "http://nas.local./x",
        "http://127.0.0.1/x",
        "http://127.1/x",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://10.0.0.8/",
        "http://192.168.1.1/admin",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[::ffff:127.0.0.1]/",
        "http://100.64.0.1/",
        # dressed up
        "https://club.example.com@evil.example.net/",
        "https://user:word@club.example.com/",
        "https://club.example.com\\@evil.example.net/",
        "https://club.example.com/a b",
        "https://club.example.com/\x00",
        "https://club.example.com/" + "x" * 3000,
        # chats, contacts, payments
        "https://u.wechat.com/abc",
        "http://weixin.qq.com/r/abc",
        "https://weixin.qq.com/g/abc",
        "weixin://contacts/profile/x",
        "wxp://f2f0abc",
        "https://work.weixin.qq.com/gm/abc",
        "https://qm.qq.com/q/abc",
        "https://t.me/club",
        "https://WWW.T.ME/club",
        "https://chat.whatsapp.com/abc",
        "https://discord.gg/abc",
        "https://discord.com/invite/abc",
        "HTTPS://QR.ALIPAY.COM/FKX0ABC",
        "https://wx.tenpay.com/x",
        "https://www.paypal.me/club/5",
        "upi://pay?pa=club@bank",
        "bitcoin:bc1qabc",
    ],
)
def test_all_others_are_text(text):
    assert public_link(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text):
    for each in (text, f"https://{text}", f"http://{text}/x"):
        link = public_link(each)
        assert link is None or link.startswith(("http://", "https://"))
    assert is_public(text) in (True, False)
