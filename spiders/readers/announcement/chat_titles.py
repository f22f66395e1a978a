"""Titles of what people write in one line: ``今晚狼人杀12人局 19:30 旧仓桌游吧 45元/人 缺3人`` -> ``狼人杀12人局``.

Such a line tells name, hour, place, price and free seats side by side. What names the event is kept of it.
"""

from __future__ import annotations

import re

from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.when.model import Mention
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind

_TIME_KINDS = {
    Kind.DATE, Kind.DAY, Kind.MONTH, Kind.WEEKDAY, Kind.WEEKEND, Kind.RELATIVE, Kind.SAME_DAY, Kind.NTH, Kind.PART,
    Kind.TIME, Kind.ZONE, Kind.NEXT_DAY,
}  # fmt: skip
_EDGES = " \t,，、;；:：—-·｜|~@#。.!！()（）"
# Pieces are set apart by commas and by blanks beside a Chinese character; in quotation marks nothing is apart.
_APART = re.compile(r"[,，;；、|｜]|(?<=[\u4e00-\u9fff》】）)])\s+|\s+(?=[\u4e00-\u9fff《【])")
_QUOTED = re.compile(r"《[^《》]{1,40}》|“[^“”]{1,40}”|「[^「」]{1,40}」")
# Cheap to find, and without one of them nothing is a detail.
_MAY_HOLD_DETAIL = re.compile(
    r"[0-9０-９]\s?[元块rys/／人位pt]|[¥￥$£€]|[缺差剩限满坑位额]\s?[0-9０-９]|aa|free|免费|自带|新手|速来|速戳|快来|来人|滴滴|"
    r"私聊|有意|报名|bring",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d\s?[:：月点时]|^\d{1,2}[日号]$")
_SEATS_BEHIND = re.compile(r"\s*(?:还?[缺差剩]|仅剩|等)\s?\d{0,2}\s?[男女人个位名]{0,2}(?:\d[男女])*$")


def time_spans(title: str, mention: Mention) -> list[tuple[int, int]]:
    """Where the words of a time stand in ``title``: two places where the name of the event stands between them."""
    words = normalize(title[mention.start : mention.stop])
    spans: list[tuple[int, int]] = []
    for token in scan(words):
        if token.kind not in _TIME_KINDS:
            continue
        if spans and not says("noun", words[spans[-1][1] : token.start]):
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    if len(spans) < 2:
        return [(mention.start, mention.stop)]
    return [(mention.start + start, mention.start + end) for start, end in spans]


def name_in_line(line: str) -> str | None:
    """The pieces of ``line`` (without its times) that name the event, if it tells a price or free seats beside them."""
    kept: list[str] = []
    for piece in _pieces(line):
        names = not _is_detail(piece) and not says("venue", normalize(piece)) and says("noun", normalize(piece))
        if names or (kept and _QUOTED.fullmatch(piece)):
            kept.append(_SEATS_BEHIND.sub("", piece).strip(_EDGES))
        elif kept:
            break
    return " ".join(kept) or None


def venue_in_line(line: str) -> str | None:
    """The pieces of ``line`` that are a venue (its address and its name), if it tells a price or free seats beside."""
    found: list[str] = []
    for piece in _pieces(line):
        if not _is_detail(piece) and not _TIME.search(piece) and says("venue", normalize(piece)) and len(piece) <= 30:
            found.append(piece)
        elif found:
            break
    return " ".join(found) or None


def _pieces(line: str) -> list[str]:
    """The pieces of a line that tells details side by side; none for any other line, as one of sentences."""
    if "。" in line.rstrip("。 ") or not _MAY_HOLD_DETAIL.search(line):
        return []
    pieces = [piece.strip(_EDGES) for piece in _cut(line)]
    pieces = [piece for piece in pieces if re.search(r"\w", piece)]
    return pieces if len(pieces) > 1 and any(_is_detail(piece) for piece in pieces) else []


def _cut(line: str) -> list[str]:
    """Cut where pieces stand apart, though never inside quotation marks."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    cuts = [m.span() for m in _APART.finditer(line) if not any(low <= m.start() < high for low, high in quoted)]
    starts = [0, *(stop for _, stop in cuts)]
    stops = [*(start for start, _ in cuts), len(line)]
    return [line[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _is_detail(piece: str) -> bool:
    return says("detail", normalize(piece))
