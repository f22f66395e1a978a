"""A place field taken apart: the place it names, whether it names a web room, and a map that it links to.

"Hall 2; Microsoft Teams Meeting" is both, "Zoom: see the mail" a web room, "Zoom Photography Studio, 5 Quay Street" a
house. What stands between separators is judged for itself: a web room is a programme or "online" with nothing behind it
but words that say no more; a house has a name.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, unquote_plus, urlsplit

from spiders.text.late_pattern import LatePattern

_LONGEST = 1000
_ADDRESS = LatePattern(r"(?:https?://|\bwww\.)[^\s<>\"'，。；、（）]+|\bgeo:-?\d[\d.,;?=&%\w()+-]*", re.IGNORECASE)
_SEPARATOR = LatePattern(
    r"(\s*[;；|｜\n\x1f]\s*|\s+/\s+|／|\s*[+＋]\s*|\s+&\s+|\s+(?:and|or|und|oder|et|ou)\s+|\s*[,，、]\s*|\s+[-–—]\s+"
    r"|\s*[(（)）]\s*)"
)
_WEAK = LatePattern(r"\s*[,，、]\s*|\s+[-–—]\s+")
_STREET = LatePattern(r"\b\d{1,5}[a-z]?\s+[A-Z][\w'.]+|\b[A-Z][\w'.]+\s+(?:\w+\s+)?\d{1,5}\b|[路街道巷弄号]|\d楼")
_ROOM = LatePattern(r"\b(?:room|floor|suite|hall|building|rm|auditorium)\b", re.IGNORECASE)
_NET_IN_CHINESE = LatePattern(
    r"腾讯会议(?![室中])|视频号(?!\w*店)|\b(?:zoom|teams|webex|skype|voov)\s?(?:线上|在线|视频|云)?(?:会议|直播)(?!室)|"
    r"^(?:同步|同时|并|亦可|也可|可)?(?:线上|線上)(?!\s*[+&和与及、/]?\s*线下)|^[^\d\s楼层室路街号]{0,8}直播间?$|"
    r"^(?:在线|网络|直播|钉钉|云端|飞书会议)(?:活动|直播|会议|平台)?(?:\W|$)",
    re.IGNORECASE,
)
_STREET_IN_CHINESE = LatePattern(r"[路街道巷弄里]\s?\d{1,5}\s?[号弄]")
_WAY_IN_IN_CHINESE = LatePattern(r"链接|連結|密码|会议号|会议ID|报名|入会|扫码|通知|群内|另行|详见|私信|公众号")
_ON_SITE = LatePattern(
    r"^(?:(?:线下|現場|现场|in[- ]person|线上\s*[+&和与及、/]?\s*线下\w{0,4})\s*[:：]\s*|(?:and|or)\s+)", re.IGNORECASE
)
_HYPHEN = LatePattern(r"(?<=\w)-(?=\w)")
_HAN = LatePattern("[\u4e00-\u9fff]")
_POINT = LatePattern(r"(-?\d{1,3}\.\d+)\s*[,~]\s*(-?\d{1,3}\.\d+)")
_WORDS_OF_A_MAP = ("q", "query", "daddr", "destination", "near", "address", "where", "name", "title")


@dataclass(frozen=True, slots=True)
class Field:
    """What a place field says. ``place`` are its words for a place, without links; ``online`` that it names a web room;
    ``map`` the address of a map; ``link`` that of any other page, unless it is a web room's."""

    place: str | None = None
    online: bool = False
    map: str | None = None
    link: str | None = None


@cache
def _words(name: str) -> frozenset[str]:
    text = files("spiders.text").joinpath("web_rooms.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])


@cache
def _may_be_online() -> LatePattern:
    heads = sorted(_words("programmes") | _words("adjectives"), key=len, reverse=True)
    signs = r"会议|线上|線上|在线|网络|直播|钉钉|云端|://|\bwww\.|\bgeo:"
    return LatePattern(rf"\b(?:{'|'.join(heads)})\b|{signs}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def parted(text: str) -> Field:
    """The parts of a place field, at most its first thousand characters; plain text, lines as they are."""
    text = text[:_LONGEST].strip()
    if not _may_be_online().search(text):
        return Field(place=text or None)
    maps: list[str] = []
    links: list[str] = []
    rooms: list[str] = []

    def taken(found: re.Match[str]) -> str:
        address = found.group().rstrip(".,;:)")
        (maps if is_map(address) else rooms if _is_room(address) else links).append(address)
        return "\x1f" + found.group()[len(address) :]

    words = _ADDRESS.sub(taken, text)
    place, online = _sorted_out(words)
    if place is None and links and not maps:
        online = True  # a page is where it takes place when nothing else is said
    return Field(
        place=place,
        online=online or bool(rooms),
        map=maps[0] if maps else None,
        link=links[0] if links else None,
    )


def _sorted_out(words: str) -> tuple[str | None, bool]:
    """The words for a place among those of a field, and whether others name a web room."""
    pieces = _SEPARATOR.split(words)
    kinds = [_is_web_room(piece, pieces[2 * at + 1 : 2 * at + 3]) for at, piece in enumerate(pieces[::2])]
    linked = "\x1f" in words
    if not any(kinds) and not linked:
        return words.strip() or None, False
    kept: list[str] = []
    seen = False
    for at, piece in enumerate(pieces[::2]):
        separator = pieces[2 * at - 1] if at else ""
        seen = seen or kinds[at] or "\x1f" in separator
        bare = _ON_SITE.sub("", piece.strip(" \t:：-–—·"))
        is_weak = not kept and _WEAK.fullmatch(separator) is not None
        if kinds[at] or not bare or (linked and _only_points(bare)) or (seen and not _may_be_place(bare, weak=is_weak)):
            continue
        if not kept and not seen and _is_way_in(bare):
            continue
        joint = separator if kept and _WEAK.fullmatch(separator) else ", " if kept else ""
        kept += [joint, bare]
    return "".join(kept).strip() or None, any(kinds)


def _only_points(piece: str) -> bool:
    """Whether a piece beside a link only says that it is one: "Google Maps"."""
    return all(token.strip(".!:").lower() in _words("pointers") for token in piece.split())


def _is_web_room(piece: str, behind: list[str]) -> bool:
    """Whether a piece of a field names a web room: a programme, or "online" and what is no house."""
    piece = piece.strip(" \t:：-–—·")
    if _NET_IN_CHINESE.search(piece):
        return _STREET_IN_CHINESE.search(piece) is None
    named = re.split(r"[:：#]|\s[-–—]\s", piece, maxsplit=1)[0]
    raw = [word for token in named.split() for word in _HYPHEN.split(token)]
    tokens = [token.strip(".!*'\"").lower() for token in raw]
    if _only_says_so(tokens):
        return True
    while tokens and tokens[0] in _words("leading") and not _begins(tokens, "programmes"):
        tokens, raw = tokens[1:], raw[1:]
    if head := _begins(tokens, "adjectives"):
        followed = len(behind) > 1 and _WEAK.fullmatch(behind[0]) is not None and _STREET.search(behind[1]) is not None
        return len(tokens) == head or not (tokens[-1] in _words("houses") or (followed and raw[head][:1].isupper()))
    if tokens and tokens[-1] not in _words("houses") and _names_programme(named.lower(), tokens):
        return True
    if head := _begins(tokens, "programmes"):
        rest, written = tokens[head:], raw[head:]
        return not any(
            word in _words("houses") or not (shown.islower() or not shown.isalpha() or _says_no_more(word))
            for word, shown in zip(rest, written, strict=True)
        )
    return False


def _only_says_so(tokens: list[str]) -> bool:
    """Whether words name nothing but a way over the net, in whatever order: "Evento virtual", "en visio"."""
    names_it, at = False, 0
    while at < len(tokens):
        head = max(_begins(tokens[at:], "adjectives"), _begins(tokens[at:], "programmes"))
        if not head and tokens[at] not in _words("trailing") and tokens[at] not in _words("leading"):
            return False
        names_it, at = names_it or head > 0, at + max(head, 1)
    return names_it


def _names_programme(named: str, tokens: list[str]) -> bool:
    """Whether the name of a programme can be nothing else: it is of two words, or a compound ("Zoom-Meeting")."""
    pairs = {" ".join(pair) for pair in itertools.pairwise(tokens)}
    return bool(pairs & _words("programmes")) or any(named.startswith(f"{word}-") for word in _words("programmes"))


def _begins(tokens: list[str], kind: str) -> int:
    """How many words at the beginning are one of that kind; 0 where none is."""
    return next((n for n in (2, 1) if len(tokens) >= n and " ".join(tokens[:n]) in _words(kind)), 0)


def _says_no_more(word: str) -> bool:
    return word in _words("trailing") or word in _words("programmes") or word in _words("adjectives")


def _is_way_in(piece: str) -> bool:
    """Whether a piece tells how to get into a web room, or to sign up for it."""
    tokens = {token.strip(".!*'\"?").lower() for token in re.split(r"[\s:]+", piece)}
    return bool(tokens & _words("instructions")) or _WAY_IN_IN_CHINESE.search(piece) is not None


def _may_be_place(piece: str, *, weak: bool) -> bool:
    """Whether a piece beside a web room names a place; behind a mere comma only what says so by itself."""
    if _is_way_in(piece) or not re.search(r"[^\W\d_]", piece):
        return False
    last = piece.rpartition(" ")[2].strip(".!").lower()
    if _STREET.search(piece) or _ROOM.search(piece) or last in _words("houses"):
        return True
    return not weak and (piece[0].isupper() or piece[0].isdigit() or _HAN.search(piece) is not None)


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "://" in address else f"https://{address}").hostname or "").lower()
    except ValueError:
        return ""


def _is_room(address: str) -> bool:
    host = _host(address)
    return any(host == room or host.endswith(f".{room}") for room in _words("rooms"))


def is_map(address: str) -> bool:
    """Whether an address is that of a map: its host or its path says so, or it is a known one."""
    if address.lower().startswith("geo:"):
        return True
    host = _host(address)
    try:
        path = urlsplit(address if "://" in address else f"https://{address}").path.lower()
    except ValueError:
        return False
    labels = host.split(".")[:-1]
    return (
        any(label in ("map", "maps") for label in labels)
        or re.match(r"/maps?(?:/|$)", path) is not None
        or any(host == known or host.endswith(f".{known}") for known in _words("maps"))
    )


def shown_on(address: str) -> tuple[str | None, tuple[float, float] | None]:
    """What a map's address shows: the words it was searched by, and a point in degrees, where it tells them."""
    if address.lower().startswith("geo:"):
        found = _POINT.search(address)
        return None, (float(found[1]), float(found[2])) if found else None
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None, None
    words = next((asked[key][0] for key in _WORDS_OF_A_MAP if asked.get(key)), None)
    if words is None and (named := re.search(r"/(?:place|search|dir/)/([^/@]+)", parts.path)):
        words = unquote_plus(named.group(1))
    at = _POINT.fullmatch(words.strip()) if words else None
    centre = " ".join(asked[key][0] for key in ("ll", "center", "sll") if asked.get(key))
    point = at or _POINT.search(f"{parts.path} {centre}")
    return (words if at is None else None), (float(point[1]), float(point[2])) if point else None
