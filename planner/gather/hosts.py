"""What is remembered of hosts from run to run: their robots.txt, and until when they want to be left alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from planner.store import Store
from spiders.hosts import SECONDS_TO_WAIT_AT_MOST, HostFacts, HostNews, RulesBefore, RulesHeard, host_of

RULES_ARE_FRESH = timedelta(hours=24)  # RFC 9309, 2.4


class HostMemory:
    """Reads and writes what the store knows of hosts, at one moment. Of those that are ``hidden``, where own
    calendars stand, nothing is written: they may tell whose they are; where that is None, of none at all."""

    def __init__(self, store: Store, now: datetime, hidden: Collection[str] | None = ()) -> None:
        self._store, self._now, self._hidden = store, now, hidden

    def waits(self) -> Mapping[str, datetime]:
        """Until when hosts asked to be left alone, if that is still to come. Longer than may be asked for: that was
        heard by a clock that was wrong."""
        latest = self._now + timedelta(seconds=SECONDS_TO_WAIT_AT_MOST)
        return {host: until for host, until in self._store.host_waits(self._now).items() if until <= latest}

    def facts(self) -> HostFacts:
        """For a crawl that begins now."""
        rules = {
            origin: RulesBefore(kept.rules, fresh=timedelta() <= self._now - kept.fetched < RULES_ARE_FRESH)
            for origin, kept in self._store.robots(self._now).items()
        }
        waits = {host: (until - self._now).total_seconds() for host, until in self.waits().items()}
        return HostFacts(now=self._now, rules=rules, waits=waits)

    def keep(self, news: HostNews) -> None:
        """Remember what a crawl heard of a host."""
        if (
            self._hidden is None
            or (host_of(news.origin) if isinstance(news, RulesHeard) else news.host) in self._hidden
        ):
            return
        with self._store.transaction():
            if isinstance(news, RulesHeard):
                self._store.put_robots(news.origin, news.rules, self._now)
            else:
                self._store.put_host_wait(news.host, self._now + timedelta(seconds=news.seconds))
