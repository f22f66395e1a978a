"""The announcement reader itself: from a text to its events, with what was relied on and what is doubted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from spiders.items import Context, Document, Event, Evidence, Place, Price, Reading
from spiders.readers.announcement import notices, short_posts
from spiders.readers.announcement.fields import Field, find_fields, values
from spiders.readers.announcement.occasions import Lines, MentionIndex, Occasion, line_of
from spiders.readers.announcement.places import place_of
from spiders.readers.announcement.select import departures, merged_halves, occasions_of
from spiders.readers.announcement.tentative import is_to_come
from spiders.readers.announcement.titles import clean_title, is_set_off, name_in_prose
from spiders.readers.announcement.uids import distinct, hashed
from spiders.readers.announcement.verdict import Signals, judge
from spiders.readers.announcement.vocabulary import says
from spiders.reasons import Code, Reason
from spiders.text import where
from spiders.text.clean import LIMIT, Plain, plain
from spiders.text.decode import decode
from spiders.text.glyphs import normalize, visible
from spiders.text.price import read_price
from spiders.text.when.mentions import read_mentions
from spiders.text.when.model import Mention, Session
from spiders.text.when.reading import settle
from spiders.text.when.zones import zone_info

NAME = "announcement"
_MAX_EVENTS, _DESCRIPTION = 40, 4_000


def accepts(document: Document) -> bool:
    """Whether there is anything to read: prose stands in any markup, and in none."""
    return bool(document.body.strip())


def read(document: Document, context: Context) -> Reading:
    """Events of a document in any markup; never raises on any bytes."""
    decoded = decode(document.body, document.headers)
    reading = read_text(decoded.text, context, url=document.url)
    if decoded.doubtful and reading.events:
        return _with_note(reading, Reason(Code.ENCODING_DOUBTFUL, encoding=decoded.encoding))
    return reading


def _with_note(reading: Reading, note: Reason) -> Reading:
    return replace(reading, notes=(*reading.notes, note))


def read_text(text: str, context: Context, *, url: str | None = None, title: str | None = None) -> Reading:
    """Events of an announcement.

    ``text``: plain text, Markdown or HTML, the title on its first line unless ``title`` gives it; at most
    :data:`LIMIT` characters of running text are read, and the notes say so where there was more. Times are resolved
    against ``context.now`` in ``context.timezone``. ``url`` becomes the events' address and, where there is one event,
    its uid. Without events ``reason`` says why ("no event: a recap"); an event whose time is not in the text has
    ``start`` None.
    """
    page = plain(text)
    given = title or page.heading
    lines = page.text.split("\n", 1)
    headline = visible(given).strip() if given else lines[0].strip()
    if not headline:
        return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(Code.AN_EMPTY_TEXT)))
    first_is_title = given is None or lines[0].strip() == headline
    body = "".join(lines[1:]) if first_is_title else page.text
    headline = headline.replace("\n", " ")[:300]
    told = notices.told_in(headline, body)
    if told is not None:
        return _AnnouncementReader.of(told.title, body, context, page).notice_reading(told, url)
    return _AnnouncementReader.of(headline, body, context, page).reading(url)


@dataclass(frozen=True, slots=True)
class _Where:
    """A place and the words it was read from."""

    place: Place | None
    words: str | None


@dataclass(slots=True)
class _AnnouncementReader:
    """One text being read: its parts, found once."""

    headline: str
    text: str
    normalized: str
    context: Context
    zone: ZoneInfo
    mentions: list[Mention]
    fields: list[Field]
    chooser: MentionIndex
    page: Plain

    @classmethod
    def of(cls, headline: str, body: str, context: Context, page: Plain) -> _AnnouncementReader:
        text = f"{headline}\n\n{body.strip()}" if body.strip() else headline
        normalized = normalize(text)
        zone = zone_info(context.timezone)
        today = context.now.astimezone(zone).date()
        mentions = read_mentions(normalized, today)
        kept = settle(mentions, normalized)
        fields = [f for f in find_fields(normalized) if f.start > len(headline)]
        return cls(
            headline,
            text,
            normalized,
            context,
            zone,
            mentions,
            fields,
            MentionIndex(Lines(normalized, text, len(headline), page.headings), kept, fields, today, zone),
            page,
        )

    # -- the whole -----------------------------------------------------------------------------------------------

    def reading(self, url: str | None) -> Reading:
        notes = (Reason(Code.TEXT_CUT, most=LIMIT),) if self.page.cut else ()
        occasions = occasions_of(self.chooser, self.normalized)
        verdict = judge(self.facts(occasions))
        if verdict is not None:
            return Reading(reader=NAME, reason=Reason(Code.NO_EVENT, why=Reason(verdict)), notes=notes)
        if not occasions:
            return Reading(reader=NAME, events=(self.without_time(url),), notes=notes)
        events: list[Event] = []
        for index, occasion in enumerate(occasions):
            until = occasions[index + 1].start if index + 1 < len(occasions) else len(self.text)
            events.extend(self.events_of(occasion, until, alone=len(occasions) == 1, url=url))
        if len(events) > _MAX_EVENTS:
            notes = (*notes, Reason(Code.TOO_MANY_SKIPPED, count=len(events) - _MAX_EVENTS, most=_MAX_EVENTS))
        told = distinct(events[:_MAX_EVENTS])
        silent = None if told else Reason(Code.NO_EVENT, why=Reason(Code.NO_TIME_READ))
        return Reading(reader=NAME, events=told, reason=silent, notes=notes)

    def notice_reading(self, told: notices.Told, url: str | None) -> Reading:
        """The event that a notice calls off, puts off or moves; a notice without a day tells of no event by itself."""
        named = notices.session_of(told.when, self.context)
        moved = notices.session_of(told.anew, self.context)
        occasions = [each for each in occasions_of(self.chooser, self.normalized) if each.sessions]
        if named is None:
            occasions = [each for each in occasions if not each.sessions[0].all_day]
        if told.notice.moved:
            occasions = [each for each in occasions if moved and each.sessions[0].start == moved.start]
        former = named.start.date() if named is not None else None
        if occasions:
            events = self.events_of(occasions[0], len(self.text), alone=True, url=url)
        else:
            held = moved if told.notice.moved else named
            events = [self.without_time(url, held)]
        marked = distinct([notices.marked(event, told, former, self.context) for event in events])
        if marked[0].start is not None:
            return Reading(reader=NAME, events=marked)
        return Reading(reader=NAME, notices=marked, reason=Reason(Code.NO_EVENT, why=Reason(Code.CANCELLED)))

    def facts(self, occasions: list[Occasion]) -> Signals:
        chooser = self.chooser
        to_come = not occasions and is_to_come(self.normalized, self.fields, chooser.today)
        titled = [m for m in chooser.titled() if not chooser.is_over(m)] or (chooser.title_weak if occasions else [])
        title_end = len(self.headline)
        return Signals(
            title=self.normalized[:title_end],
            body=self.normalized[title_end:],
            title_time=bool(titled),
            title_hour=any(m.hours for m in titled),
            title_listed=any(m.hours and m.days and is_set_off(self.headline, m) for m in titled),
            field_time=any(o.labelled for o in occasions),
            prose_time=any(not o.labelled and o.start >= title_end for o in occasions),
            announced=departures(chooser)
            or any(chooser.in_so_many_words(m) for o in occasions if o.start >= title_end for m in o.mentions),
            ahead=bool(occasions) and all(o.sessions[0].start.date() > chooser.today for o in occasions),
            images=self.page.images,
            to_come=to_come,
            over_time=not occasions
            and not to_come
            and not departures(chooser)
            and any(chooser.is_over(m) for m in (*chooser.labelled(), *chooser.titled())),
            places=sum(1 for f in self.fields if f.kind in {"place", "meeting"}),
            labels=sum(1 for f in self.fields if f.kind not in {"place", "meeting", "time"}),
            brief=self.brief(occasions),
        )

    def brief(self, occasions: list[Occasion]) -> float:
        end = len(self.headline)
        if len(occasions) != 1 or len(self.normalized) - end > short_posts.LONGEST:
            return 0.0
        place, _ = place_of(self.text, self.fields, occasions[0], len(self.text), alone=True)
        return short_posts.points(self.normalized[:end], self.normalized[end:], occasions, place, self.chooser.today)

    # -- one event -----------------------------------------------------------------------------------------------

    def title(self) -> str:
        return clean_title(self.headline, [m for m in self.mentions if m.stop <= len(self.headline)])

    def title_of(self, occasion: Occasion, *, alone: bool) -> str:
        """The occasion's own name, else the article's; with what tells it from the others of the text."""
        if alone:
            return self.named(occasion) or self.title()
        if occasion.title is None:
            return f"{self.title()}（{occasion.rest}）" if occasion.rest else self.title()
        short = (
            len(occasion.title) <= 20
            and not re.search(r"[《》：:]", occasion.title)
            and not says("noun", normalize(occasion.title))
        )
        return f"{self.title()} {occasion.title}" if short else occasion.title

    def named(self, occasion: Occasion) -> str | None:
        """The name a field or the prose gives, where the headline is a slogan that names no event."""
        bare = self.title()
        if len(bare) > 4 and says("noun", self.normalized[: len(self.headline)]):
            return None
        for _, value in values(self.fields, self.text, "name", "topic", "form"):
            name = value.split("\n")[0].strip(" *:：|《》【】")
            if (
                len(bare) <= 4 and 4 <= len(name) <= 60 and re.search(r"[^\W\d_]", name)
            ):  # "讲座通知": the headline is a heading
                return name if says("noun", normalize(name)) else f"{bare}：{name}"
            if 6 <= len(name) <= 60 and says("noun", normalize(name)) and not re.match("线[上下]", name):
                return name
        return name_in_prose(self.text[occasion.start - 400 if occasion.start > 400 else 0 : occasion.stop + 200])

    def events_of(self, occasion: Occasion, until: int, *, alone: bool, url: str | None) -> list[Event]:
        place, place_words = place_of(self.text, self.fields, occasion, until, alone=alone)
        title = self.title_of(occasion, alone=alone)
        found = _Where(place, place_words)
        return [
            self.event(title, one, occasion, found, url) for one in merged_halves(occasion.sessions, self.normalized)
        ]

    def event(
        self, title: str, session: Session | None, occasion: Occasion | None, found: _Where, url: str | None
    ) -> Event:
        mode = where.read_mode(self.mode_words(occasion), place=found.place is not None)
        doubts = occasion.conflicts if occasion is not None else ()
        place = self.in_city(found.place, mode, occasion)
        start = session.start if session is not None else None
        return Event(
            source=self.context.source,
            uid=url or hashed(self.context.source, title, start.isoformat() if start else ""),
            title=title,
            start=start.astimezone(self.zone) if start is not None and session and not session.all_day else start,
            end=session.end.astimezone(self.zone) if session is not None and session.end is not None else None,
            all_day=session.all_day if session is not None else False,
            timezone=self.context.timezone,
            place=place,
            mode=mode,
            url=url or self.signup(),
            organizer=self.organizer(),
            description=self.text[len(self.headline) :].strip()[:_DESCRIPTION] or None,
            price=self.price(),
            recurrence=occasion.rule if occasion is not None else None,
            published=self.context.now,
            evidence=Evidence(
                sure="doubtful" if doubts else session.sure if session is not None else "stated",
                when=occasion.words if occasion is not None else None,
                where=found.words,
                doubts=doubts,
            ),
        )

    def without_time(self, url: str | None, session: Session | None = None) -> Event:
        nowhere = Occasion([], None, "", len(self.text), len(self.text))
        place, words = place_of(self.text, self.fields, nowhere, len(self.text), alone=True)
        return self.event(self.title(), session, None, _Where(place, words), url)

    def in_city(self, place: Place | None, mode: str | None, occasion: Occasion | None) -> Place | None:
        """The place with its city: named in the field, beside the time ("上海站"), in the title, or in the text."""
        if place is not None and place.city is not None:
            return place
        beside = where.city_of_title(normalize(occasion.rest)) if occasion is not None and occasion.rest else None
        city = beside or where.city_of_title(self.normalized[: len(self.headline)])
        if city is None and mode != "online":
            city = where.city_of_text(self.normalized)
        if city is None:
            return place
        if place is None:
            return Place(city=city)
        return Place(name=place.name, address=place.address, city=city, district=place.district)

    def mode_words(self, occasion: Occasion | None) -> str:
        parts = [self.normalized[: len(self.headline)]]
        parts += [
            f"{field.label}:{value}"
            for field, value in values(self.fields, self.normalized, "form", "place", "meeting", "time")
        ]
        if occasion is not None:
            before, behind = line_of(self.normalized, occasion.start, occasion.stop)
            parts += [before[-80:], behind[:120]]
        if len(self.normalized) < 500:
            parts.append(self.normalized)
        return "\n".join(parts)

    def price(self) -> Price | None:
        return read_price(self.text[:20_000])

    def organizer(self) -> str | None:
        for _, value in values(self.fields, self.text, "host"):
            line = value.split("\n")[0].strip(" *:：|,，、")
            if 2 <= len(line) <= 60:
                return line
        return None

    def signup(self) -> str | None:
        """The link that the text offers for signing up."""
        for words, address in self.page.links:
            if re.search(r"报名|注册|sign ?up|register|rsvp", words, re.IGNORECASE):
                return address
        match = re.search(
            r"(?:报名|注册|预约|购票)[^\n。]{0,40}?(https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{4,500})", self.text
        )
        if match is None:
            match = re.search(
                r"(?:报名|注册)[^\n]{0,10}\n+\s*<?(https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{4,500})", self.text
            )
        return match[1].rstrip(".,;)") if match else None
