"""Taking somebody out: of the file, of what we exported, and where the name still stands in notes about others."""

from __future__ import annotations

from pathlib import Path

from planner.i18n.catalog import Catalog
from planner.people import edit
from planner.people.book import Book, book_of
from planner.people.noting import number_of
from planner.people.person import Person
from planner.people.sections import PEOPLE
from planner.text import casefold


def without_person(book: Book, person: Person) -> str:
    """The text without this person and the comments that belong to it; as it is where nobody is this person. Raises
    LayoutError, ConfigError."""
    found = [each for each in book.called(person.name) if is_same(each.person, person)]
    text = book.text
    numbers = [number_of(book, each) for each in found if each.entry is not None]
    for number in sorted(numbers, reverse=True):
        text = edit.without_entry(text, PEOPLE, number)
    if len(numbers) < len(found):
        raise edit.LayoutError("other lists")
    return text


def without_person_in(raw: bytes, person: Person, words: Catalog) -> bytes:
    """The same with the bytes of a copy. Raises LayoutError, ConfigError."""
    text = without_person(book := book_of(Path(PEOPLE), raw, words), person)
    return raw if text == book.text else text.encode()


def is_same(one: Person, other: Person) -> bool:
    """Whether two entries, perhaps of different days, are of one person: a name, and where one met first."""
    if casefold(one.name).strip() != casefold(other.name).strip():
        return False
    return one.key == other.key or not one.met or not other.met


def mentions(book: Book, name: str) -> tuple[int, ...]:
    """The lines (from 1) in which a name stands."""
    wanted = casefold(name)
    return tuple(number for number, line in enumerate(book.text.splitlines(), 1) if wanted in casefold(line))
