"""Team chats through apprise, which knows what each of them wants to hear (an extra: ``pip install apprise``).

An address is a secret. Apprise's log may hold one, so that it reaches no handler; of what a service answers only a
number is told.
"""

from __future__ import annotations

import json
import re
from types import FunctionType, MethodType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.config.extras import pip_install
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import hushed
from spiders.reasons import Reason

if TYPE_CHECKING:  # an extra
    from apprise import NotifyBase

TIMEOUT = 20.0  # for a connection, and for an answer
SECONDS_IN_ALL = 60.0  # for one channel
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,19})://", re.IGNORECASE)
_LOUD = ("apprise", "urllib3")  # their logs tell addresses
_ERROR = re.compile(r"\berror=(\d{3})\b")

# Addresses as these services give them out -> as apprise writes them. It knows WeCom's by itself.
_GIVEN_OUT = (
    (re.compile(r"https://oapi\.dingtalk\.com/robot/send\?access_token=([A-Za-z0-9]+)"), "dingtalk://{}/"),
    (re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/([A-Za-z0-9_-]+)/?"), "feishu://{}/"),
)
# These answer "200 OK" also when they refuse, and tell so in the body: a number that is 0 when all is well.
_NUMBER_OF_REFUSAL = {"wecombot": "errcode", "dingtalk": "errcode", "feishu": "code"}


class Channel(NamedTuple):
    """One address that apprise knows. ``title`` and ``body`` are how much of each it takes; a title of 0 stands in the
    body."""

    kind: str
    title: int
    body: int
    service: NotifyBase


def opened(address: str) -> Channel | None:
    """The channel of an address; None for what apprise does not know. Raises DeliveryError without the library."""
    try:
        from apprise import Apprise, AppriseAsset
    except ImportError:
        reason = Reason(Code.MISSING_EXTRA, library="apprise", command=pip_install("apprise"))
        raise DeliveryError(reason) from None
    for pattern, shape in _GIVEN_OUT:
        match = pattern.fullmatch(address)
        if match is not None:
            address = shape.format(match[1])
    with hushed(*_LOUD):
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


def send(channel: Channel, title: str, body: str) -> None:
    """Send plain text. Raises DeliveryError where it was refused or nothing was answered.

    Never raises anything else for what a service does: apprise keeps that to itself, whatever it is.
    """
    from apprise import Apprise, NotifyFormat

    number_of_refusal = _NUMBER_OF_REFUSAL.get(channel.kind)
    answers = _answers(channel.service) if number_of_refusal else []
    with hushed(*_LOUD):
        sender = Apprise()
        sender.add(channel.service)
        result = sender.notify(body=body, title=title, body_format=NotifyFormat.TEXT, timeout=SECONDS_IN_ALL)
    if not result:
        found = [_ERROR.search(entry.message) for entry in result.logs()]
        number = next((int(match[1]) for match in found if match), None)
        if number is None:
            raise DeliveryError(Reason(Code.CHAT_NO_ANSWER))
        raise DeliveryError(Reason(Code.CHAT_REFUSED, number=number))
    for answer in answers:
        number = _number(answer, number_of_refusal or "")
        if number:
            raise DeliveryError(Reason(Code.CHAT_REFUSED, number=number))


def _number(answer: bytes, name: str) -> int:
    try:
        said = json.loads(answer)
    except ValueError:
        return 0
    number = said.get(name, 0) if isinstance(said, dict) else 0
    return number if isinstance(number, int) else 0


def _answers(service: NotifyBase) -> list[bytes]:
    """The bodies that will be answered to this service and no other, which apprise drops.

    Its plugins call ``requests.post`` and offer no hook, so that this one gets its own ``send`` with a stand-in for
    ``requests`` among its globals: whatever else runs in this process, or in this library, is left alone.
    """
    heard: list[bytes] = []
    send: Any = type(service).send
    requests = send.__globals__["requests"]

    def post(*arguments: Any, **options: Any) -> Any:
        response = requests.post(*arguments, **options)
        heard.append(response.content)
        return response

    stand_in = SimpleNamespace(**{**vars(requests), "post": post})
    listening = FunctionType(
        send.__code__, {**send.__globals__, "requests": stand_in}, send.__name__, send.__defaults__, send.__closure__
    )
    listening.__kwdefaults__ = send.__kwdefaults__
    service.send = MethodType(listening, service)  # type: ignore[method-assign]
    return heard
