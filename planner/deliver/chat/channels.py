"""Team chats through apprise, which knows what each of them wants to hear (an extra: ``pip install apprise``).

An address is a secret. Apprise's log may hold one, so that it reaches no handler; of what a service answers only a
number is told.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # an extra
    from apprise import NotifyBase

TIMEOUT = 20.0  # for a connection, and for an answer
SECONDS_IN_ALL = 60.0  # for one channel
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,19})://", re.IGNORECASE)
_ERROR = re.compile(r"\berror=(\d{3})\b")

# Addresses as these services give them out -> as apprise writes them. It knows WeCom's by itself.
_GIVEN_OUT = (
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=([A-Za-z0-9]+)"), "dingtalk://{}/"),
    (re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([A-Za-z0-9_-]+)/?"), "feishu://{}/"),
)
# These answer "200 OK" also when they refuse, and tell so in the body: a number that is 0 when all is well.
_NUMBER_OF_REFUSAL = {"wecombot": "errcode", "dingtalk": "errcode", "feishu": "code"}


class MissingExtraError(Exception):
    """Apprise is not installed."""


class Channel(NamedTuple):
    """One address that apprise knows. ``title`` and ``body`` are how much of each it takes; a title of 0 stands in the
    body."""

    kind: str
    title: int
    body: int
    service: NotifyBase


def opened(address: str) -> Channel | None:
    """The channel of an address; None for what apprise does not know. Raises MissingExtraError."""
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError:
        raise MissingExtraError from None
    for pattern, shape in _GIVEN_OUT:
        match = pattern.fullmatch(address)
        if match is not None:
            address = shape.format(match[1])
    with _quiet():
        # No redirect is followed: the address that would be carried along is a secret. No picture is fetched from
        # somebody else's site.
        asset = AppriseAsset(
            app_id="Quanzi", app_desc="Quanzi", app_url="", image_url_mask="", image_url_logo="",
            http_redirects=False, async_mode=False,
        )  # fmt: skip
        service = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is None:
        return None
    service.socket_connect_timeout = service.socket_read_timeout = TIMEOUT
    known, scheme = sorted(service.schemas()), kind_of(address)  # type: ignore[no-untyped-call]
    kind = scheme if scheme in known else known[0]
    return Channel(str(kind), service.title_maxlen, service.body_maxlen, service)


def kind_of(address: str) -> str | None:
    """The scheme of an address, which is no secret; None where it has none."""
    match = _SCHEME.match(address)
    return match[1].lower() if match else None


def send(channel: Channel, title: str, body: str) -> int | None:
    """Send plain text; -> 0 when it was taken, the number of the refusal, or None where nothing was answered.

    Never raises for what a service does: apprise keeps that to itself, whatever it is.
    """
    from apprise import Apprise, NotifyFormat

    with _quiet(), _answers() as answers:
        sender = Apprise()
        sender.add(channel.service)
        result = sender.notify(body=body, title=title, body_format=NotifyFormat.TEXT, timeout=SECONDS_IN_ALL)
    if not result:
        found = [_ERROR.search(entry.message) for entry in result.logs()]
        return next((int(match[1]) for match in found if match), None)
    name = _NUMBER_OF_REFUSAL.get(channel.kind)
    return next((number for answer in answers if name and (number := _number(answer, name))), 0)


def _number(answer: bytes, name: str) -> int:
    try:
        said = json.loads(answer)
    except ValueError:
        return 0
    number = said.get(name, 0) if isinstance(said, dict) else 0
    return number if isinstance(number, int) else 0


@contextmanager
def _answers() -> Iterator[list[bytes]]:
    """The bodies that services answer meanwhile. Apprise asks through requests and keeps none of them."""
    import requests

    heard: list[bytes] = []
    really = requests.Session.send

    def listening(session: Any, request: Any, **options: Any) -> Any:
        response = really(session, request, **options)
        heard.append(response.content)
        return response

    requests.Session.send = listening  # type: ignore[method-assign,assignment]
    try:
        yield heard
    finally:
        requests.Session.send = really  # type: ignore[method-assign]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the logs of apprise and of its HTTP library from every handler but their own: both tell addresses."""
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3")]
    kept = [(logger, logger.handlers[:], logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers[:], logger.propagate = [logging.NullHandler()], False
    try:
        yield
    finally:
        for logger, handlers, propagates in kept:
            logger.handlers[:], logger.propagate = handlers, propagates
