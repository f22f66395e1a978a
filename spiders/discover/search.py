"""The search for the best source behind an address: which requests to make, in which order, and when to stop.

A generator of probes that is sent answers: it touches nothing, and whoever drives it decides how to fetch. What was
made for calendars is asked first, then what software shows by its marks, feeds, the site's own page of events, and
guesses last. A source is accepted on dated events that lie ahead, never on a status or a content type; a refusal ends
all requests to that host.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from spiders.acceptance import assess
from spiders.discover import platforms, rsshub
from spiders.discover.address import origin_of
from spiders.discover.choice import (
    ENOUGH_OF_A_SITE,
    ahead_of,
    best_of,
    in_order,
    is_enough,
    is_refusal,
    is_refusal_of_host,
    is_structured,
    most_telling,
    ways_of,
)  # fmt: skip
from spiders.discover.model import REQUESTS, Answer, Discovery, Found, Probe, Tried
from spiders.discover.page_links import Offer, Step, is_about_comments
from spiders.discover.words import says_events
from spiders.failures import NO_TLS
from spiders.items import SourceKind
from spiders.reasons import Code, Reason

Steps = Generator[Probe, Answer, "Found | None"]

MAX_DETAILS = 2
"""Pages that a list without days points to, asked to see whether they tell them."""
_TRIES = {
    Step.CALENDAR: 2,
    Step.SOFTWARE: 2,
    Step.EMBEDDED: 2,
    Step.LINKED: 1,
    Step.FEED: 2,
    Step.HOLDER: 2,
    Step.GUESS: 4,
}
_GUESSES = ("{origin}/events/?ical=1", "{origin}/events.ics", "{origin}/calendar.ics", "{origin}/feed/")
_KIND_OF_READER: dict[str, SourceKind] = {"ical": "ical", "feed": "feed", "listing": "listing", "json": "auto"}
_REFUSALS = {
    Code.STATUS_SIGN_IN, Code.STATUS_REFUSES_PROGRAMS, Code.STATUS_WAIT, Code.STATUS_LEGAL, Code.ROBOTS_UNREACHABLE,
    Code.ADDRESS_REFUSED,
}  # fmt: skip


def search(
    address: str, now: datetime, *, instance: str | None = None, plain: bool = False
) -> Generator[Probe, Answer, Discovery]:
    """Probes for the best source behind ``address`` (as `address.typed` gives it); returns what was found.

    ``instance`` is an RSSHub of the user's own. ``plain``: nobody said https, so http may be tried where https is not
    reached.
    """
    return _Search(asked=address, now=now, instance=instance, plain=plain).run()


@dataclass
class _Search:
    """The state of one search."""

    asked: str
    now: datetime
    instance: str | None
    plain: bool
    left: int = REQUESTS
    found: list[Found] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    refusing: dict[str, Reason] = field(default_factory=dict)
    names: dict[str, platforms.Target] = field(default_factory=dict)
    closed: platforms.Closed | None = None
    title: str | None = None

    def run(self) -> Generator[Probe, Answer, Discovery]:
        self.closed = platforms.closed(self.asked)
        if self.closed is not None:
            yield from self._from_rsshub()
            return self._end(Reason(Code(self.closed.reason)))
        for target in platforms.direct(self.asked, self.now.year):
            self.names[target.address] = target
            if target.address == self.asked:  # the page itself, which is asked below
                continue
            known = yield from self._ask(_offer_of(target))
            if known is not None and known.assessment.ahead:
                return self._end()
        said = next((each.reason for each in reversed(self.tried) if each.reason), None)
        answer = yield from self._first_page()
        if answer.inspection is None:
            return self._end(said or answer.failure)
        self.title = answer.inspection.title
        if answer.inspection.reading.reader not in {"ical", "feed"}:
            yield from self._behind(answer, hops=1)
        return self._end(said or answer.inspection.reading.reason)

    def _first_page(self) -> Generator[Probe, Answer, Answer]:
        """The address itself; over http where nobody said https and https is not reached."""
        offer = Offer(address=self.asked, kind="auto", step=Step.CALENDAR)
        answer = yield from self._fetch(offer)
        if self.plain and answer.failure is not None and answer.failure.code in NO_TLS:
            offer = Offer(address=self.asked.replace("https:", "http:", 1), kind="auto", step=Step.CALENDAR)
            answer = yield from self._fetch(offer)
        self._keep(offer, answer)
        return answer

    def _behind(self, answer: Answer, hops: int) -> Generator[Probe, Answer, None]:
        """All that is worth asking behind a page that was read, until something good enough is found."""
        page = answer.inspection
        if page is None or is_refusal(page):
            return
        own = next((found for found in self.found if found.document is answer.document), None)
        if (yield from self._made_for_programs(page.offers, own)) or is_enough(own):
            return
        if (yield from self._told_elsewhere(page.offers, own, hops)):
            return
        if self._best() is not None or (yield from self._details(answer)):
            return
        if hops:
            yield from self._last_resorts(answer.address)

    def _made_for_programs(self, offers: Sequence[Offer], own: Found | None) -> Generator[Probe, Answer, bool]:
        """Calendars, what the page's software is known for, and calendars of other platforms."""
        for step in (Step.CALENDAR, Step.SOFTWARE, Step.EMBEDDED):
            if (yield from self._any_of(offers, step, than=own)):
                return True
        if is_enough(own):
            return False
        return (yield from self._any_of([offer for offer in offers if offer.kind == "ical"], Step.LINKED, than=own))

    def _details(self, answer: Answer) -> Generator[Probe, Answer, bool]:
        """The first pages that a list without days points to. -> whether they tell of events ahead."""
        page, document = answer.inspection, answer.document
        if page is None or document is None:
            return False
        details = []
        for address in page.reading.links[:MAX_DETAILS]:
            seen = yield from self._fetch(Offer(address=address, kind="auto", step=Step.LINKED))
            if seen.inspection is not None and not seen.inspection.reading.refused:
                details.append(seen.inspection.reading)
        assessment = assess((page.reading, *details), self.now)
        if assessment.ahead:
            listed = Found(
                address=answer.address,
                kind="listing",
                reading=page.reading,
                assessment=assessment,
                document=document,
                details=tuple(details),
                title=page.title,
            )
            self.found.append(listed)
        return bool(assessment.ahead)

    def _told_elsewhere(self, offers: Sequence[Offer], own: Found | None, hops: int) -> Generator[Probe, Answer, bool]:
        """Feeds, the site's own page of events, and pages of other platforms; feeds that speak of events first."""
        feeds = [offer for offer in offers if offer.step is Step.FEED]
        if not is_structured(own) and (
            yield from self._any_of([feed for feed in feeds if _is_about_events(feed)], Step.FEED, than=own)
        ):
            return True
        if hops and ahead_of(own) < ENOUGH_OF_A_SITE and (yield from self._hop(offers)):
            return True
        if not is_structured(own) and (yield from self._any_of(feeds, Step.FEED, than=own)):
            return True
        if ahead_of(own) > 1:
            return False
        # Nothing, or the page of a single event: whoever holds it may tell of more.
        if (yield from self._any_of(offers, Step.LINKED, than=own)):
            return True
        return own is not None and hops > 0 and (yield from self._any_of(offers, Step.HOLDER, than=own))

    def _last_resorts(self, address: str) -> Generator[Probe, Answer, None]:
        """Where the page and all it names gave nothing: RSSHub, other addresses of the platform, and guesses."""
        yield from self._from_rsshub()
        for target in platforms.otherwise(self.asked):
            if self._best() is None:
                yield from self._ask(_offer_of(target))
        if self._best() is None and not self.names:
            guesses = [guess.format(origin=origin_of(address)) for guess in _GUESSES]
            yield from self._any_of([Offer(address=each, kind="auto", step=Step.GUESS) for each in guesses], Step.GUESS)

    def _hop(self, offers: Iterable[Offer]) -> Generator[Probe, Answer, bool]:
        """To the site's own page of events, and what stands behind it. -> whether it tells of events ahead."""
        before = len(self.found)
        for offer in [each for each in offers if each.step is Step.EVENTS_PAGE][:2]:
            answer = yield from self._fetch(offer)
            self._keep(offer, answer)
            yield from self._behind(answer, hops=0)
            if any(found.assessment.ahead for found in self.found[before:]):
                return True
        return False

    def _any_of(self, offers: Iterable[Offer], step: Step, than: Found | None = None) -> Generator[Probe, Answer, bool]:
        """Ask the offers of one step in turn until one is good. -> whether one was, compared with the page's own."""
        for offer in [each for each in offers if each.step is step][: _TRIES[step]]:
            found = yield from self._ask(offer)
            if found is not None and found.assessment.ahead and found is not than and self._best() is found:
                return True
        return False

    def _ask(self, offer: Offer) -> Steps:
        answer = yield from self._fetch(offer)
        return self._keep(offer, answer)

    def _fetch(self, offer: Offer) -> Generator[Probe, Answer, Answer]:
        """One request, within the budget, never twice and never to a host that refused."""
        host = urlsplit(offer.address).hostname or ""
        here = offer.address.rstrip("/")  # a slash at the end leads to the same page
        known = any(tried.address.rstrip("/") == here for tried in self.tried)
        if known or self.left <= 0 or host in self.refusing:
            return Answer(address=offer.address, requests=0, failure=self.refusing.get(host))
        answer = yield Probe(address=offer.address, kind=offer.kind, hops=self.left - 1)
        self.left -= answer.requests
        reason = answer.failure
        ahead = 0
        if answer.inspection is not None:
            reading = answer.inspection.reading
            assessment = assess((reading,), self.now)
            ahead, reason = assessment.ahead, reading.reason if not assessment.ahead else None
            if is_refusal_of_host(answer.inspection) and reading.reason is not None:
                self.refusing[host] = reading.reason
        elif reason is not None and reason.code in _REFUSALS:
            self.refusing[host] = reason
        self.tried.append(Tried(address=offer.address, ahead=ahead, reason=reason))
        return answer

    def _keep(self, offer: Offer, answer: Answer) -> Found | None:
        """What an answer is as a source; None where it is none, or holds what people say about texts."""
        page, document = answer.inspection, answer.document
        if page is None or document is None or page.reading.refused:
            return None
        reading = page.reading
        if reading.reader == "feed" and is_about_comments(reading.name, answer.address):
            self.tried[-1] = Tried(address=offer.address, reason=Reason(Code.FEED_OF_COMMENTS))
            return None
        if not reading.events and reading.reader not in {"ical", "feed"}:
            return None
        name = self.names.get(offer.address)
        found = Found(
            address=answer.address,
            kind=_KIND_OF_READER.get(reading.reader, "auto" if document.body[:1] in b"{[" else "page"),
            reading=reading,
            assessment=assess((reading,), self.now),
            document=document,
            title=page.title or offer.title or self.title,
            id=name.id if name else offer.id,
            platform=name.platform if name else offer.platform,
            hours=page.hours,
        )
        self.found.append(found)
        return found

    def _from_rsshub(self) -> Generator[Probe, Answer, None]:
        """What an RSSHub of the user's own has for the site (its rules, then one of their feeds)."""
        if self.instance is None:
            return
        rules = Offer(address=rsshub.rules_address(self.instance, self.asked), kind="auto", step=Step.GUESS)
        answer = yield from self._fetch(rules)
        if answer.document is None:
            return
        for address in rsshub.feeds(answer.document.body, self.asked, self.instance)[:2]:
            found = yield from self._ask(Offer(address=address, kind="feed", step=Step.GUESS, platform="RSSHub"))
            if found is not None and found.assessment.ahead:
                return

    def _best(self) -> Found | None:
        return best_of(self.found)

    def _end(self, failure: Reason | None = None) -> Discovery:
        best = self._best()
        rest = in_order(found for found in self.found if found is not best)
        reason = None if best else most_telling(failure, rest, self.tried)
        return Discovery(
            asked=self.asked,
            found=best,
            others=tuple(rest),
            failure=reason,
            ways=() if best else self._ways(reason),
            tried=tuple(self.tried),
            requests=REQUESTS - self.left,
        )

    def _ways(self, reason: Reason | None) -> tuple[platforms.Way, ...]:
        """What else a user can do, by what is known of the platform, and by why nothing was found."""
        if self.closed is not None:
            return self.closed.ways
        known = dict.fromkeys(way for target in self.names.values() for way in target.ways)
        return (*known, *ways_of(reason))


def _offer_of(target: platforms.Target) -> Offer:
    return Offer(address=target.address, kind=target.kind, step=Step.CALENDAR, id=target.id, platform=target.platform)


def _is_about_events(offer: Offer) -> bool:
    """Whether a feed says that it is one of events."""
    return says_events(offer.title) or says_events(urlsplit(offer.address).path.replace("/", " "))
