"""What is new, in words: changes since the last plan, people, sources that fell silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from planner.gather.health import SourceHealth
from planner.pipeline import PlanResult
from planner.plan.communities import Communities
from planner.plan.unfit import UnfitPick
from planner.render.cards import CardFormatter
from planner.text import one_line
from planner.types import OFF
from spiders.items import SourceReport


class NewsBuilder(CardFormatter):
    """Puts what is new into lines."""

    def changes(self, planned: PlanResult) -> tuple[str, ...]:
        """What differs from the plan that people know, and what it made of the week."""
        return (
            *(self._change(change) for change in planned.changes),
            *(self._unfit(unfit) for unfit in planned.unfit_picks),
        )

    def _unfit(self, unfit: UnfitPick) -> str:
        candidate = unfit.pick.candidate
        about = one_line(self.about(unfit.reason, candidate.rated.event), 60)
        reason = self.words(f"why.{unfit.reason.code}", about=about).strip()
        told = self.words(
            "change.unfit",
            title=one_line(candidate.rated.event.title, 80),
            moment=f"{self.day(candidate.start)} {candidate.start:%H:%M}",
            reason=reason,
        )
        backup = unfit.pick.runner_up
        if backup is None or backup.rated.event.status in OFF:
            return told
        moment = f"{self.day(backup.start)} {backup.start:%H:%M}"
        return told + self.words("change.backup", title=one_line(backup.rated.event.title, 80), moment=moment)

    def _change(self, change: Mapping[str, str]) -> str:
        before, after = change.get("before", ""), change.get("after", "")
        if change["what"] in {"moved", "restored"}:
            before, after = (self._moment(text) for text in (before, after))
        told = self.words(
            f"change.{change['what']}",
            title=one_line(change["title"], 80),
            before=one_line(before, 80) or self.words("digest.no_place"),
            after=one_line(after, 80) or self.words("digest.no_place"),
        )
        if "backup" not in change:
            return told
        moment = self._moment(change["backup_start"])
        return told + self.words("change.backup", title=one_line(change["backup"], 80), moment=moment)

    def _moment(self, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text).astimezone(self.config.zone)
        except ValueError:
            return self.words("digest.no_time")
        return f"{self.day(moment)} {moment:%H:%M}"

    def failures(self, reports: Sequence[SourceReport], silent: Sequence[SourceHealth]) -> tuple[str, ...]:
        """Sources that failed, with the day of their last good answer, then those that fell silent."""
        since = {each.source: each.since for each in silent if each.kind == "failed"}
        failed = [
            self.words("digest.failure", source=one_line(report.source, 64), reason=self.reason(report.reason))
            + self._last_good(since.get(report.source))
            for report in reports
            if report.outcome == "failed"
        ]
        quiet = [
            self.words(
                f"digest.silent_{each.kind}", source=one_line(each.source, 64), day=self.day(self._local(each.since))
            )
            for each in silent
            if each.kind != "failed" and each.since is not None
        ]
        return (*failed, *quiet)

    def _last_good(self, since: datetime | None) -> str:
        return self.words("digest.last_good", day=self.day(self._local(since))) if since else ""

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.config.zone)

    def streaks(self, communities: Communities) -> tuple[str, ...]:
        """Whom one is getting to know, and where one meets them next."""
        lines = []
        for each in communities.streaks:
            key = "streak_picked" if each.is_picked else "streak_coming" if each.coming else "streak_open"
            start, title = (each.coming.event.start, each.coming.event.title) if each.coming else (None, "")
            lines.append(
                self.words(
                    f"digest.{key}",
                    name=one_line(each.name, 60),
                    times=each.times,
                    next=each.times + 1,
                    title=one_line(title, 60),
                    day=self.day(self._local(start)) if start else "",
                )
            )
        return tuple(lines)

    def newcomers(self, communities: Communities) -> tuple[str, ...]:
        lines = []
        for each in communities.newcomers:
            card = self.card(each.coming)
            values = {"name": one_line(each.name, 60), "track": card.track_name, "day": card.day, "hours": card.hours}
            lines.append(self.words("digest.newcomer", title=one_line(card.title, 60), **values))
        return tuple(lines)
