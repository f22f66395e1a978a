"""Secrets of mail, uploads, chats and `serve`: from a variable of the environment or a file that only its owner can
read.

No secret stands in the configuration, which people show to others, and none stands in a message of ours.
"""

from __future__ import annotations

import base64
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from planner.config.private_file import OpenToOthersError, private_bytes
from planner.deliver import faults
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError
from spiders.reasons import Reason

MAX_BYTES = 65_536
USUAL_KEY = "password_env"
"""The key that names a variable. Messages say the key, never what stands there: it may be the secret itself."""


def read_password(variable: str | None, file: str | None, environment: Mapping[str, str] | None = None) -> str | None:
    """The password that a variable or a file holds; None where neither is named. Raises DeliveryError.

    ASCII alone: the log-ins of mail (RFC 4616 as servers take it) and of HTTP (RFC 7617) disagree on anything else.
    """
    if variable is None and file is None:
        return None
    name = file if variable is None and file is not None else USUAL_KEY
    password = read_text(variable, file, environment).strip()
    if not password.isascii():
        raise _unreadable(name, Reason(Code.NOT_ASCII))
    if not password.isprintable():
        raise _unreadable(name, Reason(Code.SEVERAL_LINES))
    return password


def read_text(
    variable: str | None,
    file: str | None,
    environment: Mapping[str, str] | None = None,
    *,
    key: str = USUAL_KEY,
) -> str:
    """What a variable (of the process's environment where none is given), else a file holds; never empty.

    ``key`` is the configuration's, for messages. Raises DeliveryError.
    """
    name = key if variable is not None else file or ""
    known = os.environ if environment is None else environment
    text = known.get(variable) if variable is not None else read_private(Path(file or ""))
    if text is None:
        raise DeliveryError(Reason(Code.SECRET_MISSING, name=name))
    if not text.strip():
        raise DeliveryError(Reason(Code.SECRET_EMPTY, name=name))
    return text


def read_private(path: Path) -> str:
    """What a file of mode 600 holds. Raises DeliveryError, also where others can read it."""
    try:
        content = private_bytes(path, MAX_BYTES)
    except OpenToOthersError:
        raise DeliveryError(Reason(Code.SECRET_OPEN, name=str(path))) from None
    except OSError as exc:
        raise _unreadable(str(path), faults.system(exc)) from exc
    if len(content) > MAX_BYTES:
        raise _unreadable(str(path), Reason(Code.TOO_LONG, number=MAX_BYTES))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(str(path), Reason(Code.NOT_UTF8)) from None


def _unreadable(name: str, why: Reason) -> DeliveryError:
    return DeliveryError(Reason(Code.SECRET_UNREADABLE, name=name, why=why))


def masked(text: str, *secrets: str | None) -> str:
    """A text of somebody else's without these secrets, as they are and in base64, as log-ins carry them."""
    for secret in filter(None, secrets):
        for form in (secret, base64.b64encode(secret.encode()).decode()):
            text = text.replace(form, "***")
    return text


@contextmanager
def hushed(*names: str) -> Iterator[None]:
    """Keeps the logs of these libraries from every handler but their own: they tell addresses and log-ins."""
    loggers = [logging.getLogger(name) for name in names]
    kept = [(logger, logger.handlers[:], logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers[:], logger.propagate = [logging.NullHandler()], False
    try:
        yield
    finally:
        for logger, handlers, propagates in kept:
            logger.handlers[:], logger.propagate = handlers, propagates
