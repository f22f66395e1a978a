"""An announcement as a document: its lines, what each of them is, and under which heading it stands.

Everything later is decided on this model: a time, a place or a name holds for the block it stands in, or for the whole
where it stands above the blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from spiders.readers.announcement.english import is_english
from spiders.readers.announcement.fields import Field, find_fields
from spiders.text.clean import Plain
from spiders.text.glyphs import normalize
from spiders.text.marks import Mark

Kind = Literal["title", "heading", "item", "row", "quote", "text", "blank"]

_NUMBERED = re.compile(r"^[(\[]?[一二三四五六七八九十]{1,3}\s?[)\]、.,﹑]\s?(?=\S)")
_BULLET = re.compile(r"^(?:[-·*◆■▶★☆✦~※○◎□▪►>+]\s?|\(?\d{1,2}\s?[.、)﹑](?!\d)\s?)(?=\S)")
_BRACKETED = re.compile(r"^[【\[〖「『<《][^】\]〗」』>》\n]{2,30}[】\]〗」』>》]\s?:?$")
_LABEL = re.compile(r"^\W{0,6}([^\s:|,。;!?()（）\d][^:|,。;!?\n]{0,13}?)\s{0,3}[】\])]?\s{0,2}[:】]\s{0,3}")
_CELL_EDGE = re.compile(r"\s?\|\s?|\t")
_WORD = re.compile(r"\w")
_MAY_LABEL = re.compile(r"[:】]")
_LONGEST_LABEL = 32
_MOST_FIELDS = 400  # a text with more is a table of something else
_LONGEST_HEADING = 40
_LONGEST_RUN = 4  # values below one label


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands in the text, what it is, the words before its colon, and its heading.

    ``level`` orders headings (1 is the highest; 0 for any other line); ``head`` is the index of the nearest heading
    above, -1 for none.
    """

    index: int
    start: int
    stop: int
    kind: Kind
    level: int
    label: str
    head: int


@dataclass(frozen=True)
class Article:
    """A text with its title on the first line: as written and normalized (the same positions)."""

    title: str
    text: str
    normalized: str
    lines: tuple[Line, ...]
    fields: tuple[Field, ...]
    page: Plain

    @classmethod
    def of(cls, title: str, body: str, page: Plain, given: Sequence[Field] = ()) -> Article:
        """The document model of ``body`` under ``title``; ``page`` holds the marks, links and pictures of both.

        ``given`` are fields that no label in the text marks (their places are those in title, blank line and body):
        what stands in a picture by itself.
        """
        text = f"{title}\n\n{body.strip()}" if body.strip() else title
        normalized = normalize(text)
        fields = [f for f in find_fields(normalized) if f.start > len(title)][:_MOST_FIELDS]
        fields += [one for one in given if not any(f.start < one.stop and one.start < f.stop for f in fields)]
        ordered = tuple(sorted(fields, key=lambda f: f.start))
        return cls(title, text, normalized, _lines(text, normalized, page), ordered, page)

    @property
    def title_end(self) -> int:
        return len(self.title)

    @cached_property
    def english(self) -> bool:
        """Whether the text is written in Latin letters."""
        return is_english(self.normalized)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, position: int) -> Line:
        """The line in which a position of the text lies."""
        return self.lines[max(0, bisect_right(self._starts, position) - 1)]

    def words(self, line: Line) -> str:
        """A line as written."""
        return self.text[line.start : line.stop]

    def head_of(self, line: Line) -> str:
        """The normalized heading above a line; empty where there is none."""
        return self.normalized[self.lines[line.head].start : self.lines[line.head].stop] if line.head >= 0 else ""

    def label_of(self, position: int) -> str:
        """The label a position stands under: that of its line, or a label alone on a line above its run of values."""
        line = self.line_at(position)
        if line.label and self.normalized.find(":", line.start, position) >= 0:
            return line.label
        above = self.next_of(line, -1)
        for _ in range(_LONGEST_RUN):
            if above is None or above.kind in {"title", "heading"}:
                return ""
            words = self.normalized[above.start : above.stop].strip()
            if above.label and not _WORD.search(words.partition(above.label)[2]):
                return above.label
            if above.label or not re.match(r"\W*\d", words):
                return ""
            above = self.next_of(above, -1)
        return ""

    def next_of(self, line: Line, step: int = 1) -> Line | None:
        """The next line with words behind (``step`` 1) or before (-1) this one."""
        index = line.index + step
        while 0 <= index < len(self.lines):
            if self.lines[index].kind != "blank":
                return self.lines[index]
            index += step
        return None


def _lines(text: str, normalized: str, page: Plain) -> tuple[Line, ...]:
    marks = _marks_by_words(page)
    found: list[Line] = []
    head, start, above_blank = -1, 0, True
    raw = text.split("\n")
    for index, words in enumerate(raw):
        stop = start + len(words)
        plain = normalized[start:stop].strip()
        if not plain and index:
            found.append(Line(index, start, stop, "blank", 0, "", head))
            above_blank, start = True, stop + 1
            continue
        level = 0 if index == 0 else _heading_level(plain, marks.get(words.strip(), ""), page)
        if not level and index and above_blank and _stands_alone(raw, index, plain):
            level = 8
        kind = "title" if index == 0 else "heading" if level else _kind(plain, marks.get(words.strip(), ""))
        found.append(Line(index, start, stop, kind, level, _label(plain), head))
        if level:
            head = index
        above_blank = not plain
        start = stop + 1
    return tuple(found)


def _label(plain: str) -> str:
    """The words before the first colon of a line, where they are the label of what follows."""
    if not _MAY_LABEL.search(plain, 0, _LONGEST_LABEL):
        return ""
    match = _LABEL.match(_BULLET.sub("", plain))
    return match[1].strip() if match else ""


def _marks_by_words(page: Plain) -> dict[str, Mark]:
    """What the lines with these words were; the text may have lost its first line since, so not by number."""
    return {line.strip(): mark for line, mark in zip(page.text.split("\n"), page.marks, strict=False) if mark}


def _heading_level(plain: str, mark: Mark, page: Plain) -> int:
    """The level of a heading, 1 for the highest; 0 for a line that is none."""
    if not _WORD.search(plain):
        return 0
    if mark.startswith("h"):
        return int(mark[1])
    if len(plain) > _LONGEST_HEADING or mark in {"item", "row"}:
        return 0
    set_off = mark == "bold" or plain in page.headings or _NUMBERED.match(plain) or _BRACKETED.match(plain)
    return 7 if set_off and not _is_field(plain) else 0


def _kind(plain: str, mark: Mark) -> Kind:
    """What a line is that is no heading."""
    if not _WORD.search(plain):
        return "blank"
    if mark == "quote":
        return "quote"
    if mark == "row" or (("|" in plain or "\t" in plain) and len(_CELL_EDGE.findall(plain)) > 1):
        return "row"
    return "item" if mark == "item" or _BULLET.match(plain) else "text"


def _is_field(plain: str) -> bool:
    """A label with its value on the line."""
    match = _LABEL.match(_NUMBERED.sub("", plain))
    return match is not None and len(_NUMBERED.sub("", plain)) > match.end() + 1


def _stands_alone(raw: list[str], index: int, plain: str) -> bool:
    """A short line between blank ones, that ends in no mark of a sentence, above a longer one."""
    if not plain or len(plain) > 24 or plain[-1] in "。.!?,;:、" or _BULLET.match(plain) or _is_field(plain):
        return False
    below = raw[index + 1 : index + 3]
    return len(below) == 2 and not below[0].strip() and len(below[1].strip()) > len(plain)
