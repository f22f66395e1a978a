"""A page of a picture as the announcement reader's document: its text, its headings, and what its places say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spiders.readers.announcement.article import Article
from spiders.readers.announcement.fields import Field, find_fields
from spiders.readers.picture.layout import Page
from spiders.readers.picture.layout_pieces import Piece
from spiders.readers.picture.layout_places import behind_time, looks_like_place, reads_as_room, without_icon
from spiders.text.clean import Plain
from spiders.text.glyphs import normalize
from spiders.text.marks import Mark
from spiders.text.when.scanner import scan

_HUGE = 1.6  # times the usual height: a heading
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Written:
    """A page as a document, and where in its text each line of the page stands."""

    article: Article
    places: tuple[tuple[Piece, int], ...]

    def piece_at(self, position: int) -> Piece | None:
        """The line in which a position of the text lies."""
        return self.sign_at(position)[0]

    def sign_at(self, position: int) -> tuple[Piece | None, int]:
        """The line in which a position of the text lies, and where in that line; None and 0 where it lies in none."""
        at = bisect_right(self._starts, position) - 1
        if at >= 0 and position < self.places[at][1] + len(self.places[at][0].text):
            return self.places[at][0], position - self.places[at][1]
        return None, 0

    @cached_property
    def _starts(self) -> list[int]:
        return [start for _, start in self.places]


def written(page: Page) -> Written:
    """The document of a page; its title on the first line, a blank line between its blocks.

    Lines that are nothing but a time are given as fields of a time: no label is written into the text.
    """
    title = page.headline or _first_words(page)
    at = len(title) + 2
    lines: list[str] = []
    marks: list[Mark] = ["h1", ""]
    places: list[tuple[Piece, int]] = []
    for block in page.blocks:
        if lines:
            lines.append("")
            marks.append("")
            at += 1
        for piece in block:
            places.append((piece, at))
            lines.append(piece.text)
            marks.append(_mark(piece, page.usual))
            at += len(piece.text) + 1
    times = {id(piece) for piece in page.times}
    given = [_field("time", piece, start) for piece, start in places if id(piece) in times]
    labelled = any(field.kind in {"place", "meeting"} for field in find_fields(normalize("\n".join(lines))))
    if not labelled or (page.place is not None and looks_like_place(page.place.text)):
        beside = _beside_times(page, places)
        given += beside or [_place(piece, start) for piece, start in places if piece is page.place]
    text = "\n".join([title, "", *lines])
    article = Article.of(title, "\n".join(lines), Plain(text=text, marks=tuple(marks)), given)
    return Written(article, tuple(places))


def _first_words(page: Page) -> str:
    """What the first line says beside its time, for a page without a title."""
    for block in page.blocks:
        for piece in block:
            words = piece.normalized
            for token in reversed(list(scan(words))):
                words = words[: token.start] + "\0" * (token.end - token.start) + words[token.end :]
            kept = "".join(sign for sign, plain in zip(piece.text, words, strict=True) if plain != "\0")
            if re.search(r"[^\W\d_]{2}", kept):
                return kept.strip(" \t,，.:：;；·|-–—()（）[]【】")
    return next((piece.text for block in page.blocks for piece in block), "")


def _field(kind: str, piece: Piece, start: int) -> Field:
    return Field(kind, start, start, start + len(piece.text), "")


def _beside_times(page: Page, places: Sequence[tuple[Piece, int]]) -> list[Field]:
    """The places that stand on the lines of times, set off behind them."""
    times = {id(piece) for piece in page.times}
    found = [(piece, start, behind_time(piece.text)) for piece, start in places]
    return [
        Field("place", start + span[0], start + span[0], start + span[1], "")
        for piece, start, span in found
        if span is not None and (id(piece) in times or reads_as_room(piece.text[slice(*span)]))
    ]


def _place(piece: Piece, start: int) -> Field:
    begin = start + len(piece.text) - len(without_icon(piece.text))
    return Field("place", begin, begin, start + len(piece.text), "")


def _mark(piece: Piece, usual: float) -> Mark:
    """A huge line is a heading, unless it is a time."""
    if "\t" in piece.text:
        return "row"
    huge = piece.height >= _HUGE * usual and len(piece.text) <= _LONGEST_HEADING and not piece.parts
    return "h2" if huge else ""
