"""What speaks for an evening in a few short phrases, as a friend would say it; ``why`` tells every term by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.i18n.catalog import Catalog
from planner.text import one_line
from planner.types import Term

MAX_REASONS = 4
CLEARLY = 0.3
CAVEAT = -0.3
"""What costs so many points is told as a caveat."""
_UNTOLD = frozenset({"base", "small", "host", "usual", "crossed", "travel_unknown"})
"""Terms that `why` tells and a digest does not: nobody goes out for them."""
_TOLD_WHERE_CLEAR = frozenset({"way", "openness", "audience"})
_IN_A_ROW = frozenset({"interest", "topic", "chain_up", "chain_down", "chain_peers", "kind", "trade"})
"""Terms whose words stand in one phrase."""
_OF_THE_USER = frozenset({"interest", "topic", "chain_up", "chain_down", "chain_peers"})
_SAID_ALREADY = {"kind": _OF_THE_USER, "trade": _OF_THE_USER | {"kind", "chain_near_up", "chain_near_down"}}
"""What a vocabulary word adds nothing to: where one of these is told, it is left out."""
_COUNTED = frozenset({"acquaintances", "returning"})
"""Terms that are about a number: one is told in other words."""
_BY, _OF = " = ", " · "  # between a keyword and the word it was met by; between a word and the keyword that proposes it


def phrases(terms: Sequence[Term], words: Catalog, most: int = MAX_REASONS) -> tuple[str, ...]:
    """What speaks for an event, the strongest first, then what clearly speaks against it; at most ``most``."""
    told = [term for term in terms if term.name not in _UNTOLD and _is_told(term)]
    told.sort(key=lambda term: (term.points < 0, -abs(term.points)))
    names = {term.name for term in told}
    told = [term for term in told if not _SAID_ALREADY.get(term.name, frozenset()) & names]
    return tuple(dict.fromkeys(_in_rows(told, words)))[:most]


def term_in_words(term: Term, words: Catalog) -> str:
    """One term by itself, without its points. Of one that a plan from another version kept and that we have no words
    for, what it rests on."""
    about = one_line(term.about, 40)
    if term.name == "learnt_form":
        return words("term.learnt_form", about=words(f"form.{about}"))
    if term.name in {"learnt_sign", "usual"}:
        kind = "kind" if term.name == "learnt_sign" else "sign"
        return words(f"term.{term.name}", about=words(f"{kind}.{about.replace('.', '_')}"))
    if term.name == "streak":
        return _streak(about, words)
    keyword, by, met = about.partition(_BY)
    if term.name == "interest" and by:
        return words("term.interest_by", about=keyword, met=met)
    if term.name.startswith("chain_near_"):
        met, _, keyword = about.partition(_OF)
        return words(f"term.{term.name}", about=keyword, met=met)
    key = f"term.{term.name}" + ("_one" if term.name in _COUNTED and about == "1" else "")
    return words(key, about=about) if words.has(key) else about


def _is_told(term: Term) -> bool:
    """Whether a term is reason enough for a digest; of how one takes part only what is said clearly."""
    if term.points <= CAVEAT:
        return True
    return term.points >= (CLEARLY if term.name in _TOLD_WHERE_CLEAR else 0.001)


def _in_rows(told: Sequence[Term], words: Catalog) -> Iterator[str]:
    """A phrase for each term, those of one kind at the place of the first."""
    seen: set[tuple[str, bool]] = set()
    for term in told:
        kind = (term.name, term.points < 0)
        if term.name not in _IN_A_ROW:
            yield _short(term, words)
        elif kind not in seen:
            seen.add(kind)
            alike = [each for each in told if (each.name, each.points < 0) == kind]
            own = dict.fromkeys(one_line(each.about.partition(_BY)[0], 40) for each in alike)
            quoted = words("because.between").join(words("because.quoted", about=each) for each in own)
            key = f"because.{term.name}" + ("_several" if len(own) > 1 else "")
            yield words(key if words.has(key) else f"because.{term.name}", about=quoted)


def _short(term: Term, words: Catalog) -> str:
    key = f"because.{term.name}"
    return words(key, about=one_line(term.about, 40)) if words.has(key) else term_in_words(term, words)


def _streak(about: str, words: Catalog) -> str:
    """How often one has been with the same people: ``about`` is which time this one is."""
    times = int(about) if about.isdecimal() else 0
    key = f"ordinal.{times}"
    nth = words(key) if words.has(key) else words("ordinal.other", number=about)
    return words("term.streak", nth=nth, before=times - 1)
