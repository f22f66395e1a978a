"""The city: by its name in either script, shown with its clocks and currency before it is believed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import click

from planner.cli._asking import TIMES, agreed, answer
from planner.config.localities import Locality, known_zone, localities, locality_of_zone
from planner.i18n.catalog import Catalog

ALIKE = 0.6  # of two spellings of one name


def city(words: Catalog) -> Locality:
    """Ask until a city is agreed to; one that no table knows is taken under the clocks of this machine, or others that
    are named. Raises click.Abort."""
    clock = machine_zone()
    text = _named(words)
    found = localities(text, words.language, clock)
    for _ in range(TIMES):
        if not found:
            return _unknown(text, clock, words)
        chosen = _chosen(found, words)
        if isinstance(chosen, Locality):
            return chosen
        another = chosen or _named(words)
        if others := localities(another, words.language, clock):
            text, found = another, others
        elif not chosen:
            text, found = another, ()
        else:  # neither yes nor no nor a city: what was shown is asked again
            click.echo(words("start.yes_no_or_city"), err=True)
    return found[0] if found else _unknown(text, clock, words)


def _named(words: Catalog) -> str:
    for _ in range(TIMES):
        if text := answer(words("start.city")):
            return text
        click.echo(words("start.city_needed"), err=True)
    raise click.Abort


def _chosen(found: Sequence[Locality], words: Catalog) -> Locality | str:
    """The one that is meant; else the words that were typed instead, empty for a plain no."""
    if len(found) > 1:
        for number, each in enumerate(found, 1):
            click.echo(f"  {number}  {shown(each, words)}")
        text = answer(words("start.city_which", count=len(found)), "1")
        if text.isdecimal() and 1 <= int(text) <= len(found):
            return found[int(text) - 1]
        return "" if text.isdecimal() or text.casefold() in words("start.no").split() else text
    told = agreed(words("start.city_right", city=shown(found[0], words)), words)
    if told is True:
        return found[0]
    return "" if told is False else told


def _unknown(name: str, clock: str | None, words: Catalog) -> Locality:
    """A city of no table: its zone is asked for, the machine's own proposed. An answer that is spelt much like it is
    the city itself, mistyped before."""
    click.echo(words("start.city_unknown", city=name), err=True)
    for _ in range(TIMES):
        text = answer(words("start.zone"), clock or "")
        if (meant := _spelt_alike(name, text, words)) is not None:
            click.echo("  " + shown(meant, words))
            return meant
        zone = known_zone(text, words.language)
        if zone is not None:
            place = locality_of_zone(name, zone)
            click.echo("  " + shown(place, words))
            return place
        click.echo(words("start.zone_unknown"), err=True)
    if clock is None:
        raise click.Abort
    return locality_of_zone(name, clock)


def _spelt_alike(name: str, text: str, words: Catalog) -> Locality | None:
    found = localities(text, words.language)
    if not found:
        return None
    ratio = SequenceMatcher(None, name.casefold(), found[0].name.casefold()).ratio()
    return found[0] if ratio >= ALIKE else None


def shown(place: Locality, words: Catalog) -> str:
    """``Toronto, Ontario, Canada → America/Toronto, CAD``."""
    comma = words("digest.comma")
    where = comma.join(filter(None, (place.name, place.district, place.within)))
    return f"{where} → {comma.join(filter(None, (place.zone, place.currency)))}"


def machine_zone() -> str | None:
    """The zone of this machine's clock by its name; None where it has none, or one of no place (UTC)."""
    from babel.localtime import get_localzone

    try:
        name = getattr(get_localzone(), "key", None)
    except (LookupError, OSError, ValueError):
        return None
    return name if isinstance(name, str) and "/" in name and not name.startswith("Etc/") else None
