"""Where we wrote copies of ``people.yaml`` (backups, exports), so that whoever is forgotten is forgotten there too:
only paths, in a small file beside it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from planner.publish import replace_file

MOST = 200


def copies(people: Path) -> tuple[Path, ...]:
    """The copies that are still there, the oldest first."""
    return tuple(path for path in _known(people) if path.is_file())


def remember_copy(people: Path, copy: Path) -> None:
    """Note that a copy was written. Raises OSError."""
    known = [path for path in _known(people) if path != copy.absolute() and path.is_file()]
    body = json.dumps([str(path) for path in [*known, copy.absolute()][-MOST:]], ensure_ascii=False, indent=1)
    replace_file(_list_of(people), (body + "\n").encode(), mode=0o600)


def _known(people: Path) -> list[Path]:
    with suppress(OSError, ValueError):  # one that was damaged names nothing
        named = json.loads(_list_of(people).read_text("utf-8"))
        return [Path(name) for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return []


def _list_of(people: Path) -> Path:
    real = people.resolve()
    return real.with_name(f".{real.name}.copies")
