"""One question and its answer: asked again where it is not understood, at most `TIMES`, then its default is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from planner.i18n.catalog import Catalog

TIMES = 3
_SAID_BY_THE_WAY = " .,!。，！吧呀啊哦"
T = TypeVar("T")


def answer(question: str, default: str = "", *, err: bool = False) -> str:
    """What is typed; the default, which is shown, where that is nothing. With ``err`` the question goes to standard
    error. Raises click.Abort at the end of the input."""
    text: str = click.prompt(question, default=default, show_default=bool(default), err=err)
    return text.strip()


def understood(
    question: str, understand: Callable[[str], T | None], default: str, otherwise: T, unclear: Callable[[str], str]
) -> T:
    """What an answer means; ``unclear`` says of one that means nothing what would. In the end it is ``otherwise``."""
    for _ in range(TIMES):
        text = answer(question, default)
        meant = understand(text)
        if meant is not None:
            return meant
        click.echo(unclear(text), err=True)
    return otherwise


def agreed(question: str, words: Catalog, *, default: bool = True, err: bool = False) -> bool | str:
    """Yes or no in either language; any other words as they are, for what asked may understand them."""
    text = answer(f"{question} [{words('start.yes_no' if default else 'start.no_yes')}]", err=err)
    if not text:
        return default
    for key, meant in (("start.yes", True), ("start.no", False)):
        if text.casefold().strip(_SAID_BY_THE_WAY) in words(key).split():
            return meant
    return text


def is_agreed(question: str, words: Catalog, *, default: bool, err: bool = False) -> bool:
    """Yes or no, and nothing else."""
    for _ in range(TIMES):
        told = agreed(question, words, default=default, err=err)
        if isinstance(told, bool):
            return told
        click.echo(words("start.yes_or_no"), err=True)
    return default
