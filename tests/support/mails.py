"""Mails as they arrive: what the user forwards, and what strangers send."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage

ME, SERVER, WORD = "me@mail.example", "mx.mail.example", "plum-lantern"
_SIGNS = "梅兰竹菊松柏桃李杏桂荷莲葵萍芦苇"
PROVED = f"{SERVER}; dmarc=pass (p=none) header.from=mail.example; spf=pass smtp.mailfrom=mail.example"


def mail(
    text: str = "",
    *,
    subject: str = "",
    sender: str = ME,
    proved: str | None = PROVED,
    html: str | None = None,
    parts: Sequence[tuple[str, str, bytes]] = (),
) -> bytes:
    """One mail; ``proved`` is the word of the receiving server; ``parts`` are attachments: type, name, bytes."""
    message = EmailMessage()
    if proved is not None:
        message["Authentication-Results"] = proved
    message["From"] = sender
    message["To"] = ME
    message["Subject"] = subject
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for kind, name, body in parts:
        main, _, sub = kind.partition("/")
        message.add_attachment(body, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def salon_name(number: int) -> str:
    """What the evening of that number (below 256) is called, without a digit that could be a day."""
    return f"样板沙龙{_SIGNS[number // 16]}{_SIGNS[number % 16]}"


def salon(number: int) -> bytes:
    """The forwarded announcement of an evening that no other mail tells of."""
    day, hour, name = number % 28 + 1, 9 + number // 28, salon_name(number)
    return mail(f"{name}\n时间：2026年12月{day}日 {hour}:30\n地点：南馆\n", subject=f"转发：{name}")
