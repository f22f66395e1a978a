"""``quanzi people [NAME]``: whom one knows and the favours among them; names in, everything out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from planner.cli._asking import answer
from planner.cli._columns import lines_of
from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import AppContext, open_session, options
from planner.cli.people._notes import book_of, change, names_of, shown_person, tell_wrong
from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.people.book import Book
from planner.people.find import find, where_met
from planner.people.noting import Draft
from planner.people.person import ROLES, Favour, Person, Role
from planner.text import casefold, one_line
from spiders.failures import os_reason

MOST_BYTES = 20_000_000
_SEPARATED = re.compile(r"[,，、]")
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
ALL = frozenset({"all", "全部", "所有"})


@click.command(help=say("help.people"))
@click.argument("name", nargs=-1, metavar="[NAME]")
@click.option("--role", type=click.Choice(ROLES), help=say("help.people_role"))
@click.option("--import", "source", type=click.Path(path_type=Path), metavar="F", help=say("help.people_import"))
@click.option("--only", metavar="NAMES", help=say("help.people_only"))
@click.option("--export", "target", type=click.Path(path_type=Path), metavar="F", help=say("help.people_export"))
@long_list()
@options("config", "now", "json", "verbose")
def people(
    *,
    name: tuple[str, ...],
    role: Role | None,
    source: Path | None,
    only: str | None,
    target: Path | None,
    extent: Extent,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """List all, show one, take names over, or write all out."""
    session = open_session(config, now)
    if source is not None:
        _import(session, source, only, role)
        return
    book = book_of(session)
    if not name:
        tell_wrong(book)
    if target is not None:
        _export(session, book, target)
        return
    if name:
        found = find(book, " ".join(name))
        if found is None:
            raise UsageError(session.words("people.unknown"))
        if as_json:
            click.echo(json.dumps(shown_person(found.person, session), ensure_ascii=False))
        else:
            click.echo("\n".join(_about(found.person, session)))
        return
    known = [each.person for each in book.known if role is None or each.person.role == role]
    shown = known[: extent.most(len(known))]
    if as_json:
        for each in shown:
            click.echo(json.dumps(shown_person(each, session), ensure_ascii=False))
        return
    key = "people.none_such" if book.known else "people.none"
    lines = lines_of([_row(each, book) for each in shown]) or [session.words(key)]
    extent.show(lines, session.words, left_out=len(known) - len(shown))


def _row(person: Person, book: Book) -> tuple[str, ...]:
    words = book.words
    to_return = sum(each.way == "received" and each.state == "open" for each in person.favours)
    asked = sum(each.way == "asked" and each.state == "open" for each in person.favours)
    if person.met:
        last = words("people.row_met", times=person.days_met, day=person.last_met)
    else:
        last = words("people.row_contact", day=person.contact) if person.contact else ""
    open_ones = [
        *([words("people.row_to_return", count=to_return)] if to_return else []),
        *([words("people.row_asked", count=asked)] if asked else []),
    ]
    role = words(f"people.role.{person.role}") if person.role else ""
    place = one_line(where_met(person, book), 40) if person.met else ""
    return one_line(person.name, 40), role, last, place, words("digest.comma").join(open_ones)


def _about(person: Person, session: AppContext) -> list[str]:
    words = session.words
    role = [words(f"people.role.{person.role}")] if person.role else []
    content = [words("people.is_content")] if person.content else []
    lines = [words("digest.join").join([person.name, *role, *content])]
    if person.cares:
        lines.append("  " + words("people.cares", cares=words("digest.comma").join(person.cares)))
    lines += ["  " + words("people.note", note=one_line(note)) for note in person.notes]
    if person.contact:
        lines.append("  " + words("people.contact", day=person.contact))
    dated = []
    for met in person.met:
        place = words("digest.comma").join(dict.fromkeys(filter(None, (met.at, met.circle))))
        dated.append(
            (met.on, words("people.line_met", day=met.on, place=words("people.at_place", place=place) if place else ""))
        )
    for favour in person.favours:
        kind = words("people.in_brackets", text=words(f"people.kind.{favour.kind}")) if favour.kind else ""
        way, state = words(f"people.way.{favour.way}"), _state(favour, words)
        line = words("people.line_favour", day=favour.on, way=way, what=favour.what, kind=kind, state=state)
        dated.append((favour.on, line))
    lines += [f"  {line}" for _, line in sorted(dated, key=lambda each: each[0])]
    for promise in person.promises:
        by = words("people.by", day=promise.by) if promise.by else ""
        kept = words("people.is_kept") if promise.is_kept else ""
        lines.append("  " + words("people.line_promise", what=promise.what, by=by, kept=kept))
    return lines


def _state(favour: Favour, words: Catalog) -> str:
    """How a favour stands; what is open waits for an answer, or to be returned."""
    key = f"people.state.{favour.way}_{favour.state}"
    return words(key if words.has(key) else f"people.state.{favour.state}")


def _export(session: AppContext, book: Book, target: Path) -> None:
    """Write everybody to a new file, which only its owner may read."""
    from planner.people.copies import remember_copy
    from planner.people.exchange import as_csv, as_vcards
    from planner.publish import replace_file

    words, forms = session.words, {".vcf": as_vcards, ".csv": as_csv}
    form = forms.get(target.suffix.casefold())
    if form is None:
        raise UsageError(words("people.export_kind", path=target))
    if target.exists():
        raise UsageError(words("people.export_exists", path=target))
    known = book.people.people
    text = form(known)
    try:
        remember_copy(Path(session.config.people.file), target)
        replace_file(target, (text if form is as_vcards else f"\ufeff{text}").encode(), mode=0o600)
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        raise OutputError(words("people.unwritable", file=target, why=why)) from exc
    click.echo(words("people.exported", path=target, count=len(known)))


def _import(session: AppContext, source: Path, only: str | None, role: Role | None) -> None:
    """Take over the names that are chosen."""
    from planner.people.exchange import names_in

    words = session.words
    names = names_in(_text_of(source, session))
    if names is None:
        raise UsageError(words("people.import_kind", path=source))
    if not names:
        raise UsageError(words("people.import_none", path=source))
    chosen = dict.fromkeys(_named(names, only), role) if only is not None else _chosen(session, names, role)
    taken: list[Person] = []

    def steps(draft: Draft) -> None:
        known = {casefold(each.person.name) for each in draft.book.known}
        taken[:] = [Person(name=each, role=what) for each, what in chosen.items() if casefold(each) not in known]
        if taken:
            draft.new(*taken)

    if chosen:
        change(session, steps)
    click.echo(words("people.imported", count=len(taken)))
    if len(taken) < len(chosen):
        click.echo(words("people.import_known", count=len(chosen) - len(taken)))


def _text_of(source: Path, session: AppContext) -> str:
    from charset_normalizer import from_bytes

    try:
        with source.open("rb") as file:
            raw = file.read(MOST_BYTES)
    except OSError as exc:
        why = translate(os_reason(exc), session.words.language)
        raise UsageError(session.words("people.import_unreadable", path=source, why=why)) from exc
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return str(from_bytes(raw).best() or "")


def _named(names: tuple[str, ...], only: str) -> list[str]:
    if only.strip().casefold() in ALL:
        return list(names)
    wanted = set(map(casefold, names_of(only)))
    return [each for each in names if casefold(each) in wanted]


def _chosen(session: AppContext, names: tuple[str, ...], role: Role | None) -> dict[str, Role | None]:
    """Ask which names, and what they are: one role for all, or one for each in their order."""
    words = session.words
    click.echo(words("people.import_found", count=len(names)))
    for number, each in enumerate(names, 1):
        click.echo(f"{number:4}  {each}")
    try:
        text = answer(words("people.import_which"))
        numbers = _numbers(text, len(names), session)
        told = answer(words("people.import_role", roles=", ".join(ROLES))) if role is None and numbers else ""
    except click.Abort:
        raise UsageError(words("people.import_choose")) from None
    roles = [_role(each, session) for each in _SEPARATED.split(told)] if told else [role]
    if len(roles) not in {1, len(numbers)}:
        raise UsageError(words("people.import_roles", count=len(numbers)))
    given = roles * len(numbers) if len(roles) == 1 else roles
    return {names[number]: what for number, what in zip(numbers, given, strict=True)}


def _role(text: str, session: AppContext) -> Role | None:
    """A role by its key or its name, nothing for nothing. Raises UsageError."""
    words, said = session.words, text.strip().casefold()
    for each in ROLES:
        if said in {each, words(f"people.role.{each}").casefold()}:
            return each
    if said:
        raise UsageError(words("people.import_role_unknown", text=text.strip(), roles=", ".join(ROLES)))
    return None


def _numbers(text: str, count: int, session: AppContext) -> list[int]:
    """``1,3-5`` -> positions from 0. Raises UsageError."""
    if text.casefold() in ALL:
        return list(range(count))
    found: list[int] = []
    for part in names_of(text):
        match = _NUMBERS.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise UsageError(session.words("people.import_not_understood", text=part))
        found += range(first - 1, last)
    return list(dict.fromkeys(found))
