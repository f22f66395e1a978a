"""Writing ``people.yaml``: one program at a time, whole or not at all, over what was read and nothing newer, and only
its owner may read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.config.edit import newline_of
from planner.config.layout import LayoutError
from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.people.book import Book, book_of, is_readable, open_book
from planner.people.person import Favour, Meeting, Person, Practice, Promise
from planner.people.sections import LISTS
from planner.publish import replace_file
from spiders.failures import os_reason

WAIT = 10.0
"""Seconds that another one of our programs may take with the file."""
TIMES = 5
Change = Callable[[Book, str], str]
"""A book and its line ends -> the new text."""


def keep(path: Path, change: Change, words: Catalog) -> Book:
    """Change the file; -> as it is then. Where somebody else changed it meanwhile, the change is made anew on what they
    wrote.

    Raises ConfigError where it cannot be read, UsageError where it is written in a way that the change would destroy
    (nothing is written), OutputError where it cannot be written.
    """
    target = path.resolve()  # a link stays a link
    with _alone(target, words):
        for stray in target.parent.glob(f"{_unfinished(target)}*"):  # of a process that was killed; it names people
            stray.unlink(missing_ok=True)
        for _ in range(TIMES):
            book = open_book(target, words)
            text = _changed(book, change, words)
            bom = b"\xef\xbb\xbf" if (book.raw or b"").startswith(b"\xef\xbb\xbf") else b""
            after = book_of(target, bom + text.encode(), words)
            if not _is_sound(book, after):
                raise UsageError(words("people.write_by_hand", file=path.name))
            if after.raw == book.raw:
                return after
            if _is_as_read(target, book.raw):
                _write(target, after.raw or b"", words)
                return after
    raise UsageError(words("people.changed_meanwhile", file=path.name))


def _unfinished(path: Path) -> str:
    """How the names of files begin that are not in place yet."""
    return f".{path.name}.new-"


def _changed(book: Book, change: Change, words: Catalog) -> str:
    try:
        return change(book, newline_of(book.text))
    except LayoutError as exc:
        raise UsageError(words("people.write_by_hand", file=book.path.name)) from exc


def _is_sound(before: Book, after: Book) -> bool:
    """Whether what changed can be read, and nobody is gone but the one who was to be forgotten."""
    if after.sections is None:
        return False
    texts = [Counter(entry.text for name in LISTS for entry in book.entries(name)) for book in (before, after)]
    changed, gone = texts[1] - texts[0], texts[0] - texts[1]
    known = [entry for name in LISTS for entry in after.entries(name) if entry.text in changed]
    lost = _names(before, gone) - _names(after, changed)
    return all(map(is_readable, known)) and lost.total() <= 1


def _names(book: Book, among: Counter[str]) -> Counter[str]:
    """Who stands in the entries of these texts."""
    people = (book.at(number) for number, entry in enumerate(book.entries()) if entry.text in among)
    return Counter(person.name for person in people if person is not None)


def _is_as_read(path: Path, raw: bytes | None) -> bool:
    try:
        return path.read_bytes() == raw
    except FileNotFoundError:
        return raw is None


def _write(path: Path, content: bytes, words: Catalog) -> None:
    try:
        replace_file(path, content, mode=0o600, prefix=_unfinished(path))
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        raise OutputError(words("people.unwritable", file=path.name, why=why)) from exc


@contextmanager
def _alone(path: Path, words: Catalog) -> Iterator[None]:
    """One of our programs at a time, by a lock of the kernel's on a file beside it, which stays."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=WAIT, preserve_lock_file=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as exc:
        raise OutputError(words("people.held", file=path.name)) from exc
    except (OSError, NotImplementedError) as exc:
        why = translate(os_reason(exc), words.language) if isinstance(exc, OSError) else words("lock.unknown")
        raise OutputError(words("people.unwritable", file=path.name, why=why)) from exc
    try:
        yield
    finally:
        lock.release()


# Values as they are written.


def written_person(person: Person) -> dict[str, object]:
    """A person as an entry, without what is not known."""
    return _without_nothing(
        {
            "name": person.name,
            "role": person.role,
            "content": person.content or None,
            "language": person.language,
            "cares": list(person.cares),
            "notes": list(person.notes),
            "contact": person.contact,
            "met": [written_meeting(each) for each in person.met],
            "favours": [written_favour(each) for each in person.favours],
            "promises": [written_promise(each) for each in person.promises],
        }
    )


def written_meeting(meeting: Meeting) -> dict[str, object]:
    """A meeting as an item."""
    return _without_nothing({"day": meeting.on, "at": meeting.at, "circle": meeting.circle})


def written_favour(favour: Favour) -> dict[str, object]:
    """A favour as an item; what is done needs no state."""
    state = None if favour.state == "done" else favour.state
    return _without_nothing(
        {"day": favour.on, "way": favour.way, "kind": favour.kind, "what": favour.what, "state": state}
    )


def written_promise(promise: Promise) -> dict[str, object]:
    """A promise as an item."""
    return _without_nothing({"by": promise.by, "what": promise.what, "kept": promise.is_kept or None})


def written_practice(practice: Practice) -> dict[str, object]:
    """What was practised as an entry."""
    return _without_nothing({"day": practice.on, "skill": practice.skill, "at": practice.at, "how": practice.how})


def _without_nothing(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value not in (None, [], "")}
