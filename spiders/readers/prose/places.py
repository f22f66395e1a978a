"""Where a description says that an event is held: in a field of its own, at an address, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spiders.items import Mode, Place
from spiders.readers import normalize as fields
from spiders.readers.announcement.fields import find_fields, values
from spiders.text.glyphs import normalize
from spiders.text.online import is_online, is_online_place
from spiders.text.where import read_where, tidy

LONGEST = 6_000  # characters of a description that are read
_LONGEST_VALUE = 120
_LABEL = re.compile(
    r"(?:where|location|venue|address|place|point)[ \t*_]{0,3}(?:[:：]|\n|$)"
    r"|[地场場会會][点點址地馆館所场場][^\n]{0,4}[:：】\]」]|集合[^\n]{0,4}[:：]"
    r"|[📍🏠📌🏢]",
    re.IGNORECASE | re.MULTILINE,
)
_ROOM = re.compile(
    r"^[^\w\n]{0,6}(?:where|location|venue|place|地[点點址])[ \t]*[:：][ \t]*([^\n]{2,60})$",
    re.IGNORECASE | re.MULTILINE,
)
_HAN = re.compile("[\u4e00-\u9fff]")
_MARKS = re.compile(r"[*_`\\]+|\[([^\]\n]{1,80})\]\([^)\s]{1,300}\)")
_STREET_WORD = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Plaza|Square|Sq|Highway|Hwy"
    r"|Parkway|Pkwy|Pike|Circle|Cir|Terrace|Ter|Row|Alley|Quay|Walk|Mall)\b\.?"
)
_WORD = r"[A-Z0-9][\w'’&-]*\.?"
_ADDRESS = re.compile(
    rf"(?<![\w$€£-])\d{{1,5}}(?:-\d{{1,5}})?[ \t]+(?:[NSEW]\.?[ \t]+|(?:North|South|East|West)[ \t]+)?"
    rf"(?:{_WORD}[ \t]+){{1,3}}?"
    rf"(?:{_STREET_WORD}|(?<=Highway[ \t])\d+|(?<=Hwy[ \t])\d+|(?<=Route[ \t])\d+)"
    r"(?:[ \t]+(?:[NSEW]|East|West|North|South)\b)?(?:,?[ \t]*(?:Suite|Ste\.?|Unit|Floor|#)[ \t]?[\w-]{1,6})?"
    r"(?:(?:,[ \t]*(?:in[ \t]+)?|[ \t]+in[ \t]+|,?[ \t]*[ \t\n](?=[A-Z][a-z][^\n.,]{1,28},?[ \t][A-Z]{2}\b))"
    r"[A-Z][a-z]+(?:[ \t][A-Z][a-z]+){0,2}(?=[ \t,.\n)]|$))?"
    r"(?:,?[ \t]*[A-Z]{2}\b)?(?:,?[ \t]*\d{5}\b)?"
)
_NAME = rf"(?:[Tt]he[ \t]+)?[A-Z][\w'’&.-]*(?:(?:[ \t]+(?:of|the|and|&|for|de|la|at))?[ \t]+{_WORD}){{0,6}}"
_NAME_BEFORE = re.compile(
    rf"(?:\bat|@|:|^)[ \t]*(?P<name>{_NAME})[ \t]*(?:\([^()\n]{{2,12}}\)[ \t]*)?"
    r"(?:,|[ \t]at|,?[ \t]located at|[-–—(|]|\n)?[ \t]*$",
    re.MULTILINE,
)
_HELD = re.compile(
    rf"\b(?:held|hosted|takes?[ \t]place|taking[ \t]place|located|meets?|meeting|gather|join[ \t]us)[ \t]+"
    rf"(?:[a-z]+[ \t]+){{0,2}}at[ \t]+(?P<name>{_NAME})(?P<town>,[ \t][A-Z][a-z]+(?:[ \t][A-Z][a-z]+)?)?"
)
_HELD_ZH = re.compile(
    r"(?:在|于|於)([\u4e00-\u9fffA-Za-z0-9·（）() ]{3,30}?)(?:举行|举办|召开|開講|舉行|舉辦|开讲|开演|见面|集合)(?!地)"
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)]{3})[.;!][ \t]+(?=[A-Z])|[ \t]{2,}|\t|[ \t]+\|[ \t]+")
# What stands where a place should and names none.
_NO_PLACE = re.compile(
    r"(?:see|check|to be|tb[ad]|various|multiple|several|different|provided|sent|details?|register|rsvp|same|our|your|"
    r"the (?:address|location|exact)|exact|location|address|will|upon|after|click|link|here|you|we|it|is|are|and|"
    r"when|outside|inside|in|at|on|near|behind|upstairs|downstairs)\b",
    re.IGNORECASE,
)
# An address that one writes, calls or parks at is not where an event is held.
_OTHER_USE = re.compile(
    r"(?:mail|send|sent|checks?|cheques?|payable|park(?:ing)?|garage|office|headquarters|contact|from|near|behind|across|next"
    r"|between|intersection|corner|donat\w+|deliver\w*|drop[- ]?off|pick[- ]?up|box)\b[^.\n]{0,40}$"
    r"|\b(?:after|carpool)\b[^.]{0,80}$",
    re.IGNORECASE,
)
_CARPOOL = re.compile(r"[^\n]{0,120}\bcarpool", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"\d{1,5}[ -]|[A-Z][\w .'-]{2,30},?[ \t]+[A-Z]{2}[ \t]*\d{5}\b")


@dataclass(frozen=True, slots=True)
class Stated:
    """A place, the words it was read from, and how one takes part there."""

    place: Place | None = None
    words: str | None = None
    mode: Mode | None = None


NOTHING = Stated()


@lru_cache(maxsize=512)  # the instances of a series share their text
def stated_place(description: str) -> Stated:
    """The one place that a description names for its event; nothing where it names none, or several."""
    text = _MARKS.sub(lambda match: match[1] or "", description[:LONGEST])
    found = _labelled(text) if _LABEL.search(text) else None
    return found or _at_address(text) or _in_sentence(text) or NOTHING


def _labelled(text: str) -> Stated | None:
    found = find_fields(normalize(text))
    told = [*values(found, text, "place"), *list(values(found, text, "meeting"))[:1]]
    told = [(field, value) for field, value in told if _is_label(text, field.start)]
    if not told:  # "Zoom" is a label of its own
        room = _ROOM.search(text)
        return _online(room[1]) if room is not None else None
    places = [(field.label.lower(), _with_address(_value(value), text, field.stop)) for field, value in told]
    if all(value is None for _, value in places):
        return _online(told[0][1])
    named = list(dict.fromkeys(value for _, value in places if value))
    addresses = [value for label, value in places if value and ("address" in label or "址" in label)]
    if len(named) == 2 and len(addresses) == 1 and addresses[0] not in named[0]:
        named = [f"{next(value for value in named if value != addresses[0])}, {addresses[0]}"]
    if any(one not in named[0] and named[0] not in one for one in named[1:]):
        return NOTHING  # several places: whichever one takes, it may be the other
    return _stated(max(named, key=len))


def _with_address(value: str | None, text: str, stop: int) -> str | None:
    """The value with the lines of its address below it."""
    if value is None or _HAN.search(value):
        return value
    lines = [value]
    for line in text[stop : stop + 2 * _LONGEST_VALUE].lstrip("\n").split("\n")[:2]:
        if not _ADDRESS_LINE.match(line.strip()) or len(line) > _LONGEST_VALUE // 2 or text[stop : stop + 2] == "\n\n":
            break
        lines.append(line.strip())
    return ", ".join(lines)


def _is_label(text: str, start: int) -> bool:
    """Latin labels begin their line: within a sentence "place:" and "where:" are words like others."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(_HAN.match(text, start)) or not re.search(r"\w", before)


def _online(value: str) -> Stated | None:
    online = is_online_place(value.strip()) or (is_online(value) and len(value) < 40)
    return Stated(words=fields.line(value), mode="online") if online else None


def _value(value: str) -> str | None:
    """The words for a place at the head of a field's value; None where they name none."""
    line = value.strip(" \t:：-–•*").split("\n", 1)[0].strip()
    if _HAN.search(line):
        words = tidy(line)
        return words if words is not None and read_where(words) is not None else None
    line = _SENTENCE_END.split(line, maxsplit=1)[0].strip(" \t,;:|-–")
    if not 3 <= len(line) <= _LONGEST_VALUE or "://" in line or "@" in line or "?" in line or _NO_PLACE.match(line):
        return None
    if is_online_place(line) or (is_online(line) and len(line) < 40):
        return None
    return line if re.match(r"[A-Z\d]", line) and len(re.findall(r"[A-Za-z]", line)) >= 3 else None


def _stated(words: str) -> Stated:
    place = read_where(words) if _HAN.search(words) else fields.place_of(words)
    return Stated(place, words, "in-person") if place else NOTHING


def _at_address(text: str) -> Stated | None:
    """The one street address of a text, with the name that stands before it or above it."""
    found = list(_ADDRESS.finditer(text))
    numbers = {match[0].split()[0] for match in found}
    if len(numbers) != 1 or any(_OTHER_USE.search(text[max(0, each.start() - 120) : each.start()]) for each in found):
        return None
    whole = max(found, key=lambda match: len(match[0]))
    address = whole[0].strip(" ,").replace("\n", ", ")
    lead = text[max(0, whole.start() - 90) : whole.start()].rsplit("\n\n", 1)[-1]
    named = next((match for match in _NAME_BEFORE.finditer(lead) if match.end() == len(lead)), None)
    name = named["name"].strip(" ,.-") if named is not None and not _NO_PLACE.match(named["name"]) else None
    return Stated(Place(name=name, address=address), f"{name}, {address}" if name else address, "in-person")


def _in_sentence(text: str) -> Stated | None:
    names = dict.fromkeys(_held_at(text))
    if len(names) != 1:
        return None
    return _stated(next(iter(names)))


def _held_at(text: str) -> Iterator[str]:
    for match in _HELD.finditer(text):
        name = match["name"].rstrip(" .,-")
        if len(name.split()) > 1 and not _NO_PLACE.match(name) and not _CARPOOL.match(text, match.end()):
            yield f"{name}{match['town'] or ''}"
    for match in _HELD_ZH.finditer(text):
        yield match[1].strip()
