"""Keywords over time: what was edited in config.yaml, and when each word last caught anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from planner.config import Config
from planner.config.model import Word
from planner.rating.interests import Key, lists_of
from planner.types import Keyword

if TYPE_CHECKING:  # plans are told of keywords, not the reverse
    from planner.types import Rated


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


def followed(
    config: Config, known: Sequence[Keyword], caught_by: Iterable[tuple[Rated, Collection[Key]]], now: datetime
) -> list[Keyword]:
    """The keywords of the configuration as they are to be kept: a word that catches a coming event is marked so."""
    caught, weights = set[Key](), _weights(config)
    for each, keys in caught_by:
        if each.event.start is not None and each.event.start >= now:
            caught.update(keys)
    before = {(each.list, each.word): each for each in known}
    kept = []
    for (name, word), weight in weights.items():
        old = before.get((name, word)) or Keyword(list=name, word=word, weight=weight, since=now)
        kept.append(replace(old, weight=weight, caught=now if (name, word) in caught else old.caught))
    return kept


def _weights(config: Config) -> Mapping[tuple[str, str], float]:
    return {(name, word.word): word.weight for name, words in lists_of(config).items() for word in words}
