"""Views -> HTML and text through the templates. Every value is escaped; nothing from outside is a template."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from planner.plan.candidates import Rated
from planner.telling import Card
from planner.view import View
from planner.words import Words, templates_folder

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@functools.cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # autoescape is forced: the automatic choice by file name leaves digest.html.j2 and .txt names unescaped.
    return Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@functools.cache
def _plain_environment() -> Any:
    return _environment().overlay(autoescape=False)


def digest_html(view: View, words: Words, *, sample: bool) -> bytes:
    """The digest as a page and a mail: styles inlined, no scripts, no pictures from elsewhere."""
    import css_inline

    page = _environment().get_template("digest.html").render(view=view, w=words, sample=sample)
    inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)
    return str(inliner.inline(page)).encode()


def digest_text(view: View, words: Words, *, sample: bool) -> bytes:
    """The same facts as plain text."""
    text = _plain_environment().get_template("digest.txt").render(view=view, w=words, sample=sample)
    return str(text).encode()


def private_index(view: View, earlier: Mapping[str, Any], words: Words, *, sample: bool) -> bytes:
    """``out/index.html``: the plan, its calendar, and the weeks before."""
    weeks = [
        {"name": name, "titles": [pick["title"] for pick in body["picks"]]}
        for name, body in sorted(earlier.items(), reverse=True)
    ]
    page = _environment().get_template("index.html").render(view=view, weeks=weeks, w=words, sample=sample)
    return str(page).encode()


def public_index(cards: Sequence[Card], words: Words, *, sample: bool) -> bytes:
    """``out/public/index.html``: coming events by day, and how to subscribe."""
    days = [(day, list(members)) for day, members in groupby(cards, key=lambda card: card.day)]
    language = "zh-CN" if words.language == "zh" else "en"
    page = _environment().get_template("public.html").render(days=days, w=words, sample=sample, language=language)
    return str(page).encode()


def atom(events: Sequence[tuple[Rated, Card]], words: Words, *, sample: bool) -> bytes:
    """An Atom feed (RFC 4287) of the coming events; ``updated`` is the time of the last real change."""
    newest = sorted(events, key=lambda each: (each[0].living.life.changed, each[0].id), reverse=True)[:100]
    updated = max((rated.living.life.changed for rated, _ in newest), default=EPOCH)
    entries = [
        {"id": rated.id, "card": card, "updated": rated.living.life.changed.isoformat()} for rated, card in newest
    ]
    page = (
        _environment()
        .get_template("atom.xml")
        .render(entries=entries, updated=updated.isoformat(), w=words, sample=sample)
    )
    return str(page).encode()
