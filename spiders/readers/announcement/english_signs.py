"""What speaks for and against an announcement in an English text, where the words of the other families are rare.

A day, an hour, and a place or a price side by side announce, whatever it is called; what is told in the past, what is
sold, delivered or closed does not. Each sign is worth 1 and none is seen in a Chinese text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spiders.readers.announcement import english
from spiders.readers.announcement.article import Article
from spiders.readers.announcement.english_places import place_values
from spiders.readers.announcement.occasions import line_of
from spiders.readers.announcement.select import Selected
from spiders.readers.announcement.vocabulary import says
from spiders.text.when.model import Mention

_TOLD = english.pattern("told")
_NO_TELLING = english.pattern("not_told")
_MUCH_TOLD, _SOME_TOLD = 0.05, 0.025  # past forms among the words
_FEW_WORDS = 12


def features(article: Article, selected: Selected, own: Sequence[str | None]) -> dict[str, float]:
    """The signs of one English text; ``own`` are the names that the lines of the occasions give."""
    return {f"english.{name}": 1.0 for name in _seen(article, selected, own)}


def _seen(article: Article, selected: Selected, own: Sequence[str | None]) -> Iterator[str]:
    yield "text"
    occasions = selected.occasions
    timed = [one for one in occasions if not all(session.all_day for session in one.sessions)]
    if occasions and not timed:
        yield "no-hour"
    if timed and (says("share", article.normalized) or any(field.kind == "place" for field in article.fields)):
        yield "complete"
    if not article.text[article.title_end :].strip():
        yield "line"  # its title is the whole text: that a time stands in it tells nothing
    if timed and any(True for one in occasions for _ in place_values(article.text, one, len(article.text))):
        yield "place"
    if len(occasions) > 1 and all(own) and len(set(own)) > 1:
        yield "entries"
    if timed and (len(occasions) == 1 or not any(own)) and english.name_of(article.title) is not None:
        yield "named"
    if says("service", article.normalized[: article.title_end]) or _serves(article, selected):
        yield "service"
    words = len(re.findall(r"\w+", article.normalized))
    told = len(_TOLD.findall(_NO_TELLING.sub("", article.normalized)))
    if words > _FEW_WORDS and told > 1 and told >= _SOME_TOLD * words:
        yield "told" if told >= _MUCH_TOLD * words else "told-some"


def _serves(article: Article, selected: Selected) -> bool:
    """Whether a time that was chosen is told only on lines that speak of hours, goods or works."""
    starts = {one.start for one in selected.occasions}
    chosen = [one.time for one in selected.judged if one.time.main.start in starts]
    return any(all(_says_service(article, mention) for mention in time.all) for time in chosen)


def _says_service(article: Article, mention: Mention) -> bool:
    before, behind = line_of(article.normalized, mention.start, mention.stop)
    return says("service", f"{before} {behind}")
