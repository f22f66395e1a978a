"""A search for a source without a network: its probes are answered from the pages of a case, as the crawler would."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from urllib.parse import urljoin, urlsplit

from spiders.answers import CODE_OF_STATUS
from spiders.discover.inspection import inspect_document
from spiders.discover.model import Answer, Discovery, Inspection, Probe
from spiders.discover.search import search
from spiders.guard import AddressGuard
from spiders.items import Context, Document
from spiders.reasons import Code, Reason
from spiders.settings import MAX_MEBIBYTES, MEBIBYTE, TIMEOUT, CrawlPolicy, crawl_settings
from spiders.sites import READING_OF_KIND
from tests.support.discovery_cases import REFUSING, Case, Page
from tests.support.discovery_score import Sent, asked_address, may_fetch, said_https

_SETTINGS = crawl_settings(CrawlPolicy(), "0")
REDIRECTS, REPEATED = _SETTINGS["REDIRECT_MAX_TIMES"], set(_SETTINGS["RETRY_HTTP_CODES"])
PERMANENT, REDIRECT = {301, 308}, {301, 302, 303, 307, 308}


def context_of(case: Case) -> Context:
    """What reading may know in a case."""
    return Context(
        source="discovery",
        now=case.now,
        timezone=case.timezone,
        window_start=case.now,
        window_end=case.now + timedelta(days=120),
    )


@dataclass
class Driver:
    """The small web of one case, and every request that reached it."""

    case: Case
    sent: list[Sent] = field(default_factory=list)

    def run(self) -> Discovery:
        """One whole search."""
        address = asked_address(self.case)
        if isinstance(address, Discovery):
            return address
        running = search(address, self.case.now, instance=self.case.instance, plain=not said_https(self.case))
        answer: Answer | None = None
        while True:
            try:
                probe = next(running) if answer is None else running.send(answer)
            except StopIteration as end:
                found: Discovery = end.value
                return found
            answer = self.answer(probe)

    def answer(self, probe: Probe) -> Answer:
        """What the crawler would say: redirects followed, robots obeyed, private addresses never asked."""
        address, hops, permanent = probe.address, 0, True
        while True:
            failure = self._not_asked(address)
            if failure is not None:
                return Answer(address=probe.address, requests=hops, failure=failure)
            page = self._ask(address, hop=hops > 0)
            if page is None or page.status not in REDIRECT or not page.to:
                break
            target = urljoin(address, page.to)
            if urlsplit(target).scheme not in {"http", "https"}:
                return Answer(address=probe.address, requests=1 + hops, failure=Reason(Code.REDIRECTED_NOWHERE))
            if hops == min(REDIRECTS, probe.hops):
                return Answer(address=probe.address, requests=1 + hops, failure=Reason(Code.REDIRECTED_TOO_OFTEN))
            permanent = permanent and page.status in PERMANENT
            address, hops = target, hops + 1
        stands_at = address if hops and permanent else probe.address
        return self._settled(page, address, stands_at, 1 + hops, probe)

    def _ask(self, address: str, *, hop: bool) -> Page | None:
        page = self.case.page(address)
        if urlsplit(address).scheme == "https" and urlsplit(address).hostname in self.case.http_only:
            page = None
        self.sent.append(
            Sent(
                address=address,
                status=page.status if page else None,
                refuses=page is not None and (page.refuses or page.status in REFUSING),
                hop=hop,
            )
        )
        return page

    def _not_asked(self, address: str) -> Reason | None:
        """Why no request is made at all."""
        parts = urlsplit(address)
        host = (parts.hostname or "").replace("localhost", "127.0.0.1")
        refused = AddressGuard().refusal(host)
        if refused is not None and refused.code is not Code.NOT_AN_ADDRESS:
            return Reason(Code.ADDRESS_REFUSED, why=refused)
        if host in self.case.self_signed and parts.scheme == "https":
            return Reason(Code.CERTIFICATE_NOT_TRUSTED)
        if parts.netloc not in self.case.hosts:
            return Reason(Code.HOST_NOT_FOUND)
        if parts.scheme == "https" and host in self.case.http_only:
            self._ask(address, hop=False)
            return Reason(Code.CONNECTION_REFUSED)
        if may_fetch(self.case, address):
            return None
        rules = self.case.page(f"{parts.scheme}://{parts.netloc}/robots.txt")
        broken = rules is not None and rules.status >= 500
        return Reason(Code.ROBOTS_UNREACHABLE, status=500) if broken else Reason(Code.ROBOTS_FORBID)

    def _settled(self, page: Page | None, address: str, stands_at: str, requests: int, probe: Probe) -> Answer:
        """The last answer: a document looked at, or why there is none."""
        if page is None:
            return Answer(address=probe.address, requests=requests, failure=Reason(Code.CONNECTION_REFUSED))
        if page.status >= 400:
            repeats = int(page.status in REPEATED)
            self.sent += self.sent[-repeats:] if repeats else []
            reason = Reason(CODE_OF_STATUS.get(page.status, Code.STATUS_ERROR), status=page.status)
            return Answer(address=stands_at, requests=requests + repeats, failure=reason)
        if page.length > MAX_MEBIBYTES * MEBIBYTE:
            reason = Reason(Code.TOO_LARGE, mebibytes=MAX_MEBIBYTES)
            return Answer(address=probe.address, requests=requests, failure=reason)
        if page.wait > TIMEOUT:
            reason = Reason(Code.NO_ANSWER_WITHIN, seconds=TIMEOUT)
            return Answer(address=probe.address, requests=requests, failure=reason)
        headers = {name.lower(): value for name, value in page.headers.items()}
        document = Document(body=page.body, url=address, headers=headers)
        seen = _inspected(page.body, address, tuple(sorted(headers.items())), probe.kind, context_of(self.case))
        return Answer(address=stands_at, requests=requests, document=document, inspection=seen)


@cache
def _inspected(
    body: bytes, address: str, headers: tuple[tuple[str, str], ...], kind: str, context: Context
) -> Inspection:
    """Several cases look at the same captures."""
    return inspect_document(Document(body=body, url=address, headers=dict(headers)), context, READING_OF_KIND[kind])
