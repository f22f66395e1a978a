"""Writing one source into config.yaml, or taking one out, without touching a byte of the rest.

What is written is read again before anything is kept: the sources must be those of before and this one, or without
it, and all else the same. Where that fails, nothing is written and the person is told which lines to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import ValidationError

from planner.config.layout import KEY, LayoutError, layout_of
from planner.config.load import parse
from planner.config.model import Config
from planner.config.scalars import block_lines
from planner.config.splice import INDENT, added, applied, removed
from planner.errors import ConfigError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.publish import replace_file
from spiders.failures import os_reason

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")


def with_entry(raw: bytes, entry: Mapping[str, object], words: Catalog, name: str = "config.yaml") -> bytes:
    """The configuration with one more source, behind the last one and what belongs to it.

    ``entry`` is written key by key in its order. Raises ConfigError where ``raw`` or ``entry`` is wrong, UsageError
    with the lines to write by hand where the text is too strange to be edited.
    """
    before = parse(raw, name, words)
    if any(each.id == entry.get("id") for each in before.sources):
        raise UsageError(words("config.source_known", source=entry["id"]))
    bom, text = decoded(raw)
    newline = newline_of(text)
    try:
        edited = bom + applied(text, added(text, layout_of(text), entry, newline)).encode()
        after = parse(edited, name, words)
        if not _is_same_but(before, after) or after.sources[:-1] != before.sources:
            raise LayoutError("something else would change")
    except (LayoutError, ConfigError) as exc:
        if isinstance(exc.__cause__, ValidationError):  # it can be read, and is wrong
            raise
        lines = "\n".join([f"{KEY}:", *block_lines(entry, INDENT)])
        raise UsageError(words("config.write_by_hand", file=name, lines=lines)) from exc
    return edited


def without_entry(raw: bytes, source: str, words: Catalog, name: str = "config.yaml") -> bytes:
    """The configuration without the source of this id, and without the comment lines that belong to it: those further
    in than its dash below it, and those directly above it, unless they are an entry that was commented out, or the
    heading of the whole list. Raises ConfigError where ``raw`` is wrong, UsageError where there is no such source or
    its lines have to be deleted by hand.
    """
    before = parse(raw, name, words)
    bom, text = decoded(raw)
    number = next((number for number, each in enumerate(before.sources) if each.id == source), None)
    if number is None:
        raise UsageError(words("config.source_unknown", source=source))
    place = name
    try:
        layout = layout_of(text)
        if len(layout.items) != len(before.sources):
            raise LayoutError("other entries than sources")
        item = layout.items[number]
        place = f"{name}:{len(_LINE_END.findall(text, 0, item.start)) + 1}"
        if item.tied:
            raise LayoutError("others hang on it")
        edited = bom + applied(text, removed(text, layout, number)).encode()
        after = parse(edited, name, words)
        if not _is_same_but(before, after) or after.sources != before.sources[:number] + before.sources[number + 1 :]:
            raise LayoutError("something else would change")
    except (LayoutError, ConfigError) as exc:
        raise UsageError(words("config.delete_by_hand", place=place, source=source)) from exc
    return edited


def rewrite(path: Path, change: Callable[[bytes], bytes], words: Catalog) -> tuple[bytes, bytes]:
    """Put ``change`` of a configuration in its place, whole or not at all; -> its bytes before and after. Links are
    followed, the mode stays. Raises UsageError where it cannot be read or written, or was changed by others meanwhile,
    and what ``change`` raises."""
    target = path.resolve()
    try:
        before = target.read_bytes()
        after = change(before)
        if after != before:
            if target.read_bytes() != before:
                raise UsageError(words("config.changed_meanwhile", file=path))
            replace_file(target, after)
    except OSError as exc:
        raise UsageError(words("config.unwritable", file=path, why=translate(os_reason(exc), words.language))) from exc
    return before, after


def newline_of(text: str) -> str:
    """How its lines end."""
    return found[0] if (found := _LINE_END.search(text)) else "\n"


def decoded(raw: bytes) -> tuple[bytes, str]:
    """A configuration's mark of UTF-8, if it has one, and its text."""
    bom = _BOM if raw.startswith(_BOM) else b""
    return bom, raw.removeprefix(_BOM).decode()


def _is_same_but(before: Config, after: Config) -> bool:
    """Whether nothing but the sources differs."""
    nothing = {"sources": ()}
    return before.model_copy(update=nothing) == after.model_copy(update=nothing)
