"""The title of a picture: its largest words that stand together and name something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spiders.readers.announcement.fields import find_fields
from spiders.readers.announcement.titles import is_generic
from spiders.readers.announcement.vocabulary import says, words
from spiders.readers.picture.layout_order import Block
from spiders.readers.picture.layout_pieces import Piece, around, gap_below, gap_beside, glue, is_han
from spiders.readers.picture.layout_places import looks_like_place
from spiders.readers.picture.layout_times import is_label, parts_of
from spiders.text.glyphs import normalize
from spiders.text.price import read_price

_ALIKE = 1.35  # heights of the lines of one title differ by no more
_LONGEST, _LONGEST_LATIN = 44, 110
_ADDRESS = re.compile(r"https?:|www\.|^[@#]|\w@\w|\b[\w-]+\.(?:com|org|net|cn|io|moe|edu|me|tw|hk|co)\b", re.IGNORECASE)
_HOST = re.compile(
    r"(?:大学|学院|学校|协会|学会|公司|集团|委员会|研究院|研究所|联盟|中心|社团|编辑部|工作室|图书馆|university|college|institute|"
    r"society|association|club|department|foundation|committee|library|presents?)\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。！？；]|[.!?]\s+[A-Z].*[.!?]$|[,，].*[,，]")
_HEAD = 0.1  # of width and height: how near to the middle of the top the name of an open page stands
_STANDS_OUT = 1.25
_LIKELY_LOW = 0.75  # of the height of a picture: names stand above, sponsors below
_NO_NAME = {"time", "place", "meeting", "price", "host"}  # fields whose value is no name
_FEW = 3  # Chinese characters of a title that is a part of one
_BESIDE = 0.35  # of its size: words that may belong to it
_SHORT = 1  # letters that are left of a name when its kind of event is taken off


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines that may be the title, their size, and how likely they are it beside the others."""

    pieces: tuple[Piece, ...]
    size: float

    @property
    def text(self) -> str:
        text = self.pieces[0].text
        for piece in self.pieces[1:]:
            text = f"{text}{glue(text, piece.text)}{piece.text}"
        return text


def title_of(blocks: Sequence[Block], width: float, height: float, usual: float, *, screen: bool) -> tuple[Piece, ...]:
    """The lines that are the title, in order; none where nothing is a name. ``width`` and ``height`` are those of the
    picture, ``usual`` that of most letters; on a ``screen`` the line in the middle of its head is the name of what is
    open, and letters that are hardly larger than the others are those of a message."""
    candidates = [one for block in blocks if not block.table for one in _runs(block) if _may_be(one)]
    if screen:
        candidates = [one for one in candidates if one.size >= _STANDS_OUT * usual or not _is_head(one, width, height)]
    if not candidates:
        return ()
    largest = max(one.size for one in candidates)
    if screen and largest < _STANDS_OUT * usual:
        return ()
    best = max(candidates, key=lambda one: (_score(one, largest, height), -one.pieces[0].box.top))
    return _with_subject(best, candidates)


def _is_head(one: Candidate, width: float, height: float) -> bool:
    first = one.pieces[0]
    return len(one.pieces) == 1 and first.centre <= _HEAD * height and abs(first.middle - width / 2) <= _HEAD * width


def _runs(block: Block) -> list[Candidate]:
    """The lines of a block in runs of one size; whatever is nothing but a time or a label parts them."""
    runs: list[list[Piece]] = []
    for piece in block.pieces:
        apart = bool(piece.parts or parts_of(piece.text)) or is_label(piece.text.rstrip(":： "))
        last = runs[-1] if runs else []
        if apart:
            runs.append([])
        elif (
            last
            and not piece.vertical
            and max(last[-1].height, piece.height) <= _ALIKE * min(last[-1].height, piece.height)
        ):
            last.append(piece)
        else:
            runs.append([piece])
    return [Candidate(tuple(run), sum(piece.height for piece in run) / len(run)) for run in runs if run]


def _may_be(one: Candidate) -> bool:
    plain = normalize(one.text).strip()
    letters = re.findall(r"[^\W\d_]", plain)
    if len(letters) < (2 if is_han(plain) else 3) or len(plain) > (_LONGEST if is_han(plain) else _LONGEST_LATIN):
        return False
    if _ADDRESS.search(plain) or min(piece.score for piece in one.pieces) < 0.6:
        return False
    labelled = find_fields(plain)
    if labelled and labelled[0].start <= 2 and labelled[0].kind in _NO_NAME:
        return False
    return not (read_price(one.text) is not None and len(letters) <= 6)


def _score(one: Candidate, largest: float, height: float) -> float:
    """Size above all; a kind of event speaks for a name, a call, a host or a sentence against it."""
    plain = normalize(one.text)
    score = one.size / largest
    score += 0.3 * says("noun", plain)
    score -= 0.2 * (not is_han(plain) and len(plain.split()) == 1)  # a logo
    score -= 0.5 * is_generic(one.text)
    score -= 0.25 * bool(_HOST.search(plain) and not says("noun", plain))
    score -= 0.25 * bool(_SENTENCE.search(one.text))
    score -= 0.2 * (one.pieces[0].box.top > _LIKELY_LOW * height)
    return score


def _with_subject(best: Candidate, candidates: Sequence[Candidate]) -> tuple[Piece, ...]:
    """A title of a word, or that only says what kind of event it is (``讲座``), with the largest words beside it."""
    if not _is_short(best):
        return best.pieces
    near = [
        one
        for one in candidates
        if one is not best
        and one.size >= _BESIDE * best.size
        and not is_generic(one.text)
        and not _HOST.search(normalize(one.text))
        and not looks_like_place(one.text)
        and _distance(one, best) <= best.size
    ]
    if not near:
        return best.pieces
    beside = max(near, key=lambda one: one.size)
    ordered = sorted((best, beside), key=lambda one: one.pieces[0].box.top)
    return tuple(piece for one in ordered for piece in one.pieces)


def _is_short(one: Candidate) -> bool:
    plain = normalize(one.text)
    bare = re.sub(r"[\W_]|第?\d+[届期场]?", "", words("noun").sub("", plain))
    if says("noun", plain) and len(bare) <= _SHORT:
        return True
    return len(re.findall(r"\w", plain)) <= _FEW if is_han(plain) else len(plain.split()) == 1


def _distance(one: Candidate, other: Candidate) -> float:
    """The room between two groups of lines, whichever way they lie."""
    first, second = around(piece.box for piece in one.pieces), around(piece.box for piece in other.pieces)
    return max(gap_below(first, second), gap_beside(first, second))
