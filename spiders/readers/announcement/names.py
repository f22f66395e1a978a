"""What an occasion may be called: every candidate for its name, with what can be seen of it.

Candidates come from the title, from labelled names, from headings, from quotation marks, from the sentence that
announces it, and, where one text tells several occasions, from the lines beside the time. Which of them it is, is
judged (:mod:`spiders.readers.announcement.judgement`) over features of form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spiders.readers.announcement.article import Article, Line
from spiders.readers.announcement.english_blocks import names_by_line
from spiders.readers.announcement.fields import Field, values
from spiders.readers.announcement.name_features import Layout, features
from spiders.readers.announcement.occasions import Occasion, line_of, sentence_of
from spiders.readers.announcement.titles import is_generic, with_brackets
from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind

_EDGES = " \t,，、:：—-·｜|~@#*。.;；!！?？>#"
_QUOTED = re.compile(r"[《「『“\"]([^《》「」『』“”\"\n]{3,40})[》」』”\"]")
_EDITION = re.compile(
    r"((?:第[一二三四五六七八九十百\d]{1,4}[届期场次]|20\d\d(?!\s?[年/.-]\s?\d|\s?年的?[首第今])\s?年?['’]?)[^,，。；;!！?？\n:：]{2,36}?)"
    r"(?=[,，。；;!！?？\n]|将|于|在|现场|即将|拟|定|$)"
)
_WILL_BE = re.compile(
    r"^(.{4,50}?)\s?(?:即?将[于於在]?|拟[定于於]|定[于於在]|[订兹谨]定?[于於]|(?:\s(?:will|is|takes)\b))"
)
_LISTED = re.compile(r"^\W*(?:\(?\d{1,2}(?:[.、)）﹑:]|\s)|[一二三四五六七八九十]{1,3}[、.)])\s*(?=\D)")
_TOPIC_LABEL = re.compile(
    r"^\W*(?:活动|讲座|沙龙|分享|会议|论坛|本期|本场)?(?:主题|名称|题目|topic|title)\s{0,2}[:|】]\s{0,2}", re.IGNORECASE
)
_WORK = re.compile(r"^\W{0,4}?(《[^《》\n]{1,30}》)\W*$")
_SPEAKER = re.compile(r"^[^\s:：【]{1,8}[:：]\s{0,2}(?=【)")  # "群主：【羽毛球】": who says it in a chat
_BRANCH = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9]{2,10}$")
_TIME_LABEL = re.compile(
    r"(?:^|[\s|,，;；])([^\s|,，;；:：]{0,8}(?:时间|時間|日期|期間|期间)|when|date|time)\s?[:：]?\s*$", re.IGNORECASE
)
_WILL_BE_HELD = re.compile(r"(?:即?[将將][于於在]?|[拟擬订訂定兹謹谨]定?[于於])\s*$")
_LABELLED = re.compile(r"^\W*[^\W\d]{2,6}\s?:")
_PART = re.compile(r"^(.{2,14}?)\s?(\d{1,2}|[一二三四五六])\s?(?:[:：].*)?$")
_SHORT_HEAD = 24
_UP = 8  # lines above a time in which its name is looked for
_LONGEST, _SHORTEST = 80, 2


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate: its words, where it comes from, and its features (each worth 1)."""

    words: str
    origin: str
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Block:
    """Where an occasion stands among the others: the text between the one before and the next."""

    occasion: Occasion
    start: int
    stop: int


def names_of(article: Article, blocks: Sequence[Block], title: str) -> list[list[Name]]:
    """For each occasion its candidates; ``title`` is the headline without calls and times."""
    lines = names_by_line(article, blocks)
    found = [
        _naming(list(_unique(_candidates(article, b, title, line, alone=len(blocks) == 1))))
        or [("title", title[:_LONGEST].strip())]  # a line too long for a name, and nothing else
        for b, line in zip(blocks, lines, strict=True)
    ]
    layout = Layout.of(article, title, found)
    return [[Name(words, origin, features(origin, words, layout)) for origin, words in each] for each in found]


def _naming(candidates: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without those that name nothing (``活动信息``), where others do."""
    return [each for each in candidates if not is_generic(each[1])] or candidates


def _unique(candidates: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    known: set[tuple[str, str]] = set()
    for origin, raw in candidates:
        bare = _tidy(raw)[:_LONGEST] if origin == "title" else _tidy(raw)
        if not _SHORTEST <= len(bare) <= _LONGEST or not re.search(r"[^\W\d_]", bare) or (origin, bare) in known:
            continue
        known.add((origin, bare))
        yield origin, bare


def _tidy(raw: str) -> str:
    listed = _LISTED.sub("", raw.replace("**", ""))
    bare = with_brackets(listed.strip(_EDGES), listed)
    bare = _SPEAKER.sub("", bare)
    label = _TOPIC_LABEL.match(normalize(bare))
    bare = bare[label.end() :] if label else bare
    for opening, closing in ("【】", "（）", "()", "[]", "「」", "“”"):
        if bare.startswith(opening) and bare.endswith(closing) and closing not in bare[1:-1]:
            bare = bare[1:-1].strip(_EDGES)
        elif bare.count(opening) != bare.count(closing):
            bare = bare.strip(opening + closing)
    return re.sub(r"\s+", " ", bare)


def _candidates(
    article: Article, block: Block, title: str, line: str | None, *, alone: bool
) -> Iterator[tuple[str, str]]:
    occasion = block.occasion
    yield "title", title
    if line is not None:
        yield "line", line
    yield from _of_title(article, title)
    yield from _of_fields(article, block, alone=alone)
    if occasion.start >= article.title_end:
        yield from _of_lines(article, block, title, alone=alone)
        yield from _of_sentence(article, occasion)
    if alone:
        yield from _of_whole(article, occasion, title)


def _of_title(article: Article, title: str) -> Iterator[tuple[str, str]]:
    sides = [side for side in re.split(r"[|｜丨]", article.title) if re.search(r"\w", side)]
    if len(sides) > 1:
        yield from (("title-side", side) for side in sides)
    parts = [part for part in re.split(r"[,，!！?？:：;；。]|\s[-–—]\s", title) if len(part.strip()) >= 4]
    if len(parts) > 1:
        yield from (("title-part", part) for part in parts)
    yield from (("title-quoted", match[1]) for match in _QUOTED.finditer(article.title))
    yield from _subject(article.title)


def _of_fields(article: Article, block: Block, *, alone: bool) -> Iterator[tuple[str, str]]:
    for field, value in values(list(article.fields), article.text, "name", "topic", "form"):
        if alone or block.start <= field.start < block.stop:
            yield f"field-{field.kind}", value.split("\n")[0]


def _of_lines(article: Article, block: Block, title: str, *, alone: bool) -> Iterator[tuple[str, str]]:
    """The words beside a time, and the lines around it, up to the occasions before and behind."""
    occasion = block.occasion
    line = article.line_at(occasion.start)
    before, behind = line_of(article.text, occasion.start, occasion.day_stop or occasion.stop)
    own = _without_label(before)
    yield "before", own
    if not _LABELLED.match(normalize(behind)):
        yield "behind", re.split(r"[,，。;；|｜@]", behind.strip(_EDGES + ")）]】"))[0]
    work = _WORK.match(behind)
    if not alone and work is not None:
        yield "work", f"{title} {work[1]}"
    if not alone and occasion.branch and _BRANCH.match(normalize(own).strip(_EDGES)):
        yield "branch", f"{title}（{own.strip(_EDGES)}）"
    above = list(_above(article, line, block))
    for number, words in enumerate(above[:3]):
        yield ("above", "above-second", "above-third")[number], words
    yield from _with_topic(article, block, above)
    if (parts := _enumerated(article.text[block.start : block.occasion.start].split("\n"))) is not None:
        yield "enumerated", parts
    if len(above) > 1 and len(above[0]) + len(above[1]) <= 60:
        yield "above-joined", f"{above[1].rstrip(_EDGES)}：{above[0].strip(_EDGES)}"
    head = article.lines[line.head] if line.head >= 0 else None
    if head is not None and (alone or head.start >= block.start):
        yield "head", article.words(head)
    below = article.next_of(line)
    if (
        below is not None
        and below.start < block.stop
        and not _is_field(article, below)
        and not _tells_time(article.words(below))
    ):
        yield "below", article.words(below)


def _with_topic(article: Article, block: Block, above: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What it is and what it is about: ``读书沙龙`` above ``主题：…``."""
    told = [
        (field.start, value.split("\n")[0].strip(_EDGES))
        for field, value in values(list(article.fields), article.text, "topic")
        if block.start <= field.start < block.stop
    ]
    topic = next((value for at, value in told if at < block.occasion.start), told[0][1] if told else "")
    heads = [words for words in above if normalize(topic) not in normalize(words)]
    if topic and heads and len(heads[0]) <= _SHORT_HEAD and not re.search(r"[。?？!！]", heads[0]):
        yield "above-topic", f"{heads[0].strip(_EDGES)}：{topic}"


def _enumerated(lines: Sequence[str]) -> str | None:
    """``圆桌01 …``, ``圆桌02 …``: several parts of one sitting, told with their numbers."""
    parts = [match for line in lines if (match := _PART.match(normalize(line.strip()))) and says("noun", match[1])]
    if len(parts) < 2 or len({match[1] for match in parts}) != 1:
        return None
    return parts[0][1] + "、".join(match[2] for match in parts)


def _above(article: Article, line: Line, block: Block) -> Iterator[str]:
    """Lines above a time that hold no field and no time, the nearest first."""
    at, looked = article.next_of(line, -1), 0
    while at is not None and at.start >= block.start and at.kind != "title" and looked < _UP:
        looked += 1
        words = article.words(at)
        if not _is_field(article, at) and len(words) <= _LONGEST and not _tells_time(words):
            yield words
        if at.kind == "heading" and at.level <= 7 and not _is_label(words):
            return
        at = article.next_of(at, -1)


def _of_sentence(article: Article, occasion: Occasion) -> Iterator[tuple[str, str]]:
    around = sentence_of(article.text, occasion.start, occasion.stop)
    yield from (("quoted", match[1]) for match in _QUOTED.finditer(around))
    yield from (("edition", words) for words in _found(_EDITION, around))
    yield from _subject(around.strip())


def _of_whole(article: Article, occasion: Occasion, title: str) -> Iterator[tuple[str, str]]:
    """Of the only occasion of a text: its second line, its headings, and what is quoted around the time."""
    second = article.next_of(article.lines[0])
    if second is not None and not _is_field(article, second) and not _tells_time(article.words(second)):
        yield "second", article.words(second)
        if len(title) <= 12 and not is_generic(title):
            yield "title-second", f"{title} {article.words(second)}"
    near = article.text[max(0, occasion.start - 400) : occasion.stop + 200]
    yield from (("near-quoted", match[1]) for match in _QUOTED.finditer(near))
    yield from (("near-edition", words) for words in _found(_EDITION, near))


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The first group of a pattern that is written for normalized text, as written."""
    for match in pattern.finditer(normalize(text)):
        yield text[match.start(1) : match.end(1)]


def _subject(sentence: str) -> Iterator[tuple[str, str]]:
    """What a sentence says that it will be held: ``某某年会将于…``."""
    announced = _WILL_BE.match(normalize(sentence))
    if announced is not None:
        yield "subject", re.split(r"[,，]\s?", sentence[: announced.end(1)])[-1]


def _without_label(before: str) -> str:
    """The words before a time on its line without the label of the time itself (``时间：``)."""
    match = _TIME_LABEL.search(before)
    bare = _WILL_BE_HELD.sub("", before[: match.start()] if match else before)
    return re.split(r"[。;；]", bare)[-1]


def _is_field(article: Article, line: Line) -> bool:
    labelled = line.kind != "heading" and re.fullmatch(r"[^\W\d]{2,6}", line.label) is not None
    told = [field for field in article.fields if line.start <= field.start < line.stop]
    return any(_begins_in(field, line) for field in told) or (labelled and not told)


def _begins_in(field: Field, line: Line) -> bool:
    return (
        field.kind not in {"name", "topic"} and line.start <= field.start < line.stop and field.start - line.start <= 8
    )


def _is_label(words: str) -> bool:
    return len(words) <= 8 and says("time_head", normalize(words))


def _tells_time(text: str) -> bool:
    return any(token.kind in {Kind.DATE, Kind.TIME} for token in scan(normalize(text)))
