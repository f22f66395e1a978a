"""Ids of sources that were given none: made from the address, and the same each time the same entries are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

from spiders.addresses import hidden_parts

TAKEN_BY_THE_PROGRAM = re.compile(r"own|busy-\d+")
LONGEST_STEM, LONGEST_SLUG = 60, 24
_NO_LETTER = re.compile(r"[^\w.-]+")
_NO_WORD = re.compile(r"[^\w]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_WIDE_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*)\s*[:：﹕∶]\s*[/／]{2}", re.IGNORECASE)
FALLBACK = "source"


def with_scheme(address: str) -> str:
    """An address as it is, or as https where it was written without scheme ("lu.ma/x"). The signs behind the scheme may
    be full-width ones."""
    text = _WIDE_SCHEME.sub(r"\1://", address.strip(), count=1)
    return text if _SCHEME.match(text) else f"https://{text.removeprefix('//')}"


def id_of(address: str, taken: Collection[str]) -> str:
    """A short id for the source at a web address, none of ``taken``: its host without ``www.``; where that is taken,
    the host and a slug of the path; then ``-2``, ``-3`` ... Nothing that may be a key or a password comes into it."""
    try:
        parts = urlsplit(with_scheme(address))
        host, path = parts.hostname or "", parts.path
    except ValueError:
        host, path = "", ""
    stem = _NO_LETTER.sub("-", _readable(host).removeprefix("www.")).strip(".-")[:LONGEST_STEM] or FALLBACK
    hidden = hidden_parts(with_scheme(address))
    words = [unquote(part) for part in path.split("/") if part and part not in hidden and unquote(part) not in hidden]
    slug = _NO_WORD.sub("-", "-".join(words).lower()).strip("-")[:LONGEST_SLUG].strip("-")
    return _free([stem, *([f"{stem}-{slug}"] if slug else [])], taken)


def with_ids(entries: Sequence[Any]) -> list[Any]:
    """The entries of ``sources:`` as they were read, a bare address as a mapping, each with an id. Ids that were given
    are reserved first, so that a made one never takes them; what is no entry at all stays as it is."""
    told = [{"url": entry} if isinstance(entry, str) else entry for entry in entries]
    taken = {str(entry["id"]) for entry in told if isinstance(entry, Mapping) and entry.get("id") is not None}
    made = []
    for entry in told:
        if isinstance(entry, Mapping) and entry.get("id") is None:
            name = _id_of_entry(entry, taken)
            taken.add(name)
            made.append({**entry, "id": name})
        else:
            made.append(entry)
    return made


def _id_of_entry(entry: Mapping[str, Any], taken: Collection[str]) -> str:
    if isinstance(url := entry.get("url"), str):
        return id_of(url, taken)
    named = entry.get("title") or entry.get("file")
    words = PurePath(named).stem if isinstance(named, str) and named == entry.get("file") else named
    stem = _NO_WORD.sub("-", str(words or "").lower()).strip("-")[:LONGEST_STEM].strip("-") or FALLBACK
    return _free([stem], taken)


def _free(wanted: Sequence[str], taken: Collection[str]) -> str:
    """The first of these, or the last with a number, that nobody has."""
    return next(name for name in _candidates(wanted) if name not in taken and not TAKEN_BY_THE_PROGRAM.fullmatch(name))


def _candidates(wanted: Sequence[str]) -> Iterator[str]:
    yield from wanted
    number = 2
    while True:  # bounded by how many are taken
        yield f"{wanted[-1]}-{number}"
        number += 1


def _readable(host: str) -> str:
    """A host as people write it: in their own letters where it stands in ASCII for them (RFC 3490)."""
    try:
        return host.encode("ascii").decode("idna").lower() if "xn--" in host else host
    except (UnicodeError, ValueError):
        return host
