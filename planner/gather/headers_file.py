"""The files that ``headers_from`` names: what is wrong with one is wrong with its source alone."""

from __future__ import annotations

from pathlib import Path

from planner.config.private_file import OpenToOthersError, private_bytes
from spiders.errors import SourceError
from spiders.failures import os_reason
from spiders.reasons import Code, Reason
from spiders.sign_in import MAX_BYTES, SecretHeaders, parse_headers


def read_headers(file: str) -> SecretHeaders:
    """The secret headers of a source. Raises SourceError: the file is missing, can be read by others, is empty or says
    something else; no reason repeats what it holds."""
    try:
        content = private_bytes(Path(file), MAX_BYTES)
    except OpenToOthersError:
        raise SourceError(Reason(Code.FILE_OPEN_TO_OTHERS, file=file)) from None
    except (OSError, ValueError) as exc:  # ValueError: a null in the name
        why = os_reason(exc) if isinstance(exc, OSError) else Reason(Code.NO_SUCH_FILE)
        raise SourceError(Reason(Code.OF_FILE, file=file, why=why)) from None
    if len(content) > MAX_BYTES:
        raise SourceError(Reason(Code.OF_FILE, file=file, why=Reason(Code.HEADERS_TOO_LONG, bytes=MAX_BYTES)))
    try:
        return parse_headers(content)
    except SourceError as exc:
        raise SourceError(Reason(Code.OF_FILE, file=file, why=exc.reason)) from None
