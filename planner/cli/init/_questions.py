"""The questions of ``quanzi init``, in their order, and the answers as values."""

from __future__ import annotations

import re
from dataclasses import dataclass

import click

from planner.cli._asking import TIMES, answer, is_agreed, understood
from planner.cli.init._city import city
from planner.cli.init._hours import Free, free_hours
from planner.config.localities import Locality
from planner.glance import language_named
from planner.i18n.catalog import Catalog

_COMMAS = re.compile(r"[,，、;；\n]+")
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a configuration is made of. ``free``: hours by weekday, 0 is Monday; ``mail``: an address, may be empty;
    ``contact``: whether websites may be told it."""

    language: str
    place: Locality
    home: str
    industry: tuple[str, ...]
    down: tuple[str, ...]
    up: tuple[str, ...]
    practice: tuple[str, ...]
    free: Free
    mail: str
    contact: bool


def language(words: Catalog) -> str:
    """Which language to speak: that of the terminal, unless another is named. Raises click.Abort."""
    return understood(
        words("start.language"), language_named, words("start.language_own"), words.language,
        lambda text: words("start.language_unclear", given=text),
    )  # fmt: skip


def ask(words: Catalog) -> Answers:
    """All questions but that of the language. Raises click.Abort at the end of the input."""
    from planner.cli.init._suggestions import downstream, industries, practices, upstream

    place = city(words)
    home = _home(place, words)
    industry = _words(words("start.industry"), industries(words.language), words)
    if not industry:
        click.echo(words("start.industry_none"), err=True)
    down = _words(words("start.down"), downstream(industry, words.language), words)
    up = _words(words("start.up"), upstream(industry, words.language), words)
    practice = _words(words("start.practice"), practices(words.language), words, words("start.practice_default"))
    free = free_hours(words)
    mail = _mail(words)
    return Answers(
        language=words.language, place=place, home=home, industry=industry, down=down, up=up, practice=practice,
        free=free, mail=mail,
        contact=bool(mail) and is_agreed(words("start.contact", mail=mail), words, default=False),
    )  # fmt: skip


def _home(place: Locality, words: Catalog) -> str:
    """Where ways start; empty where none is told, or none is understood."""
    from planner.rating.travel import TravelTimes

    for _ in range(TIMES):
        text = answer(words("start.home"), place.district or "")
        if not text or text.casefold() in words("start.no").split():
            return ""
        if TravelTimes.of(text, place.name, place.zone).home_understood:
            return text
        click.echo(words("start.home_unclear", given=text), err=True)
    click.echo(words("start.home_left"), err=True)
    return ""


def _words(question: str, suggested: tuple[str, ...], words: Catalog, default: str = "") -> tuple[str, ...]:
    """Keywords, parted by commas; none where none are told. Suggestions are shown, and taken by their number too."""
    if suggested:
        told = (f"{number} {word}" for number, word in enumerate(suggested, 1))
        click.echo("  " + words("start.suggested", words=words("digest.comma").join(told)))
    text = answer(question, default)
    if text.casefold() in words("start.no").split():
        return ()
    parts = [each.strip().strip("\"“”'") for each in _COMMAS.split(text)]
    if all(re.fullmatch(r"[\d\s]*", each) for each in parts):  # "1 4" as "1, 4"
        parts = " ".join(parts).split()
    chosen = (suggested[int(each) - 1] if each in map(str, range(1, len(suggested) + 1)) else each for each in parts)
    return tuple(dict.fromkeys(each[:80] for each in chosen if each))


def _mail(words: Catalog) -> str:
    """An address; empty where none is told, or nothing like one."""

    def address(text: str) -> str | None:
        if not text or text.casefold() in words("start.no").split():
            return ""
        return text if _ADDRESS.fullmatch(text) else None

    return understood(words("start.mail"), address, "", "", lambda text: words("start.mail_unclear", given=text))
