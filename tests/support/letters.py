"""The weekly letter, as small as it can be."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

from planner.config.mail import Mail
from planner.deliver.mail import MailMessage

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
LETTER = MailMessage(
    week="2026-W48",
    subject="圈子 11 月 23 日–29 日：2 场",
    text="周二 样板俱乐部\nhttps://club.example/a?b=1\n".encode(),
    html="<!doctype html><html><body><p>周二 样板俱乐部</p></body></html>".encode(),
    calendar="BEGIN:VCALENDAR\r\nSUMMARY:样板俱乐部\r\nEND:VCALENDAR\r\n".encode(),
)


def settings(**wanted: object) -> Mail:
    given = {"to": ["a@mail.example"], "from": "me@mail.example", "host": "127.0.0.1", "password_env": "SECRET"}
    return Mail.model_validate({**given, **wanted})


def parts(raw: bytes) -> list[email.message.EmailMessage]:
    return [
        part for part in email.message_from_bytes(raw, policy=email.policy.default).walk() if not part.is_multipart()
    ]
