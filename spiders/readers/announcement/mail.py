"""Mails pasted with their header: the subject is the title, the other lines of the header are nothing to read."""

from __future__ import annotations

import re

_HEADER = re.compile(
    r"^(?:from|to|cc|bcc|sent|date|reply-to|subject|list-[a-z-]+|message-id|x-[a-z-]+)\s?:\s?(?P<value>.*)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^subject\s?:\s?(?P<value>.*\S)\s*$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s?:\s*|\[[^\]\n]{1,40}\]\s*)+(?=\S)", re.IGNORECASE)


def subject_of(text: str) -> tuple[str, str] | None:
    """The subject of a mail (without ``Re:`` and the name of a list) and its body; None for a text without a header."""
    lines = text.lstrip("\n").split("\n")
    count = next((number for number, line in enumerate(lines) if not _HEADER.match(line)), len(lines))
    subject = next((match[1] for line in lines[:count] if (match := _SUBJECT.match(line))), None)
    if subject is None:
        return None
    return _LEADING.sub("", subject), "\n".join(lines[count:])
