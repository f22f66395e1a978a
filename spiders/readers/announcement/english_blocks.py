"""Which line names each of the events of an English text: that of its time, the heading above, or the line beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from spiders.readers.announcement import english
from spiders.readers.announcement.article import Article, Line
from spiders.readers.announcement.occasions import Occasion
from spiders.text.glyphs import normalize

_NAMING = {"name", "topic"}


class Own(Protocol):
    """The text that is an occasion's own: from the one before to the next."""

    @property
    def occasion(self) -> Occasion: ...
    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


def names_by_line(article: Article, blocks: Sequence[Own]) -> list[str | None]:
    """For each block the name that its lines give; None for all where the title names the event."""
    heads_several = english.is_newsletter(article.title)
    if not article.english or (len(blocks) == 1 and not heads_several):
        return [None for _ in blocks]
    found = [next(_names(article, block, near=heads_several), None) for block in blocks]
    told = {normalize(name).lower() for name in found if name}
    if not heads_several and len(told) < len(blocks):
        return [None for _ in blocks]  # dates of one event
    return found


def _names(article: Article, block: Own, *, near: bool) -> Iterator[str]:
    """Names on the line of a time, above and below it, the surest first; ``near``: lines without a mark count too."""
    line = article.line_at(block.occasion.start)
    if line.kind == "title":
        return
    if any(line.start <= field.start < line.stop and field.kind not in _NAMING for field in article.fields):
        sides: tuple[str | None, str | None] = (None, None)
    else:
        sides = english.before_and_behind(article.words(line))
    yield from (name for name in sides if name)
    head = article.lines[line.head] if line.head >= 0 else None
    if head is not None and head.start >= block.start and (name := english.name_of(article.words(head))):
        yield name
    for beside in _beside(article, line, block) if near else ():
        if (name := english.name_of(article.words(beside))) is not None:
            yield name


def _beside(article: Article, line: Line, block: Own) -> Iterator[Line]:
    """The line right above, then the one right below, then those further up within the block."""
    above, below = article.next_of(line, -1), article.next_of(line)
    own = [each for each in (above,) if each is not None and each.start >= block.start and each.kind != "title"]
    yield from (each for each in own if each.index == line.index - 1)
    if below is not None and below.start < block.stop:
        yield below
    yield from (each for each in own if each.index != line.index - 1)
