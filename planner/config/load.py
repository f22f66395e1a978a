"""Reading config.yaml: all problems at once, each with its place. What cannot be read is looked at more closely only
then; a right configuration pays nothing for it."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from planner.config.model import Config
from planner.config.tree import NotYamlError, Tree, read
from planner.errors import ConfigError, Problem, UsageError
from planner.glance import language_of
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.failures import os_reason

MAX_BYTES = 1_000_000
_LOOKS_ELSE = re.compile(r"\s*(?:[\"'“]?[\w-]+[\"'”]?\s*[:：]|[-－–—•*＃]|//)")


def load(path: Path, words: Catalog) -> Config:
    """Read a configuration file. Raises ConfigError with every problem, UsageError where the file cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(words("config.unreadable", file=path, why=translate(os_reason(exc), words.language))) from exc
    return parse(raw, str(path), words).resolved(path.resolve().parent)


def parse(raw: bytes, name: str, words: Catalog) -> Config:
    """Bytes of a configuration -> Config, paths as written. Raises ConfigError, in the language that the file asks
    for, else in that of ``words``."""
    words = Catalog(language_of(raw) or words.language)
    if len(raw) > MAX_BYTES:
        raise ConfigError(name, [Problem(None, "", words("config.too_large", bytes=MAX_BYTES))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = raw[: exc.start].count(b"\n") + 1
        raise ConfigError(name, [Problem(line, "", words("config.not_utf8"))]) from exc
    try:
        tree = read(text)
        if isinstance(tree.value, dict) and not tree.oddities:
            config = Config.model_validate(tree.value)
            if _swallows_lines(text, tree) and (problems := _wrong(text, words, surely=False)):
                raise ConfigError(name, problems)
            return config
    except (NotYamlError, ValidationError) as exc:
        raise ConfigError(name, _wrong(text, words)) from exc
    raise ConfigError(name, _wrong(text, words))


def _swallows_lines(text: str, tree: Tree) -> bool:
    """Whether a plain text that goes on over several lines holds what looks like a key, an entry or a comment."""
    if not tree.folded:
        return False
    lines = text.splitlines()
    return any(_LOOKS_ELSE.match(line) for first, last in tree.folded for line in lines[first:last])


def _wrong(text: str, words: Catalog, *, surely: bool = True) -> list[Problem]:
    from planner.config.diagnosis import problems_of  # a right configuration does not wait for it

    return problems_of(text, words, surely=surely)
