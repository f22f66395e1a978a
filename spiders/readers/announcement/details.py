"""What else an announcement tells: how one takes part, what it costs, who holds it, where one signs up, the city."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spiders.items import Place, Price
from spiders.readers.announcement.article import Article
from spiders.readers.announcement.fields import values
from spiders.readers.announcement.occasions import Occasion, line_of
from spiders.text import where
from spiders.text.glyphs import normalize
from spiders.text.institutions import city_of_institution
from spiders.text.price import read_price

_ADDRESS = r"https?://[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{4,500}"
_SIGN_UP_HERE = re.compile(rf"(?:报名|注册|预约|购票)[^\n。]{{0,40}}?({_ADDRESS})")
_SIGN_UP_BELOW = re.compile(rf"(?:报名|注册)[^\n]{{0,10}}\n+\s*<?({_ADDRESS})")
_SHORT = 500
_LONGEST = 4_000  # characters of a description
_BESIDE = 12  # characters on one side of a time within which a city is that of the time
_HAN = re.compile(r"[\u4e00-\u9fff]{4}")


def price(article: Article) -> Price | None:
    """What taking part costs."""
    return read_price(article.text[:20_000])


def organizer(article: Article) -> str | None:
    """The first labelled host."""
    for _, value in values(list(article.fields), article.text, "host"):
        line = value.split("\n")[0].strip(" *:：|,，、")
        if 2 <= len(line) <= 60:
            return line
    return None


def signup(article: Article) -> str | None:
    """The link that the text offers for signing up."""
    for words, address in article.page.links:
        if re.search(r"报名|注册|sign ?up|register|rsvp", words, re.IGNORECASE):
            return address
    match = _SIGN_UP_HERE.search(article.text) or _SIGN_UP_BELOW.search(article.text)
    return match[1].rstrip(".,;)") if match else None


def mode_words(article: Article, occasion: Occasion | None) -> str:
    """The words that say whether one comes or watches: title, fields, the line of the time; a short text whole."""
    parts = [article.normalized[: article.title_end]]
    parts += [
        f"{field.label}:{value}"
        for field, value in values(list(article.fields), article.normalized, "form", "place", "meeting", "time")
    ]
    if occasion is not None:
        before, behind = line_of(article.normalized, occasion.start, occasion.stop)
        parts += [before[-80:], behind[:120]]
    if len(article.normalized) < _SHORT:
        parts.append(article.normalized)
    return "\n".join(parts)


def in_city(article: Article, place: Place | None, mode: str | None, occasion: Occasion | None) -> Place | None:
    """The place with its city: named in the field, beside the time ("上海站"), in the title, by the host, in the text.

    A city that the field tells only by a name that others bear too gives way to one that stands in the title.
    """
    city = _beside(article, occasion) or where.city_of_title(article.normalized[: article.title_end])
    if place is not None and place.city is not None:
        stated = where.city_of_words(normalize(f"{place.name or ''} {place.address or ''}"))
        if city in (None, place.city) or stated is not None:
            return place
        return Place(name=place.name, address=place.address, city=city)
    words = f"{place.name or ''}, {place.address or ''}" if place is not None else ""
    if city is None and words and _HAN.search(article.text):
        city = where.city_abroad(words) or city_of_institution(words)
    if city is None and mode != "online":
        city = _by_host(article) or where.city_of_text(article.normalized)
        city = city if city in (None, *where.cities_hinted(words)) or not where.cities_hinted(words) else None
    if city is None:
        return place
    if place is None:
        return Place(city=city)
    return Place(name=place.name, address=place.address, city=city, district=place.district)


def _beside(article: Article, occasion: Occasion | None) -> str | None:
    """The city told with the time: as the name of the sitting, or alone with it on a line ("上海 3月4日")."""
    if occasion is None:
        return None
    branch = where.city_of_title(normalize(occasion.branch)) if occasion.branch else None
    if branch is not None:
        return branch
    before, behind = line_of(article.normalized, occasion.start, occasion.day_stop)
    for words in (re.split(r"[。;；]", before)[-1], re.split(r"[。;；]", behind)[0]):
        if len(words.strip()) <= _BESIDE and (city := where.city_of_words(words)) is not None:
            return city
    return None


def _by_host(article: Article) -> str | None:
    """The city that the hosts' names tell, where they agree."""
    named = {where.city_of_words(normalize(value)) for _, value in values(list(article.fields), article.text, "host")}
    named.discard(None)
    return named.pop() if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class Shared:
    """What a text tells once for all its events."""

    price: Price | None
    organizer: str | None
    signup: str | None
    description: str | None

    @classmethod
    def of(cls, article: Article) -> Shared:
        below = article.text[article.title_end :].strip()[:_LONGEST] or None
        return cls(price(article), organizer(article), signup(article), below)
