"""What an English line calls its event: ``Pub quiz Thu 3rd, 6.30pm, upstairs at The Fiddler, £2`` -> ``Pub quiz``.

English announcements of few words set name, day, hour, place and price side by side, or one below the other. A line is
cut where a time stands and where marks set pieces apart; the name is the first piece that is none of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind, Token

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
_PRICE = re.compile(
    r"[£$€¥]\s?\d|\b(?:rmb|usd|gbp|eur|cny)\b|\d\s?(?:rmb|yuan|each|pp|quid)\b|\bfree\b|\bdonations?\b|\bpay\b|\bno (?:cover|fee|charge)\b",
    re.IGNORECASE,
)
# A piece about taking part, or about the course of it.
_ASIDE = re.compile(
    r"^(?:bring|meet(?:ing)? (?:at|by|in|outside|up)|all |everyone|everybody|no |rsvp|sign|book(?:ing)? (?:now|here|at|via|by|ahead|in)|"
    r"tickets?\b|doors|back by|ends?\b|starts?\b|about \d|ping|reply|reply|dm\b|let (?:me|us)|see you|hope|drinks? provided|"
    r"members?(?: only)?$|beginners? welcome|\d+\s?(?:spots?|seats?|places?|people|left)|limited|capacity|age|hosted|organi[sz]ed|"
    r"speaker|cancel+ed$|postponed$|sold out|subject|from|register|registration|join|come|thank|sorry|warm|best|cheers|yours|kind)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:at|@|in|to|near|outside|inside|upstairs|downstairs|behind|opposite|room|suite|unit|court|floor|the back|back room|"
    r"common room|live on|on zoom|online|via)\b|^\d+\s[A-Z]|\b(?:road|street|avenue|lane|st|rd|ave)$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|hiya|dear|greetings|welcome|good (?:morning|afternoon|evening))\b.{0,50}$", re.IGNORECASE
)
_SAID = re.compile(
    r"^(?:we|i|you|they|he|she|it|there|please|who|where|if|as|after|last|this is|that|what a|thanks?|don't|do|not|nobody|everybody|costs?|order)(?:['\s]|$)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:(?:re|fwd?|aw|wg)\s?:\s*|\[[^\]\n]{1,40}\]\s*|"
    r"(?:(?:just )?(?:a )?(?:quick |friendly |gentle )?reminder|invitation|announce(?:ment|ing)|save the date|upcoming(?: events?)?|"
    r"coming (?:up|soon)|next(?: up| event| meeting| date)?|events?|join us|you(?:'re| are) invited|don't (?:forget|miss)|"
    r"change of (?:date|venue|time|plan)|cancel+ed|postponed|new date|sold out|last call|tickets)\s?(?::|-\s)\s*)",
    re.IGNORECASE,
)
# What leads up to the name in a sentence: "there's a …", "we're hosting our first …", "who's up for …".
_LEAD = re.compile(
    r"^(?:(?:and|so|also|then|ok|hey|yay)\s)?(?:"
    r"there(?:'s| is| will be|'ll be)|"
    r"we(?:'re| are|'ll be| will be|'ve got| have|'ll| will)?\s?(?:hosting|holding|having|running|organi[sz]ing|doing|showing|"
    r"putting on|planning|starting|launching|hold|host|have|run)?|"
    r"(?:is )?any(?:one|body)(?: is)?(?: up| keen| in)?(?: for)?|who(?:'s| is|s)?(?: up| in| keen| coming)?(?: for| to)|fancy|"
    r"(?:please )?(?:come and |do )?(?:join (?:us|me)|come(?: along| on down)?|you(?:'re| are)(?: all| warmly| cordially)? invited)"
    r"(?: online| again)?(?: for| to| at)|don't (?:forget|miss)|looking forward to|let's (?:do|have|play|go)|"
    r"(?=(?:our|the)\s(?:next|first|second|third|annual|monthly|weekly)\s[a-z]))\s*(?:for\s)?",
    re.IGNORECASE,
)
# What asks for company names what it is for, with an article or without.
_ASK = re.compile(
    r"^(?:is )?(?:any(?:one|body)(?: is)?(?: up| keen| in)?|who(?:'s| is|s)?(?: up| in| keen| coming)?) for\s+|^fancy\s+|"
    r"^(?:this is )?(?:just )?(?:a )?(?:quick |friendly |gentle |final )?(?:reminder|note) that\s+|^please note that\s+|"
    r"^(?:we(?:'re| are) )?(?:pleased|delighted|happy) to (?:announce|invite you to)\s+",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^(?:an?|the|our|my|another|some|this|that)\s+(?:very\s)?(?:(?:first|second|third|next|own|usual|regular|ever)\s)*",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\bfor\s+(?:an?|the|our|another|some)\s+(?:very\s)?(?:(?:first|next|second|third)\s)?(\S.*)$", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s+(?:is|are|will be|takes? place|will take place|starts?|begins?|happens|returns|runs|is held|is on|reminder|invitation|"
    r"announcement|planned|on|at|from|this|in|by|and|for|every|to|with|of|the)\W*$|\s*\(\s*$",
    re.IGNORECASE,
)
_HELD_AT = re.compile(r"\s+at\s+(?:the\s|our\s|my\s)?(?:[A-Z\d]|mine\b|ours\b|my\b|home\b|\w+'s\b).*$")
_NEWSLETTER = re.compile(
    r"^(?:what'?s (?:on|new|up)|this (?:week|month)|(?:coming|happening) up|events?\b|upcoming|dates|diary|news|hello|welcome|hi\b|dear\b)|"
    r"\b(?:news|newsletter|bulletin|update|diary|digest|calendar|events?|listings?)\W*$",
    re.IGNORECASE,
)
_PRESENTS = re.compile(r"\b(?:presents?|invites? you(?: to)?|proudly present)\W*$", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"^(?:(?:with )?(?:warm(?:est)?|best|kind|many)?\s?(?:wishes|regards|greetings)|cheers|best|yours(?: \w+)?|thanks|see you(?: \w+)*)\W*$",
    re.IGNORECASE,
)
_EDGES = " \t,:;-~|·*_#>\"'“”‘–—@.=+"
# A verb that makes a sentence of a piece: it says something of its subject, and names nothing.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|must|may|does|did|needs?|came|invites?|asks?|asked|says?|said|arrives?|begins?|began|"
    r"opens|opened|closed|looking)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:when|where|what|who|dates?|times?|venue|place|location|address|price|cost|fee|how much|info|details|more|agenda|schedule|"
    r"programme?|speakers?|host|contact|next|event|subject)\W*",
    re.IGNORECASE,
)
_WORDS, _TITLE_WORDS, _LONGEST = 9, 12, 90
_KIND_WORDS = 2  # "Seminar", "Evening talk": a name that says only what it is
_LOOKED = 8


def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters with hardly a Chinese character among them."""
    letters = len(_LATIN.findall(text))
    return letters > 2 and len(_CHINESE.findall(text)) <= _FEW * letters


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
    for line, below in zip(looked, looked[1:], strict=False):
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
    return _name(line, apart=False)


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
    elif lead is not None and (asked or _DETERMINER.match(plain[lead.end() :])):
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
    if _SAID.match(plain) or is_greeting(plain):
        return False
    if _FINITE.search(plain) and (apart or plain.endswith(".") or len(plain.split()) > _WORDS):
        return False
    if apart or len(plain.split()) > _WORDS or plain.endswith("."):
        if _ASIDE.match(plain) or _PLACE.search(plain) or _PRICE.search(plain):
            return False
    elif _PRICE.search(plain) and not says("noun", plain):
        return False
    return len(plain.split()) <= (_WORDS if apart or plain.endswith(".") else _TITLE_WORDS)


def _bare(piece: str) -> str:
    stripped = re.sub(r"^[^\w(\[\"'“‘]+|[^\w)\]!?\"'”’.]+$", "", piece.strip()).strip(_EDGES)
    return re.sub(r"\s+", " ", stripped)


def _pieces(line: str, normalized: str, runs: list[tuple[int, int]]) -> Iterator[str]:
    """The pieces that stand between times and marks."""
    masked, raw, at = "", "", 0
    for start, stop in runs:
        led = _LED.search(normalized, at, start)
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
