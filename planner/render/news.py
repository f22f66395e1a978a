"""What is new, in words: changes since the last plan, people, sources that fell silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from planner.gather.health import SourceHealth
from planner.gather.outage import alike, is_offline
from planner.pipeline import PlanResult
from planner.plan.communities import Communities
from planner.plan.unfit import UnfitPick
from planner.render.cards import CardFormatter
from planner.text import one_line
from planner.types import OFF
from spiders.items import SourceReport

LONGEST_LIST = 200  # signs of names of sources in one line


def changes(formatter: CardFormatter, planned: PlanResult) -> tuple[str, ...]:
    """What differs from the plan that people know, and what it made of the week."""
    return (
        *(_change(formatter, change) for change in planned.changes),
        *(_unfit(formatter, unfit) for unfit in planned.unfit_picks),
    )


def _unfit(formatter: CardFormatter, unfit: UnfitPick) -> str:
    candidate = unfit.pick.candidate
    reason = formatter.against(unfit.reason, candidate.rated.event, 60)
    told = formatter.words(
        "change.unfit",
        title=one_line(candidate.rated.event.title, 80),
        moment=formatter.clock.moment(candidate.start),
        reason=reason,
    )
    backup = unfit.pick.runner_up
    if backup is None or backup.rated.event.status in OFF:
        return told
    moment = formatter.clock.moment(backup.start)
    return told + formatter.words("change.backup", title=one_line(backup.rated.event.title, 80), moment=moment)


def _change(formatter: CardFormatter, change: Mapping[str, str]) -> str:
    before, after = change.get("before", ""), change.get("after", "")
    if change["what"] in {"moved", "restored"}:
        before, after = (_moment(formatter, text) for text in (before, after))
    told = formatter.words(
        f"change.{change['what']}",
        title=one_line(change["title"], 80),
        before=one_line(before, 80) or formatter.words("digest.no_place"),
        after=one_line(after, 80) or formatter.words("digest.no_place"),
    )
    if "backup" not in change:
        return told
    moment = _moment(formatter, change["backup_start"])
    return told + formatter.words("change.backup", title=one_line(change["backup"], 80), moment=moment)


def _moment(formatter: CardFormatter, text: str) -> str:
    try:
        moment = datetime.fromisoformat(text).astimezone(formatter.config.zone)
    except ValueError:
        return formatter.words("digest.no_time")
    return formatter.clock.moment(moment)


def failures(
    formatter: CardFormatter, reports: Sequence[SourceReport], silent: Sequence[SourceHealth]
) -> tuple[str, ...]:
    """At most one line on sources that failed, with the day of their last good answer, and one on those that fell
    silent; one alone is told with its reason."""
    failed = [report for kind in alike(reports) for report in kind]
    since = {each.source: each.since for each in silent if each.kind == "failed" and each.since is not None}
    quiet = fallen_silent(silent)
    return (*_failed(formatter, failed, since), *_silent(formatter, quiet))


def fallen_silent(silent: Sequence[SourceHealth]) -> list[SourceHealth]:
    """Those that answer and have nothing to say any more."""
    return [each for each in silent if each.kind != "failed" and each.since is not None]


def _failed(formatter: CardFormatter, failed: Sequence[SourceReport], since: Mapping[str, datetime]) -> Iterator[str]:
    words = formatter.words
    last = max((since[report.source] for report in failed if report.source in since), default=None)
    reasons = list(dict.fromkeys(formatter.reason(report.reason) for report in failed))
    if not failed:
        return
    if is_offline(failed):
        stays = words("digest.offline_stays", day=formatter.day(_local(formatter, last))) if last else ""
        yield words("digest.offline", count=len(failed)) + stays
    elif len(failed) == 1:
        source = one_line(failed[0].source, 64)
        yield words("digest.failure", source=source, reason=reasons[0]) + _last_good(formatter, last)
    else:
        key = "digest.failures_alike" if len(reasons) == 1 else "digest.failures_several"
        names = _names(formatter, [report.source for report in failed])
        yield words(key, count=len(failed), reason=reasons[0], sources=names) + _last_good(formatter, last)


def _silent(formatter: CardFormatter, quiet: Sequence[SourceHealth]) -> Iterator[str]:
    words = formatter.words
    if len(quiet) > 1:
        yield words(
            "digest.silent_several", count=len(quiet), sources=_names(formatter, [each.source for each in quiet])
        )
    for each in quiet if len(quiet) == 1 else ():
        assert each.since is not None
        day = formatter.day(_local(formatter, each.since))
        yield words(f"digest.silent_{each.kind}", source=one_line(each.source, 64), day=day)


def _names(formatter: CardFormatter, sources: Sequence[str]) -> str:
    names = (one_line(source, 64) for source in sources)
    return one_line(formatter.words("digest.comma").join(names), LONGEST_LIST)


def _last_good(formatter: CardFormatter, since: datetime | None) -> str:
    return formatter.words("digest.last_good", day=formatter.day(_local(formatter, since))) if since else ""


def _local(formatter: CardFormatter, moment: datetime) -> datetime:
    return moment.astimezone(formatter.config.zone)


def streaks(formatter: CardFormatter, communities: Communities) -> tuple[str, ...]:
    """Whom one is getting to know, and where one meets them next."""
    lines = []
    for each in communities.streaks:
        key = "streak_picked" if each.is_picked else "streak_coming" if each.coming else "streak_open"
        start, title = (each.coming.event.start, each.coming.event.title) if each.coming else (None, "")
        lines.append(
            formatter.words(
                f"digest.{key}",
                name=one_line(each.name, 60),
                times=each.times,
                next=each.times + 1,
                title=one_line(title, 60),
                day=formatter.day(_local(formatter, start)) if start else "",
            )
        )
    return tuple(lines)


def newcomers(formatter: CardFormatter, communities: Communities) -> tuple[str, ...]:
    lines = []
    for each in communities.newcomers:
        card = formatter.card(each.coming)
        values = {"name": one_line(each.name, 60), "track": card.track_name, "when": card.when}
        lines.append(formatter.words("digest.newcomer", title=one_line(card.title, 60), **values))
    return tuple(lines)
