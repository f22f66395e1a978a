"""One text to the notes that it holds, and a chat to what was said in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

_RULE = re.compile(r"^[^\S\n]*(?:[-–—_=*~·]{3,}|[-–—]{2,})[^\S\n]*$", re.MULTILINE)
_APART = re.compile(r"\n[^\S\n]*\n[^\S\n]*\n+")
_SAID = re.compile(r"^(?P<who>[^\s:：\d][^:：\n\d]{0,18}?)\s?[:：]\s?(?=\S)")
# A line of its own above what was said: who, and the clock.
_HEADER = re.compile(
    r"^(?P<who>[^\d\n:：]{1,30}?)\s+(?:\d{1,4}[-/.年]\S*\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?\s*$"
)
_FEWEST = 2
"""So many lines of a text must name who speaks before it is a chat."""


def parts_of(text: str, tells_time: Callable[[str], bool]) -> list[str]:
    """The notes of a text: set apart by a line of dashes, or by two empty lines and more.

    What stands behind empty lines and tells no time belongs to the note above it; and where only one part tells a
    time, the text is one note, whatever lines it draws.
    """
    whole = text.replace("\r\n", "\n")
    cut = [_with_details(_APART.split(ruled), tells_time) for ruled in _RULE.split(whole)]
    parts = [part for ruled in cut for part in ruled if re.search(r"\w", part)]
    if sum(map(tells_time, parts)) > 1:
        return [part.strip() for part in parts]
    return [whole.strip()] if re.search(r"\w", whole) else []


def _with_details(parts: Sequence[str], tells_time: Callable[[str], bool]) -> list[str]:
    kept: list[str] = []
    for part in parts:
        if kept and not tells_time(part):
            kept[-1] = f"{kept[-1]}\n\n{part}"
        elif kept and not tells_time(kept[-1]) and len(kept) == 1:
            kept[-1] = f"{kept[-1]}\n\n{part}"  # its headline
        else:
            kept.append(part)
    return kept


def without_speakers(text: str) -> str:
    """What was said in a chat, line by line; a text that is none as it is."""
    lines = text.split("\n")
    headers = [_HEADER.match(line.strip()) for line in lines]
    if sum(match is not None for match in headers) >= _FEWEST:
        return "\n".join(line for line, header in zip(lines, headers, strict=True) if header is None)
    said = [_SAID.match(line.strip()) for line in lines]
    voices = Counter(match["who"] for match in said if match is not None)
    if len(voices) < _FEWEST or sum(voices.values()) < len([line for line in lines if line.strip()]) - 1:
        return text
    if max(voices.values()) < _FEWEST and len(lines) > _FEWEST:
        return text  # labels of fields: each once
    return "\n".join(
        line.strip()[match.end() :] if match is not None else line for line, match in zip(lines, said, strict=True)
    )
