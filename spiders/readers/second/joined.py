"""Two readings of one announcement as one: what the second settles, adds, or makes doubtful. Nothing is taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from spiders.items import Event, Evidence, Mode, Place, Question, Reading, Sure
from spiders.readers.dedupe import alike, with_own_uids
from spiders.readers.second.judge import Found, Verdict
from spiders.reasons import Code, Reason
from spiders.text import where
from spiders.text.glyphs import normalize
from spiders.text.when import Session
from spiders.text.when.zones import zone_info

_DESCRIPTION = 4_000
_OTHER_TEXTS = {
    *(Code.A_CALL_FOR_PAPERS, Code.A_JOB_ADVERT, Code.A_NOTICE, Code.A_RECAP, Code.CANCELLED, Code.IT_IS_OVER),
}
_Told = tuple[Found, Session]


def joined(reading: Reading, question: Question, verdict: Verdict) -> Reading:
    """The reading with what a second reader says of one of its texts.

    Same start: the event stays as it was, its name settled, empty fields filled. No start before: the second reader's,
    inferred. Another start, or none at all: the first reader's event stays, doubtful, and both are told. What only the
    second found is added: inferred, or doubtful where the first took the text for something else. Each such event says
    so in its doubts.
    """
    mine = [event for event in reading.events if _is_of(event, question)]
    events = _settled(mine, question, verdict)
    if events == mine:
        return reading
    places = [index for index, event in enumerate(reading.events) if _is_of(event, question)]
    others = [event for event in reading.events if not _is_of(event, question)]
    at = places[0] if places else len(others)
    told = (*others[:at], *events, *others[at:])
    return replace(reading, events=with_own_uids(told), reason=None if told else reading.reason)


def _is_of(event: Event, question: Question) -> bool:
    """Whether an event was read from this text; where one address held several, their uids were told apart since."""
    return any(event.uid == uid or event.uid.startswith(f"{uid}#") for uid in question.uids)


def _settled(mine: list[Event], question: Question, verdict: Verdict) -> list[Event]:
    if not verdict.is_event or not verdict.found:
        contradicted = not verdict.is_event and any(event.start is not None for event in mine)
        return [_doubted(event, Reason(Code.SECOND_READER_SEES_NONE)) for event in mine] if contradicted else mine
    told = [(found, session) for found in verdict.found for session in found.sessions]
    told = list({(session.start, session.all_day): (found, session) for found, session in reversed(told)}.values())[
        ::-1
    ]
    left = [each for each in told if not any(_agree(event, each[1]) for event in mine)]
    events: list[Event] = []
    for event in mine:
        same = next((each for each in told if _agree(event, each[1])), None)
        if same is not None:
            events.append(_agreed(event, *same, alone=len(mine) == 1))
        elif event.start is None and left:
            events.extend(_made(each, question, event) for each in left)
            left = []
        elif event.start is not None and left:
            rival = min(left, key=lambda each, start=event.start: abs(each[1].start - start))  # type: ignore[misc]
            left.remove(rival)
            events.append(_apart(event, rival, question))
        else:
            events.append(event)
    return [*events, *(_made(each, question, mine[0] if mine else None) for each in left)]


def _agree(event: Event, session: Session) -> bool:
    """The same start; a day alone says nothing against an hour of that day."""
    if event.start is None:
        return False
    if session.all_day:
        return event.start.date() == session.start.date()
    return event.start == session.start and not event.all_day


def _apart(event: Event, told: _Told, question: Question) -> Event:
    """The event of two that differ; where the first reader knew the day alone, the second's hour of that day."""
    assert event.start is not None
    start = told[1].start
    if event.all_day and event.end is None and event.start.date() == start.date():
        return _made(told, question, event)
    one, other = (_in_words(at, day, question) for at, day in ((event.start, event.all_day), (start, told[1].all_day)))
    return _doubted(event, Reason(Code.READERS_DIFFER, one=one, other=other))


def _agreed(event: Event, found: Found, session: Session, *, alone: bool) -> Event:
    """The event of both: a doubt that no fact stands behind is settled, and so is which words are the name."""
    evidence = event.evidence
    if evidence.sure == "doubtful" and not evidence.doubts:
        evidence = replace(evidence, sure="inferred")
    event = replace(event, evidence=evidence)
    if alone and not alike(event.title, found.title):
        event = replace(event, title=found.title)
    if event.end is None and not event.all_day and session.end is not None:
        event = _filled(event, end=session.end.astimezone(event.start.tzinfo if event.start else None))
    if event.price is None and found.price is not None:
        event = _filled(event, price=found.price)
    if event.place is None and found.place is not None and event.mode != "online":
        event = _filled(event, place=found.place)
        event = replace(event, evidence=replace(event.evidence, where=event.evidence.where or found.place_words))
    return event


def _filled(event: Event, **values: object) -> Event:
    evidence = replace(event.evidence, inferred=(*event.evidence.inferred, *values))
    return replace(event, **values, evidence=evidence)  # type: ignore[arg-type]


def _doubted(event: Event, doubt: Reason) -> Event:
    if event.start is None:
        return event
    return replace(event, evidence=replace(event.evidence, sure="doubtful", doubts=(*event.evidence.doubts, doubt)))


def _in_words(moment: datetime, all_day: bool, question: Question) -> str:
    if all_day:
        return f"{moment:%Y-%m-%d}"
    return f"{moment.astimezone(zone_info(question.timezone)):%Y-%m-%d %H:%M}"


def _made(told: _Told, question: Question, like: Event | None) -> Event:
    """An event of the second reader's alone, with what the first knows of the whole text."""
    found, session = told
    zone = zone_info(question.timezone)
    base = like if like is not None else _bare(question)
    doubts: tuple[Reason, ...] = (Reason(Code.BY_SECOND_READER),)
    if like is None and (said := _contrary(question)) is not None:
        doubts = (
            *doubts,
            Reason(Code.READERS_DIFFER, one=said, other=_in_words(session.start, session.all_day, question)),
        )
    sure: Sure = "doubtful" if session.sure == "doubtful" or len(doubts) > 1 else "inferred"
    place = found.place or base.place
    mode: Mode | None = where.read_mode(f"{found.title}\n{found.place_words or ''}", place=place is not None)
    end = session.end
    return replace(
        base,
        title=found.title,
        start=session.start if session.all_day else session.start.astimezone(zone),
        end=end if end is None or session.all_day else end.astimezone(zone),
        all_day=session.all_day,
        place=_in_city(found, question) or base.place,
        mode=mode or base.mode,
        price=found.price or base.price,
        recurrence=found.recurrence,
        evidence=Evidence(
            sure=sure,
            when=found.words,
            where=found.place_words or base.evidence.where,
            doubts=doubts,
            inferred=tuple(name for name, value in (("price", found.price), ("place", found.place)) if value),
        ),
    )


def _contrary(question: Question) -> Reason | None:
    """The first reader's word where it did not merely find no event, but found what the text is instead."""
    kind = dict(question.reason.values).get("why") if question.reason is not None else None
    return question.reason if isinstance(kind, Reason) and kind.code in _OTHER_TEXTS else None


def _bare(question: Question) -> Event:
    """An event that nothing is known of but its text."""
    headline, _, body = question.text.partition("\n")
    return Event(
        source=question.source,
        uid=_uid(question),
        title=headline,
        start=None,
        timezone=question.timezone,
        url=question.url,
        description=body.strip()[:_DESCRIPTION] or None,
        categories=question.categories,
        published=question.posted or question.now,
    )


def _uid(question: Question) -> str:
    if question.uids or question.url:
        return question.uids[0] if question.uids else str(question.url)
    from spiders.readers.announcement.uids import hashed

    return hashed(question.source, question.text)


def _in_city(found: Found, question: Question) -> Place | None:
    """The place with the city that the text names where the place names none."""
    if found.place is None or found.place.city is not None:
        return found.place
    normal = normalize(question.text)
    city = where.city_of_title(normal.partition("\n")[0]) or where.city_of_text(normal)
    return replace(found.place, city=city)
