"""Texts as markup inside a line: escaped, with their language, places to break, and their own direction kept apart."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from planner.render.script import script_of

# Chinese and its neighbours break anywhere; other letters only between words.
_LONG_WORD = re.compile(r"[^\s\u2e80-\uffff\U00010000-\U0010ffff]{25,}")
_PIECE = 12
_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN_FROM_RIGHT = re.compile(rf"[{_FROM_RIGHT}](?:[{_FROM_RIGHT}\W\d_]*[{_FROM_RIGHT}])?")


def lang_unless(text: str, language: str) -> Markup:
    """``lang="ar"`` as an attribute where a text is not written in the language of its page."""
    found = script_of(text)
    return Markup("") if found in {None, language} else Markup(' lang="{}"').format(found)


def breakable(text: str) -> Markup:
    """A text whose very long words may break: mail programs that take styles away would stretch their window."""
    parts, end = [], 0
    for word in _LONG_WORD.finditer(text):
        pieces = [word[0][at : at + _PIECE] for at in range(0, len(word[0]), _PIECE)]
        parts += [escape(text[end : word.start()]), Markup("<wbr>").join(pieces)]
        end = word.end()
    return Markup("").join([*parts, escape(text[end:])])


def isolated(text: str) -> Markup:
    """A line of ours in which other people's words from right to left must not pull figures beside them along."""
    parts, end = [], 0
    for run in _RUN_FROM_RIGHT.finditer(text):
        parts += [breakable(text[end : run.start()]), Markup('<span dir="rtl">{}</span>').format(breakable(run[0]))]
        end = run.end()
    return Markup("").join([*parts, breakable(text[end:])])
