"""What an entry tells: its title, hour, place and status, its own where it has them, else those of the list."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from spiders.items import Event, Evidence, Mode, Place, Status
from spiders.readers import normalize
from spiders.readers.listing.dates import normal, without_dates
from spiders.readers.listing.items import Item, Line
from spiders.readers.listing.vocabulary import pattern, whole
from spiders.reasons import Reason
from spiders.text.online import is_online_place
from spiders.text.status import MARKS, is_change, is_status, stated_status
from spiders.text.when import Session

_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u3040-\u9fff]")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|mp[34])$", re.IGNORECASE)
_STRONG, _WEAK, _PLACE = 2, 1, 0
_EDGES = " \t\r\n-–—|:：,，;；.。·•*@/~～\"'"
_PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"))
_PARENTHESES = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")


def title_of(item: Item, inherited: str | None) -> str | None:
    """The entry's own title, else that of the heading above it, else the list's."""
    found = [(text, strength) for text, strength in _own_titles(item) if is_title(text)]
    for text, strength in found:
        if strength == _STRONG or (strength == _WEAK and pattern("event_noun").search(text)):
            return text
    return inherited or next((text for text, _ in found), None)


def _own_titles(item: Item) -> list[tuple[str, int]]:
    """Candidates, best first, and how strong each is: a heading or a link to its own page, other words, or a place."""
    found: list[tuple[str, int]] = []
    places: list[tuple[str, int]] = []
    anchor = item.anchor.block
    blocks = [line.block for line in item.lines]
    above = [b for b in blocks if 0 < b.level <= 6 and b is not anchor and not is_status(b.text)]
    at = blocks.index(anchor) if anchor in blocks else 0
    # The heading nearest above the date names the entry; one below it is the next best.
    above.sort(key=lambda b: (blocks.index(b) > at, abs(blocks.index(b) - at)))
    found += [(tidy(b.text), _STRONG) for b in above]
    found += [(tidy(without_dates(words, ())), _STRONG) for words in _link_words(item)]
    rest = _rest(item.anchor)
    found.append((rest, _STRONG if len(rest) >= 12 or re.search(r"[\u3040-\u9fff]{4}", rest) else _WEAK))
    found += [(tidy(b.text), _STRONG) for b in blocks if b.level == 7 and b is not anchor]
    for line in item.lines:
        if line.block is anchor or line.parsed.dated or line.parsed.clock or len(line.block.text) > 160:
            continue
        if any(
            pattern(name).match(line.block.text)
            for name in ("place_label", "organizer_label", "other_label", "time_label")
        ):
            continue
        if pattern("address").search(line.block.text):
            places.append((tidy(line.block.text), _PLACE))
        else:
            found.append((tidy(line.block.text), _WEAK))
    return found + places


def _link_words(item: Item) -> list[str]:
    return [
        words
        for line in item.lines
        for address, words in line.block.links
        if words and not _DOCUMENT.search(urlsplit(address).path)
    ]


def _rest(line: Line) -> str:
    """The words of the dating line behind its date, without a place ("Book club @ 7pm at the Old Mill")."""
    text = without_dates(normal(line.block.text, None, chinese=False), line.parsed.dated)
    text = pattern("time_label").sub(" ", pattern("replaced").sub(" ", text))
    return tidy(re.sub(r"^\W*(?:at|@|from|to)\b\s*", "", text.strip(_EDGES)))


def tidy(text: str) -> str:
    """A title without status words, marks at its edges, and brackets that are empty, alone, or around all of it."""
    text = " ".join(MARKS.sub(" ", text).split())
    for _ in range(4):
        before = text
        text = text.strip(_EDGES)
        for opening, closing in _PAIRS:
            text = text.replace(opening + closing, "")
            whole_inside = text.startswith(opening) and text.find(closing) == len(text) - 1
            if whole_inside:
                text = text[1:-1]
            elif text.startswith(closing) or (text.startswith(opening) and closing not in text):
                text = text[1:]
            elif text.endswith(opening) or (text.endswith(closing) and opening not in text):
                text = text[:-1]
        if text == before:
            break
    return text + ")" if text.count("(") > text.count(")") else text


def is_title(text: str) -> bool:
    """Whether words can be a title: letters enough, no link word, no label, no bare address or place."""
    if re.match(r"due to\b", text, re.IGNORECASE):
        return False
    if is_change(text):
        return False
    if len(_LETTERS.findall(text)) < (2 if re.search(r"[\u3040-\u9fff]", text) else 4) or len(text) > 200:
        return False
    if whole("generic").fullmatch(text) or normalize.web_address(text) or pattern("place_label").match(text):
        return False
    if any(pattern(name).match(text) for name in ("other_label", "organizer_label")):
        return False
    return not (pattern("address").search(text) and not pattern("event_noun").search(text) and re.search(r"\d", text))


def heading_title(text: str) -> str | None:
    """What a heading above a list calls each entry: "2026 Board Meeting Dates" -> "Board Meeting"."""
    if len(text) > 120 or re.search(r"\b(?:take place|held|located|unless|open to|will be)\b", text, re.IGNORECASE):
        return None
    bare = pattern("heading_noise").sub(" ", text)
    bare = tidy(_PARENTHESES.sub(" ", bare))
    bare = re.sub(r"^(?:of|the|and|a)\s+", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"\b([Mm])eetings\b(?! of)", r"\1eeting", bare)
    bare = re.sub(r"\bMEETINGS\b(?! OF)", "MEETING", bare)
    if bare.isupper() and len(bare) > 4:
        bare = bare.title()
    return bare if is_title(bare) and pattern("event_noun").search(bare) else None


def clock_of(item: Item) -> Session | None:
    """The entry's hour where it stands in a line of its own."""
    for line in item.lines:
        if (
            line.parsed.clock is not None
            and not line.parsed.rule
            and not pattern("other_dates").search(line.block.text)
        ):
            return line.parsed.clock
    return None


def place_of(item: Item, inherited: str | None) -> tuple[Place | None, str | None]:
    """The entry's place: labelled, else the line that reads like an address, else the list's."""
    for line in item.lines:
        if pattern("place_label").match(line.block.text):
            words = pattern("place_label").sub("", line.block.text, count=1)
            following = _address_below(item, line)
            place = normalize.place_of(f"{words}, {following}" if following else words)
            if place is not None or is_online_place(words):
                return place, normalize.line(words)
    room = next(
        (line.block.text for line in item.lines if len(line.block.text) < 30 and is_online_place(line.block.text)),
        None,
    )
    found = room or _unlabelled(item) or inherited
    return (normalize.place_of(found), found) if found else (None, None)


def _address_below(item: Item, line: Line) -> str | None:
    """ "Address: …" right behind "Place: …" completes it."""
    at = item.lines.index(line)
    for other in item.lines[at + 1 : at + 2]:
        if pattern("place_label").match(other.block.text):
            return normalize.line(pattern("place_label").sub("", other.block.text, count=1))
    return None


def _unlabelled(item: Item) -> str | None:
    parts: list[str] = []
    for line in item.lines:
        text = line.block.text
        if line is item.anchor:
            rest = without_dates(normal(text, None, chinese=False), line.parsed.dated)
            if (behind := re.search(r"(?:^|\bat\b|@|,)\s*((?:the\s+)?[A-Z0-9][^@]{4,90})$", rest)) and pattern(
                "address"
            ).search(behind.group(1)):
                return tidy(re.sub(r"\s*@\s*$", "", behind.group(1)))
            continue
        if line.parsed.dated or line.parsed.rule or len(text) > 120 or 0 < line.block.level <= 6:
            if parts:
                break
            continue
        plain = text.replace("+ Google Map", "").strip(" +")
        if whole("generic").fullmatch(plain) or pattern("time_label").match(plain):
            continue
        is_place = pattern("address").search(plain) and not pattern("other_label").match(plain)
        if is_place or (parts and re.search(r"\b[A-Z]{2}\s+\d{5}\b", plain)):
            parts.append(tidy(plain))
        elif parts:
            break
    return ", ".join(part for part in parts[:4] if part) or None


def labelled_place(text: str) -> str | None:
    """The words behind a place label."""
    return normalize.line(pattern("place_label").sub("", text, count=1))


def organizer_of(item: Item) -> str | None:
    for line in item.lines:
        if pattern("organizer_label").match(line.block.text):
            return normalize.line(pattern("organizer_label").sub("", line.block.text, count=1))
    return None


def status_of(item: Item, now: datetime) -> Status:
    """Cancelled where a line is struck through or says so; postponed where the date was given up."""
    day = item.anchor.parsed.dated[0].start
    if item.anchor.block.struck and day > now:
        return "cancelled"  # what is over is struck through as well
    for line in item.lines:
        text = line.block.text
        if len(text) > 200:
            continue
        if line is item.anchor and pattern("postponed").search(text):
            return "postponed"
        if (line is item.anchor or line.block.level or len(text) < 60) and (
            status := stated_status(text)
        ) != "confirmed":
            return status
    return "confirmed"


def address_of(item: Item, title: str) -> str | None:
    """The link to the entry's own page: that of its title, else the first that is no paper."""
    links = [(address, words) for line in item.lines for address, words in line.block.links]
    pages = [
        (a, w)
        for a, w in links
        if not _DOCUMENT.search(urlsplit(a).path) and not re.search(r"maps?\.|google\.\w+/maps|[?&]ical=", a)
    ]
    titled = next((a for a, w in pages if w and (w in title or title in w)), None)
    return titled or next(
        (a for a, w in pages if not (w and whole("generic").fullmatch(w)) or "more" in w.lower()), None
    )


def timed(day: Session, clock: Session | None) -> tuple[datetime, datetime | None, bool]:
    """Start, end and whether all day: a date takes the clock of its entry or of its list."""
    if not day.all_day or clock is None or clock.all_day:
        return day.start, day.end, day.all_day
    start = day.start.replace(hour=clock.start.hour, minute=clock.start.minute)
    end = None
    if clock.end is not None:
        length = clock.end - clock.start
        end = start + length if timedelta(0) < length < timedelta(days=1) else None
    return start, end, False


def mode_of(where: str | None, title: str) -> Mode | None:
    return normalize.mode_of(where, title)


def event_at(
    event: Event,
    start: datetime,
    end: datetime | None,
    *,
    all_day: bool,
    inferred: bool,
    words: str | None,
    doubts: tuple[Reason, ...],
) -> Event:
    """The event with its time and the evidence for it."""
    from dataclasses import replace

    sure = "doubtful" if doubts else "inferred" if inferred else "stated"
    evidence = Evidence(sure=sure, when=words, where=event.evidence.where, doubts=doubts)  # type: ignore[arg-type]
    if all_day and end is None:
        end = start + timedelta(days=1)
    return replace(event, start=start, end=end, all_day=all_day, evidence=evidence)
