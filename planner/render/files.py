"""All files of a run as bytes: private ones (the plan) and public ones (the coming events) never mix.

``public/`` is made from public facts only: no plan, no home, no configuration; descriptions are excerpts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.pipeline import NOBODY, PlanResult
from planner.plan import saved
from planner.plan.week import Pick
from planner.render import pages
from planner.render.archive import kept_weeks
from planner.render.calendar import Entry
from planner.render.cards import CardFormatter
from planner.render.digest import Digest, DigestBuilder
from planner.render.public import keys_of, public_events, public_part
from planner.render.public_files import PublicFiles, PublicWriter, as_published, calendar_file, is_carried_alone
from planner.render.quarter import quarter_view
from planner.render.report import report_body
from planner.text import strip_controls
from planner.types import Rated
from spiders.items import SourceReport

QUARTER = "quarter.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Relative names below the output folder -> contents: ``files`` as they stand on this machine, ``outward`` as mail
    and uploads may carry them; ``public`` are those that everybody may read, with the events of ``public_ids``."""

    files: Mapping[str, bytes]
    outward: Mapping[str, bytes]
    public: PublicFiles
    public_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFiles:
    """Makes the files of one run. ``sample`` marks everything as invented (the built-in city)."""

    config: Config
    words: Catalog
    now: datetime
    sample: bool = False

    def files(self, planned: PlanResult, reports: Sequence[SourceReport]) -> Mapping[str, bytes]:
        """Relative names below the output folder -> contents."""
        return self.outputs(planned, reports).files

    def outputs(self, planned: PlanResult, reports: Sequence[SourceReport], kept: PublicFiles | None = None) -> Outputs:
        """All files, and what of them may leave the machine: without people, unless the user wants them there. ``kept``
        are public files of an earlier run, which stand where nothing of what they are made of changed."""
        writer = self._public(planned)
        public, ids = writer.files(kept), frozenset(each.id for each in writer.chosen)
        files = {**public.files, **self.own(planned, reports, public.left_out)}
        leaves = self.config.mail is not None or self.config.output.put is not None
        outward: Mapping[str, bytes] = files
        if leaves and not self.config.people.in_mail:
            told = self._private(planned, reports, public.left_out, for_others=True)
            outward = {**{name: body for name, body in files.items() if name != QUARTER}, **told}
        return Outputs(files=files, outward=outward, public=public, public_ids=ids)

    def own(
        self, planned: PlanResult, reports: Sequence[SourceReport], left_out: Mapping[str, int]
    ) -> Mapping[str, bytes]:
        """The files of one person alone; ``left_out`` is how many events found no room in the public calendars."""
        report = {"report.json": report_body(reports, planned, self.now)}
        return report | self._private(planned, reports, left_out) | self._quarter(planned)

    def _private(
        self,
        planned: PlanResult,
        reports: Sequence[SourceReport],
        left_out: Mapping[str, int],
        *,
        for_others: bool = False,
    ) -> dict[str, bytes]:
        """The calendar of the plan and its pages; ``left_out`` of the public calendars. ``for_others``: without whom
        the user knows."""
        builder = DigestBuilder(self.config, self.words, for_others=for_others)
        entries = self._plan_entries(planned, builder.formatter)
        name = self.words("calendar.plan_name")
        plan, over = calendar_file(name, entries, self.config, self.words, self.now, sample=self.sample)
        view = builder.view(planned, reports)
        full = tuple(
            self.words("note.calendar_full", file=name, count=count)
            for name, count in {"plan.ics": over, **left_out}.items()
            if count
        )
        view = replace(view, notes=(*view.notes, *full))
        return {"plan.ics": plan, **self._pages(view, planned, builder.formatter)}

    def _public(self, planned: PlanResult) -> PublicWriter:
        return PublicWriter(
            config=self.config,
            words=self.words,
            now=self.now,
            sample=self.sample,
            installation=NOBODY if self.sample else planned.installation,
            chosen=public_events(public_part(planned, self.config), planned.shown, self.now),
            keys=keys_of(self.config, planned.retired),
        )

    def _pages(self, view: Digest, planned: PlanResult, formatter: CardFormatter) -> dict[str, bytes]:
        told = planned.rest.plan.picks if planned.rest else ()
        weeks = kept_weeks(planned.other_weeks, planned.rated, formatter, {pick.candidate.id for pick in told})
        this = planned.plan.week.name
        return {
            "digest.html": pages.digest_html(view, self.words, sample=self.sample),
            "digest.txt": pages.digest_text(view, self.words, sample=self.sample),
            "index.html": pages.private_index(
                view,
                [week for week in weeks if week.name > this],
                [week for week in weeks if week.name < this],
                self.words,
                sample=self.sample,
                quarter=planned.quarter is not None and not formatter.for_others,
            ),
        }

    def _quarter(self, planned: PlanResult) -> dict[str, bytes]:
        if planned.quarter is None:
            return {}
        view = quarter_view(planned.quarter, self.words, self.config.timezone)
        return {QUARTER: pages.quarter_page(view, self.words, sample=self.sample)}

    def _plan_entries(self, planned: PlanResult, formatter: CardFormatter) -> list[Entry]:
        """This week's picks, and those of other weeks that subscribers still hold, with their reasons."""
        zone = self.config.zone
        others = [saved.picks_from(body, planned.rated, zone, with_off=True) for body in planned.other_weeks.values()]
        picks = {pick.candidate.id: pick for week in (*others, planned.aside, planned.plan.picks) for pick in week}
        shown = set(picks) | set(planned.dropped)
        for body in planned.other_weeks.values():
            shown |= saved.ids_of(body)
        return [
            Entry(
                tracked=each.tracked,
                description=self._why(each, picks.get(each.id), formatter),
                category=self.words(f"track.{each.score.track}"),
                visit=_visit(picks.get(each.id)),
            )
            for each in planned.rated
            if each.id in shown and each.event.start is not None
        ]

    def _why(self, rated: Rated, pick: Pick | None, formatter: CardFormatter) -> str:
        event = rated.event
        if is_carried_alone(rated):
            return as_published(event, formatter)
        lines = []
        if pick is not None:
            card = formatter.pick_card(pick)
            reasons = self.words("digest.comma").join(card.reasons)
            lines.append(f"{self.words('digest.why')}{self.words('digest.colon')}{reasons}")
            if card.backup:
                lines.append(" ".join(filter(None, [card.backup.line, card.backup.link])))
        lines += formatter.doubts(event)
        lines += [formatter.price(event.price), event.url or "", strip_controls(event.description or "")]
        return "\n".join(line for line in lines if line)


def _visit(pick: Pick | None) -> tuple[datetime, datetime] | None:
    """When to go, where the event itself is open for days."""
    return (pick.candidate.start, pick.candidate.end) if pick and pick.candidate.flexible else None
