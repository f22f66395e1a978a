"""Progress of a long gathering: one line that is rewritten, on a terminal only; the report lines at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import click

from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.items import SourceReport


class Progress:
    """Called after each source. Under cron (no terminal) or when quiet it shows no progress; the report lines are
    printed at the end unless quiet."""

    def __init__(self, words: Catalog, *, quiet: bool) -> None:
        self._words = words
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._reports: dict[str, SourceReport] = {}

    def __call__(self, report: SourceReport, done: int, total: int) -> None:
        self._reports[report.source] = report
        if self._live:
            events = sum(each.count for each in self._reports.values())
            line = self._words("cli.progress", done=done, total=total, events=events)
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    def settle(self, reports: Iterable[SourceReport]) -> None:
        """How the sources fared once all were seen: some are taken for broken only then."""
        self._reports |= {report.source: report for report in reports if report.source in self._reports}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live:
            click.echo("\r\x1b[K", nl=False, err=True)
        if not self._quiet and error is None:
            for _, report in sorted(self._reports.items()):
                click.echo(f"{report.source}: {report_line(report, self._words)}", err=True)


def report_line(report: SourceReport, words: Catalog) -> str:
    """``ok 12``, ``quiet`` or ``failed: why``, with what was lost on the way."""
    reason = translate(report.reason, words.language)
    if report.outcome == "failed":
        return words("cli.source_failed", reason=reason)
    if report.outcome == "quiet":
        return words("cli.source_quiet_reason", reason=reason) if reason else words("cli.source_quiet")
    notes = "; ".join(translate(note, words.language) for note in report.notes)
    return words("cli.source_ok", count=report.count) + (f" ({notes})" if notes else "")
