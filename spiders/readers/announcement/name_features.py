"""What can be seen of a candidate for a name: where it stands, its form, what it says, its like in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spiders.readers.announcement.article import Article
from spiders.readers.announcement.titles import is_generic
from spiders.readers.announcement.vocabulary import says, words
from spiders.text.glyphs import normalize
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind

_VERB = re.compile(
    r"将[于於在]|举[行办]|召开|[将已]于|欢迎|我们|你[的家]?|他们|已经|了$|[,，]是|点击|扫码|下载|查看|详见|请"
)
_MAY_TELL_TIME = re.compile(r"\d|[周月日号点时今明后晚早午夜]|day|week|noon|night|am\b|pm\b", re.IGNORECASE)
_TIMES = {Kind.DATE, Kind.TIME, Kind.WEEKDAY, Kind.RELATIVE, Kind.MONTH, Kind.NTH, Kind.WEEK, Kind.WEEKEND}
_FAMILIES = ("venue", "limit", "beside", "agenda_head", "call", "recap", "signup", "host")
_TINY = 4  # characters of a title that says hardly anything


@dataclass(frozen=True, slots=True)
class Layout:
    """What all candidates of a text share: its title, how many occasions it tells, which origins all of them have."""

    text: str  # normalized
    title: str  # normalized, without calls and times
    named: bool  # the title says what is held
    generic: bool  # the title says nothing
    asks: bool  # the title is a question and names nothing
    count: int
    shared: Counter[str]
    repeated: Counter[str]

    @classmethod
    def of(cls, article: Article, title: str, found: Sequence[Sequence[tuple[str, str]]]) -> Layout:
        """``found``: the candidates of each occasion, as (origin, words)."""
        plain = normalize(title)
        named = says("noun", plain)
        return cls(
            text=article.normalized,
            title=plain,
            named=named,
            generic=is_generic(title),
            asks=not named and re.search(r"[?？]", article.title) is not None,
            count=len(found),
            shared=Counter(origin for each in found for origin in {origin for origin, _ in each}),
            repeated=Counter(name for each in found for name in {normalize(name) for _, name in each}),
        )


def features(origin: str, name: str, layout: Layout) -> dict[str, float]:
    """The features of one candidate, each worth 1."""
    bare = normalize(name)
    nouns = [match.end() for match in words("noun").finditer(bare)]
    found = [
        *_of_origin(origin, bool(nouns), layout),
        *_of_form(bare, name, nouns),
        *(f"says.{family}" for family in _FAMILIES if says(family, bare)),
        *_of_text(origin, bare, layout),
    ]
    return dict.fromkeys(found, 1.0)


def _of_origin(origin: str, has_noun: bool, layout: Layout) -> Iterator[str]:
    many = "alone" if layout.count == 1 else "several"
    yield f"from.{origin}"
    yield f"from.{origin}.{many}"
    kind = "title" if origin.startswith("title") else "field" if origin.startswith("field") else origin
    titled = "named" if layout.named else "nameless"
    yield f"{kind}.{titled}.{many}"
    yield f"{kind}.noun-{'yes' if has_noun else 'no'}.{titled}"
    if layout.generic:
        yield f"title-generic.{origin}"
    if layout.asks:
        yield "form.title-asks" if origin.startswith("title") else f"title-asks.{origin}"
    if len(layout.title) <= _TINY:
        yield f"title-tiny.{origin}"


def _of_form(bare: str, name: str, nouns: Sequence[int]) -> Iterator[str]:
    length = len(bare)
    yield "length." + ("tiny" if length < 4 else "short" if length < 8 else "good" if length <= 30 else "long")
    yield "noun." + ("none" if not nouns else "last" if nouns[-1] >= length - 2 else "inside")
    for sign, pattern, text in (
        ("clauses", r"[。,，;；]", bare), ("cry", r"[?？!！]", bare), ("quotes", r"[《「『“]", name),
        ("number", r"\d{2}|第", bare),
    ):  # fmt: skip
        if re.search(pattern, text):
            yield f"form.{sign}"
    if _MAY_TELL_TIME.search(bare) and any(token.kind in _TIMES for token in scan(bare)):
        yield "form.time"
    if _VERB.search(bare):
        yield "form.verb"


def _of_text(origin: str, bare: str, layout: Layout) -> Iterator[str]:
    if layout.text.count(bare) > 1:
        yield "text.repeated"
    if bare in layout.title and bare != layout.title:
        yield "text.in-title"
    if layout.count > 1:
        shared = layout.shared[origin]
        yield "layout." + ("all" if shared == layout.count else "most" if shared * 3 > layout.count * 2 else "some")
        if layout.repeated[bare] > 1:
            yield "layout.same-for-several"
