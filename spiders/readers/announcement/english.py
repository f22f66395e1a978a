"""What an English line calls its event: ``Pub quiz Thu 3rd, 6.30pm, upstairs at The Fiddler, £2`` -> ``Pub quiz``.

English announcements of few words set name, day, hour, place and price side by side, or one below the other. A line is
cut where a time stands and where marks set pieces apart; the name is the first piece that is none of the others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind, Token


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("english.toml").read_text("utf-8"))


def pattern(name: str) -> re.Pattern[str]:
    """One pattern of ``english.toml``."""
    return re.compile("".join(_words()[name]), re.IGNORECASE)


_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_FEW = 0.02  # Chinese characters for each Latin letter in a text that is English all the same
_TIMES = {
    Kind.DATE, Kind.DAY, Kind.WEEKDAY, Kind.WEEKEND, Kind.RELATIVE, Kind.SAME_DAY, Kind.NTH, Kind.TIME, Kind.ZONE,
    Kind.MONTHLY, Kind.FORTNIGHTLY, Kind.EVERY, Kind.NEXT_DAY, Kind.DURATION,
}  # fmt: skip
_LOOSE = {Kind.WEEKDAY, Kind.WEEKEND}  # may be part of a name: "Sunday hike", "First Friday drinks"
_MARK = "\0"  # where a time stood
_GLUE = re.compile(
    r"(?:[\s,()&+/~@-]|\b(?:at|on|from|to|till?|until|and|or|between|around|about|by|the|of|this|next|in|doors|talks?|"
    r"starts?|starting|ends?|sharp|late|ish)\b|\d{1,2}(?:st|nd|rd|th)\b)*",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:\b(?:at|on|from|this|next|every|each|by|till?|until|between|around|for|and|is|are|when|date|in|held)[\s:]*)+$|[(\[]\s*$",
    re.IGNORECASE,
)
_NO_WORD_BEHIND = re.compile(
    r"(?!\s?(?:at|in|on|from|to|till|until|is|are|for|with|and|or|by|the|we|the|come)\b)\s[A-Za-z]"
)
_APART = re.compile(
    rf"{_MARK}:?|:?{_MARK}|:\s*$|[,;|·()\[\]{{}}]|(?<=\s)[-~](?=\s|$)|[.!?]+(?=\s|$)|\s{{2,}}|"
    "[\u2600-\u27bf\U0001f000-\U0001faff]"
)
_SENTENCE = re.compile(r"(?<![ap]\.m)[.!?](?=\s)")
_PRICE = pattern("price")
_ASIDE = pattern("aside")
_PLACE = pattern("place")
_GREETING = pattern("greeting")
_SAID = pattern("said")
_SPOKEN = pattern("spoken")
_PREFIX = pattern("prefix")
_LEAD = pattern("lead")
_ASK = pattern("ask")
_DETERMINER = pattern("determiner")
_PURPOSE = pattern("purpose")
_TAIL = pattern("tail")
_HELD_AT = re.compile(r"\s+at\s+(?:the\s|our\s|my\s)?(?:[A-Z\d]|mine\b|ours\b|my\b|home\b|\w+'s\b).*$")
_NEWSLETTER = pattern("newsletter")
_PRESENTS = pattern("presents")
_SIGN_OFF = pattern("sign_off")
_EDGES = " \t,:;-~|·*_#>\"'“”‘–—@.=+"
_FINITE = pattern("finite")
_LABEL = pattern("label")
_WORDS, _TITLE_WORDS, _LONGEST = 9, 12, 90
_LONGEST_LEAD = 40  # characters of the small words before a time
_SAMPLE = 4_000  # characters that show the language of a text
_QUOTES = ("'", '"', "“")
_KIND_WORDS = 2  # "Seminar", "Evening talk": a name that says only what it is
_LOOKED = 8


@lru_cache(maxsize=64)
def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters with hardly a Chinese character among them."""
    letters = len(_LATIN.findall(text[:_SAMPLE]))
    return letters > 2 and len(_CHINESE.findall(text[:_SAMPLE])) <= _FEW * letters


def is_newsletter(line: str) -> bool:
    """Whether a title heads several things: ``Writers' Room news``, ``What's on at …``; or greets."""
    bare = _bare(normalize(line))
    return bool(_NEWSLETTER.search(bare)) or is_greeting(bare)


def is_greeting(line: str) -> bool:
    """``Dear singers,``, ``Hi all``; not ``Hello World meetup``."""
    return bool(_GREETING.match(line)) and not says("noun", line)


def name_of_text(lines: Iterable[str]) -> str | None:
    """The first line that names something; where none does, who signed."""
    looked = [line for line in lines if re.search(r"\w", line)]
    for line in looked[:_LOOKED]:
        if not _SIGN_OFF.match(_bare(normalize(line))) and (name := name_of(line)) is not None:
            return name
    for line, below in pairwise(looked):
        if _SIGN_OFF.match(_bare(normalize(line))):
            return _bare(below) or None
    return None


def name_of(line: str) -> str | None:
    """What a line calls the event it tells of; None where it is a greeting, a time, a place, a price or a sentence."""
    normalized = normalize(line)
    if _PRESENTS.search(_bare(normalized)):
        return None
    runs = _runs(normalized)
    if not runs and not _PRICE.search(normalized):
        return _plain(line)
    said = _SENTENCE.search(normalized, runs[0][1]) if runs else None
    if said is not None:  # what is said after the sentence of the first time names nothing
        line, normalized = line[: said.start()], normalized[: said.start()]
        runs = [run for run in runs if run[1] <= said.start()]
    for piece in _pieces(line, normalized, runs):
        if (name := _name(piece, apart=True)) is not None:
            return _with_subject(name, line, normalized, runs)
    return None


def _with_subject(name: str, line: str, normalized: str, runs: list[tuple[int, int]]) -> str:
    """``Seminar on Dec 4: Ports under pressure``: what it is stands before the day, what it is about behind it."""
    behind = re.match(r"\s?:\s", normalized[runs[0][1] :]) if len(runs) == 1 else None
    if behind is None or len(name.split()) > _KIND_WORDS or name not in line[: runs[0][0]]:
        return name
    subject = _name(line[runs[0][1] + behind.end() :], apart=False)
    return f"{name}: {subject}" if subject else name


def times_in(line: str) -> bool:
    """Whether a line tells a day or an hour."""
    return bool(_runs(normalize(line)))


def before_and_behind(line: str) -> tuple[str | None, str | None]:
    """The name that stands before the time of a line, and the one behind it where a mark or nothing sets it apart."""
    normalized = normalize(line)
    runs = _runs(normalized)
    if not runs:
        return None, None
    before = name_of(line[: runs[0][0]]) if re.search(r"\w", line[: runs[0][0]]) else None
    behind = line[runs[0][1] :]
    if re.match(r"\s*[,(]", behind):
        return before, None
    return before, name_of(behind) if _LATIN.search(behind) else None


def _plain(line: str) -> str | None:
    """A line without times: a name as a whole, unless it is a sentence or speaks to somebody."""
    return _name(line, apart=re.search(r"\w\.\W*$", line) is not None)


def _name(piece: str, *, apart: bool) -> str | None:
    bare = _bare(piece)
    while (prefix := _PREFIX.match(normalize(bare))) is not None and len(bare) > prefix.end():
        bare = _bare(bare[prefix.end() :])
    plain = normalize(bare)
    if is_greeting(plain):
        return None
    asked = _ASK.match(plain)
    lead = asked or _LEAD.match(plain)
    purpose = _PURPOSE.search(plain) if _ASIDE.match(plain) or _PLACE.match(plain) else None
    if purpose is not None:
        bare = bare[purpose.start(1) :]
    elif lead is not None and (asked or plain[lead.end() :][:1] in _QUOTES or _DETERMINER.match(plain[lead.end() :])):
        bare = bare[lead.end() :]
        article = _DETERMINER.match(normalize(bare))
        bare = bare[article.end() :] if article else bare
    if apart:
        bare = _HELD_AT.sub("", bare)
    while (tail := _TAIL.search(bare)) is not None and tail.start() > 0:
        bare = bare[: tail.start()]
    bare = _bare(bare)
    return bare if _names_something(normalize(bare), apart=apart) else None


def _names_something(plain: str, *, apart: bool) -> bool:
    if len(_LATIN.findall(plain)) < 3 or len(plain) > _LONGEST or _LABEL.fullmatch(plain):
        return False
    if (_SAID if apart else _SPOKEN).match(plain) or is_greeting(plain):
        return False
    if _FINITE.search(plain) and (apart or len(plain.split()) > _WORDS):
        return False
    if apart:
        if _ASIDE.match(plain) or _PLACE.search(plain) or _PRICE.search(plain):
            return False
    elif _PRICE.search(plain) and not says("noun", plain):
        return False
    return len(plain.split()) <= (_WORDS if apart else _TITLE_WORDS)


def _bare(piece: str) -> str:
    stripped = re.sub(r"^[^\w(\[\"'“‘]+|[^\w)\]!?\"'”’.]+$", "", piece.strip()).strip(_EDGES)
    return re.sub(r"\s+", " ", stripped)


def _pieces(line: str, normalized: str, runs: list[tuple[int, int]]) -> Iterator[str]:
    """The pieces that stand between times and marks."""
    masked, raw, at = "", "", 0
    for start, stop in runs:
        led = _LED.search(normalized, max(at, start - _LONGEST_LEAD), start)
        begin = led.start() if led else start
        masked += normalized[at:begin] + _MARK
        raw += line[at:begin] + _MARK
        at = stop
    masked += normalized[at:]
    raw += line[at:]
    start = 0
    for cut in _APART.finditer(masked):
        if re.search(r"\w", masked[start : cut.start()]):
            yield raw[start : cut.start()]
        start = cut.end()
    if re.search(r"\w", masked[start:]):
        yield raw[start:]


def _runs(normalized: str) -> list[tuple[int, int]]:
    """Where times stand, those that only small words set apart as one; a weekday before its noun is part of a name."""
    runs: list[tuple[int, int, bool]] = []
    for token in scan(normalized):
        if token.kind not in _TIMES or token.end <= token.start:
            continue
        if runs and _GLUE.fullmatch(normalized, runs[-1][1], token.start):
            runs[-1] = (runs[-1][0], token.end, False)
        else:
            runs.append((token.start, token.end, _may_be_name(token, normalized)))
    return [(start, stop) for start, stop, named in runs if not named]


def _may_be_name(token: Token, normalized: str) -> bool:
    words = normalized[token.start : token.end].lower()
    return (
        token.kind in _LOOSE
        and not re.match(r"(?:on|this|next|every|each|last|coming)\b", words)
        and not words.endswith("days")
        and _NO_WORD_BEHIND.match(normalized, token.end) is not None
    )
