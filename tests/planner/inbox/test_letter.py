"""A mail as its parts, however it is built; what is nested, many or packed costs nothing and is told."""

from __future__ import annotations

import time
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from planner.inbox.letter import DEEPEST, MOST_PARTS, MOST_PICTURES, opened
from planner.types import Asked
from tests.support.mails import WORD, mail
from tests.support.white import PNG_OF_NOTHING

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261128T110000Z\r\nSUMMARY:Sample\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)
LARGE_PICTURE = PNG_OF_NOTHING + b"\x00" * 20_000


def bodies(documents) -> list[bytes]:
    return [each.body for each in documents]


def test_the_subject_is_the_first_line_without_marks_of_forwarding_and_without_the_word():
    letter = opened(mail("周五19:00，南馆", subject=f"转发: Fwd: 样板沙龙 {WORD}"), WORD)
    assert letter.subject == "样板沙龙"
    assert letter.documents[0].body.decode().startswith("样板沙龙\n\n周五19:00")


def test_an_invitation_speaks_before_the_words_around_it():
    letter = opened(mail("You are invited", subject="Invitation", parts=[("text/calendar", "invite.ics", CALENDAR)]))
    assert bodies(letter.documents) == [CALENDAR]
    assert b"You are invited" in letter.otherwise[0].body
    by_name = opened(mail("x", parts=[("application/octet-stream", "invite.ICS", CALENDAR)]))
    assert bodies(by_name.documents) == [CALENDAR]


def test_pictures_are_read_where_the_words_tell_of_no_event():
    letter = opened(
        mail("看图", parts=[("image/png", "a.png", LARGE_PICTURE), ("image/png", "logo.png", PNG_OF_NOTHING)])
    )
    assert bodies(letter.otherwise) == [LARGE_PICTURE], "a logo is too small to tell of anything"


def test_a_page_is_taken_where_there_are_no_words_beside_it_or_where_it_speaks_to_programs():
    page = "<p>周五19:00 样板沙龙</p>"
    assert b"<p>" in opened(mail("", html=page)).documents[0].body
    assert b"<p>" not in opened(mail("周五19:00 样板沙龙在南馆，欢迎大家都来，人人有份。", html=page)).documents[0].body
    spoken = '<script type="application/ld+json">{}</script>'
    assert (
        b"ld+json" in opened(mail("周五19:00 样板沙龙在南馆，欢迎大家都来，人人有份。", html=spoken)).documents[0].body
    )


def test_a_mail_forwarded_whole_is_opened():
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("see below")
    inner = EmailMessage()
    inner["Subject"] = "Salon"
    inner.set_content("x")
    inner.add_attachment(CALENDAR, maintype="text", subtype="calendar", filename="a.ics")
    outer.add_attachment(inner)
    assert bodies(opened(outer.as_bytes()).documents) == [CALENDAR]


def test_many_parts_are_cut_off_and_that_is_told():
    letter = opened(mail("x", parts=[("text/plain", f"{number}.txt", b"y") for number in range(1000)]))
    assert [str(each.code) for each in letter.refused] == [Asked.TOO_MANY_PARTS]
    assert letter.refused[0]["most"] == MOST_PARTS


def test_many_pictures_are_cut_off():
    parts = [("image/png", f"{number}.png", LARGE_PICTURE + bytes([number])) for number in range(MOST_PICTURES + 3)]
    letter = opened(mail("x", parts=parts))
    assert len(letter.otherwise) == MOST_PICTURES
    assert letter.refused


def test_nested_mails_end():
    raw = b"Subject: core\r\n\r\nx\r\n"
    for number in range(DEEPEST * 4):
        raw = b"Content-Type: message/rfc822\r\nSubject: %d\r\n\r\n" % number + raw
    start = time.perf_counter()
    opened(raw)
    assert time.perf_counter() - start < 5


def test_archives_are_never_unpacked():
    letter = opened(mail("x", parts=[("application/zip", "a.zip", b"PK\x03\x04" + b"\x00" * 50_000)]))
    assert all(not each.body.startswith(b"PK") for each in (*letter.documents, *letter.otherwise))


@given(st.binary(max_size=600))
def test_any_bytes_are_a_letter(raw):
    assert opened(raw) is not None


@given(st.lists(st.sampled_from([
    b"Content-Type: multipart/mixed; boundary=a", b"Content-Type: message/rfc822", b"--a", b"--a--", b"",
    b"Content-Transfer-Encoding: base64", b"Content-Type: text/html; charset=x-none", b"Subject: =?utf-8?b?5ZGo?=",
    b"\xff\xfe",
    b"Content-Disposition: attachment; filename*=utf-8''%E5", b"Content-Type: text/calendar", b"From: a@b",
]), max_size=30))  # fmt: skip
def test_broken_structure_is_a_letter(lines):
    assert opened(b"\r\n".join(lines)) is not None
