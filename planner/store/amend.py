"""A backup with one of its files changed: for whom is to be forgotten there too."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from planner.store.archive import Member, Part, copied, opened, write

_KEPT = ("version", "made", "home", "configuration", "without_secrets")


def amend(path: Path, part: Part, change: Callable[[bytes], bytes]) -> bool:
    """Write a backup anew with the files of one part changed; -> whether they did. All else stays, to the byte.

    Raises ArchiveError where it is none of ours, OSError. It is whole before it takes the place of the old one.
    """
    with tempfile.TemporaryDirectory(prefix=".quanzi-", dir=path.parent) as name:
        folder, changed = Path(name), False
        contents: list[tuple[str, Part, Path, Path]] = []
        with opened(path) as (about, members):
            for number, (member, content) in enumerate(members):
                file = folder / str(number)
                with file.open("wb") as target:
                    copied(content, member, target)
                changed |= member.part == part and _changed(file, change)
                contents.append((*_place(member), file))
            kept = {key: about[key] for key in _KEPT if key in about}
        if changed:
            anew = folder / "backup"
            with anew.open("wb") as target:
                anew.chmod(path.stat().st_mode & 0o777)
                write(target, contents, kept)
                target.flush()
                os.fsync(target.fileno())
            anew.replace(path)
    return changed


def _place(member: Member) -> tuple[str, Part, Path]:
    return member.name, member.part, Path(member.origin)


def _changed(file: Path, change: Callable[[bytes], bytes]) -> bool:
    before = file.read_bytes()
    after = change(before)
    if after != before:
        file.write_bytes(after)
    return after != before
