"""The signs of YAML, and those that are taken for them."""

from __future__ import annotations

from dataclasses import dataclass

from planner.config.mistakes.draft import Edit

COLONS = "：﹕︰∶꞉"
COMMAS = "，、；﹐﹑﹔;"
OPENING = {"【": "[", "［": "[", "〔": "[", "｛": "{", "﹛": "{"}
CLOSING = {"】": "]", "］": "]", "〕": "]", "｝": "}", "﹜": "}"}
QUOTES = "“”„‟＂‘’‛＇「」『』«»"
DASHES = "－﹣–—―−‐‑•·●▪◦"
HASHES = "＃﹟"
BLANKS = {" ": 1, "\t": 2, "\u00a0": 1, "\u3000": 2, "\u202f": 1, "\u2007": 1, "\u2002": 1, "\u2003": 1, "\u2009": 1}
"""Blanks and how many plain spaces they stand for, which is how wide editors show them."""
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
CLOSES = {"[": "]", "{": "}", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign that may be one of YAML mistyped, at a place of the text (counted from 0): what was found, which sign
    would be right, and the edits that put it there. ``sure``: it stands where nothing else can be meant; ``kind`` is
    the code of its message (``config.mistake.…``)."""

    kind: str
    line: int
    column: int
    found: str
    wanted: str
    edits: tuple[Edit, ...]
    sure: bool = False


def replaced(line: int, column: int, found: str, wanted: str, *, kind: str = "sign", sure: bool = False) -> Sign:
    """One sign in the place of another."""
    edit = Edit(line, column, column + len(found), wanted)
    return Sign(
        kind=kind, line=line, column=column, found=found, wanted=wanted.strip() or wanted, edits=(edit,), sure=sure
    )
