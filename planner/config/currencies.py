"""Currencies by their codes (ISO 4217) and as people write them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pydantic_core import PydanticCustomError

_CODE = re.compile(r"[A-Za-z]{3}")
_ALSO_CALLED = {
    "CNY": ("rmb", "cn¥", "¥", "yuan", "元", "块", "圆", "人民币元", "renminbi"),
    "USD": ("us$", "usd$", "刀", "美金"),
    "CAD": ("c$", "ca$", "cad$", "加元", "加币"),
    "EUR": ("€", "euro", "euros"),
    "GBP": ("£", "pound", "pounds"),
    "HKD": ("hk$", "港币"),
    "TWD": ("nt$", "台币"),
    "JPY": ("円", "yen"),
}
_OFTEN = frozenset(_ALSO_CALLED) | {"AUD", "SGD", "NZD", "CHF", "KRW", "MOP", "INR", "SEK", "NOK", "DKK", "PLN"}


def as_currency(value: Any) -> Any:
    """``CNY``, ``cny``, ``RMB``, ``￥``, 人民币 -> ``CNY``. What names none stays as it is. Raises PydanticCustomError
    for three letters that are no code."""
    if not isinstance(value, str):
        return value
    said = unicodedata.normalize("NFKC", value).strip()
    if said.upper() in _OFTEN:
        return said.upper()
    named = next((code for code, names in _ALSO_CALLED.items() if said.casefold() in names), None)
    if named is not None:
        return named
    return _from_tables(said)


def _from_tables(said: str) -> str:
    """By the tables of CLDR, which take a moment to load: codes of all the world, names in both languages."""
    from babel import Locale

    names = Locale("en").currencies
    if _CODE.fullmatch(said):
        if said.upper() not in names:
            raise PydanticCustomError("currency", "not a currency")
        return said.upper()
    wanted = said.casefold()
    for table in (Locale("zh").currencies, names):
        named = [code for code, name in table.items() if str(name).casefold() == wanted]
        if named:
            return str(named[0])
    return said
