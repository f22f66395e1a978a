"""Evidence that was read before: kept by a digest of the words it was read from, so that it is read once a change."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from planner.rating.evidence import LONGEST, Evidence, evidence_of
from planner.rating.weights import Points
from planner.types import Label, Term
from spiders.items import Event


class EvidenceReader:
    """Reads events, remembering what it read; ``known`` is what earlier runs kept (`Store.evidence`).

    ``made`` is what was newly read, in the form to be kept; ``used`` are the digests of all that was asked for.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._read: dict[str, Evidence] = {}
        self.made: dict[str, str] = {}

    @property
    def used(self) -> set[str]:
        """The digests of all events that were asked for."""
        return set(self._read)

    def __call__(self, event: Event) -> Evidence:
        """The evidence of an event."""
        digest = digest_of(event)
        found = self._read.get(digest)
        if found is None:
            body = self._known.get(digest)
            if body is None:
                found = evidence_of(event)
                self.made[digest] = to_body(found)
            else:
                found = from_body(body)
            self._read[digest] = found
        return found


def digest_of(event: Event) -> str:
    """A name for all that evidence is read from, and for the vocabulary that reads it."""
    place = event.place
    words = (
        *(event.title, event.organizer or "", (event.description or "")[:LONGEST]),
        *((place.name or "", place.address or "") if place else ("", "")),
        *event.categories,
    )
    made = hashlib.blake2b(_version(), digest_size=16)
    made.update("\x1f".join(words).encode("utf-8", "replace"))
    return made.hexdigest()


@functools.cache
def _version() -> bytes:
    """The words and rules of this version, by their bytes: another vocabulary reads anew."""
    folder = Path(__file__).parent
    files = [*sorted((folder / "vocabulary").glob("*.toml")), *(folder / name for name in _RULES)]
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=16).digest()


_RULES = ("weights.toml", "weights.py", "ages.py", "classify.py", "evidence.py")


def to_body(evidence: Evidence) -> str:
    """Evidence as compact JSON."""
    label = evidence.label
    told = [label.track, label.topics, label.form, label.words, label.people]
    kept = [evidence.signs, told, evidence.worth, evidence.size]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_body(body: str) -> Evidence:
    """The reverse of :func:`to_body`."""
    signs, (track, topics, form, words, people), (terms, small), size = json.loads(body)
    return Evidence(
        signs=signs,
        label=Label(
            track=track,
            topics=tuple(topics),
            form=form,
            words=tuple(words),
            people=tuple(map(tuple, people)),
        ),
        worth=Points(tuple(map(Term._make, terms)), small),
        size=size,
    )
