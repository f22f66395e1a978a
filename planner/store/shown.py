"""What the public calendars hold, which of the user's own notes may stand there, and what the public files were made
of: facts of the store."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from planner.store import Store

PUBLIC = "public"
"""The fact of the store that holds the ids in the public calendars."""
PUBLIC_NOTES = "public notes"
"""The fact that holds the keys of the user's own notes that may stand there."""


PUBLIC_FILES = "public files"
"""The fact that holds what they were made of, and how they were written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesWritten:
    """What the public files were ``made_of`` (a digest), a digest of each, and how many events found no room there."""

    made_of: str
    digests: Mapping[str, str]
    left_out: Mapping[str, int]


def keep_files_written(store: Store, written: FilesWritten) -> None:
    """Write inside ``transaction``."""
    store.put_fact(PUBLIC_FILES, json.dumps([written.made_of, dict(written.digests), dict(written.left_out)]))


def files_written(store: Store) -> FilesWritten | None:
    """How the public files were last written; None before the first."""
    fact = store.fact(PUBLIC_FILES)
    if fact is None:
        return None
    made_of, digests, left_out = json.loads(fact)
    return FilesWritten(made_of=made_of, digests=digests, left_out=left_out)


def keep_ids_in_public(store: Store, ids: Collection[str]) -> None:
    """Keep the ids that the public calendars hold now. Write inside ``transaction``."""
    store.put_fact(PUBLIC, json.dumps(sorted(ids)))


def public_notes(store: Store) -> frozenset[str]:
    """The keys of the notes that their user made public."""
    return frozenset(json.loads(store.fact(PUBLIC_NOTES) or "[]"))


def keep_note_visibility(store: Store, keys: Collection[str], *, public: bool) -> None:
    """Open or close notes to the public, whatever they were before. Write inside ``transaction``."""
    known = public_notes(store)
    store.put_fact(PUBLIC_NOTES, json.dumps(sorted(known | set(keys) if public else known - set(keys))))


def shown_in_public(store: Store) -> frozenset[str] | None:
    """The ids that the public calendars hold; None before the first."""
    fact = store.fact(PUBLIC)
    return None if fact is None else frozenset(json.loads(fact))
