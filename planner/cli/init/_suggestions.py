"""Words that the vocabulary knows, as suggestions for keywords: in the user's language, at most `MOST`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.rating.vocabulary import entries_of, load

MOST = 10


def industries(language: str) -> tuple[str, ...]:
    """Trades of which it is known what stands up and down from them."""
    return tuple(_told([head, *chain.get("also", ())], language) for head, chain in load("chain").items())[:MOST]


def practices(language: str) -> tuple[str, ...]:
    """What can be practised on an evening: one word of each group of words that mean the same."""
    known = {entry.word.casefold() for entry in entries_of("practice", load("practice"))}
    groups = (group for group in load("synonyms")["groups"] if any(word.casefold() in known for word in group))
    return tuple(dict.fromkeys(_told(group, language) for group in groups))[:MOST]


def downstream(industry: Iterable[str], language: str) -> tuple[str, ...]:
    """Who buys from these trades."""
    return tuple(dict.fromkeys(_along("down", industry, language)))[:MOST]


def upstream(industry: Iterable[str], language: str) -> tuple[str, ...]:
    """Who supplies these trades."""
    return tuple(dict.fromkeys(_along("up", industry, language)))[:MOST]


def _along(way: str, industry: Iterable[str], language: str) -> Iterator[str]:
    wanted = {word.casefold() for word in industry}
    for head, chain in load("chain").items():
        if wanted & {word.casefold() for word in (head, *chain.get("also", ()))}:
            yield from (word for word in chain.get(way, ()) if word.isascii() == (language == "en"))


def _told(words: Iterable[str], language: str) -> str:
    """The first of these words that is of the language, else the first."""
    known = list(words)
    return next((word for word in known if word.isascii() == (language == "en")), known[0])
