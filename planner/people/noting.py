"""What is told about somebody, put into the text of ``people.yaml``: a person met, a favour, a promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.people import edit
from planner.people.book import Book, Known, book_of
from planner.people.find import find_known, split_name
from planner.people.keeping import written_favour, written_meeting, written_person, written_practice, written_promise
from planner.people.person import Favour, Meeting, Person, Practice
from planner.people.sections import PEOPLE, PRACTISED, Entry
from planner.text import casefold


class Draft:
    """A text on its way: each step puts one thing in and reads again where the person stands then."""

    def __init__(self, book: Book, newline: str) -> None:
        self.book, self.newline = book, newline
        if not book.text.strip():
            head = "".join(f"# {line}{newline}" for line in book.words("people.file_head").splitlines())
            self._set(head)

    @property
    def text(self) -> str:
        return self.book.text

    def _set(self, text: str) -> None:
        self.book = book_of(self.book.path, text.encode(), self.book.words)

    def new(self, *people: Person) -> None:
        """Some who are not there yet."""
        self._set(edit.with_entries(self.text, PEOPLE, list(map(written_person, people)), self.newline))

    def practised(self, practice: Practice) -> None:
        """What was tried on one evening."""
        self._set(edit.with_entries(self.text, PRACTISED, [written_practice(practice)], self.newline))

    def item(self, number: int, key: str, item: edit.Values | str) -> None:
        """One more in a list of an entry."""
        self._set(edit.with_item(self.text, self._entry(number), key, item, self.newline))

    def value(self, number: int, path: Sequence[str | int], value: object) -> None:
        """One value of an entry."""
        self._set(edit.with_value(self.text, self._entry(number), path, value, self.newline))

    def _entry(self, number: int) -> Entry:
        return self.book.entries()[number]


def number_of(book: Book, known: Known) -> int:
    """Which entry it is, from 0."""
    assert known.entry is not None
    return next(number for number, entry in enumerate(book.entries()) if entry.start == known.entry.start)


def note_person(draft: Draft, told: Person, known: Known | None) -> Person:
    """Put in what is told of a person: a new one where ``known`` is None; -> the person as it stands then."""
    if known is None:
        new = replace(told, name=split_name(told.name)[0])
        draft.new(new)
        return new
    before, number = known.person, number_of(draft.book, known)
    for key, value in (("role", told.role), ("language", told.language), ("content", told.content or None)):
        if value is not None and value != getattr(before, key):
            draft.value(number, (key,), value)
    if told.contact is not None and told.contact > (before.contact or date.min):
        draft.value(number, ("contact",), told.contact)
    for key, items, old in (("cares", told.cares, before.cares), ("notes", told.notes, before.notes)):
        for text in items:
            if casefold(text) not in map(casefold, old):
                draft.item(number, key, text)
    for meeting in told.met:
        _note_meeting(draft, number, meeting, before.met)
    for promise in told.promises:
        draft.item(number, "promises", written_promise(promise))
    return person_at(draft.book, number)


def person_at(book: Book, number: int) -> Person:
    """The person of an entry that was just written."""
    person = book.at(number)
    assert person is not None
    return person


def _note_meeting(draft: Draft, number: int, meeting: Meeting, known: Sequence[Meeting]) -> None:
    """One more meeting, or the place of one that was told without."""
    place = next((place for place, each in enumerate(known) if _is_same(meeting, each)), None)
    if place is None:
        draft.item(number, "met", written_meeting(meeting))
    elif known[place].at is None:
        for key, value in (("circle", meeting.circle), ("at", meeting.at)):
            if value is not None:
                draft.value(number, ("met", place, key), value)


def _is_same(one: Meeting, other: Meeting) -> bool:
    """Whether it is the same evening, told twice."""
    return one.on == other.on and (one.at is None or other.at is None or casefold(one.at) == casefold(other.at))


def note_favour(draft: Draft, name: str, favour: Favour) -> Person:
    """Put a favour in, and close what it answers: what was asked for is received, what was received is returned, what
    was promised is given. Raises UsageError where the person is not known."""
    known = find_known(draft.book, name)
    number = number_of(draft.book, known)
    answered = {"received": "asked", "returned": "received"}.get(favour.way)
    place = _answered(known.person.favours, answered, favour.what) if answered else None
    if favour.way == "asked" and favour.state == "declined":
        place = _answered(known.person.favours, "asked", favour.what)
        if place is not None:
            draft.value(number, ("favours", place, "state"), "declined")
            return person_at(draft.book, number)
    if place is not None:
        draft.value(number, ("favours", place, "state"), "done")
    if favour.way == "given":
        for kept, promise in enumerate(known.person.promises):
            if not promise.is_kept and _is_about(promise.what, favour.what):
                draft.value(number, ("promises", kept, "kept"), True)
    draft.item(number, "favours", written_favour(favour))
    return person_at(draft.book, number)


def _answered(favours: Sequence[Favour], way: str, what: str) -> int | None:
    """Which open favour of this way is meant: one of the same words, else the oldest."""
    still_open = [(each.on, place) for place, each in enumerate(favours) if each.way == way and each.state == "open"]
    named = [each for each in still_open if _is_about(favours[each[1]].what, what)]
    return min(named or still_open)[1] if still_open else None


def _is_about(one: str, other: str) -> bool:
    folded, others = casefold(one), casefold(other)
    return folded in others or others in folded
