"""What a picture that announces no event seems to be: a chat, a menu, a logo, the hours of a shop."""

from __future__ import annotations

import re

from spiders.readers.announcement.select import Selected
from spiders.readers.picture.layout import Page
from spiders.readers.picture.layout_pieces import is_han
from spiders.reasons import Code

_PRICED = re.compile(r"(?:[.…·\s:：]|[$£€¥￥])\s?\d{1,4}(?:\.\d\d?)?\s?元?$|\d\s?元$")
_SAYS = {Code.A_RECAP, Code.A_JOB_ADVERT, Code.A_CALL_FOR_PAPERS, Code.IT_IS_OVER}
_PRICES, _FEW, _FEW_HAN, _FEW_LINES, _LONG = 4, 40, 16, 3, 300
_HABIT = re.compile(r"FREQ=(?:DAILY|WEEKLY)")


def seems(page: Page, selected: Selected, why: Code) -> Code:
    """What a page seems to be; ``why`` is what the words alone say of it."""
    lines = [piece for block in (page.title, *page.blocks) for piece in block]
    letters = sum(len(re.findall(r"[^\W\d_]", piece.text)) for piece in lines)
    few = _FEW_HAN if any(is_han(piece.text) for piece in lines) else _FEW
    priced = sum(1 for piece in lines if _PRICED.search(piece.normalized))
    for told, holds in (
        (Code.NO_WORDS, not letters),
        (why, why in _SAYS),
        (Code.A_CHAT, page.chat),
        (Code.A_PRICE_LIST, priced >= _PRICES),
        (Code.OPENING_HOURS, any(_HABIT.match(one.rule or "") for one in selected.occasions)),
        (Code.A_FEW_WORDS, letters <= few and len(lines) <= _FEW_LINES),
        (why, why == Code.A_NOTICE or page.screen or letters > _LONG),
    ):
        if holds:
            return told
    return Code.NOTHING_ANNOUNCED
