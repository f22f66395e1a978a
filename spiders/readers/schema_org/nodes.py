"""Finding the event nodes in schema.org data, however deep and by whatever road they hang there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

_NO_OCCURRENCES = frozenset(
    {"EventSeries", "DeliveryEvent", "PublicationEvent", "BroadcastEvent", "OnDemandEvent", "UserInteraction"}
)
_MORE_EVENTS = frozenset({"Festival", "Hackathon", "CourseInstance", "EventVenueEvent"})
# Roads that lead to other happenings than those the page tells of.
_NOT_FOLLOWED = frozenset(
    {"superEvent", "potentialAction", "publication", "releasedEvent", "review", "offers", "workFeatured", "location"}
    | {"performer", "performers", "organizer", "image", "address", "geo", "aggregateRating", "sponsor", "funder"}
)
_INHERITED = ("location", "organizer", "url", "eventAttendanceMode", "eventStatus")
_MAX_NODES = 20_000
_CONTAINERS = (dict, list)


@dataclass(slots=True)
class Node:
    """One event node with what it may inherit: the values of the nodes that it hangs under."""

    values: dict[str, Any]
    inherited: dict[str, Any] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """The node's own value where it says something, else the inherited one."""
        own = self.values.get(key)
        return own if own not in (None, "", [], {}) else self.inherited.get(key)


def types_of(node: dict[str, Any]) -> frozenset[str]:
    """Bare type names: ``http://schema.org/MusicEvent`` and ``schema:MusicEvent`` are ``MusicEvent``."""
    named = node.get("@type") or node.get("type")
    if isinstance(named, str):
        return _single(named)
    return frozenset(_bare(name) for name in named if isinstance(name, str)) if isinstance(named, list) else _NONE


_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)
def _single(name: str) -> frozenset[str]:
    return frozenset((_bare(name),))


def _bare(name: str) -> str:
    return name.rstrip("/").replace("#", "/").replace(":", "/").rsplit("/", 1)[-1]


def is_event(node: dict[str, Any]) -> bool:
    """Whether a node is an occurrence of something that one can go to."""
    return _name_event(types_of(node))


@lru_cache(maxsize=2048)
def _name_event(names: frozenset[str]) -> bool:
    if names & _NO_OCCURRENCES or any(name.startswith("User") and len(name) > 4 for name in names):
        return False
    return any(name.endswith("Event") or name in _MORE_EVENTS for name in names)


@lru_cache(maxsize=2048)
def _matters(names: frozenset[str]) -> bool:
    """Whether nodes of these types are events or hand something down to the events under them."""
    return (
        _name_event(names)
        or bool(names & {"EventSeries", "Course", "Organization", "PerformingGroup"})
        or any(name.endswith(("Place", "Venue")) for name in names)
    )


def event_nodes(roots: list[Any]) -> list[Node]:
    """All event nodes under ``roots``, in document order, references by ``@id`` resolved, parents before children.

    An event whose own sub-events carry its dates is left out in their favour when it is no more than their frame.
    """
    names = _Names(roots)
    found: list[Node] = []
    stack: list[tuple[Any, dict[str, Any]]] = [(root, {}) for root in reversed(roots)]
    seen: set[int] = set()
    while stack and len(seen) < _MAX_NODES:
        value, inherited = stack.pop()
        if isinstance(value, list):
            stack.extend((item, inherited) for item in reversed(value))
            continue
        if not isinstance(value, dict) or id(value) in seen:
            continue
        seen.add(id(value))
        types = types_of(value)
        resolved, handed = value, inherited
        if _matters(types):
            resolved = _resolved(value, names)
            if _name_event(types) and not _is_frame(resolved):
                found.append(Node(resolved, inherited))
            handed = _handed_down(resolved, inherited)
        children = [
            (child, handed)
            for key, child in resolved.items()
            if isinstance(child, _CONTAINERS) and key not in _NOT_FOLLOWED
        ]
        children.reverse()
        stack += children
    return found


class _Names:
    """Nodes by their ``@id``, collected when the first reference asks for one."""

    def __init__(self, roots: list[Any]) -> None:
        self._roots = roots
        self._by_id: dict[str, dict[str, Any]] | None = None

    def get(self, name: str) -> dict[str, Any] | None:
        if self._by_id is None:
            self._by_id = {}
            for node in _every(self._roots):
                own = node.get("@id")
                if isinstance(own, str) and len(node) > len(self._by_id.get(own, ())):
                    self._by_id[own] = node
        return self._by_id.get(name)


def _every(roots: list[Any]) -> Iterator[dict[str, Any]]:
    stack: list[Any] = list(roots)
    count = 0
    while stack and count < _MAX_NODES:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            count += 1
            yield value
            stack.extend(value.values())


def _resolved(node: dict[str, Any], names: _Names) -> dict[str, Any]:
    """The node with its bare references (``{"@id": …}``) to places and organisers replaced by what they name."""
    out = node
    for key in ("location", "organizer"):
        value = node.get(key)
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
            target = names.get(value["@id"])
            if target is not None and target is not value:
                out = {**out, key: target}
    return out


def _handed_down(node: dict[str, Any], inherited: dict[str, Any]) -> dict[str, Any]:
    names = types_of(node)
    if is_event(node) or names & {"EventSeries", "Course"}:
        own = {key: node[key] for key in _INHERITED if node.get(key)}
        own["name"] = node.get("name")
        return {**inherited, **own}
    if any(name.endswith(("Place", "Venue")) for name in names) and (node.get("event") or node.get("events")):
        place = {key: value for key, value in node.items() if key not in ("event", "events")}
        return {**inherited, "location": place}
    if names & {"Organization", "PerformingGroup"} and (node.get("event") or node.get("events")):
        return {**inherited, "organizer": {"name": node.get("name")}}
    return inherited


def _is_frame(node: dict[str, Any]) -> bool:
    """A parent that only spans its dated sub-events of the same name: the meetings are what happens, not the span."""
    parts = node.get("subEvent") or node.get("subEvents")
    parts = parts if isinstance(parts, list) else [parts]
    dated = [part for part in parts if isinstance(part, dict) and part.get("startDate")]
    if not dated:
        return False
    name = node.get("name")
    return len(dated) > 1 and all(part.get("name") in (None, "", name) for part in dated)
