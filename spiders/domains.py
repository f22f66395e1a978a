"""What one owner registered, by the Public Suffix List that ships with tldextract: nothing is asked for or written."""

from __future__ import annotations

from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract


@cache
def suffixes() -> TLDExtract:
    """The list, read at the first use."""
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def registered_of(host: str) -> str:
    """``club.example.co.uk`` and ``www.example.co.uk`` are ``example.co.uk``, names on a platform the platform's
    (publicsuffix.org, its public part); an IP address and a bare name are themselves. In ASCII and lower case."""
    name = _in_ascii(host.strip("[]").rstrip(".").lower())
    if "." not in name or _is_address(name):
        return name
    known = str(suffixes()(name).top_domain_under_public_suffix)
    return known or ".".join(name.split(".")[-2:])  # of a suffix that is not listed: the list's own rule for those


def _is_address(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _in_ascii(name: str) -> str:
    """A name as it is asked for: a host is one, however it is written. What is no name stays as it is."""
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name
