"""The files of this machine that a configuration names: secrets, and what is read as a source or as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from planner.config.model import Config

Role = Literal["secret", "file"]
_READ = frozenset({"file"})
PEOPLE = "people.yaml"
"""The file of people, beside the configuration."""


class NamedFile(NamedTuple):
    """One file and what it is for."""

    path: Path
    role: Role


def named_files(config: Config) -> list[NamedFile]:
    """Files that are named and are there, each once, by path; ``config`` is resolved. The secret of ``serve`` lies
    beside the store."""
    found = {path: NamedFile(path, role) for path, role in _named(config.model_dump()) if path.is_file()}
    secret = Path(f"{config.store}.secret")
    if secret.is_file():
        found[secret] = NamedFile(secret, "secret")
    return [found[path] for path in sorted(found)]


def _named(value: Any) -> Iterator[tuple[Path, Role]]:
    """Keys that end with ``_file`` or are ``headers_from`` name secrets."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str) and (key.endswith("_file") or key == "headers_from"):
                yield Path(inner), "secret"
            elif isinstance(inner, str) and key in _READ:
                yield Path(inner), "file"
            else:
                yield from _named(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            yield from _named(inner)
