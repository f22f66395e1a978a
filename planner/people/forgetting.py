"""Taking somebody out: of the file, of what we exported, and where the name still stands in notes about others."""

from __future__ import annotations

from pathlib import Path

from planner.config.layout import LayoutError
from planner.i18n.catalog import Catalog
from planner.people import edit
from planner.people.book import Book, book_of
from planner.people.find import find_known
from planner.people.noting import number_of
from planner.people.person import Person
from planner.people.sections import PEOPLE
from planner.text import casefold


def without_person(book: Book, wanted: str) -> str:
    """The text without the one person whom ``wanted`` names, and the comments that belong to it. Raises UsageError
    where nobody or several are meant, LayoutError, ConfigError."""
    return edit.without_entry(book.text, PEOPLE, number_of(book, find_known(book, wanted)))


def without_person_in(raw: bytes, person: Person, words: Catalog) -> bytes:
    """The bytes of a copy without this person, who may have stood there otherwise: by name and first meeting; where no
    meeting tells, the only one of that name. Raises LayoutError where several could be meant, ConfigError."""
    book = book_of(Path(PEOPLE), raw, words)
    alike = [each for each in book.called(person.name) if _folded(each.person) == _folded(person)]
    same = [each for each in alike if each.person.key == person.key] or alike
    if not same:
        return raw
    if len(same) > 1 or same[0].entry is None:
        raise LayoutError("several, or other lists")
    return edit.without_entry(book.text, PEOPLE, number_of(book, same[0])).encode()


def _folded(person: Person) -> str:
    return casefold(" ".join(person.name.split()))


def mentions(book: Book, name: str) -> tuple[int, ...]:
    """The lines (from 1) in which a name stands."""
    wanted = casefold(name)
    return tuple(number for number, line in enumerate(book.text.splitlines(), 1) if wanted in casefold(line))
