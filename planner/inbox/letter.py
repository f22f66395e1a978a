"""A mail taken apart: the texts, calendars and pictures in it that may tell of an event.

Nothing of it is run, unpacked or fetched. What is nested, many or large is cut off, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from planner.inbox.senders import subject_of
from planner.types import Asked
from spiders.items import Context, Document
from spiders.readers import picture
from spiders.reasons import Reason

MOST_PARTS, DEEPEST = 100, 5
MOST_CALENDARS, MOST_PICTURES = 10, 5
SMALLEST_PICTURE = 10_000
"""Bytes; what is smaller is a logo, or counts who opened the mail."""
ENOUGH_WORDS = 20
_FORWARDED = re.compile(r"^(?:\s*(?:fwd?|re|转发|轉寄|回复|回覆|答复)\s*[:：]\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is in a mail: its ``subject``; ``documents``, and what to read ``otherwise``, where they tell of no event
    with a time; ``refused``: what was not looked at, and why."""

    subject: str
    documents: tuple[Document, ...]
    otherwise: tuple[Document, ...] = ()
    refused: tuple[Reason, ...] = ()


def opened(raw: bytes, word: str | None = None) -> Letter:
    """A mail (RFC 5322) as its parts; ``word`` is taken out of the subject. Call in a process that can be ended."""
    message = message_from_bytes(raw, policy=policy.default)
    subject = subject_of(message)
    subject = _FORWARDED.sub("", subject.replace(word, " ") if word else subject).strip()
    parts, refused = _leaves(message)
    texts = [part for part in parts if part.get_content_maintype() == "text"]
    calendars = [_bytes(part) for part in parts if _is_calendar(part)][:MOST_CALENDARS]
    pictures = [body for part in parts if (body := _picture(part)) is not None]
    if len(pictures) > MOST_PICTURES:
        refused.append(Reason(Asked.TOO_MANY_PARTS, most=MOST_PICTURES))
    words = _text(texts, subject)
    first = [Document(body=each) for each in calendars] or words
    rest = [*(words if calendars else []), *(Document(body=each) for each in pictures[:MOST_PICTURES])]
    return Letter(subject=subject, documents=tuple(first or rest), otherwise=tuple(rest if first else ()),
                  refused=tuple(refused))  # fmt: skip


def opened_apart(document: Document, context: Context, kind: str) -> Letter:
    """`opened` as a worker does it: ``kind`` is the word."""
    return opened(document.body, kind or None)


def _leaves(message: EmailMessage) -> tuple[list[EmailMessage], list[Reason]]:
    """The parts that hold something, in their order, and whether there are more."""
    found: list[EmailMessage] = []
    waiting: list[tuple[EmailMessage, int]] = [(message, 0)]
    for _ in range(MOST_PARTS):
        if not waiting:
            return found, []
        part, depth = waiting.pop()
        inner = [each for each in _inner(part) if isinstance(each, EmailMessage)]
        if not inner:
            found.append(part)
        elif depth < DEEPEST:
            waiting.extend((each, depth + 1) for each in reversed(inner))
    return found, [Reason(Asked.TOO_MANY_PARTS, most=MOST_PARTS)] if waiting else []


def _inner(part: EmailMessage) -> Iterator[object]:
    payload = part.get_payload() if part.is_multipart() else []
    yield from payload if isinstance(payload, list) else []


def _is_calendar(part: EmailMessage) -> bool:
    name = str(part.get_filename() or "")
    return part.get_content_type() == "text/calendar" or name.lower().endswith(".ics")


def _picture(part: EmailMessage) -> bytes | None:
    if part.get_content_maintype() in {"text", "multipart", "message"}:
        return None
    body = _bytes(part)
    is_picture = len(body) >= SMALLEST_PICTURE and picture.accepts(Document(body=body))
    return body if is_picture else None


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(texts: list[EmailMessage], subject: str) -> list[Document]:
    """The words of the mail under its subject: as text where there is enough of it, else the page that it shows."""
    plain, page = (
        next((_decoded(part) for part in texts if part.get_content_subtype() == kind and not _is_calendar(part)), "")
        for kind in ("plain", "html")
    )
    if page and ("application/ld+json" in page or len(plain.strip()) < ENOUGH_WORDS):
        return [Document(body=page.encode())]
    words = f"{subject}\n\n{plain}".strip()
    return [Document(body=words.encode())] if words else []


def _decoded(part: EmailMessage) -> str:
    try:
        content = part.get_content()
    except (LookupError, ValueError, AttributeError, TypeError):  # an unknown or broken encoding
        return _bytes(part).decode("utf-8", "replace")
    return content if isinstance(content, str) else ""
