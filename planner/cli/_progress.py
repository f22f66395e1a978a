"""Progress of a long gathering: one line that is rewritten, on a terminal only; the report lines at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Self

import click

from planner.gather.outage import MOST_ALIKE, alike, is_offline
from planner.gather.problems import ProblemNews
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.items import SourceReport

NO_DAYS: Mapping[str, date] = {}


class Progress:
    """Called after each source. Under cron (no terminal) or when quiet it shows no progress; the report lines are
    printed at the end unless quiet."""

    def __init__(self, words: Catalog, *, quiet: bool) -> None:
        self._words = words
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._reports: dict[str, SourceReport] = {}
        self._good: Mapping[str, date] = NO_DAYS

    def __call__(self, report: SourceReport, done: int, total: int) -> None:
        self._reports[report.source] = report
        if self._live:
            events = sum(each.count for each in self._reports.values())
            line = self._words("cli.progress", done=done, total=total, events=events)
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    def settle(self, reports: Iterable[SourceReport], good: Mapping[str, date] = NO_DAYS) -> None:
        """How the sources fared once all were seen: some are taken for broken only then. ``good`` are the days on which
        those that failed were last read."""
        self._reports |= {report.source: report for report in reports if report.source in self._reports}
        self._good = good

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live:
            click.echo("\r\x1b[K", nl=False, err=True)
        if not self._quiet and error is None:
            for line in report_lines(self._reports.values(), self._words, self._good):
                click.echo(line, err=True)


def report_lines(reports: Iterable[SourceReport], words: Catalog, good: Mapping[str, date] = NO_DAYS) -> list[str]:
    """A line for each source, by name; then one for each kind of failure that many have in common."""
    by_name = sorted(reports, key=lambda report: report.source)
    many = [kind for kind in alike(by_name) if len(kind) > MOST_ALIKE or is_offline(kind)]
    together = {report.source for kind in many for report in kind}
    lines = [f"{each.source}: {report_line(each, words)}" for each in by_name if each.source not in together]
    return [*lines, *(_of_kind(kind, words, good) for kind in many)]


def news_lines(news: ProblemNews, words: Catalog) -> list[str]:
    """A line for each trouble that began, lasts for one more week, or is over; many of one kind are one line."""
    lasting = [words("cli.source_still", line=line) for line in report_lines(news.lasting, words)]
    ended = [
        words("cli.source_well", source=each.source, line=report_line(each, words))
        for each in sorted(news.ended, key=lambda report: report.source)
    ]
    return [*report_lines(news.begun, words), *lasting, *ended]


def _of_kind(kind: Sequence[SourceReport], words: Catalog, good: Mapping[str, date]) -> str:
    if is_offline(kind):
        last = max((good[report.source] for report in kind if report.source in good), default=None)
        return words("cli.offline", count=len(kind)) + (
            words("cli.offline_stays", day=words.full_day(last)) if last else ""
        )
    reasons = dict.fromkeys(translate(report.reason, words.language) for report in kind)
    names = words("digest.comma").join(report.source for report in kind)
    reason = words("digest.comma").join(list(reasons)[:MOST_ALIKE])
    return words("cli.sources_alike", count=len(kind), reason=reason, sources=names)


def report_line(report: SourceReport, words: Catalog) -> str:
    """``ok 12``, ``quiet`` or ``failed: why``, with what was lost on the way."""
    reason = translate(report.reason, words.language)
    if report.outcome == "failed":
        return words("cli.source_failed", reason=reason)
    if report.outcome == "quiet":
        return words("cli.source_quiet_reason", reason=reason) if reason else words("cli.source_quiet")
    notes = "; ".join(translate(note, words.language) for note in report.notes)
    return words("cli.source_ok", count=report.count) + (f" ({notes})" if notes else "")
