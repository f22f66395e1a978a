"""Who the members are: taking them in from files, private addresses, leaving.

The secret part of a private address is shown once, when it is drawn; a digest of it is all that is kept.
"""

from __future__ import annotations

import csv
import hashlib
import io
import secrets
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from planner.errors import ConfigError, Problem, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.members.wishes import understood, understood_cells
from planner.store import Member, Store
from planner.text import casefold, one_line
from spiders.failures import os_reason
from spiders.text.decode import decode

TOKEN_BYTES = 24  # 192 bits
MOST_BYTES, LONGEST_NAME = 50_000_000, 80
NAME = ("name", "姓名", "名字", "成员")
"""What the column of names may be called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One member as a file tells of them; ``where`` it does."""

    name: str
    wishes: Mapping[str, Any]
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What was read of a folder or a table: those that can be taken, and what is wrong with the others."""

    good: tuple[Entry, ...] = ()
    wrong: tuple[ConfigError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What taking them in did: ``new`` members with the secret parts of their addresses, and names of others."""

    new: Mapping[str, str]
    changed: tuple[str, ...]
    same: tuple[str, ...]


def folded(name: str) -> str:
    """A name as names are compared."""
    return " ".join(casefold(name).split())


def hashed(token: str) -> str:
    """A secret as it is kept."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


# Reading.


def entries_of(path: Path, words: Catalog) -> Entries:
    """A folder of configurations, each named after its member, or a table (CSV) whose columns are keys. One that is
    wrong costs that one. Raises UsageError where nothing can be read."""
    try:
        found = list(_in_folder(path, words) if path.is_dir() else _in_table(path, words))
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        raise UsageError(words("members.unreadable", path=path, why=why)) from exc
    if not found:
        raise UsageError(words("members.nothing_in", path=path))
    return _each_once(found, words)


def entry_of(text: str, name: str, where: str, words: Catalog) -> Entry:
    """One member. Raises ConfigError."""
    told = one_line(unicodedata.normalize("NFC", name), LONGEST_NAME + 1).strip()
    if not told or len(told) > LONGEST_NAME:
        raise ConfigError(where, [Problem(None, "name", words("members.name_bad", most=LONGEST_NAME))])
    return Entry(name=told, wishes=understood(text, where, words), where=where)


def _in_folder(path: Path, words: Catalog) -> Iterator[Entry | ConfigError]:
    for file in sorted(each for each in path.iterdir() if each.suffix in {".yaml", ".yml"} and each.is_file()):
        try:
            yield entry_of(_text(file), file.stem, str(file), words)
        except ConfigError as exc:
            yield exc


def _in_table(path: Path, words: Catalog) -> Iterator[Entry | ConfigError]:
    rows = csv.reader(io.StringIO(_text(path), newline=""), _dialect(path))
    try:
        heading = [cell.strip() for cell in next(rows, [])]
        names = [place for place, cell in enumerate(heading) if casefold(cell) in NAME]
        if len(names) != 1:
            raise UsageError(words("members.no_names", path=path))
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _of_row(row, heading, names[0], f"{path}:{rows.line_num}", words)
    except csv.Error as exc:
        raise UsageError(words("members.unreadable", path=path, why=exc)) from exc


def _of_row(row: Sequence[str], heading: Sequence[str], names: int, where: str, words: Catalog) -> Entry | ConfigError:
    cells = {key: cell for key, cell in zip(heading, row, strict=False) if key and key != heading[names]}
    name = row[names] if names < len(row) else ""
    if len(row) > len(heading) and any(cell.strip() for cell in row[len(heading) :]):
        return ConfigError(where, [Problem(None, "", words("members.row_too_long"))])
    try:
        entry = entry_of("", name, where, words)
        return replace(entry, wishes=understood_cells(cells, where, words))
    except ConfigError as exc:
        return exc


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise OSError(f"{path.name}: larger than {MOST_BYTES} bytes")
    return decode(path.read_bytes()).text


def _dialect(path: Path) -> type[csv.Dialect]:
    class Told(csv.excel):
        delimiter = "\t" if path.suffix == ".tsv" else ","

    return Told


def _each_once(found: Sequence[Entry | ConfigError], words: Catalog) -> Entries:
    """Of two with one name neither is taken: nobody knows whose wishes count."""
    good = [each for each in found if isinstance(each, Entry)]
    wrong = [each for each in found if isinstance(each, ConfigError)]
    by_name: dict[str, list[Entry]] = {}
    for entry in good:
        by_name.setdefault(folded(entry.name), []).append(entry)
    for same in by_name.values():
        wrong += [
            ConfigError(each.where, [Problem(None, "name", words("members.twice", name=each.name, other=other.where))])
            for each, other in zip(same, (*same[1:], same[0]), strict=True)
            if len(same) > 1
        ]
    return Entries(good=tuple(same[0] for same in by_name.values() if len(same) == 1), wrong=tuple(wrong))


# Keeping. Each is one transaction.


def take_in(store: Store, entries: Sequence[Entry], now: datetime) -> Taken:
    """New ones become members, known ones keep their address and get these wishes."""
    known = {folded(each.name): each for each in store.members()}
    new: dict[str, str] = {}
    changed, same = [], []
    with store.transaction():
        for entry in entries:
            member = known.get(folded(entry.name))
            if member is None:
                token = secrets.token_urlsafe(TOKEN_BYTES)
                member = Member(
                    number=secrets.randbelow(2**53 - 1) + 1,
                    name=entry.name,
                    wishes=entry.wishes,
                    token=hashed(token),
                    joined=now,
                )
                new[entry.name] = token
            elif member.wishes == entry.wishes:
                same.append(entry.name)
                continue
            else:
                changed.append(entry.name)
                member = replace(member, wishes=entry.wishes)
            store.put_member(member, folded(member.name))
    return Taken(new=new, changed=tuple(changed), same=tuple(same))


def member_named(store: Store, name: str) -> Member | None:
    """The member of that name, however it is written."""
    wanted = folded(name)
    return next((each for each in store.members() if folded(each.name) == wanted), None)


def rotate(store: Store, member: Member) -> str:
    """Draw a new private address; the old one answers nothing any more. -> its secret part."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with store.transaction():
        store.put_member(replace(member, token=hashed(token)), folded(member.name))
    return token


def remove(store: Store, member: Member) -> None:
    """Forget a member and all that is theirs."""
    with store.transaction():
        store.drop_member(member.number)
