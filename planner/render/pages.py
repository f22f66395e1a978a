"""Views -> HTML and text through the templates. Every value is escaped; nothing from outside is a template."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

from planner.i18n.catalog import Catalog, templates_folder
from planner.render.archive import KeptWeek
from planner.render.cards import Card
from planner.render.desk import Desk
from planner.render.digest import Digest
from planner.render.quarter import QuarterView
from planner.render.subscribe import SubscribeLinks
from planner.types import Rated

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
NO_FORMS, FORMS = "form-action 'none'", "form-action 'self'"
TRACKS = ("industry", "practice", "client", "other")


@functools.cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from planner.render.markup import breakable, isolated, lang_unless

    # autoescape is forced: the automatic choice by file name leaves digest.html.j2 and .txt names unescaped.
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"lang_unless": lang_unless, "breakable": breakable, "isolated": isolated}
    return environment


@functools.cache
def _style() -> tuple[Any, str]:
    """The style of our pages, and the policy that allows it and nothing else: no scripts, pictures, forms, requests."""
    from markupsafe import Markup

    style = "\n" + (templates_folder() / "page.css").read_text("utf-8")  # what stands between the tags, to the letter
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; {NO_FORMS}"
    return Markup(style), policy  # noqa: S704 - our own file, nothing from outside


@functools.cache
def _plain_environment() -> Any:
    return _environment().overlay(autoescape=False)


def digest_html(view: Digest, words: Catalog, *, sample: bool) -> bytes:
    """The digest as a page and a mail: styles inlined, no scripts, no pictures from elsewhere."""
    import css_inline

    page = _environment().get_template("digest.html").render(view=view, w=words, sample=sample)
    inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)
    return str(inliner.inline(page)).encode()


def digest_text(view: Digest, words: Catalog, *, sample: bool) -> bytes:
    """The same facts as plain text."""
    text = _plain_environment().get_template("digest.txt").render(view=view, w=words, sample=sample)
    return str(text).encode()


def private_index(
    view: Digest,
    later: Sequence[KeptWeek],
    earlier: Sequence[KeptWeek],
    words: Catalog,
    *,
    sample: bool,
    quarter: bool = False,
) -> bytes:
    """``out/index.html``: the plan day by day, its calendar, and the weeks around it; linked to the ``quarter``."""
    return _page("index.html", words, view=view, later=later, earlier=earlier, sample=sample, quarter=quarter)


def quarter_page(view: QuarterView, words: Catalog, *, sample: bool) -> bytes:
    """``out/quarter.html``: what became of the last thirteen weeks."""
    return _page("quarter.html", words, view=view, sample=sample)


def public_index(cards: Sequence[Card], calendars: Sequence[SubscribeLinks], words: Catalog, *, sample: bool) -> bytes:
    """``out/public/index.html``: coming events by day and by track, and how to subscribe."""
    days = [(day, list(members)) for day, members in groupby(cards, key=lambda card: card.day)]
    counts = Counter(card.track for card in cards)
    tracks = [(track, words(f"track.{track}"), counts[track]) for track in TRACKS if counts[track]]
    return _page("public.html", words, days=days, tracks=tracks, count=len(cards), calendars=calendars, sample=sample)


def desk_page(view: Desk, token: str, words: Catalog) -> tuple[bytes, str]:
    """The private page that answers, and the policy that holds for it: forms to itself, its own icon, no scripts."""
    policy = f"{_style()[1].replace(NO_FORMS, FORMS)}; img-src 'self'; manifest-src 'self'"
    page = _page("desk.html", words, policy=policy, view=view, token=token)
    return page, f"{policy}; frame-ancestors 'none'"  # which a page cannot say of itself


def subscribe_page(own: Sequence[SubscribeLinks], public: Sequence[SubscribeLinks], words: Catalog) -> bytes:
    """Where a phone subscribes: the user's own calendars first, then those that may be public."""
    return _page("subscribe.html", words, own=own, public=public)


def _page(template: str, words: Catalog, *, policy: str | None = None, **values: object) -> bytes:
    style, usual = _style()
    values |= {"style": style, "policy": policy or usual, "language": "zh-CN" if words.language == "zh" else "en"}
    return str(_environment().get_template(template).render(w=words, **values)).encode()


def atom(
    events: Sequence[tuple[Rated, Card]], address: str | None, words: Catalog, installation: UUID, *, sample: bool
) -> bytes:
    """An Atom feed (RFC 4287) of the coming events; ``updated`` is the time of the last real change.

    ``address`` is where it lies on the web, if that is known; ``installation`` makes its ids its own (4.2.6).
    """
    newest = sorted(events, key=lambda each: (each[0].tracked.state.changed, each[0].id), reverse=True)[:100]
    updated = max((rated.tracked.state.changed for rated, _ in newest), default=EPOCH)
    entries = [
        {"id": uuid5(installation, rated.id).urn, "card": card, "updated": rated.tracked.state.changed.isoformat()}
        for rated, card in newest
    ]
    values = {"id": installation.urn, "entries": entries, "updated": updated.isoformat(), "address": address}
    page = _environment().get_template("atom.xml").render(**values, w=words, sample=sample)
    return str(page).encode()
