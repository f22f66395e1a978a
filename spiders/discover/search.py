"""The search for the best source behind an address: which requests to make, in which order, and when to stop.

A generator of probes that is sent answers: it touches nothing, and whoever drives it decides how to fetch. What was
made for calendars is asked first, then what software shows by its marks, feeds, the site's own page of events, and
guesses last. A source is accepted on dated events that lie ahead, never on a status or a content type; a refusal ends
all requests to that host.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from spiders.acceptance import assess
from spiders.discover import platforms, rsshub
from spiders.discover.address import origin_of
from spiders.discover.model import REQUESTS, Answer, Discovery, Found, Inspection, Probe, Tried
from spiders.discover.page_links import Offer, Step, is_about_comments, says_events
from spiders.items import SourceKind
from spiders.reasons import Code, Reason

Steps = Generator[Probe, Answer, "Found | None"]

ENOUGH_OF_A_SITE = 5
"""Events ahead; a page with fewer is compared with the site's own page of events."""
MIN_SHARE = 0.34
"""What tells fewer than this share of the events of the richest is no better for its form."""
_TRIES = {Step.CALENDAR: 2, Step.SOFTWARE: 2, Step.EMBEDDED: 2, Step.LINKED: 1, Step.FEED: 2, Step.GUESS: 4}
_GUESSES = ("{origin}/events/?ical=1", "{origin}/events.ics", "{origin}/calendar.ics", "{origin}/feed/")
_KIND_OF_READER: dict[str, SourceKind] = {"ical": "ical", "feed": "feed", "listing": "listing", "json": "auto"}
_RANK = {"ical": 5, "json-ld": 4, "microdata": 4, "rdfa": 4, "hcalendar": 4, "app-state": 4, "feed": 4, "listing": 3}
_REFUSALS = {
    Code.STATUS_SIGN_IN, Code.STATUS_REFUSES_PROGRAMS, Code.STATUS_WAIT, Code.STATUS_LEGAL, Code.ROBOTS_FORBID,
    Code.ROBOTS_UNREACHABLE, Code.ADDRESS_REFUSED,
}  # fmt: skip
_REFUSING_PAGES = {
    Code.PAGE_SIGN_IN, Code.PAGE_CHALLENGE, Code.PAGE_QUEUE, Code.PAGE_CONSENT, Code.PAGE_NOT_FOUND, Code.PAGE_PARKED,
    Code.PAGE_SERVER_ERROR,
}  # fmt: skip
_SILENT = {Code.NO_EVENT, Code.SILENT_ITEMS, Code.EMPTY_FEED}
_NOT_REACHED = {
    Code.CONNECTION_REFUSED, Code.CONNECTION_CLOSED, Code.NO_ANSWER, Code.NO_ANSWER_WITHIN, Code.NOT_TLS,
    Code.TLS_FAILED, Code.CERTIFICATE_NOT_TRUSTED, Code.CERTIFICATE_OF_ANOTHER, Code.CERTIFICATE_EXPIRED,
    Code.NETWORK_UNREACHABLE,
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
        if self.plain and answer.failure is not None and answer.failure.code in _NOT_REACHED:
            offer = Offer(address=self.asked.replace("https:", "http:", 1), kind="auto", step=Step.CALENDAR)
            answer = yield from self._fetch(offer)
        self._keep(offer, answer)
        return answer

    def _behind(self, answer: Answer, hops: int) -> Generator[Probe, Answer, None]:
        """All that is worth asking behind a page that was read, until something good enough is found."""
        page = answer.inspection
        if page is None or _is_refusal(page):
            return
        own = self._own(answer)
        offers = page.offers
        for step in (Step.CALENDAR, Step.SOFTWARE, Step.EMBEDDED):
            if (yield from self._any_of(offers, step, than=own)):
                return
        if _is_structured(own) and _ahead(own) >= ENOUGH_OF_A_SITE:
            return
        calendars = [offer for offer in offers if offer.kind == "ical"]
        if (yield from self._any_of(calendars, Step.LINKED, than=own)):
            return
        if not _is_structured(own):
            feeds = sorted((offer for offer in offers if offer.step is Step.FEED), key=_is_about_events, reverse=True)
            speaking = [offer for offer in feeds if _is_about_events(offer)]
            if (yield from self._any_of(speaking or feeds[:1], Step.FEED, than=own)):
                return
        if hops and _ahead(own) < ENOUGH_OF_A_SITE and (yield from self._hop(offers)):
            return
        if self._best() is None:
            yield from self._any_of(offers, Step.LINKED, than=None)
        if self._best() is None:
            yield from self._from_rsshub()
        if self._best() is None and hops:
            guesses = (guess.format(origin=origin_of(answer.address)) for guess in _GUESSES)
            yield from self._any_of([Offer(address=each, kind="auto", step=Step.GUESS) for each in guesses], Step.GUESS)

    def _hop(self, offers: Iterable[Offer]) -> Generator[Probe, Answer, bool]:
        """To the site's own page of events, and what stands behind it. -> whether it tells of events ahead."""
        for offer in [each for each in offers if each.step is Step.EVENTS_PAGE][:2]:
            answer = yield from self._fetch(offer)
            self._keep(offer, answer)
            yield from self._behind(answer, hops=0)
            if any(found.assessment.ahead for found in self.found):
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
        known = next((tried for tried in self.tried if tried.address == offer.address), None)
        if known is not None or self.left <= 0 or host in self.refusing:
            return Answer(address=offer.address, requests=0, failure=self.refusing.get(host))
        answer = yield Probe(address=offer.address, kind=offer.kind)
        self.left -= answer.requests
        reason = answer.failure
        ahead = 0
        if answer.inspection is not None:
            reading = answer.inspection.reading
            assessment = assess((reading,), self.now)
            ahead, reason = assessment.ahead, reading.reason if not assessment.ahead else None
            if _is_refusal(answer.inspection) and reading.reason is not None:
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

    def _own(self, answer: Answer) -> Found | None:
        return next((found for found in self.found if found.document is answer.document), None)

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
        """The best source that was found: of those that tell about as much, the one whose form was made for it."""
        speaking = [found for found in self.found if found.assessment.ahead]
        most = max((found.assessment.ahead for found in speaking), default=0)
        enough = [found for found in speaking if found.assessment.ahead >= MIN_SHARE * most]
        return max(enough, key=lambda found: (_rank(found), found.assessment.ahead), default=None)

    def _end(self, failure: Reason | None = None) -> Discovery:
        best = self._best()
        rest = [found for found in self.found if found is not best]
        rest.sort(key=lambda found: (found.assessment.ahead > 0, _rank(found), found.assessment.ahead), reverse=True)
        reason = None if best else _most_telling(failure, rest, self.tried)
        return Discovery(
            asked=self.asked,
            found=best,
            others=tuple(rest),
            failure=reason,
            ways=() if best else self.closed.ways if self.closed else _ways_of(reason),
            tried=tuple(self.tried),
            requests=REQUESTS - self.left,
        )


def _offer_of(target: platforms.Target) -> Offer:
    return Offer(address=target.address, kind=target.kind, step=Step.CALENDAR, id=target.id, platform=target.platform)


def _ahead(found: Found | None) -> int:
    return found.assessment.ahead if found is not None else 0


def _rank(found: Found) -> int:
    """How well a form suits: calendars, then markup and programs' data, lists, and prose last."""
    from_text = any(note.code is Code.DATES_FROM_TEXT for note in found.assessment.notes)
    return 2 if found.reading.reader == "feed" and from_text else _RANK.get(found.reading.reader, 1)


def _is_structured(found: Found | None) -> bool:
    return found is not None and found.assessment.ahead > 0 and _rank(found) >= 4


def _is_about_events(offer: Offer) -> bool:
    """Whether a feed says that it is one of events."""
    return says_events(offer.title) or says_events(urlsplit(offer.address).path.replace("/", " "))


def _is_refusal(page: Inspection) -> bool:
    """Whether a page says, whatever its status, that nothing is to be had here."""
    reason = page.reading.reason
    inner = dict(reason.values).get("why") if reason is not None and reason.code is Code.REFUSED else None
    return isinstance(inner, Reason) and inner.code in _REFUSING_PAGES


def _most_telling(failure: Reason | None, quiet: list[Found], tried: list[Tried]) -> Reason:
    """Why nothing was found: what could be read and is silent tells more than a page without dates."""
    if quiet and (failure is None or failure.code in _SILENT or quiet[0].reading.reason == failure):
        return quiet[0].assessment.reason or Reason(Code.NO_EVENT_AT_ALL)
    if failure is None or failure.code in _SILENT:
        comments = next(
            (each.reason for each in tried if each.reason and each.reason.code is Code.FEED_OF_COMMENTS), None
        )
        failure = comments or failure
    return failure or Reason(Code.NO_EVENT_AT_ALL)


def _ways_of(reason: Reason | None) -> tuple[platforms.Way, ...]:
    """What else a user can do, by why nothing was found."""
    if reason is not None and reason.code is Code.STATUS_SIGN_IN:
        return ("headers", "paste", "recurrence")
    return ("paste", "recurrence", "picture", "bridge")
