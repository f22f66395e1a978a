"""What a person hands to a command: standard input, a file or an address; to ``quanzi add`` words, several files or
folders, or what was copied, too."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.inbox.packed import is_packed
from planner.text import one_line

LONGEST_FILE_NAME, LONGEST_SHOWN = 400, 60
TEXTS = frozenset({".txt", ".md", ".text", ".html", ".htm", ".ics", ".eml", ".json", ".xml"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".pdf", ".heic", ".svg"})
"""The files of a folder that are read; of a picture that cannot be, that is said."""
_OTHERS = frozenset({".jsonl", ".docx", ".doc"})
_SCHEMES = ("http://", "https://", "webcal://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """``texts``: what is to be read, with the name of the file that each came from (``-``: standard input, empty: the
    words themselves); ``files``, which are read one by one; or the ``address``."""

    texts: tuple[tuple[str, bytes], ...] = ()
    files: tuple[Path, ...] = ()
    address: str | None = None

    def documents(self, words: Catalog, command: str) -> Iterator[tuple[str, bytes]]:
        """All that is to be read, by name. Of several files those that cannot be read are told on standard error, and
        cost the others nothing. Raises UsageError where there is just one."""
        is_one = len(self.texts) + len(self.files) == 1
        waiting: list[tuple[str, bytes | Path]] = [*self.texts, *((str(path), path) for path in self.files)]
        for name, held in waiting:
            try:
                body = _of_file(held, name, words) if isinstance(held, Path) else held
                if name and (told := no_text(name, body, words, command)):
                    raise UsageError(told)
            except UsageError as exc:
                if is_one:
                    raise
                click.echo(str(exc), err=True)
            else:
                yield name, body


def handed(what: Sequence[str], words: Catalog) -> Handed:
    """What was given to ``quanzi add``, looked up: files and folders, or else the words of one note, a file with spaces
    in its name or an address. Raises UsageError that says what it is where it cannot be read."""
    paths = [path for each in what if (path := _path(each)) is not None and _is_meant(path, each)]
    if len(paths) == len(what) and (len(what) > 1 or _is_folder(paths[0])):
        folders = {path: _of_folder(path, words) for path in paths if _is_folder(path)}
        return Handed(files=tuple(file for path in paths for file in folders.get(path, (path,))))
    note = " ".join(what)
    return _document(note, words) or _address(note, words) or Handed(texts=(("", note.encode()),))


def one_document(what: str, words: Catalog, command: str) -> Handed:
    """What was given to a ``command`` that reads one document: its bytes, whatever they hold, or its address. Raises
    UsageError that says what was given where it is neither."""
    path = _path(what)
    if path is not None and _is_folder(path):
        raise UsageError(words("cli.given_folder", file=what))
    if what.startswith(_SCHEMES):
        return Handed(address=what)
    given = _document(what, words) or _address(what, words)
    if given is None:
        raise UsageError(words("cli.given_words", given=one_line(what, LONGEST_SHOWN), command=command))
    return given


def no_text(name: str, body: bytes, words: Catalog, command: str) -> str | None:
    """What a document is whose words nobody here can read, and what to do; None for all others."""
    return words("cli.given_no_text", file=name, command=command) if is_packed(body) else None


def _document(what: str, words: Catalog) -> Handed | None:
    """Standard input or a file; None for all else. Raises UsageError for a file that cannot be read."""
    if what == "-":
        return Handed(texts=(("-", _pasted(words)),))
    path = _path(what)
    if path is not None and _is_meant(path, what.strip()):
        return Handed(texts=((what, _of_file(path, what, words)),))
    return None


def _address(what: str, words: Catalog) -> Handed | None:
    """An address, also without its scheme; None for all else. Raises UsageError for one with a password in it."""
    if re.search(r"\s", what.strip()):
        return None
    from spiders.discover.address import is_address, typed
    from spiders.errors import SourceError

    if not is_address(what):
        return None
    try:
        return Handed(address=typed(what))
    except SourceError as exc:
        from planner.i18n.reasons import translate

        raise UsageError(translate(exc.reason, words.language)) from exc


def _path(what: str) -> Path | None:
    """The file or folder that is meant, be it there or not; None where words can be no name of one."""
    if not 0 < len(what) < LONGEST_FILE_NAME or re.search(r"[\n\0]", what):
        return None
    try:
        return Path(what).expanduser()
    except RuntimeError:  # nobody's home
        return Path(what)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as exc:
        return exc.errno != errno.ENAMETOOLONG  # it is there, but not for us: who reads it is told why


def _is_meant(path: Path, what: str) -> bool:
    """Whether words mean a file or folder: one that is there, or what can only be the name of one."""
    return _exists(path) or _is_named_as_file(what)


def _is_named_as_file(what: str) -> bool:
    """Whether words can only be meant as a file: a path, or a name with the ending of one."""
    if re.search(r"\s|://", what) or len(what) >= LONGEST_FILE_NAME:
        return False
    return Path(what).suffix.lower() in TEXTS | PICTURES | _OTHERS or what.startswith(("/", "./", "../", "~"))


def _pasted(words: Catalog) -> bytes:
    if sys.stdin.isatty():
        click.echo(words("cli.add_paste"), err=True)
    return sys.stdin.buffer.read()


def _of_file(path: Path, name: str, words: Catalog) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        from planner.i18n.reasons import translate
        from spiders.failures import os_reason

        why = translate(os_reason(exc), words.language)
        raise UsageError(words("cli.file_unreadable", file=name, why=why)) from exc


def _of_folder(folder: Path, words: Catalog) -> tuple[Path, ...]:
    kinds = TEXTS | PICTURES
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in kinds)
    if not files:
        raise UsageError(words("cli.add_folder_empty", folder=folder, kinds=" ".join(sorted(kinds))))
    return tuple(files)
