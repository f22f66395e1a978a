"""The private page that answers, as what its template shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.render.cards import Card
from planner.text import one_line
from spiders.items import Event

NO_TEXTS: Mapping[Any, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """An event that waits to be kept: its ``name``, its ``fields`` as they can be corrected, ``held`` as it comes back,
    ``notes`` on what is to be known of it, and what is wrong with a field."""

    held: str
    name: str
    fields: Mapping[str, str]
    notes: tuple[str, ...] = ()
    error: str | None = None
    is_notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One page. ``error`` is the key of what went wrong, ``told`` the same in words; ``said`` what was done.
    ``lists_now`` are the words that stand, where ``lists`` were written over older ones. ``is_whole``: the page itself,
    with its week and its forms."""

    said: tuple[str, ...] = ()
    error: str | None = None
    told: str | None = None
    weeks: Sequence[Any] = ()
    why: tuple[Card, tuple[str, ...]] | None = None
    drafts: tuple[DraftView, ...] = ()
    reasons: tuple[str, ...] = ()
    text: str = ""
    lists: Mapping[Any, str] = field(default_factory=dict)
    lists_now: Mapping[Any, str] = field(default_factory=dict)
    stamp: str = ""
    is_whole: bool = False


def draft(
    event: Event,
    words: Catalog,
    held: str,
    *,
    fields: Mapping[str, str],
    deadline: str | None = None,
    about: str | None = None,
    error: str | None = None,
) -> DraftView:
    """An event as the page offers it: with the words that its time was read from, and its doubts."""
    notes = []
    if event.evidence.when:
        sure = words(f"cli.sure_{event.evidence.sure}")
        notes.append(words("desk.read_from", words=one_line(event.evidence.when, 120), sure=sure))
    notes += [words("digest.doubt", doubt=translate(doubt, words.language)) for doubt in event.evidence.doubts]
    if deadline:
        notes.append(words("cli.own_deadline", value=deadline))
    if event.notice:
        notes.append(words("cli.add_notice_one", events=about) if about else words("desk.notice_new"))
    return DraftView(
        held=held,
        name=one_line(fields["title"], 120),
        fields=dict(fields),
        notes=tuple(notes),
        error=error,
        is_notice=event.notice is not None,
    )
