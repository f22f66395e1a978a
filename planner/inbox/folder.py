"""A folder that the user drops things into (by hand, by a synced folder, AirDrop, scp): what in it is whole, and where
it goes once it is read.

    FOLDER/poster.jpg        waits to be read
    FOLDER/done/poster.jpg   became an event
    FOLDER/asked/poster.jpg  did not; poster.jpg.txt beside it says why
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.publish import replace_file

DONE, ASKED = "done", "asked"
NOTE_ENDING = ".txt"
QUIET_SECONDS = 10.0
"""So long nobody may have written to a file before it counts as whole."""
MOST_AT_ONCE = 200
"""More wait for the next run, so that a run has an end."""
MOST_BYTES = 16 << 20
_UNFINISHED = re.compile(
    r"^[.~]|^~\$|\.(?:part|partial|crdownload|download|tmp|temp|icloud|filepart|!ut|syncthing)$", re.IGNORECASE
)
"""What browsers, synced folders and copying programs call a file that is still on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """One file that is whole."""

    path: Path
    size: int

    def body(self) -> bytes:
        """What it holds, at most one byte more than `MOST_BYTES`. Raises OSError."""
        with self.path.open("rb") as file:
            return file.read(MOST_BYTES + 1)


def waiting(folder: Path) -> list[Dropped]:
    """The files that are whole, by name, at most `MOST_AT_ONCE`; those being written wait. Links, folders and devices
    are nobody's drop. Raises OSError where the folder cannot be listed or written to."""
    now = _clock_of(folder)
    return sorted(_whole(folder, now), key=lambda each: each.path.name)[:MOST_AT_ONCE]


def _clock_of(folder: Path) -> float:
    """What the clock of this file system shows: that of a network drive is not ours. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".quanzi-", dir=folder)
    try:
        return os.fstat(handle).st_ctime
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def _whole(folder: Path, now: float) -> Iterator[Dropped]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if _UNFINISHED.search(entry.name):
                continue
            try:
                known = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # taken away meanwhile
                continue
            # The time of its last change, which no program can set: what is copied may keep an old time of writing.
            if stat.S_ISREG(known.st_mode) and abs(now - max(known.st_mtime, known.st_ctime)) >= QUIET_SECONDS:
                yield Dropped(path=Path(entry.path), size=known.st_size)


def put_away(dropped: Dropped, note: str | None) -> Path:
    """Move a file to where it is done, or, with a ``note`` why not, to where the user is asked; -> where it lies now.
    Nothing is overwritten. Raises OSError."""
    folder = dropped.path.parent / (DONE if note is None else ASKED)
    folder.mkdir(exist_ok=True)
    target = _free(folder, dropped.path.name)
    if note is not None:  # first, so that a file never lies there without a word
        replace_file(_places(target)[1], note.encode())
    return dropped.path.replace(target)


def _free(folder: Path, name: str) -> Path:
    """A name that neither a file nor a note has: ``poster.jpg``, ``poster-2.jpg`` ..."""
    stem, ending = Path(name).stem, Path(name).suffix
    names = (name, *(f"{stem}-{number}{ending}" for number in range(2, 100_000)))
    return next(folder / each for each in names if not any(map(os.path.lexists, _places(folder / each))))


def _places(path: Path) -> tuple[Path, Path]:
    return path, path.with_name(path.name + NOTE_ENDING)
