"""What keywords do to plans: which picks an edit brought and cost, and which words have caught nothing for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.plan.codes import Note
from planner.plan.week import WeekPlan
from planner.rating import vocabulary
from planner.rating.interests import groups_of, synonyms_of
from planner.rating.terms import texts_of
from planner.rating.vocabulary import Entry, Matcher, plain
from planner.types import Keyword, Rated
from spiders.reasons import Reason

PATIENCE = timedelta(weeks=4)
MAX_SILENT = 3  # words mentioned in one digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an edit did to the plan: the words that came (``+``), went (``-``) or changed weight (``*``), and the
    titles of the picks that came and went because of it."""

    words: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


def effect(words: tuple[str, ...], before: WeekPlan, now: WeekPlan) -> Effect:
    """What differs between the plan with the old keywords and that with the new ones, all else being equal."""
    old = {pick.candidate.id: pick.candidate.rated.event.title for pick in before.picks}
    new = {pick.candidate.id: pick.candidate.rated.event.title for pick in now.picks}
    return Effect(
        words=words,
        came=tuple(title for name, title in new.items() if name not in old),
        went=tuple(title for name, title in old.items() if name not in new),
    )


def silent_notes(keywords: Iterable[Keyword], rated: Collection[Rated], now: datetime) -> tuple[Reason, ...]:
    """A note for each word (but those to be avoided) that has caught nothing for PATIENCE, with a suggestion."""
    silent = [
        each
        for each in keywords
        if each.list != "avoid" and now - max(each.since, each.caught or each.since) >= PATIENCE
    ]
    silent.sort(key=lambda each: (each.caught or each.since, each.list, each.word))
    coming = [each for each in rated if each.event.start is not None and each.event.start >= now]
    return tuple(_note(each.word, _suggestion(each.word, coming)) for each in silent[:MAX_SILENT])


def _note(word: str, suggestion: str) -> Reason:
    """A word that has caught nothing, and the one that would, if any."""
    if suggestion:
        return Reason(Note.KEYWORD_SILENT, about=f"{word} → {suggestion}")
    return Reason(Note.KEYWORD_SILENT_ALONE, about=word)


def _suggestion(word: str, coming: Iterable[Rated]) -> str:
    """The related word that catches the most coming events; empty where none does."""
    groups = groups_of(word)
    related = {entry.word for entry in vocabulary.entries() if entry.group in groups and entry.family != "host"}
    related |= set(synonyms_of(word))
    matcher = Matcher(Entry(each, "related", each) for each in related if plain(each) != plain(word))
    counts: Counter[str] = Counter()
    for rated in coming:
        hits = (hit for _, text in texts_of(rated.event) for hit in matcher.hits(text))
        counts.update({entry.group for hit in hits for entry in hit.entries})
    return min(counts, key=lambda each: (-counts[each], each), default="")
