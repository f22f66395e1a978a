"""Secrets of mail, uploads and chats: from a variable of the environment or a file that only its owner can read.

No secret stands in the configuration, which people show to others, and none stands in a message of ours.
"""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from planner.i18n.catalog import Words
from planner.i18n.reasons import in_words

MOST_BYTES = 65_536


class NoSecret(Exception):  # noqa: N818 - says what is the case
    """Why there is no secret: a key below ``secret`` in the words, and its values. Holds nothing of the secret."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)

    def told(self, words: Words) -> str:
        """The reason in the reader's language."""
        why = in_words(str(self.values.get("why", "")), words.language)
        return words(f"secret.{self.key}", **{**self.values, "why": why})


def read_password(variable: str | None, file: str | None, environment: Mapping[str, str]) -> str | None:
    """The password that a variable or a file holds; None where neither is named. Raises NoSecret.

    ASCII alone: the log-ins of mail (RFC 4616 as servers take it) and of HTTP (RFC 7617) disagree on anything else.
    """
    if variable is None and file is None:
        return None
    password = read_text(variable, file, environment).strip()
    if not password.isascii():
        raise NoSecret("unreadable", name=variable or file, why="not ASCII")
    if not password.isprintable():
        raise NoSecret("unreadable", name=variable or file, why="several lines or control signs")
    return password


def read_text(variable: str | None, file: str | None, environment: Mapping[str, str]) -> str:
    """What a variable, else a file holds; never empty. Raises NoSecret."""
    name = variable or file or ""
    text = environment.get(variable) if variable is not None else _of_file(Path(name))
    if text is None:
        raise NoSecret("missing", name=name)
    if not text.strip():
        raise NoSecret("empty", name=name)
    return text


def _of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # Of the file that was opened, not of what may stand under its name a moment later.
            if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise NoSecret("open", name=path)
            content = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise NoSecret("unreadable", name=path, why=(exc.strerror or str(exc)).lower()) from exc
    if len(content) > MOST_BYTES:
        raise NoSecret("unreadable", name=path, why=f"larger than {MOST_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoSecret("unreadable", name=path, why="not UTF-8") from None


def masked(text: str, *secrets: str | None) -> str:
    """A text of somebody else's without these secrets, as they are and in base64, as log-ins carry them."""
    for secret in filter(None, secrets):
        for form in (secret, base64.b64encode(secret.encode()).decode()):
            text = text.replace(form, "***")
    return text
