"""The documentation taken apart: its pages in two languages, their headings, code and command lines."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click

from planner.cli import COMMANDS, quanzi

ROOT = Path(__file__).resolve().parents[2]
CHINESE = sorted([*ROOT.glob("*.zh-CN.md"), *(ROOT / "docs").glob("*.zh-CN.md")])
PAIRS = [(page.with_name(page.name.replace(".zh-CN", "")), page) for page in CHINESE]
"""The English page and the Chinese one."""
PAGES = sorted([*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])

_FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>\w*)\n(?P<body>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n)(?: {4,}\S.*\n(?:\n(?= {4}))?)+")
_INLINE = re.compile(r"`([^`\n]+)`")
_CALL = re.compile(r"(?:^|(?<=[\s/]))quanzi(?=\s|$)(?P<rest>.*)$")
_SETTING = re.compile(r"[a-z_]+:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of code; ``kind`` is the word behind its fence, empty for one that is only indented."""

    kind: str
    body: str

    @property
    def is_yaml(self) -> bool:
        """Whether it shows configuration."""
        first = self.body.split("\n", 1)[0]
        return self.kind == "yaml" or (not self.kind and bool(_SETTING.match(first)))


@cache
def text_of(page: Path) -> str:
    return page.read_text("utf-8")


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    """All code of a page, in its order."""
    text = text_of(page)
    found = [(match.start(), Block(match["kind"] or "text", match["body"])) for match in _FENCE.finditer(text)]
    rest = _FENCE.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text)
    found += [(match.start(), Block("", textwrap.dedent(match[0]))) for match in _INDENTED.finditer(rest)]
    return tuple(block for _, block in sorted(found, key=lambda one: one[0]))


@cache
def prose(page: Path) -> str:
    """What is no code: blocks, code in sentences, addresses of links and comments taken out."""
    text = _FENCE.sub("\n", text_of(page))
    text = "\n".join(line for line in text.split("\n") if not line.startswith("    "))
    text = _INLINE.sub("`", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


def headings(page: Path) -> list[tuple[int, str]]:
    """Levels and words."""
    found = re.findall(r"^(#+) (.+)$", _FENCE.sub("", text_of(page)), re.MULTILINE)
    return [(len(marks), words.strip()) for marks, words in found]


def anchors(page: Path) -> set[str]:
    """The names that links lead to within a page, as GitHub makes them."""
    told = (words.replace("`", "").lower() for _, words in headings(page))
    return {re.sub(r"[^\w\- ]", "", words).replace(" ", "-") for words in told}


def links(page: Path) -> list[tuple[str, str, str]]:
    """Words, target (empty for the page itself) and anchor of each link within the project."""
    found = re.findall(r"\[([^\]]*)\]\(([^)#\s]*)(?:#([^)]*))?\)", _FENCE.sub("", text_of(page)))
    return [one for one in found if "://" not in one[1]]


@cache
def calls_in_blocks(page: Path) -> list[list[str]]:
    """The words behind ``quanzi`` of each command line in blocks."""
    found = []
    for block in blocks(page):
        lines = [] if block.is_yaml else block.body.splitlines()
        if block.kind == "console":  # what is typed, and below it what is printed
            lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        found += [words for line in lines for words in _calls(line)]
    return found


@cache
def calls_in_sentences(page: Path) -> list[list[str]]:
    """The same of code in sentences; behind the first of a line ``why EVENT`` stands for ``quanzi why EVENT``."""
    text = _FENCE.sub("", text_of(page))
    found = []
    for line in text.split("\n"):
        pieces = [] if line.startswith("    ") else _INLINE.findall(line.replace("\\|", "|"))
        named = False
        for piece in pieces:
            told = list(_calls(piece))
            if not told and named and piece.split()[0] in COMMANDS:
                told = [shlex.split(piece)]
            named = named or bool(told)
            found += told
    return found


def _calls(line: str) -> Iterator[list[str]]:
    """A line that begins with ``quanzi`` is a command whatever follows; elsewhere only a known one is meant."""
    match = _CALL.search(line) if line.startswith("quanzi") else None
    if match is None:
        match = next((one for one in _CALL.finditer(line) if (one["rest"].split() or [""])[0] in COMMANDS), None)
        match = match or _last(line)
    if match is not None:
        yield shlex.split(re.sub(r" [|>] .*", "", match["rest"]), comments=True)


def _last(line: str) -> re.Match[str] | None:
    """``podman run … quanzi week``: the image has the name of the program."""
    place = max((line.rfind(f"quanzi {name}") for name in COMMANDS), default=-1)
    return _CALL.search(line[place:]) if place > 0 and line[place - 1] in " /" else None


def command_of(words: list[str]) -> tuple[tuple[str, ...], click.Command, list[str]]:
    """A command line -> the names of its command, the command, and what is left for it. Raises click.UsageError."""
    command: click.Command = quanzi
    names: list[str] = []
    while isinstance(command, click.Group) and len(words) > len(names) and not words[len(names)].startswith("-"):
        found = command.get_command(click.Context(command), words[len(names)])
        if found is None:
            raise click.UsageError(f"no command {words[len(names)]}")
        names.append(words[len(names)])
        command = found
    return tuple(names), command, words[len(names) :]


def _as_it_stands(_: click.ParamType, value: Any, __: click.Parameter | None, ___: click.Context | None) -> Any:
    """Whether a file is there is no matter of how a line is written."""
    return value


def parsed(words: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """A command line as the program takes it -> the names of its command and of the options that are given.

    Raises click.UsageError, or an error of the program's own, for one that it does not take.
    """
    names, command, rest = command_of(words)
    if isinstance(command, click.Group) and not rest:
        return names, frozenset()
    with patch.object(click.Path, "convert", _as_it_stands), patch.object(click.File, "convert", _as_it_stands):
        context = command.make_context(" ".join(names), rest)
    options = (each.name or "" for each in command.params if isinstance(each, click.Option))
    given = click.core.ParameterSource.COMMANDLINE
    return names, frozenset(name for name in options if context.get_parameter_source(name) is given)
