"""What it costs, by the lines of a picture that tell nothing but a price."""

from __future__ import annotations

import re

from spiders.items import Price
from spiders.readers.picture.layout import Page
from spiders.text.price import labelled_price, read_price

_LONGEST = 44
_OTHER = re.compile(r"prizes?\b|\bwin\b|\bworth\b|\braise|\bbudget|奖|价值|补贴|满\s?\d|立减|优惠券|返", re.IGNORECASE)


def price_of(page: Page) -> Price | None:
    """From the lowest to the highest price that short lines tell; free only where a line says so of taking part."""
    found: list[Price] = []
    for block in page.blocks:
        for piece in block:
            if len(piece.text) > _LONGEST or _OTHER.search(piece.normalized):
                continue
            told = read_price(piece.text)
            if told is not None and not told.max:
                told = labelled_price(piece.text)
            found += [told] if told is not None else []
    lows = [price.min for price in found if price.min is not None]
    highs = [price.max for price in found if price.max is not None]
    if not lows:
        return None
    currency = next((price.currency for price in found if price.currency), None)
    return Price(min=min(lows), max=max([*highs, *lows]), currency=currency)
