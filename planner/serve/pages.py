"""The private page over HTTP: requests to the desk, and what it says as pages. It stands below the secret address
alone, works without scripts, and takes forms from itself only."""

from __future__ import annotations

import json
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import get_args

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from planner.config.model import Interests, Word
from planner.config.words_lists import LISTS, List
from planner.errors import AlreadyRunningError, QuanziError, UsageError
from planner.event_json import from_json, to_store
from planner.i18n.catalog import Catalog, templates_folder
from planner.inbox.fields import Given, price_line, when_line, where_line
from planner.render import desk as views
from planner.render.pages import desk_page
from planner.serve.desk import ConflictError, Desk, Draft
from planner.serve.forms import (
    Form,
    Pace,
    RefusedError,
    check_origin,
    check_token,
    read_form,
    sealed,
    token,
    unsealed,
)
from planner.types import Verdict
from spiders.items import Event

FOLDER = "desk"
"""Below the secret: the page that answers."""
MOST_SAID, MOST_DRAFTS = 20, 40
LOOKS, POSTS = (120.0, 4.0), (30.0, 1.0)
"""So many requests at once, then so many a second: more than any hasty person."""
_FILES = {
    "app.webmanifest": "application/manifest+json",
    "icon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
}
_FIELDS = ("title", "when", "where", "price", "url")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The moment, for the days of forms; and a steady clock in seconds, for their pace."""

    moment: Callable[[], datetime]
    steady: Callable[[], float]


class DeskPages:
    """Answers what is asked below the desk's folder. ``secret`` seals its forms."""

    def __init__(self, desk: Desk, secret: str, clocks: Clocks) -> None:
        self._desk, self._secret, self._clocks = desk, secret, clocks
        self._looks, self._posts = Pace(*LOOKS), Pace(*POSTS)
        self._said: OrderedDict[str, Sequence[str]] = OrderedDict()
        self._posts_to: Mapping[str, Callable[[Form], Awaitable[Response]]] = {
            "read": self._read,
            "share": self._read,  # from the phone's own menu, which knows no token: nothing is kept by it
            "keep": self._keep,
            "verdict": self._verdict,
            "words": self._words,
        }

    async def answer(self, request: Request, asked: str) -> Response:
        """The answer to a request for ``asked``, a path below the desk's folder."""
        try:
            if request.method in {"GET", "HEAD"}:
                self._looks.take(self._clocks.steady())
                return await self._look(request, asked)
            return await self._post(request, asked)
        except RefusedError as exc:
            return self._page(views.Desk(error=exc.key), exc.status, exc.retry_after)
        except AlreadyRunningError:
            return self._page(views.Desk(error="desk.busy"), HTTPStatus.SERVICE_UNAVAILABLE, 60)
        except (QuanziError, OSError) as exc:
            _log.info("desk: %s", exc)
            return self._page(views.Desk(told=str(exc)), HTTPStatus.UNPROCESSABLE_ENTITY)

    async def _look(self, request: Request, asked: str) -> Response:
        if asked in _FILES:
            return _file(asked, self._desk.person().words.language)
        if asked == "why":
            card, lines = await run_in_threadpool(self._desk.why, request.query_params.get("event", "")[:80])
            return self._page(views.Desk(why=(card, tuple(lines))))
        if asked:
            raise RefusedError(HTTPStatus.NOT_FOUND, "desk.not_found")
        said = tuple(self._said.pop(request.query_params.get("said", ""), ()))
        return self._page(await run_in_threadpool(self._whole, said))

    def _whole(self, said: Sequence[str]) -> views.Desk:
        lists, stamp = self._desk.words()
        return views.Desk(said=tuple(said), weeks=self._desk.weeks(), lists=_texts(lists), stamp=stamp, is_whole=True)

    async def _post(self, request: Request, asked: str) -> Response:
        if asked not in self._posts_to:
            raise RefusedError(HTTPStatus.NOT_FOUND, "desk.not_found")
        self._posts.take(self._clocks.steady())
        if asked != "share":
            check_origin(request)
        form = await read_form(request)
        try:
            if asked != "share":
                check_token(form, self._secret, self._clocks.moment())
            return await self._posts_to[asked](form)
        except RefusedError as exc:
            return self._page(self._again(form, exc.key), exc.status, exc.retry_after)
        except AlreadyRunningError:
            return self._page(self._again(form, "desk.busy"), HTTPStatus.SERVICE_UNAVAILABLE, 60)

    def _again(self, form: Form, error: str) -> views.Desk:
        """The page with what was written in the form, to be sent once more: nothing of it is lost."""
        words = self._desk.person().words
        drafts = []
        for number, held in _held(form):
            try:
                event = from_json(json.loads(unsealed(self._secret, held)))
            except RefusedError:
                continue
            drafts.append(views.draft(event, words, held, fields=_written(form, number)))
        lists = {name: form.text(name) for name in LISTS if name in form.texts}
        return views.Desk(
            error=error, drafts=tuple(drafts), text=form.text("text"), lists=lists, stamp=form.text("stamp")
        )

    # What was received.

    async def _read(self, form: Form) -> Response:
        shared = "\n".join(filter(None, (form.text(name).strip() for name in ("title", "text", "url"))))
        documents = [("", shared.encode())] if shared else []
        documents += [(name, body) for name, body in form.files]
        if not documents:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "desk.nothing_given")
        understood = await run_in_threadpool(self._desk.understand, documents)
        drafts = tuple(map(self._draft, understood.drafts[:MOST_DRAFTS]))
        return self._page(views.Desk(drafts=drafts, reasons=understood.reasons, text=shared))

    def _draft(self, draft: Draft) -> views.DraftView:
        words, event = self._desk.person().words, draft.event
        return views.draft(
            event,
            words,
            sealed(self._secret, json.dumps(to_store(event), ensure_ascii=False)),
            fields=_fields_of(event, words),
            deadline=draft.deadline,
            about=draft.about,
        )

    async def _keep(self, form: Form) -> Response:
        events, again = [], []
        for number, held in _held(form):
            if not form.text(f"keep-{number}"):
                continue
            event = from_json(json.loads(unsealed(self._secret, held)))
            written = _written(form, number)
            try:
                events.append(await run_in_threadpool(self._settled, event, written))
            except UsageError as exc:
                again.append(views.draft(event, self._desk.person().words, held, fields=written, error=str(exc)))
        if events:
            await run_in_threadpool(self._desk.keep, events)
        words = self._desk.person().words
        said = [words("desk.kept", title=event.title) for event in events] or [words("desk.kept_none")]
        if again:
            return self._page(views.Desk(said=tuple(said if events else ()), drafts=tuple(again)))
        return self._back(said)

    def _settled(self, event: Event, written: Mapping[str, str]) -> Event:
        """The event with what was changed in its fields; a notice stays what it is."""
        if event.notice:
            return event
        before = _fields_of(event, self._desk.person().words)
        changed = {name: written[name] for name in _FIELDS if written[name] != before[name]}
        return self._desk.settled(event, Given(**changed))

    # The week, and keywords.

    async def _verdict(self, form: Form) -> Response:
        verdict = next((each for each in get_args(Verdict) if each == form.text("verdict")), None)
        if verdict is None:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "desk.broken")
        return self._back(await run_in_threadpool(self._desk.judge, form.text("event")[:80], verdict))

    async def _words(self, form: Form) -> Response:
        words = self._desk.person().words
        written = {name: form.text(name) for name in LISTS}
        try:
            wanted = {name: _words_of(text) for name, text in written.items()}
            await run_in_threadpool(self._desk.change_words, wanted, form.text("stamp"))
        except ConflictError as exc:
            return self._page(
                views.Desk(
                    error="desk.conflict", lists=written, lists_now=_texts(exc.now), stamp=self._desk.words()[1]
                ),
                HTTPStatus.CONFLICT,
            )
        except (ValidationError, QuanziError) as exc:
            if isinstance(exc, AlreadyRunningError):
                raise
            told = words("desk.words_unread") if isinstance(exc, ValidationError) else str(exc)
            view = views.Desk(told=told, lists=written, stamp=form.text("stamp"))
            return self._page(view, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self._back([words("desk.words_kept")])

    # Pages.

    def _back(self, said: Sequence[str]) -> Response:
        """To the page itself, which says what was done: a form is not sent again by looking once more."""
        key = secrets.token_urlsafe(8)
        self._said[key] = said
        while len(self._said) > MOST_SAID:
            self._said.popitem(last=False)
        return Response(status_code=HTTPStatus.SEE_OTHER, headers={"Location": f"./?said={key}"})

    def _page(self, view: views.Desk, status: HTTPStatus = HTTPStatus.OK, retry_after: int | None = None) -> Response:
        body, policy = desk_page(view, token(self._secret, self._clocks.moment()), self._desk.spoken())
        headers = {"Content-Security-Policy": policy, "X-Frame-Options": "DENY"}
        if retry_after is not None:
            headers["Retry-After"] = str(retry_after)
        return Response(body, status, media_type="text/html", headers=headers)


def _file(name: str, language: str) -> Response:
    body = (templates_folder() / "desk" / name).read_bytes()
    if name == "app.webmanifest":
        body = body.replace(b'"lang": "zh-CN"', b'"lang": "en"' if language == "en" else b'"lang": "zh-CN"')
    return Response(body, media_type=_FILES[name])


def _held(form: Form) -> Iterator[tuple[int, str]]:
    """The drafts that a form brings back, by their numbers."""
    for number in range(MOST_DRAFTS):
        if held := form.text(f"draft-{number}"):
            yield number, held


def _written(form: Form, number: int) -> dict[str, str]:
    return {name: form.text(f"{name}-{number}").strip() for name in _FIELDS}


def _fields_of(event: Event, words: Catalog) -> dict[str, str]:
    """What stands in the fields of an event."""
    return {
        "title": event.title,
        "when": when_line(event, words) if event.start else "",
        "where": where_line(event),
        "price": price_line(event, words) if event.price else "",
        "url": event.url or "",
    }


def _texts(lists: Mapping[List, Sequence[Word]]) -> dict[List, str]:
    """The words of each list, one a line, with their weights."""
    return {name: "\n".join(map(_text, words)) for name, words in lists.items()}


def _text(word: Word) -> str:
    return word.word if word.weight == 1 else f"{word.word}: {word.weight:g}"


def _words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, one a line or parted by commas. Raises ValidationError."""
    lines = [line.strip() for line in text.replace(",", "\n").splitlines()]
    found = Interests.model_validate({"industry": [line for line in lines if line]}).industry
    return tuple({word.word: word for word in found}.values())
