"""Secrets of mail, uploads and chats: from a variable of the environment or a file that only its owner can read.

No secret stands in the configuration, which people show to others, and none stands in a message of ours.
"""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate_text as translate

MAX_BYTES = 65_536


class SecretError(Exception):
    """Why there is no secret: a key below ``secret`` in the words, and its values. Holds nothing of the secret."""

    def __init__(self, key: str, **values: object) -> None:
        self.key, self.values = key, values
        super().__init__(key)

    def told(self, words: Catalog) -> str:
        """The reason in the reader's language."""
        why = translate(str(self.values.get("why", "")), words.language)
        return words(f"secret.{self.key}", **{**self.values, "why": why})


def read_password(variable: str | None, file: str | None, environment: Mapping[str, str]) -> str | None:
    """The password that a variable or a file holds; None where neither is named. Raises SecretError.

    ASCII alone: the log-ins of mail (RFC 4616 as servers take it) and of HTTP (RFC 7617) disagree on anything else.
    """
    if variable is None and file is None:
        return None
    password = read_text(variable, file, environment).strip()
    if not password.isascii():
        raise SecretError("unreadable", name=variable or file, why="not ASCII")
    if not password.isprintable():
        raise SecretError("unreadable", name=variable or file, why="several lines or control signs")
    return password


def read_text(variable: str | None, file: str | None, environment: Mapping[str, str]) -> str:
    """What a variable, else a file holds; never empty. Raises SecretError."""
    name = variable or file or ""
    text = environment.get(variable) if variable is not None else _of_file(Path(name))
    if text is None:
        raise SecretError("missing", name=name)
    if not text.strip():
        raise SecretError("empty", name=name)
    return text


def _of_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            # Of the file that was opened, not of what may stand under its name a moment later.
            if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise SecretError("open", name=path)
            content = file.read(MAX_BYTES + 1)
    except OSError as exc:
        raise SecretError("unreadable", name=path, why=(exc.strerror or str(exc)).lower()) from exc
    if len(content) > MAX_BYTES:
        raise SecretError("unreadable", name=path, why=f"larger than {MAX_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SecretError("unreadable", name=path, why="not UTF-8") from None


def masked(text: str, *secrets: str | None) -> str:
    """A text of somebody else's without these secrets, as they are and in base64, as log-ins carry them."""
    for secret in filter(None, secrets):
        for form in (secret, base64.b64encode(secret.encode()).decode()):
            text = text.replace(form, "***")
    return text
