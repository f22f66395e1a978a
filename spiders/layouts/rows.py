"""Rows of JSON: an answer that is JSON, or the state that a page hands to its own scripts.

What a title, a start and a place are called there the general reader knows; a layout says where the rows stand, which
keys each must have, and, where the site says something in a way of its own, how a row is put into usual words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from spiders.items import Context, Document, Reading
from spiders.layouts.layout import changed, nothing_listed, refused
from spiders.reasons import Code, Reason

if TYPE_CHECKING:
    from spiders.readers.markup.page import Page

Row = dict[str, Any]
_LARGEST = 6 << 20
_MOST_VALUES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """``lists`` are the keys whose lists hold the rows, wherever they stand; without any, the answer itself is the
    list. ``each`` are keys that rows have, at any depth, the title first and the start last. ``holder`` is the
    selector of the script that holds the state of a page. ``put`` makes a row usual, told the address of the answer;
    None drops it.
    """

    each: tuple[str, ...]
    lists: tuple[str, ...] = ()
    holder: str | None = None
    put: Callable[[Row, str | None], Row | None] | None = None

    def read(self, document: Document, context: Context) -> Reading:
        from spiders.readers import dispatch
        from spiders.readers.markup.page import Page

        page = Page(document)
        values = list(self._values(page))
        if not values:
            return refused(page) or changed(self.holder or "JSON")
        rows = self._rows(values)
        if rows is None:
            return changed(self.lists[0] if self.lists else "[…]")
        if not rows:
            return nothing_listed()
        kept = [row for row in map(self._put(document.url), rows) if row is not None]
        missing = next((key for key in self.each if not any(map(_holds(key), kept))), None)
        if missing is not None:
            return changed(missing) if kept else nothing_listed()
        body = json.dumps(kept, ensure_ascii=False).encode()
        reading = dispatch.read(Document(body=body, url=document.url), context, "json")
        return self._counted(reading, kept, document.url, context)

    def _counted(self, reading: Reading, rows: list[Row], base: str | None, context: Context) -> Reading:
        """The same, with what it says of rows that have no start: they are still listed."""
        from spiders.readers.app_state.keys import References
        from spiders.readers.app_state.nodes import facts_of

        undated = [row for row in rows if not _has_value(row, self.each[-1])]
        if not undated:
            return reading
        told = [facts_of(row, References(row), base, context) for row in undated]
        listed = tuple(uid for facts in told if (uid := facts.uid or facts.url))
        note = Reason(Code.EVENTS_SKIPPED, count=len(undated), why=Reason(Code.NO_START))
        return replace(reading, listed=(*reading.listed, *listed), notes=(*reading.notes, note))

    def _values(self, page: Page) -> Iterator[Any]:
        from spiders.readers.markup import lenient_json

        if self.holder is None or page.first in ("{", "["):
            yield from lenient_json.load(page.text, largest=_LARGEST) if page.first in ("{", "[") else ()
            return
        for script in page.tree.css(self.holder):
            yield from lenient_json.load(script.text(deep=True), largest=_LARGEST)

    def _rows(self, values: list[Any]) -> list[Row] | None:
        """The rows of all lists; None where there is no such list."""
        lists = (
            [each for each in values if isinstance(each, list)] if not self.lists else list(_named(values, self.lists))
        )
        if not lists:
            return None
        return [row for rows in lists for row in rows if isinstance(row, dict)]

    def _put(self, base: str | None) -> Callable[[Row], Row | None]:
        put = self.put
        return (lambda row: row) if put is None else lambda row: put(row, base)


def _named(values: list[Any], names: tuple[str, ...]) -> Iterator[list[Any]]:
    """The lists under these keys, however deep, in their order."""
    stack = list(reversed(values))
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(each for each in reversed(value) if isinstance(each, dict | list))
        elif isinstance(value, dict):
            yield from (value[name] for name in names if isinstance(value.get(name), list))
            inner = [each for key, each in value.items() if key not in names or not isinstance(each, list)]
            stack.extend(each for each in reversed(inner) if isinstance(each, dict | list))


def _holds(key: str) -> Callable[[Row], bool]:
    return lambda row: any(key in each for each in _objects(row))


def _has_value(row: Row, key: str) -> bool:
    return any(each.get(key) for each in _objects(row))


def _objects(row: Row) -> Iterator[Row]:
    """A row and the objects in it, three steps deep."""
    level = [row]
    for _ in range(4):
        yield from level
        level = [inner for each in level for inner in each.values() if isinstance(inner, dict)]
