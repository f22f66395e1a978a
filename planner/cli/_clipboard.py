"""What was copied: a picture where there is one, else words, by the command that the system has for it.

Wayland (``wl-paste``), X11 (``xclip``), macOS (``osascript``, ``pbpaste``), Windows and its Linux (PowerShell), Termux.
Those of macOS, Windows and Termux rest on their manuals: they are unconfirmed.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.errors import UsageError
from planner.i18n.catalog import Catalog

MOST_BYTES = 16 << 20
"""More than any picture may have that is read."""
SECONDS = 15.0
KINDS = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "application/pdf")
"""Kinds of pictures as they are offered, the exact ones first."""
_APPLE = ("osascript", "-e", "the clipboard as «class PNGf»")
_WINDOWS = (
    "Add-Type -AssemblyName System.Windows.Forms; $i=[Windows.Forms.Clipboard]::GetImage(); if ($i) {"
    " $m=New-Object IO.MemoryStream; $i.Save($m,[Drawing.Imaging.ImageFormat]::Png);"
    " [Convert]::ToBase64String($m.ToArray()) }"
)
_WINDOWS_WORDS = "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw"

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """One system's way. ``offers`` lists the kinds that are there (None: not asked); ``picture`` is asked for a kind
    and ``shape`` makes bytes of what it prints; ``words`` prints words."""

    words: Command
    picture: Callable[[str], Command] | None = None
    offers: Command | None = None
    shape: Callable[[bytes], bytes] = bytes


def copied(words: Catalog, environment: Mapping[str, str] = os.environ) -> bytes:
    """The copied picture, else the copied words. Raises UsageError where nothing was copied, or where the system has no
    command that tells."""
    board = _board(environment)
    if board is None:
        raise UsageError(words("cli.clipboard_no_command"))
    found = _picture(board) or _output(board.words)
    if not found.strip():
        raise UsageError(words("cli.clipboard_empty"))
    if len(found) > MOST_BYTES:
        raise UsageError(words("cli.clipboard_large", mebibytes=MOST_BYTES >> 20))
    return found


def _board(environment: Mapping[str, str]) -> _Board | None:
    """The way of the system that this is, by what it has."""
    if environment.get("WAYLAND_DISPLAY") and shutil.which("wl-paste"):
        return _Board(
            offers=("wl-paste", "--list-types"),
            picture=lambda kind: ("wl-paste", "--no-newline", "--type", kind),
            words=("wl-paste", "--no-newline"),
        )
    if environment.get("DISPLAY") and shutil.which("xclip"):
        asked = ("xclip", "-selection", "clipboard", "-o")
        return _Board(offers=(*asked, "-t", "TARGETS"), picture=lambda kind: (*asked, "-t", kind), words=asked)
    if shutil.which("pbpaste"):
        return _Board(picture=lambda kind: _APPLE, shape=_of_apple, words=("pbpaste",))
    if shell := shutil.which("powershell.exe") or shutil.which("powershell"):
        asked = (shell, "-NoProfile", "-STA", "-Command")
        return _Board(picture=lambda kind: (*asked, _WINDOWS), shape=_of_base64, words=(*asked, _WINDOWS_WORDS))
    return _Board(words=("termux-clipboard-get",)) if shutil.which("termux-clipboard-get") else None


def _picture(board: _Board) -> bytes:
    if board.picture is None:
        return b""
    kinds: Sequence[str] = KINDS[:1]
    if board.offers is not None:
        offered = _output(board.offers).decode("utf-8", "replace").split()
        kinds = [kind for kind in KINDS if kind in offered][:1]
    return board.shape(_output(board.picture(kinds[0]))) if kinds else b""


def _output(command: Command) -> bytes:
    """What a command prints, with one byte more than `MOST_BYTES` where it prints more; nothing where it fails."""
    nothing = subprocess.DEVNULL
    with tempfile.TemporaryFile() as printed:
        try:
            subprocess.run(  # noqa: S603 - words of the table above, none of the user's
                command, stdin=nothing, stdout=printed, stderr=nothing, timeout=SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return b""
        printed.seek(0)
        return printed.read(2 * MOST_BYTES + 2)


def _of_apple(printed: bytes) -> bytes:
    """``«data PNGf89504E47…»`` as bytes."""
    digits = printed.partition(b"PNGf")[2].strip().removesuffix("»".encode())
    try:
        return binascii.unhexlify(digits)
    except binascii.Error:
        return b""


def _of_base64(printed: bytes) -> bytes:
    try:
        return base64.b64decode(printed.strip(), validate=False)
    except binascii.Error:
        return b""
