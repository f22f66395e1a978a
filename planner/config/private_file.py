"""Files of secrets, which only their owner may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class OpenToOthersError(Exception):
    """The file can be read by others."""


def private_bytes(path: Path, most: int) -> bytes:
    """What a file of mode 600 holds, at most ``most`` bytes and one that says that there is more. Raises OSError, and
    OpenToOthersError where others can read it (not on Windows, whose modes say nothing)."""
    with path.open("rb") as file:
        # Of the file that was opened, not of what may stand under its name a moment later.
        if os.name != "nt" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise OpenToOthersError
        return file.read(most + 1)
