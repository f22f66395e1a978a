"""A week of hostile words, and every output of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from planner.config import parse
from planner.config.mail import Mail
from planner.deliver.mail import MailMessage, compose
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.plan.candidates import candidate_of
from planner.plan.codes import Note
from planner.plan.communities import Communities, Newcomer, Streak
from planner.plan.week import Pick, WeekPlan
from planner.render.files import OutputFiles
from planner.types import Rated
from spiders.items import Evidence, Place, SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.weeks import WEEK, rated

EN = Catalog("en")
OWN = (
    "<script>alert(1)</script>",
    "</title></style></textarea><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x='",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "&#1;javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected\r\nATTENDEE:mailto:a@mail.example",
    "x\nBCC: victim@mail.example\r\n\r\nbody",
    "x\u2028ATTACH:file:///etc/passwd\x85ORGANIZER:mailto:a@mail.example\x0bX-A:b",
    "nul\x00 esc\x1b[2J\x1b]0;title\x07 bell\x07 del\x7f",
    "bidi \u202egnp.exe\u202c \u2066iso\u2069 lone \ud800 end",
    "\ufeffbyte order mark \ufffe and what XML forbids \uffff",
    "{{7*7}} ${7*7} {% raw %} #{7*7} %s %(title)s {title} {0}",
    "=cmd|' /C calc'!A0",
    "\\, \\; \\n \\\\ ; , :",
    "长" * 10_000,
    "a" * 10_000,
    "👩‍👩‍👧‍👦" * 500,
    "https://ok.example/?a=1&b=2#c",
    "https://evil.example/\"onclick=alert(1)",
    "http://[broken",
    "//evil.example/x",
    "file:///etc/passwd",
    "webcal://evil.example/x.ics",
    "https://user:secret@evil.example/",
    " ",
)  # fmt: skip


def hostile_event(text: str, number: int) -> Rated:
    """One event with ``text`` in every field that the web fills."""
    event = make_event(
        text or "?",
        uid=f"{number:04x}",
        start=WEEK.start + timedelta(days=number % 7, hours=8, minutes=10 * (number // 7)),
        description=text,
        organizer=text,
        place=Place(name=text, address=text, city=text),
        url=text,
        evidence=Evidence(
            sure="inferred", doubts=(Reason(Code.AS_SAID, text=text), Reason(Code.NO_SUCH_DATE, words=text))
        ),
        categories=(text,),
    )
    return rated(event, "practice")


@dataclass(frozen=True)
class Produced:
    events: tuple[Rated, ...]
    planned: PlanResult
    files: dict[str, bytes]
    letter: bytes


def produce(texts: Sequence[str]) -> Produced:
    """Every output of a week in which all of these are picks, backups, changes, people, sources and reasons."""
    config = parse(b"language: en\nmail: {to: a@mail.example, from: b@mail.example, host: h}", "config.yaml", EN)
    events = tuple(hostile_event(text, number) for number, text in enumerate(texts))
    candidates = [candidate_of(each, SHANGHAI) for each in events]
    picks = [
        Pick(candidate=one, runner_up=other, margin=1.0)
        for one, other in zip(candidates, reversed(candidates), strict=True)
    ]
    plan = WeekPlan(
        week=WEEK,
        picks=tuple(picks),
        left_out=tuple(candidates),
        exclusions=(),
        value=1.0,
        bound=1.0,
        status="optimal",
        notes=tuple(Reason(Note.PIN_DROPPED, about=text) for text in texts[::4]),
    )
    planned = PlanResult(
        plan=plan,
        rated=events,
        changes=tuple(
            {"what": what, "title": text, "before": text, "after": text, "backup": text, "backup_start": text}
            for text, what in zip(texts, cycle(("title", "moved", "cancelled", "restored")), strict=False)
        ),
        earlier={"2026-W47": {"picks": [_kept(text, number) for number, text in enumerate(texts)], "dropped": []}},
        tell_communities=lambda: Communities(
            streaks=tuple(Streak(name=each.event.title, times=2, coming=each) for each in events[1::4]),
            newcomers=tuple(Newcomer(name=each.event.title, coming=each) for each in events[2::4]),
        ),
    )
    reports = tuple(
        SourceReport(source=text, outcome="failed", reason=reason, notes=(reason,))
        for text in texts[3::4]
        for reason in (Reason(Code.AS_SAID, text=text),)
    )
    files = OutputFiles(config=config, words=EN, now=NOW).files(planned, reports)
    assert config.mail is not None
    return Produced(events, planned, files, letter_of(files, " ".join(texts)[:5_000], config.mail))


def _kept(text: str, number: int) -> dict[str, object]:
    facts = {
        "id": f"kept{number}",
        "title": text,
        "place": text,
        "status": "confirmed",
        "url": text,
        "track": "practice",
    }
    return {**facts, "start": "2026-11-17T19:00:00+08:00", "community": text, "runner_up": None, "margin": None}


def letter_of(files: dict[str, bytes], subject: str, mail: Mail) -> bytes:
    letter = MailMessage(
        week=WEEK.name,
        subject=subject,
        text=files["digest.txt"],
        html=b"<p>too large a page would be attached, which is another shape of letter</p>",
        calendar=files["plan.ics"],
    )
    return compose(mail, letter, NOW, EN).as_bytes()
