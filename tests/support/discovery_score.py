"""What is asked of every search for a source, and whether one case of it went well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from spiders.discover.address import typed
from spiders.discover.model import Discovery
from spiders.errors import SourceError
from spiders.reasons import Reason
from tests.support.discovery_cases import Case, is_one_of

AT_MOST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One request that reached a host. ``status`` is None where no answer came; ``refuses`` marks that the host wants
    nothing more; ``hop``, that a redirect led there; ``redirected_to`` is where it leads itself, as the host said."""

    address: str
    status: int | None
    refuses: bool = False
    hop: bool = False
    redirected_to: str | None = None

    @property
    def is_robots(self) -> bool:
        return urlsplit(self.address).path == "/robots.txt"


def asked_address(case: Case) -> str | Discovery:
    """The address in what a case asks, or the end of a search that never begins."""
    try:
        return typed(case.asked)
    except SourceError as exc:
        return Discovery(asked=case.asked, failure=exc.reason)


def said_https(case: Case) -> bool:
    """Whether whoever asked said https: else http may be tried."""
    return "https://" in case.asked.lower()


def broken_rules(case: Case, sent: Iterable[Sent]) -> list[str]:
    """What no search may do, whatever it finds: too much, twice, where it is refused, where robots forbid."""
    pages = [each for each in sent if not each.is_robots]
    wrong = [f"{len(pages)} requests"] if len(pages) > AT_MOST else []
    refusing: set[str] = set()
    seen: dict[str, Sent] = {}
    for before, each in zip([None, *pages], pages, strict=False):
        host = urlsplit(each.address).netloc
        if host in refusing:
            wrong.append(f"asked after a refusal: {each.address}")
        if not may_fetch(case, each.address):
            wrong.append(f"robots forbid: {each.address}")
        repeats = before is not None and before.address == each.address and (before.status or 500) >= 500
        if each.address in seen and not each.hop and not repeats:
            wrong.append(f"asked twice: {each.address}")
        seen[each.address] = each
        if each.refuses:
            refusing.add(host)
    return wrong


def may_fetch(case: Case, address: str) -> bool:
    """Whether the robots.txt of its host permits it."""
    parts = urlsplit(address)
    page = case.page(f"{parts.scheme}://{parts.netloc}/robots.txt")
    if page is None or page.status >= 400:
        return page is None or page.status < 500
    return bool(Protego.parse(page.body.decode("utf-8", "replace")).can_fetch(address, "Quanzi"))


def wrong(case: Case, ended: Discovery) -> list[str]:
    """What is not as a sensible person expects; empty where all is right."""
    expect = case.expect
    if ended.found is None:
        if ended.failure is None:
            return ["neither a source nor a reason"]
        told = set(codes(ended.failure))
        if not expect.reason or not told & set(expect.reason):
            return [f"told {ended.failure}; {_wanted(case)}"]
        missing = [] if set(expect.ways) <= set(ended.ways) else [f"ways {sorted(ended.ways)}, not {expect.ways}"]
        others = [other.address for other in ended.others]
        if expect.others and not any(_is(other, expect.others) for other in others):
            missing.append(f"others {others}, not {expect.others}")
        return missing
    found = ended.found
    if not _is(found.address, expect.address):
        return [f"found {found.address} ({found.kind}, {found.assessment.ahead} ahead); {_wanted(case)}"]
    faults = []
    if expect.kind and found.kind not in expect.kind:
        faults.append(f"kind {found.kind}, not {'|'.join(expect.kind)}")
    if found.assessment.ahead < expect.ahead:
        faults.append(f"{found.assessment.ahead} ahead, not {expect.ahead}")
    return faults


def codes(reason: Reason) -> Iterator[str]:
    """The code of a reason, and those of the reasons within it."""
    yield reason.code.name
    for _, value in reason.values:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Reason):
                yield from codes(each)


def _is(address: str, wanted: tuple[str, ...]) -> bool:
    return is_one_of(address.rstrip("/"), tuple(each.rstrip("/") for each in wanted)) or is_one_of(address, wanted)


def _wanted(case: Case) -> str:
    return "wanted " + " | ".join((*case.expect.address, *case.expect.reason))
