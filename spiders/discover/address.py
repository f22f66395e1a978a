"""What a person gives as an address -> an address that can be fetched, and a short name made from it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from spiders.addresses import shown
from spiders.domains import suffixes
from spiders.errors import SourceError
from spiders.reasons import Code, Reason

LONGEST = 2000
_IN_TEXT = re.compile(r"(?:https?|webcals?|feed)://[^\s<>\"'“”‘’《》（）【】，。；、]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59}|\d{1,3})(?::\d{1,5})?(?:[/?#]\S*)?"
)
_WITH_PASSWORD = re.compile(r"[^\s/@:]+:[^\s/@]+@[^\s/@]+\.[^\s/@]+(?:[/?#]\S*)?$")
_PREFIX = re.compile(r"^(?:feed:(?=https?:)|feed://|webcals?://)", re.IGNORECASE)
_TRAILING = ".,;:!?)]}>'\"，。；：！？）】》”’"
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?[]{}|"


@cache
def _tracking() -> re.Pattern[str]:
    text = files("spiders.discover").joinpath("tracking.toml").read_text(encoding="utf-8")
    return re.compile("|".join(tomllib.loads(text)["parameters"]), re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a text is, or holds, something that can only be meant as a web address."""
    return _address_in(text) is not None


def typed(text: str) -> str:
    """The address in what a person typed or pasted: alone, without its scheme, as ``webcal:``, or within the words that
    an app shares with it. Host and path in ASCII; marks of campaigns and the fragment are left out.

    Raises SourceError where there is none, or where it holds a user or a password.
    """
    found = _address_in(text)
    if found is None and _WITH_PASSWORD.match(text.strip()):
        raise SourceError(Reason(Code.ADDRESS_WITH_PASSWORD))
    if found is None or len(found) > LONGEST:
        raise SourceError(Reason(Code.NOT_AN_ADDRESS, address=shown(text.strip()[:LONGEST])))
    try:
        parts = urlsplit(found)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        raise SourceError(Reason(Code.NOT_AN_ADDRESS, address=shown(found))) from None
    if parts.username is not None or parts.password is not None:
        raise SourceError(Reason(Code.ADDRESS_WITH_PASSWORD))
    if not host:
        raise SourceError(Reason(Code.NOT_AN_ADDRESS, address=shown(found)))
    host = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe=_SAFE_IN_PATH)
    return urlunsplit((parts.scheme.lower(), host + port, path, _without_tracking(parts.query), ""))


def _address_in(text: str) -> str | None:
    """The one address that a text holds, with a scheme; None where it holds none or several."""
    given = text.strip().strip("<>\"'“”`")
    found = {address.rstrip(_TRAILING) for address in _IN_TEXT.findall(given)}
    if len(found) == 1 and (address := found.pop()):
        return _PREFIX.sub(lambda prefix: "" if prefix[0].lower() == "feed:" else "https://", address)
    if not found and _BARE.fullmatch(given):
        return f"https://{given}"
    return None


def _without_tracking(query: str) -> str:
    """A query as it was written, without what tells only where a link was clicked."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(_tracking().fullmatch(name) for name, _ in pairs):
        return quote(query, safe=_SAFE_IN_QUERY)
    return urlencode([pair for pair in pairs if not _tracking().fullmatch(pair[0])])


def origin_of(address: str) -> str:
    """Scheme and host of an address, without a slash at the end."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def site_of(address: str) -> str:
    """What one owner registered: ``club.example.co.uk`` and ``www.example.co.uk`` are ``example.co.uk``
    (publicsuffix.org); an IP address or a bare name is itself."""
    host = urlsplit(address).hostname or ""
    known = str(suffixes()(host).top_domain_under_public_suffix)
    if known or ":" in host or host.replace(".", "").isdigit():
        return known or host
    return ".".join(host.split(".")[-2:])  # of a suffix that is not listed: the list's own rule for those


def same_place(one: str, other: str) -> bool:
    """Whether two addresses can only be the same thing: scheme, ``www.``, a slash at the end and the order of the query
    tell nothing."""
    return _comparable(one) == _comparable(other)


def _comparable(address: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    parts = urlsplit(_PREFIX.sub("https://", address))
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), tuple(pairs)
