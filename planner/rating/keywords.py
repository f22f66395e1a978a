"""Keywords over time: what an edit of config.yaml changed in the plan, and which words have caught nothing for long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from planner.config import Config
from planner.config.model import Word
from planner.rating import vocabulary
from planner.rating.interests import InterestMatcher, groups_of, lists_of, synonyms_of
from planner.rating.terms import texts_of
from planner.rating.vocabulary import Entry, Matcher, plain
from planner.types import Keyword

if TYPE_CHECKING:  # plans are told of keywords, not the reverse
    from planner.plan.week import WeekPlan
    from planner.types import Rated

PATIENCE = timedelta(weeks=4)
MAX_SILENT = 3  # words mentioned in one digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an edit did to the plan: the words that came (``+``), went (``-``) or changed weight (``*``), and the
    titles of the picks that came and went because of it."""

    words: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]


def edits(config: Config, known: Sequence[Keyword]) -> tuple[str, ...]:
    """The words that differ from those of the last plan; none where there was no plan yet."""
    if not known:
        return ()
    before = {(each.list, each.word): each.weight for each in known}
    now = _weights(config)
    added = [f"+{word}" for name, word in sorted(now.keys() - before.keys())]
    removed = [f"-{word}" for name, word in sorted(before.keys() - now.keys())]
    changed = [f"*{key[1]}" for key in sorted(now.keys() & before.keys()) if now[key] != before[key]]
    return (*added, *removed, *changed)


def before_edit(config: Config, known: Sequence[Keyword]) -> Config:
    """The configuration as it is now, but with the keywords of the last plan."""
    lists: dict[str, tuple[Word, ...]] = {}
    for each in known:
        lists[each.list] = (*lists.get(each.list, ()), Word(word=each.word, weight=each.weight))
    interests = config.interests.model_copy(
        update={name: lists.get(name, ()) for name in ("industry", "practice", "avoid")}
    )
    chain = config.chain.model_copy(update={name: lists.get(name, ()) for name in ("up", "down", "peers")})
    return config.model_copy(update={"interests": interests, "chain": chain})


def effect(words: tuple[str, ...], before: WeekPlan, now: WeekPlan) -> Effect:
    """What differs between the plan with the old keywords and that with the new ones, all else being equal."""
    old = {pick.candidate.id: pick.candidate.rated.event.title for pick in before.picks}
    new = {pick.candidate.id: pick.candidate.rated.event.title for pick in now.picks}
    return Effect(
        words=words,
        came=tuple(title for name, title in new.items() if name not in old),
        went=tuple(title for name, title in old.items() if name not in new),
    )


def followed(config: Config, known: Sequence[Keyword], rated: Iterable[Rated], now: datetime) -> list[Keyword]:
    """The keywords of the configuration as they are to be kept: a word that catches a coming event is marked so."""
    wishes, caught = InterestMatcher(config), set[tuple[str, str]]()
    for each in rated:
        if each.event.start is not None and each.event.start >= now:
            caught |= wishes.caught(texts_of(each.event), each.label)
    before = {(each.list, each.word): each for each in known}
    kept = []
    for (name, word), weight in _weights(config).items():
        old = before.get((name, word)) or Keyword(list=name, word=word, weight=weight, since=now)
        kept.append(replace(old, weight=weight, caught=now if (name, word) in caught else old.caught))
    return kept


def silent_notes(keywords: Iterable[Keyword], rated: Collection[Rated], now: datetime) -> tuple[str, ...]:
    """A note for each word (but those to be avoided) that has caught nothing for PATIENCE, with a suggestion."""
    silent = [
        each
        for each in keywords
        if each.list != "avoid" and now - max(each.since, each.caught or each.since) >= PATIENCE
    ]
    silent.sort(key=lambda each: (each.caught or each.since, each.list, each.word))
    coming = [each for each in rated if each.event.start is not None and each.event.start >= now]
    return tuple(_note(each.word, _suggestion(each.word, coming)) for each in silent[:MAX_SILENT])


def _note(word: str, suggestion: str) -> str:
    """A note of the plan: the name of its words in the catalogue, and what it is about."""
    return f"keyword_silent: {word} → {suggestion}" if suggestion else f"keyword_silent_alone: {word}"


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


def _weights(config: Config) -> Mapping[tuple[str, str], float]:
    return {(name, word.word): word.weight for name, words in lists_of(config).items() for word in words}
