"""What a person hands to a command: standard input, a file or an address; to ``quanzi add`` words or a folder too."""

from __future__ import annotations

import errno
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.text import one_line

LONGEST_FILE_NAME, LONGEST_SHOWN = 400, 60
TEXTS = frozenset({".txt", ".md", ".text", ".html", ".htm", ".ics", ".eml", ".json", ".xml"})
"""The files of a folder that are read."""
_OTHERS = frozenset({".jsonl", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".pdf", ".docx", ".doc"})
_SCHEMES = ("http://", "https://", "webcal://")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_BITMAP, _RESERVED = b"BM", b"\x00\x00\x00\x00"
_NO_TEXT = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_IN_A_BOX = (b"WEBP", b"ftyp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """``texts``: what is to be read, with the name of the file that each came from (``-``: standard input, empty: the
    words themselves); or the ``address``."""

    texts: tuple[tuple[str, bytes], ...] = ()
    address: str | None = None


def handed(what: str, words: Catalog) -> Handed:
    """What was given to ``quanzi add``, looked up. Raises UsageError that says what it is where it cannot be read."""
    path = _path(what)
    if path is not None and _is_folder(path):
        given = Handed(texts=_of_folder(path, words))
    else:
        given = _document(what, words) or _address(what, words) or Handed(texts=(("", what.encode()),))
    for name, body in given.texts:
        if name and (told := no_text(name, body, words, "add")):
            raise UsageError(told)
    return given


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
    if _is_picture(body):
        return words("cli.given_picture", file=name, command=command)
    return words("cli.given_no_text", file=name, command=command) if body.startswith(_NO_TEXT) else None


def _document(what: str, words: Catalog) -> Handed | None:
    """Standard input or a file; None for all else. Raises UsageError for a file that cannot be read."""
    if what == "-":
        return Handed(texts=(("-", _pasted(words)),))
    path = _path(what)
    if path is not None and (_exists(path) or _is_named_as_file(what.strip())):
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


def _is_named_as_file(what: str) -> bool:
    """Whether words can only be meant as a file: a path, or a name with the ending of one."""
    if re.search(r"\s|://", what) or len(what) >= LONGEST_FILE_NAME:
        return False
    return Path(what).suffix.lower() in TEXTS | _OTHERS or what.startswith(("/", "./", "../", "~"))


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


def _is_picture(body: bytes) -> bool:
    if body.startswith(_BITMAP):
        return body[6:10] == _RESERVED  # and not a text about BMX
    return body.startswith(_PICTURES) or body[8:12] == _IN_A_BOX[0] or body[4:8] == _IN_A_BOX[1]


def _of_folder(folder: Path, words: Catalog) -> tuple[tuple[str, bytes], ...]:
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in TEXTS)
    if not files:
        raise UsageError(words("cli.add_folder_empty", folder=folder, kinds=" ".join(sorted(TEXTS))))
    return tuple((str(path), _of_file(path, str(path), words)) for path in files)
