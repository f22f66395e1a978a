"""Events in the state that a page hands to its own scripts, and in bare JSON documents.

``__NEXT_DATA__``, Next flight chunks, Apollo caches, ``__SERVER_DATA__``, Wix warm-up data, ``var ativityJson``: no
schema is promised anywhere, but an event is recognised by what it must have: a title and a start under one of the
names that programmers give them, and one more thing that only events have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from spiders.items import Context, Document, Event, Reading
from spiders.readers.app_state.keys import References
from spiders.readers.app_state.nodes import facts_of, looks_like_event
from spiders.readers.event_draft import EventDraft, event_of, zone_of
from spiders.readers.markup import lenient_json
from spiders.readers.markup.page import Page
from spiders.reasons import Code, Reason

NAME = "app-state"
MARKUPS: tuple[str, ...] = ()
_NOTHING = Reason(Code.NO_EVENT, why=Reason(Code.NO_APP_STATE))
_LARGEST_STATE = 6 << 20
_MAX_EVENTS = 1000
_MAX_VALUES = 200_000
_ASSIGNED = re.compile(r"=\s*(?=[{\[]\s*[\"{\[])")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_FLIGHT = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_FLIGHT_ROW = re.compile(r"(?:^|\n)[0-9a-f]{1,6}:(?:[A-Z]{1,2})?(?=[\[{])")
_MAX_ASSIGNMENTS = 40
_MARKS = ("start", "begin", "datetime", "eventdate", "date_iso")  # no event without one of these names


def accepts(document: Document) -> bool:
    """Whether the document names what every event in a state has."""
    return _may_tell(Page(document))


def _may_tell(page: Page) -> bool:
    return any(page.holds(mark.encode()) for mark in _MARKS)


def read(document: Document, context: Context) -> Reading:
    """Events in the embedded state of a page, or in a bare JSON document. Never raises."""
    return read_page(Page(document), context)


def read_page(page: Page, context: Context) -> Reading:
    """The same for a page that is parsed already."""
    if not _may_tell(page):
        return Reading(reader=NAME, reason=_NOTHING)
    told: list[EventDraft] = []
    for state in _states(page):
        references = References(state)
        told.extend(facts_of(node, references, page.url, context) for node in event_nodes(state))
        if len(told) >= _MAX_EVENTS:
            break
    events: list[Event] = []
    for facts in told[:_MAX_EVENTS]:
        event = event_of(facts, context, page_url=page.canonical if len(told) == 1 else None)
        if event is not None:
            events.append(event)
    return Reading(reader=NAME, events=tuple(events), reason=None if events else _NOTHING, zone=zone_of(told))


def event_nodes(state: Any) -> Iterator[dict[str, Any]]:
    """Objects that look like events, in document order; what lies inside one belongs to it."""
    stack: list[Any] = [state]
    count = 0
    while stack and count < _MAX_VALUES:
        value = stack.pop()
        count += 1
        if isinstance(value, list):
            stack.extend(reversed([*_inner(value)]))
        elif isinstance(value, dict):
            if looks_like_event(value):
                yield value
            else:
                stack.extend(reversed([*_inner(value.values())]))


def _inner(values: Iterable[Any]) -> Iterator[Any]:
    """What may hold events: objects, lists, and JSON that is written into a string (the markup that a page of React
    puts into itself)."""
    for value in values:
        if isinstance(value, dict | list):
            yield value
        elif isinstance(value, str) and value[:1] in {"{", "["} and '"startDate"' in value:
            yield from lenient_json.load(value, largest=_LARGEST_STATE)


def _states(page: Page) -> Iterator[Any]:
    if page.first in ("{", "["):
        yield from lenient_json.load(page.text, largest=_LARGEST_STATE)
        return
    flight: list[str] = []
    for script in page.tree.css("script:not([src])"):
        kind = (script.attributes.get("type") or "").lower()
        if "ld+json" in kind:
            continue
        text = script.text(deep=True)
        lowered = text.lower()
        if not any(mark in lowered for mark in _MARKS) and "__next_f" not in text:
            continue
        if "json" in kind:
            yield from lenient_json.load(text, largest=_LARGEST_STATE)
        elif "__next_f" in text:
            flight.extend(_chunks(text))
        else:
            yield from _assigned(text)
    if flight:
        yield from _rows("".join(flight))


def _assigned(text: str) -> Iterator[Any]:
    """JSON values that a script assigns to something, or parses from a string."""
    decoder = lenient_json.DECODER
    at = count = 0
    while count < _MAX_ASSIGNMENTS and (found := _ASSIGNED.search(text, at)):
        count += 1
        at = found.end()
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if not lenient_json.too_deep(value):
            yield value
    for found in list(_PARSED.finditer(text))[:_MAX_ASSIGNMENTS]:
        try:
            inner, _ = json.JSONDecoder().raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(inner, str):
            yield from lenient_json.load(inner, largest=_LARGEST_STATE)


def _chunks(text: str) -> Iterator[str]:
    """The strings of Next's flight chunks: ``self.__next_f.push([1, "…"])``."""
    for found in list(_FLIGHT.finditer(text))[:2000]:
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _rows(text: str) -> Iterator[Any]:
    """The JSON rows of a flight stream (``1a:["$",…]``)."""
    at = count = 0
    while count < 2000 and (found := _FLIGHT_ROW.search(text, at)):
        count += 1
        at = found.end()
        try:
            value, at = lenient_json.DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if not lenient_json.too_deep(value):
            yield value
