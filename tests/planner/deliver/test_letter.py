"""The weekly letter: what it is made of, and what the configuration may say of it."""

from __future__ import annotations

import base64
import email
import email.policy
from email.header import decode_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config import parse
from planner.deliver.mail import MailMessage, compose, message_id
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from tests.support.letters import AT, LETTER, parts, settings

EN = Catalog("en")


def test_text_comes_first_then_html_then_the_calendar():
    raw = compose(settings(), LETTER, AT, EN).as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message.get_content_type() == "multipart/mixed"
    assert next(message.iter_parts()).get_content_type() == "multipart/alternative"
    text, html, calendar = parts(raw)
    assert [part.get_content_type() for part in (text, html, calendar)] == ["text/plain", "text/html", "text/calendar"]
    assert text.get_content().replace("\r\n", "\n").encode() == LETTER.text
    assert html.get_content().strip().encode() == LETTER.html
    assert calendar.get_payload(decode=True) == LETTER.calendar
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_filename() == "quanzi-2026-W48.ics"
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_headers_say_who_when_and_that_no_human_wrote_it():
    message = compose(settings(to=["a@mail.example", "b@mail.example"]), LETTER, AT, EN)
    assert message["Date"] == "Sun, 22 Nov 2026 18:00:00 +0000"
    assert message["To"] == "a@mail.example, b@mail.example"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<mailto:me@mail.example>"
    assert message["List-Id"].endswith(".localhost>")
    assert "List-Unsubscribe-Post" not in message
    assert "2026-W48" in message["Message-ID"]
    assert message["Message-ID"].endswith("@mail.example>")


def test_the_message_id_is_of_the_week_and_its_readers():
    mail = settings()
    assert message_id(mail, "2026-W48") == message_id(settings(password_env="OTHER"), "2026-W48")
    assert message_id(mail, "2026-W48") != message_id(mail, "2026-W49")
    assert message_id(mail, "2026-W48") != message_id(settings(to="b@mail.example"), "2026-W48")


def test_the_longest_address_stays_one_readable_header():
    long = "a" * 64 + "@" + ".".join(["b" * 44] * 4) + ".example"
    raw = compose(settings(**{"from": long}), LETTER, AT, EN).as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    head = raw.split(b"\r\n\r\n")[0]
    own_id = message_id(settings(**{"from": long}), "2026-W48")
    for name, value in (("List-Unsubscribe", f"<mailto:{long}>"), ("Message-ID", own_id)):
        assert message[name] == value
        assert value.encode() in head, "written as it is, in no encoded word"


@given(st.text(max_size=200))
def test_no_subject_adds_a_header_or_breaks_a_sign(subject):
    letter = MailMessage(**{**{name: getattr(LETTER, name) for name in LETTER.__slots__}, "subject": subject})
    raw = compose(settings(), letter, AT, EN).as_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    plain = email.message_from_bytes(compose(settings(), LETTER, AT, EN).as_bytes(), policy=email.policy.compat32)
    assert message.keys() == plain.keys()
    for word, charset in decode_header(message["Subject"] or ""):
        if charset is not None:
            word.decode(charset)
    read = email.message_from_bytes(raw, policy=email.policy.default)["Subject"]
    assert len(read) <= 60
    head = raw.split(b"\r\n\r\n")[0].decode("ascii")
    for word in (piece for piece in head.split() if piece.startswith("=?utf-8?b?")):
        base64.b64decode(word[10:-2]).decode("utf-8")


def test_hostile_lines_in_a_subject_stay_words():
    letter = MailMessage(
        week="2026-W48", subject="salon\r\nBcc: thief@mail.example\x00\u202e" + "长" * 300,
        text=b"x\n", html=b"<p>x</p>", calendar=b"",
    )  # fmt: skip
    message = email.message_from_bytes(compose(settings(), letter, AT, EN).as_bytes(), policy=email.policy.default)
    assert message["Bcc"] is None
    assert message["Subject"].startswith("salon Bcc: thief@mail.example")
    assert len(message["Subject"]) == 60


def test_a_page_that_would_be_clipped_is_attached_whole():
    html = ("<p>" + "样板" * 20_000 + "</p>").encode()
    letter = MailMessage(week="2026-W48", subject="s", text="全部内容\n".encode(), html=html, calendar=b"")
    raw = compose(settings(), letter, AT, EN).as_bytes()
    text, page, _ = parts(raw)
    assert text.get_content().replace("\r\n", "\n") == f"{EN('mail.too_large')}\n\n全部内容\n"
    assert page.get_content_disposition() == "attachment"
    assert page.get_payload(decode=True) == html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_encoding_is_the_shorter_one(language):
    body = ("样板俱乐部" if language == "zh" else "a plain evening of board games ") * 400
    letter = MailMessage(week="2026-W48", subject="s", text=body.encode(), html=body.encode(), calendar=b"")
    text = parts(compose(settings(), letter, AT, EN).as_bytes())[0]
    assert text["Content-Transfer-Encoding"] == {"zh": "base64", "en": "quoted-printable"}[language]


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("{from: a@m.example, preset: qq, password_env: X}", "mail.to", ""),
        ("{to: a@m.example, preset: qq, password_env: X}", "mail.from", ""),
        ("{to: a@m.example, from: b@m.example}", "mail", "exactly one of preset and host"),
        ("{to: a@m.example, from: b@m.example, preset: qq, host: h, password_env: X}", "mail", "exactly one"),
        ("{to: a@m.example, from: b@m.example, preset: 163}", "mail", "password_file"),
        ("{to: a@m.example, from: b@m.example, host: h, password_env: X, password_file: y}", "mail", "only one"),
        ("{to: a@m.example, form: b@m.example, host: h}", "mail.form", "did you mean from?"),
        ("{to: a@m.example, from: b@m.example, host: h, password: x}", "mail.password", "not a known key"),
        ('{to: "a@m.example\\nBcc: x@m.example", from: b@m.example, host: h}', "mail.to", "a@m.example Bcc: x@"),
        ("{to: a@m.example, from: b@m.example, host: h, security: none}", "mail.security", ""),
    ],
)
def test_a_wrong_mail_section_is_named(text, key, words):
    with pytest.raises(ConfigError) as caught:
        parse(f"mail: {text}\n".encode(), "config.yaml", EN)
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)


def test_presets_and_usual_ports():
    def server(text: str):
        mail = parse(f"mail: {{to: a@m.example, from: b@m.example, {text}}}\n".encode(), "config.yaml", EN).mail
        assert mail is not None
        return tuple(mail.server)

    assert server("preset: qq, password_env: X") == ("smtp.qq.com", 465, "tls")
    assert server("preset: 163, password_file: x") == ("smtp.163.com", 465, "tls")
    assert server("host: h.example") == ("h.example", 465, "tls")
    assert server("host: h.example, security: starttls") == ("h.example", 587, "starttls")
    assert server("host: h.example, port: 2525") == ("h.example", 2525, "tls")
