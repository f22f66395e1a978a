"""The announcement reader itself: from a text to its events, with what was relied on and what is doubted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Evidence, Place, Reading, Sure
from spiders.readers.announcement import details, english, english_signs, mail, notices, short_posts, verdict
from spiders.readers.announcement.article import Article
from spiders.readers.announcement.english_blocks import names_by_line
from spiders.readers.announcement.judgement import Decision, Judgement, learnt
from spiders.readers.announcement.names import Block, Name, names_of
from spiders.readers.announcement.occasions import Mentions, Occasion
from spiders.readers.announcement.places import place_of
from spiders.readers.announcement.select import CLEAR, Selected, is_tour, select
from spiders.readers.announcement.sittings import merged_halves
from spiders.readers.announcement.tentative import is_to_come
from spiders.readers.announcement.times import make_firm
from spiders.readers.announcement.titles import clean_title, is_generic
from spiders.readers.announcement.uids import distinct, hashed
from spiders.reasons import Code, Reason
from spiders.text import where
from spiders.text.clean import LIMIT, Plain, plain
from spiders.text.decode import decode
from spiders.text.glyphs import visible
from spiders.text.when.mentions import read_mentions
from spiders.text.when.model import Session
from spiders.text.when.reading import settle
from spiders.text.when.zones import day_first, shown_in, zone_info

NAME = "announcement"
_MAX_EVENTS = 40


def accepts(document: Document) -> bool:
    """Whether there is anything to read: prose stands in any markup, and in none."""
    return bool(document.body.strip())


def read(document: Document, context: Context, judgement: Judgement | None = None) -> Reading:
    """Events of a document in any markup; never raises on any bytes."""
    decoded = decode(document.body, document.headers)
    reading = read_text(decoded.text, context, url=document.url, judgement=judgement)
    if decoded.doubtful and reading.events:
        return _with_note(reading, Reason(Code.ENCODING_DOUBTFUL, encoding=decoded.encoding))
    return reading


def _with_note(reading: Reading, note: Reason) -> Reading:
    return replace(reading, notes=(*reading.notes, note))


def read_text(
    text: str,
    context: Context,
    *,
    url: str | None = None,
    title: str | None = None,
    judgement: Judgement | None = None,
    certain: bool = False,
) -> Reading:
    """Events of an announcement.

    ``text``: plain text, Markdown or HTML, the title on its first line unless ``title`` gives it; at most
    :data:`LIMIT` characters of running text are read, and the notes say so where there was more. Times are resolved
    against ``context.now`` in ``context.timezone``. ``url`` becomes the events' address and, where there is one event,
    its uid. ``judgement`` is the shipped one unless another is given. Without events ``reason`` says why ("no event:
    a recap"); an event whose time is not in the text has ``start`` None. ``certain``: the text is known to be of an
    event, so it is not refused as something else.
    """
    parts = parts_of(text, title)
    if parts is None:
        return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(Code.AN_EMPTY_TEXT)))
    headline, body, page = parts
    told = notices.told_in(headline, body)
    if told is not None:
        return AnnouncementReader.of(told.title, body, context, page, judgement).notice_reading(told, url)
    return AnnouncementReader.of(headline, body, context, page, judgement).reading(url, certain=certain)


def parts_of(text: str, title: str | None = None) -> tuple[str, str, Plain] | None:
    """The title of a text, what stands below it, and the whole with its marks; None for an empty text."""
    page = plain(text)
    told = mail.subject_of(page.text) if title is None else None
    if told is not None:
        return told[0][:300], told[1], page
    given = title or page.heading
    lines = page.text.split("\n", 1)
    headline = visible(given).strip() if given else lines[0].strip()
    if not headline:
        return None
    first_is_title = given is None or lines[0].strip() == headline
    body = "".join(lines[1:]) if first_is_title else page.text
    return headline.replace("\n", " ")[:300], body, page


def _sure(session: Session | None, occasion: Occasion | None, doubts: tuple[Reason, ...]) -> Sure:
    """How sure a start is: no surer than the words say, nor than it is likely that they are the event's."""
    if doubts:
        return "doubtful"
    if session is None:
        return "stated"
    unclear = occasion is not None and occasion.probability < CLEAR
    return "inferred" if session.sure == "stated" and unclear else session.sure


def explain(document: Document, context: Context) -> tuple[Decision, ...]:
    """What was judged of a document by learnt weights, each decision with the features that moved it most."""
    parts = parts_of(decode(document.body, document.headers).text)
    return AnnouncementReader.of(*parts[:2], context, parts[2]).decisions() if parts is not None else ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A place and the words it was read from, beside what is told for all."""

    place: Place | None
    words: str | None
    shared: details.Shared


@dataclass(frozen=True, slots=True)
class AnnouncementReader:
    """One text being read: its document model and its times, found once."""

    article: Article
    mentions: Mentions
    context: Context
    zone: ZoneInfo
    judgement: Judgement
    title: str  # the headline without calls and times

    @classmethod
    def of(
        cls, headline: str, body: str, context: Context, page: Plain, judgement: Judgement | None = None
    ) -> AnnouncementReader:
        return cls.over(Article.of(headline, body, page), context, judgement)

    @classmethod
    def over(cls, article: Article, context: Context, judgement: Judgement | None = None) -> AnnouncementReader:
        """The same of a document model that was made elsewhere: of what a picture shows."""
        zone = zone_info(context.timezone)
        today = context.now.astimezone(zone).date()
        told = read_mentions(article.normalized, today, day_first=day_first(context.timezone))
        make_firm(told, article)
        title = clean_title(article.title, [m for m in told if m.stop <= article.title_end])
        title = article.title if is_generic(title) else title
        if article.english and english.name_of(article.title) is None:  # a greeting, a time
            title = english.name_of_text(article.text.split("\n")) or title
        mentions = Mentions(article, settle(told, article.normalized), today, zone)
        return cls(article, mentions, context, zone, judgement or learnt(), title)

    # -- the whole -----------------------------------------------------------------------------------------------

    def reading(self, url: str | None, *, certain: bool = False) -> Reading:
        notes = (Reason(Code.TEXT_CUT, most=LIMIT),) if self.article.page.cut else ()
        selected = select(self.article, self.mentions, self.judgement.time)
        if not certain and (why := self.refusal(selected)) is not None:
            return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(why)), notes=notes)
        if not selected.occasions:
            return Reading(reader=NAME, events=(self.without_time(url),), notes=notes)
        events = self.events_of(selected.occasions, url)
        if len(events) > _MAX_EVENTS:
            notes = (*notes, Reason(Code.TOO_MANY_SKIPPED, count=len(events) - _MAX_EVENTS, most=_MAX_EVENTS))
        told = distinct(events[:_MAX_EVENTS])
        silent = None if told else Reason(Code.NO_EVENT, why=Reason(Code.NO_TIME_READ))
        return Reading(reader=NAME, events=told, reason=silent, notes=notes)

    def refusal(self, selected: Selected) -> Code | None:
        """What the text is instead of an announcement; None where it is one."""
        why = verdict.ruled_out(self.article)
        if why is None and self.judgement.announcement.probability(self.seen(selected)) < verdict.LIKELY:
            why = verdict.reason(self.article, selected.judged, self.mentions.today)
        return why

    def notice_reading(self, told: notices.Told, url: str | None) -> Reading:
        """The event that a notice calls off, puts off or moves; a notice without a day tells of no event by itself."""
        named = notices.session_of(told.when, self.context)
        moved = notices.session_of(told.anew, self.context, days=True)
        selected = select(self.article, self.mentions, self.judgement.time)
        occasions = [each for each in selected.occasions if each.sessions]
        if named is None:
            occasions = [each for each in occasions if not each.sessions[0].all_day]
        if told.notice.moved:
            occasions = [each for each in occasions if moved and each.sessions[0].start == moved.start]
        former = named.start.date() if named is not None else None
        if occasions:
            events = self.events_of(occasions[:1], url, self.title)
        else:
            held = moved if told.notice.moved else named
            events = [self.without_time(url, held)]
        marked = distinct([notices.marked(event, told, former, self.context) for event in events])
        if marked[0].start is not None:
            return Reading(reader=NAME, events=marked)
        return Reading(reader=NAME, notices=marked, reason=Reason(Code.NO_EVENT, why=Reason(Code.CANCELLED)))

    def seen(self, selected: Selected) -> dict[str, float]:
        """What the judgement of the whole text rests on."""
        to_come = not selected.occasions and is_to_come(
            self.article.normalized, list(self.article.fields), self.mentions.today
        )
        found = verdict.features(
            self.article, selected.judged, selected.occasions, self.brief(selected.occasions), self.mentions.today,
            to_come=to_come,
        )  # fmt: skip
        if self.article.english:
            own = names_by_line(self.article, self.blocks(selected.occasions))
            found |= english_signs.features(self.article, selected, own)
        if is_tour(self.article, self.mentions):
            found["time.tour"] = 1.0
        if not selected.judged and len(self.mentions.loose) > 2:
            found["time.slots"] = 1.0
        return found

    def brief(self, occasions: Sequence[Occasion]) -> float:
        article, end = self.article, self.article.title_end
        if len(occasions) != 1 or len(article.normalized) - end > short_posts.LONGEST:
            return 0.0
        place, _ = place_of(article.text, list(article.fields), occasions[0], len(article.text), alone=True)
        title, body = article.normalized[:end], article.normalized[end:]
        if article.english and not body.strip():
            body = title  # all is said in one line
        return short_posts.points(title, body, list(occasions), place, self.mentions.today)

    def decisions(self) -> tuple[Decision, ...]:
        """Each time, whether it is an announcement, and the names of its occasions, as they were judged."""
        judgement = self.judgement
        selected = select(self.article, self.mentions, judgement.time)
        found = [
            Decision("time", self.article.text[j.time.main.start : j.time.main.stop], j.probability,
                     judgement.time.reasons(j.features))
            for j in selected.judged
        ]  # fmt: skip
        seen = self.seen(selected)
        model = judgement.announcement
        found.append(Decision("announcement", self.title, model.probability(seen), model.reasons(seen)))
        for names in self.names(self.blocks(selected.occasions)):
            best = max(names, key=lambda name: judgement.name.score(name.features), default=None)
            if best is not None:
                score = judgement.name.probability(best.features)
                found.append(Decision("name", best.words, score, judgement.name.reasons(best.features)))
        return tuple(found)

    # -- one event -----------------------------------------------------------------------------------------------

    def blocks(self, occasions: Sequence[Occasion]) -> list[Block]:
        """Each occasion with the text that is its own: from the one before to the next."""
        ordered = sorted(occasions, key=lambda o: o.start)
        if not ordered:
            return []
        stops = [o.start for o in ordered[1:]] + [len(self.article.text)]
        starts = [self.article.title_end] + [o.stop for o in ordered[:-1]]
        return [Block(o, start, stop) for o, start, stop in zip(ordered, starts, stops, strict=True)]

    def names(self, blocks: Sequence[Block]) -> list[list[Name]]:
        """The candidates for the name of each occasion."""
        return names_of(self.article, blocks, self.title)

    def events_of(self, occasions: Sequence[Occasion], url: str | None, title: str | None = None) -> list[Event]:
        blocks = self.blocks(occasions)
        shared = details.Shared.of(self.article)
        events: list[Event] = []
        titled = False
        for block, names in zip(blocks, self.names(blocks), strict=True):
            best = max(names, key=lambda name: self.judgement.name.score(name.features), default=None)
            name = title or (best.words if best is not None else self.title)
            if name == self.title and titled and block.occasion.in_passing:
                continue  # a sentence names another time, and nothing that is held then
            titled = titled or name == self.title
            place = place_of(
                self.article.text, list(self.article.fields), block.occasion, block.stop, alone=len(blocks) == 1
            )
            found = _Told(*place, shared)
            sessions = merged_halves(block.occasion.sessions, self.article.normalized)
            events += [self.event(name, one, block.occasion, found, url) for one in sessions]
        return events

    def event(
        self, title: str, session: Session | None, occasion: Occasion | None, found: _Told, url: str | None
    ) -> Event:
        article = self.article
        mode = where.read_mode(details.mode_words(article, occasion), place=found.place is not None)
        doubts = (*occasion.conflicts, *occasion.doubts) if occasion is not None else ()
        start = session.start if session is not None else None
        held = self.context.timezone_overrides
        return Event(
            source=self.context.source,
            uid=url or hashed(self.context.source, title, start.isoformat() if start else ""),
            title=title,
            start=shown_in(self.zone, start, as_written=held) if session and not session.all_day else start,
            end=shown_in(self.zone, session.end, as_written=held) if session is not None else None,
            all_day=session.all_day if session is not None else False,
            timezone=self.context.timezone,
            place=details.in_city(article, found.place, mode, occasion),
            mode=mode,
            url=url or found.shared.signup,
            organizer=found.shared.organizer,
            description=found.shared.description,
            price=found.shared.price,
            recurrence=occasion.rule if occasion is not None else None,
            published=self.context.now,
            evidence=Evidence(
                sure=_sure(session, occasion, doubts),
                when=occasion.words if occasion is not None else None,
                where=found.words,
                doubts=doubts,
            ),
        )

    def without_time(self, url: str | None, session: Session | None = None) -> Event:
        end = len(self.article.text)
        nowhere = Occasion([], None, "", end, end, end)
        place = place_of(self.article.text, list(self.article.fields), nowhere, end, alone=True)
        return self.event(self.title, session, None, _Told(*place, details.Shared.of(self.article)), url)
