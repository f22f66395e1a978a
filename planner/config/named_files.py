"""The files of this machine that a configuration names: secrets, and what is read as a source or as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from planner.config.model import Config

Role = Literal["secret", "variable", "file", "people"]


class NamedFile(NamedTuple):
    """One file and what it is for."""

    path: Path
    role: Literal["secret", "file", "people"]


class NamedSecret(NamedTuple):
    """Where a secret stands: the dotted ``key`` of the configuration (``mail.password_file``), and the name of a file
    or of a variable, which may be the secret itself and is not to be shown."""

    key: str
    name: str
    is_file: bool


def named_files(config: Config) -> list[NamedFile]:
    """Files that are named and are there, each once, by path; ``config`` is resolved."""
    found = {
        Path(name): NamedFile(Path(name), role)
        for _, name, role in (*_named(config.model_dump(), ""), *_own(config))
        if role != "variable" and Path(name).is_file()
    }
    return [found[path] for path in sorted(found)]


def named_secrets(config: Config) -> list[NamedSecret]:
    """Every secret that is named, be it there or not, and that of ``serve`` where there is one."""
    own = ((key, name, role) for key, name, role in _own(config) if Path(name).is_file())
    named = (*_named(config.model_dump(), ""), *own)
    return [NamedSecret(key, name, role == "secret") for key, name, role in named if role in {"secret", "variable"}]


def _own(config: Config) -> Iterator[tuple[str, str, Role]]:
    """The secret of ``serve`` lies beside the store."""
    yield "serve", f"{config.beside_store}.secret", "secret"


def _named(value: Any, above: str) -> Iterator[tuple[str, str, Role]]:
    """By the dotted key: what stands there, and what it is for. An entry of a list is called by its id."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            role = _role(f"{above}{key}")
            if role is not None and isinstance(inner, str):
                yield f"{above}{key}", inner, role
            else:
                yield from _named(inner, f"{above}{key}.")
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, Mapping) else number
            yield from _named(inner, f"{above}{name}.")


def _role(key: str) -> Role | None:
    if key.endswith(("_file", "headers_from")):
        return "secret"
    if key.endswith("_env"):
        return "variable"
    if key == "people.file":
        return "people"
    return "file" if key.rpartition(".")[2] == "file" else None
