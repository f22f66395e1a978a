"""Whom a person means: by the name, and where several are called alike, by where one met them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.errors import UsageError
from planner.people.book import Book, Known
from planner.people.person import Person
from planner.text import casefold

AT = " @ "
"""Behind a name: words of where one met (``Ana @ salon``). Without blanks it belongs to the name, as in chats."""
SHOWN = 6


def split_name(text: str) -> tuple[str, str]:
    """A name, and the words of where one met; "" where none are told."""
    name, _, where = text.partition(AT)
    return " ".join(name.split()), where.strip()


def find(book: Book, wanted: str) -> Known | None:
    """The one person meant, by the whole name, else by a part of it; None where nobody is called so.

    Raises UsageError where several are: it tells where one met each, and not their names; ConfigError.
    """
    name, where = split_name(wanted)
    folded = casefold(name)
    near: Sequence[Known] = book.called(name)
    words = casefold(where).split()
    near = [each for each in near if all(word in _places(each.person) for word in words)]
    found = [each for each in near if casefold(" ".join(each.person.name.split())) == folded]
    found = found or [each for each in near if folded in casefold(each.person.name)]
    if len(found) > 1:
        raise UsageError(book.words("people.several", places=_listed([each.person for each in found], book)))
    return found[0] if found else None


def find_known(book: Book, wanted: str) -> Known:
    """The person meant, who can be written about. Raises UsageError where there is none."""
    found = find(book, wanted)
    if found is None:
        raise UsageError(book.words("people.unknown"))
    if found.entry is None:
        raise UsageError(book.words("people.write_by_hand", file=book.path.name))
    return found


def _places(person: Person) -> str:
    return casefold("\n".join(f"{each.on} {each.at or ''} {each.circle or ''}" for each in person.met))


def where_met(person: Person, book: Book) -> str:
    """Where and when one met first."""
    if not person.met:
        return book.words("people.met_nowhere")
    first = min(person.met, key=lambda each: each.on)
    place = first.at or first.circle
    return f"{place} {first.on}" if place else str(first.on)


def _listed(people: Sequence[Person], book: Book) -> str:
    places = [where_met(each, book) for each in people[:SHOWN]]
    return "; ".join([*places, *(["…"] if len(people) > SHOWN else [])])
