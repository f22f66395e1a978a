"""Several events of one picture: what each is called, by the row or the block in which its time stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from spiders.readers.announcement.article import Article
from spiders.readers.announcement.fields import find_fields
from spiders.readers.announcement.occasions import Occasion
from spiders.readers.announcement.titles import is_generic
from spiders.readers.picture.document import Written
from spiders.readers.picture.layout import Page
from spiders.readers.picture.layout_pieces import Piece, columns_overlap, gap_below, is_han
from spiders.readers.picture.layout_places import looks_like_place
from spiders.readers.picture.layout_times import is_label, parts_of
from spiders.text.when.hours import minutes, span
from spiders.text.when.model import Mention
from spiders.text.when.scanner import scan
from spiders.text.when.sessions import main_hours
from spiders.text.when.tokens import Kind

_LONGEST = 60
_OVER = 0.5  # of the narrower of two lines one above the other
_SLOTS = 2  # behind the first one
_EDGES = " \t,，.:：;；·|｜-–—"


def names_of_entries(occasions: Sequence[Occasion], page: Page, document: Written) -> dict[datetime | None, str]:
    """For each start the name that stands on its row or in its block; none at all where one of them has none, or two
    times share a block."""
    found: dict[datetime | None, str] = {}
    used: set[int] = set()
    for occasion in occasions:
        piece = document.piece_at(occasion.start)
        block = next((block for block in page.blocks if any(one is piece for one in block)), None)
        if piece is None or block is None:
            return {}
        name = _on_row(piece) or (_in_block(piece, block) if id(block) not in used else None) or _above(piece, page)
        if name is None:
            return {}
        used.add(id(block))
        found.update((session.start, name) for session in occasion.sessions)
    return found if len(set(found.values())) > 1 else {}


def with_whole_programme(occasion: Occasion, loose: Sequence[Mention], document: Written) -> None:
    """The end of a day that begins with the first slot of its programme is that of the last slot."""
    article = document.article
    session = occasion.sessions[0]
    hours = [one for mention in occasion.mentions for one in mention.hours]
    if len(occasion.sessions) != 1 or session.all_day or len(hours) != 1 or not _leads(article, hours[0].start):
        return
    slots = [mention for mention in loose if mention.start > hours[0].start and _leads(article, mention.start)]
    starts = [minutes(main_hours(mention)[0].first) for mention in slots]
    first = minutes(hours[0].first)
    if len(slots) < _SLOTS or starts != sorted(starts) or not starts[0] > first:
        return
    _, stop, _ = span(main_hours(slots[-1])[-1])
    until = session.start + timedelta(minutes=stop - first) if stop is not None else None
    occasion.sessions[0] = replace(session, end=until)


def _leads(article: Article, position: int) -> bool:
    """Whether hours stand at the beginning of their line."""
    line = article.line_at(position)
    return not re.search(r"\w", article.normalized[line.start : position])


def _on_row(piece: Piece) -> str | None:
    """The first cell beside a time that is no place, or the words behind it on its line."""
    if "\t" in piece.text:
        return next((cell.strip(_EDGES) for cell in piece.text.split("\t")[1:] if _may_name(cell)), None)
    tokens = list(scan(piece.normalized))
    if not tokens or tokens[0].start > 2:
        return None
    times = [token for token in tokens if token.kind in {Kind.DATE, Kind.DAY, Kind.WEEKDAY, Kind.TIME}]
    words = piece.text[times[-1].end :].lstrip(")）]】").strip(_EDGES) if times else ""
    return words if words and _may_name(words) else None


def _in_block(piece: Piece, block: Sequence[Piece]) -> str | None:
    """The line right below a time, or the one right above it."""
    at = next(number for number, one in enumerate(block) if one is piece)
    if any(one.parts for number, one in enumerate(block) if number != at):
        return None
    near = [*block[at + 1 :], *reversed(block[:at])]
    return next((one.text.strip(_EDGES) for one in near if _may_name(one.text)), None)


def _above(piece: Piece, page: Page) -> str | None:
    """The line right above a time that stands alone."""
    near = [
        other
        for block in page.blocks
        for other in block
        if other.box.bottom <= piece.centre
        and columns_overlap(other.box, piece.box) > _OVER
        and gap_below(other.box, piece.box) <= max(piece.height, other.height)
    ]
    nearest = max(near, key=lambda other: other.box.bottom, default=None)
    return nearest.text.strip(_EDGES) if nearest is not None and _may_name(nearest.text) else None


def _may_name(text: str) -> bool:
    letters = len(re.findall(r"[^\W\d_]", text))
    if letters < (2 if is_han(text) else 4) or len(text) > _LONGEST or is_generic(text) or is_label(text):
        return False
    fields = find_fields(text)
    labelled = bool(fields) and fields[0].start <= 2
    return not (labelled or parts_of(text) or looks_like_place(text))
