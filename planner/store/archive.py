"""The form of a backup: a compressed archive of plain files, and a list of them with their digests as its first entry.

Files of the user's folder stand below ``home/``, as they lie there; what a configuration names outside of it stands
below ``elsewhere/``. The same files give the same archive.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

LIST = "quanzi-backup.json"
FORM = 1
HOME, ELSEWHERE = "home", "elsewhere"
MOST_FILES, MOST_BYTES, MOST_OF_LIST = 20_000, 4_000_000_000, 10_000_000
_CHUNK = 1 << 20
_UNSAFE = frozenset('\\:<>|"?*')
Part = Literal["configuration", "store", "secret", "people", "file", "output"]


class ArchiveError(Exception):
    """What is wrong with a backup, as the key of a text (``backup.…``)."""

    def __init__(self, key: str, name: str = "") -> None:
        super().__init__(key)
        self.key, self.name = key, name


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file: ``name`` is where it stands in the archive, ``origin`` its path when it was kept."""

    name: str
    part: Part
    origin: str
    size: int
    digest: str


def write(file: IO[bytes], contents: Sequence[tuple[str, Part, Path, Path]], about: Mapping[str, Any]) -> list[Member]:
    """Write (name, part, origin, where its bytes are) in order, behind a list that begins with ``about``; -> what
    stands in it. Raises OSError."""
    members = [
        Member(name=name, part=part, origin=str(origin), size=source.stat().st_size, digest=_digest(source))
        for name, part, origin, source in contents
    ]
    listed = {"form": FORM, **about, "files": [_listed(each) for each in members]}
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        head = json.dumps(listed, ensure_ascii=False, indent=1).encode()
        tar.addfile(_entry(LIST, len(head)), io.BytesIO(head))
        for each, (*_, source) in zip(members, contents, strict=True):
            with source.open("rb") as content:
                tar.addfile(_entry(each.name, each.size), content)
    return members


@contextmanager
def opened(path: Path) -> Iterator[tuple[Mapping[str, Any], Iterator[tuple[Member, IO[bytes]]]]]:
    """A backup for reading: -> (its list, each file with its content, which can be read once and in this order).

    Only plain files that the list names, at places inside, of the sizes that it tells. Raises ArchiveError, OSError.
    """
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            first = tar.next()
            head = tar.extractfile(first) if first is not None and first.isfile() else None
            if first is None or head is None or first.name != LIST or first.size > MOST_OF_LIST:
                raise ArchiveError("no_backup")
            listed = json.loads(head.read(first.size))
            yield listed, _members(tar, _expected(listed))
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, OverflowError, gzip.BadGzipFile) as exc:
        raise ArchiveError("broken") from exc
    except OSError as exc:
        if exc.errno is None:  # of the decompressor
            raise ArchiveError("broken") from exc
        raise


def copied(content: IO[bytes], member: Member, target: IO[bytes] | None = None) -> None:
    """Read a file to its end, to a ``target`` or to nowhere. Raises ArchiveError where it is not what it was."""
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    if digest.hexdigest() != member.digest:
        raise ArchiveError("broken", member.name)


def _members(tar: tarfile.TarFile, expected: Mapping[str, Member]) -> Iterator[tuple[Member, IO[bytes]]]:
    left = dict(expected)
    while (entry := tar.next()) is not None:
        member = left.pop(entry.name, None)
        content = tar.extractfile(entry) if entry.isreg() else None
        if member is None or content is None or entry.size != member.size:
            raise ArchiveError("unsafe", entry.name)
        yield member, content
    if left:
        raise ArchiveError("broken", min(left))


def _expected(listed: Mapping[str, Any]) -> dict[str, Member]:
    if listed["form"] != FORM:
        raise ArchiveError("newer")
    members = [Member(**each) for each in listed["files"]]
    if len(members) > MOST_FILES or sum(each.size for each in members) > MOST_BYTES:
        raise ArchiveError("too_large")
    for each in members:
        if not is_safe(each.name) or each.size < 0:
            raise ArchiveError("unsafe", each.name)
    return {each.name: each for each in members}


def is_safe(name: str) -> bool:
    """Whether a name stays inside, on every system."""
    top, *parts = name.split("/")
    return (
        top in {HOME, ELSEWHERE}
        and bool(parts)
        and all(part not in {"", ".", ".."} and part.isprintable() and not set(part) & _UNSAFE for part in parts)
    )


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _listed(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in Member.__slots__}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
