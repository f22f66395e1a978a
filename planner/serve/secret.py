"""The secret part of private addresses, in a file of its own beside the store."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from planner.deliver.codes import Code, in_words
from planner.deliver.faults import system
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import read_private
from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from spiders.reasons import Reason

SECRET_BYTES = 24  # 192 bits; the least that is accepted is 128
_SECRET = re.compile(r"[A-Za-z0-9_-]{22,200}")


def secret_of(store: Path, words: Catalog) -> str:
    """The secret part of private addresses, kept in a file of mode 600 beside the store; made on first use.

    Raises UsageError where the file is open to others or no secret, OutputError where it cannot be made.
    """
    path = store.with_name(store.name + ".secret")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path, words)
    except OSError as exc:
        raise OutputError(words("serve.secret_unwritable", path=path, why=in_words(system(exc), words))) from exc
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret


def _kept_secret(path: Path, words: Catalog) -> str:
    try:
        secret = read_private(path).strip()
    except DeliveryError as exc:
        if exc.reason.code is Code.SECRET_OPEN:
            raise UsageError(words("serve.secret_open", path=path)) from exc
        why = exc.reason["why"]
        told = in_words(why, words) if isinstance(why, Reason) else ""
        raise UsageError(words("serve.secret_unreadable", path=path, why=told)) from exc
    if not _SECRET.fullmatch(secret):
        raise UsageError(words("serve.secret_bad", path=path))
    return secret
