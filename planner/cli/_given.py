"""What a person hands to ``quanzi add``: words, standard input, a file, a folder of texts, or an address."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from planner.cli._session import AppContext
from planner.errors import UsageError
from planner.i18n.reasons import translate
from spiders.failures import os_reason

LONGEST_FILE_NAME = 400
TEXTS = frozenset({".txt", ".md", ".text", ".html", ".htm", ".ics", ".eml", ".json", ".xml"})
"""The files of a folder that are read."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_NO_TEXT = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_IN_A_BOX = (b"WEBP", b"ftyp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """``texts``: what is to be read, with the name of the file that each came from; or the ``address``."""

    texts: tuple[tuple[str, bytes], ...] = ()
    address: str | None = None


def handed(session: AppContext, what: str) -> Handed:
    """What was given, looked up. Raises UsageError that says what it is where it cannot be read."""
    if what == "-":
        return Handed(texts=(("-", _pasted(session)),))
    path = Path(what).expanduser() if len(what) < LONGEST_FILE_NAME and "\n" not in what else None
    if path is not None and path.is_dir():
        return Handed(texts=_of_folder(session, path))
    if path is not None and path.is_file():
        return Handed(texts=((what, _of_file(session, path)),))
    from spiders.discover.address import is_address

    is_file = _is_named_as_file(what.strip())
    if not is_file and " " not in what.strip() and is_address(what):
        from spiders.discover.address import typed

        return Handed(address=typed(what))
    if is_file:
        raise UsageError(session.words("cli.add_no_file", file=what))
    return Handed(texts=(("", what.encode()),))


def _is_named_as_file(what: str) -> bool:
    """Whether words can only be meant as a file: a path, or a name with the ending of one."""
    if re.search(r"\s|://", what) or len(what) >= LONGEST_FILE_NAME:
        return False
    suffix = Path(what).suffix.lower()
    known = TEXTS | {".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".pdf", ".docx", ".doc"}
    return suffix in known or what.startswith(("/", "./", "../", "~"))


def _pasted(session: AppContext) -> bytes:
    if sys.stdin.isatty():
        click.echo(session.words("cli.add_paste"), err=True)
    return sys.stdin.buffer.read()


def _of_file(session: AppContext, path: Path) -> bytes:
    try:
        body = path.read_bytes()
    except OSError as exc:
        why = translate(os_reason(exc), session.words.language)
        raise UsageError(session.words("cli.file_unreadable", file=path, why=why)) from exc
    if _is_picture(body):
        raise UsageError(session.words("cli.add_picture", file=path))
    if body.startswith(_NO_TEXT):
        raise UsageError(session.words("cli.add_no_text", file=path))
    return body


def _is_picture(body: bytes) -> bool:
    return body.startswith(_PICTURES) or body[8:12] == _IN_A_BOX[0] or body[4:8] == _IN_A_BOX[1]


def _of_folder(session: AppContext, folder: Path) -> tuple[tuple[str, bytes], ...]:
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in TEXTS)
    if not files:
        raise UsageError(session.words("cli.add_folder_empty", folder=folder, kinds=" ".join(sorted(TEXTS))))
    return tuple((str(path), _of_file(session, path)) for path in files)
