"""What the commands about people have in common: the file, days in words, names as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import click

from planner.cli._session import AppContext
from planner.errors import UsageError
from planner.people.book import Book, open_book
from planner.people.days import day_that_was, day_to_come
from planner.people.keeping import keep
from planner.people.noting import Draft
from planner.people.person import Person

_NAMES = re.compile(r"\s*[,，、;；]\s*")
_AT = frozenset({"at", "在", "于"})
"""Words between names and an event."""


def book_of(session: AppContext) -> Book:
    """The file as it stands. Raises ConfigError where it cannot be read at all."""
    return open_book(Path(session.config.people.file), session.words)


def tell_wrong(book: Book) -> None:
    """What is wrong in the file, on standard error."""
    problems = book.problems()
    if problems:
        click.echo(book.words("people.told_wrong", file=book.path.name), err=True)
        for each in problems:
            click.echo(f"  {book.path.name}:{each.line}: {each.key}: {each.message}", err=True)


def change(session: AppContext, steps: Callable[[Draft], None]) -> Book:
    """Change the file by steps that may run again, where somebody else wrote it meanwhile."""

    def changed(book: Book, newline: str) -> str:
        draft = Draft(book, newline)
        steps(draft)
        return draft.text

    return keep(Path(session.config.people.file), changed, session.words)


def past_day(session: AppContext, text: str | None) -> date | None:
    """The day of ``--on``, else None. Raises UsageError."""
    if text is None:
        return None
    found = day_that_was(text, session.now)
    if found is None:
        raise UsageError(session.words("people.day_unknown", day=text))
    return found


def coming_day(session: AppContext, text: str | None) -> date | None:
    """The day of ``--by``, else None. Raises UsageError."""
    if text is None:
        return None
    found = day_to_come(text, session.now)
    if found is None:
        raise UsageError(session.words("people.day_ahead", day=text))
    return found


def names_and_event(typed: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """``Ana Bell, Bo at storage salon`` -> the names, and the words of the event."""
    place = next((number for number, word in enumerate(typed) if word.casefold() in _AT and number > 0), len(typed))
    names = names_of(" ".join(typed[:place]))
    return names, " ".join(typed[place + 1 :])


def names_of(text: str) -> tuple[str, ...]:
    """Names with commas between, each once."""
    return tuple(dict.fromkeys(name for each in _NAMES.split(text) if (name := " ".join(each.split()))))


def shown_person(person: Person, session: AppContext) -> dict[str, object]:
    """A person as JSON, with everything that is known."""
    return {
        "name": person.name,
        "role": person.role,
        "content": person.content,
        "language": person.language,
        "cares": list(person.cares),
        "notes": list(person.notes),
        "contact": _iso(person.last_contact),
        "met": [{"day": _iso(each.on), "at": each.at, "circle": each.circle} for each in person.met],
        "favours": [
            {"day": _iso(each.on), "way": each.way, "kind": each.kind, "what": each.what, "state": each.state}
            for each in person.favours
        ],
        "promises": [{"what": each.what, "by": _iso(each.by), "kept": each.is_kept} for each in person.promises],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
