"""What ``sources add`` was given -> sources that could be written, with what was seen of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.cli._session import AppContext
from planner.gather.fetch import context_of
from spiders.acceptance import Assessment, assess
from spiders.discover.model import Discovery, Found
from spiders.hosts import HostFacts, HostNews
from spiders.items import Document, FetchResult, Place, Reading, Source
from spiders.reasons import Code, Reason

_NOT_IN_IDS = re.compile(r"[^\w.-]+")
LONGEST_ID = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A source as it would be written (``entry``, keys of config.yaml), and what its first answer holds. ``document``
    is that answer's bytes, ``answer`` all that it gave where nothing is left to be asked; ``others`` are sources that
    stand behind the same address.
    """

    entry: Mapping[str, object]
    title: str | None
    assessment: Assessment
    readings: tuple[Reading, ...]
    document: Document | None = None
    answer: FetchResult | None = None
    platform: str | None = None
    hours: float | None = None
    others: tuple[Found, ...] = ()

    @property
    def id(self) -> str:
        return str(self.entry["id"])

    def with_options(self, **given: str | None) -> Candidate:
        """The same with keys of its entry set, where they are given."""
        return replace(
            self, entry={**self.entry, **{name: value for name, value in given.items() if value is not None}}
        )


def from_discovery(session: AppContext, discovery: Discovery, found: Found) -> Candidate:
    """What was found behind an address."""
    entry: dict[str, object] = {"id": free_id(session, found.address, found.id)}
    if found.kind != "auto":
        entry["kind"] = found.kind
    entry["url"] = found.address
    return Candidate(
        entry=entry,
        title=found.title,
        assessment=found.assessment,
        readings=(found.reading, *found.details),
        document=found.document,
        platform=found.platform,
        hours=found.hours,
        others=tuple(other for other in discovery.others if other is not found),
    )


def from_site(
    session: AppContext,
    address: str,
    name: str | None,
    *,
    facts: HostFacts | None,
    on_news: Callable[[HostNews], None],
) -> Candidate | None:
    """The source of a site whose module knows the address, called ``name`` if it is given; None where no module does,
    or where it tells of nothing ahead: a search may find more.
    """
    from planner.gather.policy import policy_of
    from spiders import sites
    from spiders.crawl import crawl

    site = sites.needed_for(address)
    known = sites.site(site) if site is not None else None
    if site is None or known is None:
        return None
    entry = {"id": name or free_id(session, address), "kind": "site", "site": site, "url": address}
    source = _source_of(entry, session)
    visits = [(source, context_of(source, session.now))]
    (answer,) = crawl(visits, {}, policy_of(session.config), facts=facts, on_news=on_news)
    assessment = assess(answer.readings, session.now, failure=answer.failure)
    if not assessment.ahead:
        return None
    return Candidate(
        entry=entry,
        title=None,
        assessment=assessment,
        readings=answer.readings,
        answer=answer,
        platform=known.name,
    )


def free_id(session: AppContext, address: str, wanted: str | None = None) -> str:
    """An id that no source has: the short name that a platform gives, else one made from the host."""
    from planner.config.source_ids import id_of

    taken = {entry.id for entry in session.config.sources}
    name = _NOT_IN_IDS.sub("-", wanted or "").strip("-.")[:LONGEST_ID]
    return name if name and name not in taken else id_of(address, taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    """What a user says of a club: its rule in words, what it is called, where it meets, and a day to count from."""

    text: str
    title: str | None = None
    place: str | None = None
    since: date | None = None

    @property
    def rule(self) -> str:
        return self.text if self.since is None else f"{self.text}\nstarting {self.since.isoformat()}"


def lacks_a_date(session: AppContext, club: Club) -> bool:
    """Whether its rule is one that nobody can follow without a day to count from."""
    return _rule_read(session, club).reason == Reason(Code.RULE_WITHOUT_DATE)


def _rule_read(session: AppContext, club: Club) -> Reading:
    from spiders.readers import club_rule

    source = Source(id="rule", kind="recurrence", text=club.rule, timezone=session.config.timezone)
    return club_rule.read(Document(body=club.rule.encode()), context_of(source, session.now))


def from_rule(session: AppContext, club: Club) -> Candidate | None:
    """A club that meets by rule, in the user's words, at the place they name; None where they hold no rule that can be
    followed."""
    reading = _rule_read(session, club)
    if not reading.events:
        return None
    name = club.title or reading.events[0].title
    taken = {entry.id for entry in session.config.sources}
    stem = _NOT_IN_IDS.sub("-", name.lower()).strip("-.")[:LONGEST_ID] or "club"
    free = next(each for each in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if each not in taken)
    where = Place(name=club.place) if club.place else None
    entry: dict[str, object] = {"id": free, "kind": "recurrence", "title": name, "text": club.text}
    if club.since is not None:
        entry["since"] = club.since.isoformat()
    told = replace(reading, events=tuple(replace(event, title=name, place=where) for event in reading.events))
    return Candidate(
        entry=entry,
        title=name,
        assessment=assess((told,), session.now),
        readings=(told,),
    )


def from_city(session: AppContext, city: str) -> Iterator[Candidate]:
    """The sources of the catalogue that suit the user best in a city and are not followed yet, as they answer now;
    nothing where the catalogue does not know it."""
    from planner.gather.policy import policy_of
    from planner.plan.suggest import starters, unfollowed, wishes_of
    from spiders.catalogue import city_named
    from spiders.crawl import crawl

    known = city_named(city)
    if not known.is_known:
        return
    suggested = unfollowed(starters(known, wishes_of(session.config)), session.config.sources)
    entries = {each.id: each.source.entry for each in suggested}
    sources = [_source_of(entry, session) for entry in entries.values()]
    visits = [(source, context_of(source, session.now)) for source in sources]
    if not visits:
        return
    for crawled in crawl(visits, {}, policy_of(session.config)):
        yield Candidate(
            entry=entries[crawled.source],
            title=None,
            assessment=assess(crawled.readings, session.now, failure=crawled.failure),
            readings=crawled.readings,
        )


def _source_of(entry: Mapping[str, object], session: AppContext) -> Source:
    from planner.config.source import SourceEntry
    from planner.gather import source_of

    return source_of(SourceEntry.model_validate(dict(entry)), session.config)
