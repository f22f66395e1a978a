"""Where an occasion is held: its place field, the line under its time, or the words of the announcing sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spiders.items import Place
from spiders.readers.announcement.chat_titles import venue_in_line
from spiders.readers.announcement.english import is_english
from spiders.readers.announcement.english_places import place_values
from spiders.readers.announcement.fields import Field
from spiders.readers.announcement.occasions import Occasion, line_of, sentence_of
from spiders.readers.announcement.place_fields import Labelled, labelled
from spiders.readers.announcement.venues import SHORT_LINE, is_venue, reads_as_place
from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.where import read_where, tidy

_VERB = (
    r"(?:隆重|盛大|正式|共同|联合|线下|现场|率先)*(?:举行|举办|召开|开幕|开讲|开展|开演|进行|启幕|拉开|亮相|见面|"
    r"集合|线下分享|分享|落地|录制|演出|上演|放映|开课|如期|与|和大家|为大家|等[你您]|登场)"
)
_AT = re.compile(
    rf"(?:(?:^|[^现正存所处]|将)(?:在|于|来到|走进|做客|空降|相约|齐聚)|(?:^|[\s\d,日)])[假於])\s?"
    rf"((?:(?!在|\d[月日]|\d号(?![馆楼厅门院线场]))[^,。;!?\n，。；！？、|]){{2,40}}?)\s?{_VERB}"
)
_HELD_IN = re.compile(r"(?:地点|地址|场地)(?:位于|设在|定在|在|为|是|:)\s?([^,。;!?\n，。；！？]{2,50})")
_COME_TO = re.compile(
    r"(?:来到|做客|走进|来)\s?([\u4e00-\u9fff·]{4,20}?(?:大学|学院|书店|中心|广场|图书馆|美术馆|博物馆|剧场|咖啡馆?|公园|空间))"
)
_LEADING_WORDS = re.compile(
    r"^\s*(?:地点|地址)?(?:不变|照旧|同前)\s?[:：]\s*|^\s*(?:每?(?:周|星期)[一二三四五六日天])?(?:凌晨|早上?|上午|中午|下午|晚上?|傍晚)?\s?\d{1,2}(?:[:：]\d\d|点(?:半|\d{1,2}分?)?)(?:\s?[ap]m)?(?=[\s,，])[\s,，]*"
)
_SET_OFF = re.compile(r"\s*[—–|｜·-]{1,2}\s*([^—–|｜·\n]{2,60})$")
_GATHER = re.compile(r"(?:^|[,，。;；])\s?在?([^,，。;；:：]{2,16}?)(?:集合|碰头|见面)")
_AT_ENGLISH = re.compile(r"\bat\s+((?:the\s+)?[A-Z][^.;\n]{2,60})")
_OPEN_END = re.compile(r"^\s*(?:-{1,2}|[–—~～]|to|till?|until)\s*(?:late|晚)\b", re.IGNORECASE)
_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_PIECES = re.compile(r"[,，;；|｜。@\u3000]|\s·\s|\.(?=\s|$)|(?<=[）)])\s*(?=[^\W\d_]{3})")
_PIECES_BEFORE = re.compile(r"[,，;；|｜。@\u3000:：]|\s[·—–-]+\s?|\.(?=\s|$)")
# Set off from what stands before it: "North Lions @ Mill Town" are two teams.
_AT_SIGN = re.compile(
    r"(?:^|[-–—|,，;；:：·\d)）\u4e00-\u9fff]\s?|[ap]m\s)@\s((?:[^@|,，。;；\n-]|-(?!\s)){2,40}?)\s*(?=\s-|[|,，。;；\n]|$)|@([\u4e00-\u9fff][^@,，。;；\n]{1,29})$"
)
_JUST_AT = re.compile(r"^[,，\s]*(?:就|相约|约)?在([^\s,，。!！]{2,16})[!！。~]*$")
_SEE_YOU_AT = re.compile(
    r"\b(?:see (?:us|you)|join us|meet(?: up)?|held|takes? place|hosted|gather)\s(?:[a-z]+\s){0,3}at\s"
    r"((?:the\s)?[A-Z]\w*(?:\s(?:of\s|the\s)?(?!(?:This|The|We|Our|It|You|Come)\b)[A-Z]\w*){0,5})"
)


def place_of(
    text: str, fields: list[Field], occasion: Occasion, until: int, *, alone: bool
) -> tuple[Place | None, str | None]:
    """The place of an occasion and the words it was read from; ``until``: where the next occasion begins."""
    told = _told(text, fields, occasion, until, alone=alone)
    contacts = [one for one in told if one.kind == "contact"]
    for value in _of_branch(text, occasion) if occasion.branch else ():
        if (place := read_where(value)) is not None:
            return place, tidy(value)
    for value in () if alone else _own_line(text, occasion, told):
        if (place := read_where(value)) is not None:
            return place, tidy(value)
    for one in told:
        if one.kind != "contact" and (found := _of_label(one)) is not None:
            return found
    for value in place_values(text, occasion, until) if occasion.sessions and is_english(text) else ():
        if (place := read_where(value)) is not None:
            return place, tidy(value)
    for value in _near_values(text, occasion, alone=alone):
        value = _LEADING_WORDS.sub("", value)  # noqa: PLW2901 - "地点不变：旧仓咖啡"
        if (place := read_where(value)) is not None:
            return place, tidy(value)
    return next((found for one in contacts if (found := _of_label(one)) is not None), (None, None))


def _own_line(text: str, occasion: Occasion, told: Sequence[Labelled]) -> list[str]:
    """A venue on the line of one of several times, where no label stands on it or right below it."""
    end = text.find("\n", occasion.stop)
    reach = text.find("\n", end + 1) if end >= 0 else -1
    if any(occasion.start <= one.start < (reach if reach >= 0 else len(text)) for one in told):
        return []
    _, behind = line_of(text, occasion.start, occasion.day_stop)
    return [piece for piece in _PIECES.split(behind) if is_venue(piece)][:1]


def _of_label(one: Labelled) -> tuple[Place, str | None] | None:
    """The place under a label; the address told with it stands beside its name."""
    value = _LEADING_WORDS.sub("", one.value)  # "集合：早7:00 体育中心西门"
    place = read_where(value)
    if place is None or not one.address:
        return (place, tidy(value)) if place is not None else None
    address = read_where(one.address)
    if address is None:
        return place, tidy(value)
    known = address if address.city is not None else place
    name = place.name or place.address
    return replace(known, name=name, address=address.address or address.name), f"{tidy(value)} {tidy(one.address)}"


def _of_branch(text: str, occasion: Occasion) -> list[str]:
    """The place on the line of one of several sittings, or the one a second list tells for it: ``南区：某某路1号``."""
    _, behind = line_of(text, occasion.start, occasion.day_stop)
    found = [value for value in re.split(r"[,，;；|｜。@\u3000]|(?<=[）)])", behind) if reads_as_place(value)][:1]
    label = re.escape(occasion.branch)
    for match in re.finditer(rf"(?m)^\W*{label}\s?[:：]\s?(.{{4,80}})$", normalize(text)):
        value = text[match.start(1) : match.end(1)]
        if not occasion.start - 40 <= match.start() <= occasion.stop and reads_as_place(value):
            found.append(value)
    return found


def _told(text: str, fields: list[Field], occasion: Occasion, until: int, *, alone: bool) -> list[Labelled]:
    """The labelled places that may hold for an occasion, the likeliest first."""
    places = labelled(text, fields)
    own = [f for f in places if f.kind != "meeting"]
    meeting = [f for f in places if f.kind == "meeting"]
    before = [f for f in own if f.start < occasion.start]
    inside = [
        f for f in own if occasion.start <= f.start < until and not (before and _heads_next(text, f, occasion, until))
    ]
    # A block's place stands nearest to its time, rather below it than above; one place may hold for all.
    nearest = inside[:2] + before[-1:] + ([f for f in own if f.start >= until][:1] if not inside else [])
    ordered = sorted(
        nearest,
        key=lambda f: (
            f.start - occasion.stop if f.start >= occasion.start else (occasion.start - f.stop) * (1.5 if alone else 6)
        ),
    )
    return ordered + [f for f in meeting if alone or occasion.start <= f.start < until][:1]


def _heads_next(text: str, one: Labelled, occasion: Occasion, until: int) -> bool:
    """Whether a labelled place stands above the next time rather than below this one, as those above it do."""
    return until < len(text) and text.count("\n", one.stop, until) < text.count("\n", occasion.stop, one.start)


def _near_values(text: str, occasion: Occasion, *, alone: bool) -> list[str]:
    """What reads as a place around the time, the likeliest first: its line, its sentence, the lines around it."""
    found = [*_on_line(text, occasion), *_in_sentence(text, occasion)]
    found += [*_below(text, occasion), *_above(text, occasion), *_meeting_points(text, occasion)]
    later = text[occasion.stop : occasion.stop + 400]
    found += [later[match.start(1) : match.end(1)] for match in [_HELD_IN.search(normalize(later))] if match]
    held = {match[1]: match for match in _HELD_IN.finditer(normalize(text[:4000]))}
    found += [text[match.start(1) : match.end(1)] for match in held.values()] if len(held) == 1 else []
    found += _in_head(text)
    found += _anywhere(text) if alone else []
    return [value for value in found if not re.search(r"\d{1,2}:\d\d|\d月\d", value)]


def _on_line(text: str, occasion: Occasion) -> list[str]:
    found: list[str] = []
    stop = min((m.day_stop or m.stop for m in occasion.mentions[:1]), default=occasion.stop)
    before, behind = line_of(text, occasion.start, stop)
    words = text[occasion.start : stop]
    venue = venue_in_line(f"{before}，{words}，{behind}") if len(before) + len(words) + len(behind) <= 160 else None
    found += [venue] if venue else []
    set_off = _SET_OFF.match(behind) if before.rstrip()[-1:] in set("—–|｜·-") else None
    found += [set_off[1]] if set_off is not None and not says("detail", normalize(set_off[1])) else []
    found += [
        match[match.lastindex or 0]
        for match in [_AT_SIGN.search(behind) or _AT_SIGN.search(before) or _AT_SIGN.search(words)]
        if match
    ]
    pieces = [piece for piece in _PIECES.split(behind) if piece.strip(" )）】")][: 3 if len(behind) <= 60 else 1]
    found += [piece for piece in pieces if reads_as_place(piece)][:1]
    if len(before) <= SHORT_LINE:
        pieces = [piece for piece in _PIECES_BEFORE.split(before) if piece.strip()]
        found += [piece for piece in reversed(pieces) if is_venue(piece)][:1]
    return found


def _in_sentence(text: str, occasion: Occasion) -> list[str]:
    sentence = _after_time(text, occasion)
    found = [
        sentence[match.start(1) : match.end(1)]
        for pattern in (_HELD_IN, _AT, _COME_TO, _GATHER, _AT_ENGLISH)
        for match in [pattern.search(normalize(sentence))]
        if match
    ]
    _, behind = line_of(text, occasion.start, occasion.day_stop)
    found += [match[1] for match in [_JUST_AT.search(behind.strip())] if match]
    return found


def _below(text: str, occasion: Occasion) -> list[str]:
    """A line below the time that reads as a place, where nothing is told behind the time."""
    _, behind = line_of(text, occasion.start, occasion.stop)
    if re.search(r"\w", _OPEN_END.sub("", behind)):
        return []
    below = _OPEN_END.sub("", text[occasion.stop : occasion.stop + 200])
    following = re.sub(r"^[\s*>]+", "", below).split("\n")
    first = following[0].strip(" *>")
    venue = first if reads_as_place(first) else _BESIDE_CHINESE.split(first)[0]
    if venue and len(venue) <= 60 and reads_as_place(venue):
        return [venue]
    words = [line.strip(" *>") for line in following[:-1] if re.search(r"\w", line)][1:3]
    lines = []
    for line in words:
        if re.search(r"\d\s?[:：月]", line):
            break
        lines += [line] if is_venue(line) else []
    return lines


def _above(text: str, occasion: Occasion) -> list[str]:
    """The line above the time, where it is nothing but a venue."""
    before, _ = line_of(text, occasion.start, occasion.stop)
    if before.strip(" *>"):
        return []
    lines = [line.strip(" *>") for line in text[: occasion.start - len(before)].split("\n")[1:] if line.strip()]
    pieces = re.split(r"\s?[|｜]\s?", lines[-1]) if lines else []
    return [piece for piece in pieces if is_venue(piece) and len(pieces) <= 2]


def _in_head(text: str) -> list[str]:
    """A venue set beside a day in the first lines below the title: ``12.10-11 | 某某会展中心``."""
    lines = [line for line in text.split("\n")[1:12] if line.strip()][:3]
    for line in lines:
        pieces = re.split(r"\s?[|｜]\s?", line.strip(" *"))
        if len(pieces) > 1 and re.search(r"\d", pieces[0]):
            return [piece for piece in pieces[1:] if is_venue(piece)][:1]
    return []


def _anywhere(text: str) -> list[str]:
    """What the prose or the title says of the place, far from any time."""
    normalized = normalize(text[:4000])
    title = normalized.split("\n", 1)[0]
    found = [m[m.lastindex or 0] for m in _AT_SIGN.finditer(title)]
    found += [text[m.start(1) : m.end(1)] for m in [re.search(r"就在([^\s,!。]{2,16})[!~。]*$", title)] if m]
    found += [text[m.start(1) : m.end(1)] for m in _AT.finditer(normalized) if is_venue(m[1])][:1]
    found += [m[1] for m in _SEE_YOU_AT.finditer(normalized)][:1]
    return found


def _meeting_points(text: str, occasion: Occasion) -> list[str]:
    """What stands on its line behind the hour at which one meets, where the start is told further down."""
    hours = [h for m in occasion.mentions[:1] for h in m.hours]
    gathered = [h for h in hours if h.role == "check-in" and len(hours) > 1]
    lines = [line_of(text, h.start, h.stop)[1].strip(" ,，。:：@在") for h in gathered]
    return [line for line in lines if reads_as_place(line)]


def _after_time(text: str, occasion: Occasion) -> str:
    """The sentence from its time on, where the place stands in Chinese; the whole of it where nothing follows."""
    sentence = sentence_of(text, occasion.start, occasion.stop)
    words = text[occasion.start : occasion.stop]
    at = sentence.find(words)
    behind = sentence[at + len(words) :] if at >= 0 else sentence
    return behind if len(behind.strip()) > 6 else sentence
