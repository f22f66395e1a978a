"""Labels within a line: ``储能讲座 时 间：11月28日 14:00 地 点：一号报告厅`` is a title and two labelled lines.

Lists often set title, time and place in elements that only a style sheet puts below each other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spiders.readers.listing.blocks import Block
from spiders.readers.listing.vocabulary import pattern

_LABELS = ("time_label", "place_label", "organizer_label", "other_label")
_LONGEST = 240  # characters; longer blocks are prose
# Where a label may begin: behind a space or a mark.
_EDGE = re.compile(r"[\s|｜;；,，。)）】](?=\w)")
_COLON = re.compile("[:：]")


def apart(blocks: list[Block]) -> list[Block]:
    """The blocks, those with labels inside cut in front of each; links stay with the words that stand first."""
    out: list[Block] = []
    for block in blocks:
        cuts = _cuts(block.text)
        if not cuts:
            out.append(block)
            continue
        pieces = [block.text[i:j].strip(" \t|｜;；,，") for i, j in zip([0, *cuts], [*cuts, None], strict=True)]
        for number, piece in enumerate(piece for piece in pieces if piece):
            out.append(replace(block, text=piece, links=block.links if number == 0 else []))
    return out


def _cuts(text: str) -> list[int]:
    if not 8 <= len(text) <= _LONGEST or _COLON.search(text) is None:
        return []
    starts = [match.end() for match in _EDGE.finditer(text)]
    labelled = [(start, _label(text, start)) for start in starts]
    cuts = [start for start, name in labelled if name]
    told = {name for _, name in labelled} | {_label(text, 0)}
    # One label may be a word of a sentence; a time or a place is what an entry is made of.
    return cuts if told & {"time_label", "place_label"} else []


def _label(text: str, start: int) -> str | None:
    piece = text[start : start + 24]
    if _COLON.search(piece) is None:
        return None
    return next((name for name in _LABELS if pattern(name).match(piece)), None)
