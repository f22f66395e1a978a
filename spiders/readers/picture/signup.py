"""Where one signs up: the link of a code, or an address in print, where it belongs to one event alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.readers.announcement.vocabulary import says
from spiders.readers.picture.layout import Page
from spiders.readers.picture.layout_pieces import Piece
from spiders.readers.picture.links import public_link
from spiders.readers.picture.seen import Box, Code

_PRINTED = re.compile(
    r"(?:https?://|www\.)[\w.-]+\.[a-z]{2,}(?:/[\w./?=&%#~-]*)?|\b(?:[\w-]+\.){1,3}(?:com|org|net|io|cn|moe|edu|dev|app|me|ly|gle|tw|hk|co|uk|in|de)"
    r"/[\w./?=&%#~-]+",
    re.IGNORECASE,
)
_NEAR = 0.6  # of the size of a code: how far from it the words stand that say what it is for


def link_of(page: Page, links: Sequence[Code]) -> str | None:
    """The sign-up link of a page that announces one event: its only code with a link, or the one whose words say that
    one signs up there; without codes an address in print, where there is only one."""
    found = _distinct(links)
    if len(found) > 1:
        said = [code for code in found if _says_signup(page, code.box)]
        found = said if len(said) == 1 else []
    if found:
        return found[0].text
    return _printed(page) if not links else None


def links_of_rows(links: Sequence[Code], times: Sequence[Piece | None]) -> list[str | None]:
    """For each of several events the code that stands with its time, where each has one of its own."""
    found = _distinct(links)
    boxes = [piece.box for piece in times if piece is not None]
    if len(found) != len(times) or len(boxes) != len(times):
        return [None] * len(times)
    nearest = [min(range(len(found)), key=lambda at: _apart(found[at].box, box)) for box in boxes]
    return [found[at].text for at in nearest] if len(set(nearest)) == len(times) else [None] * len(times)


def _distinct(links: Sequence[Code]) -> list[Code]:
    return list({code.text: code for code in links}.values())


def _apart(code: Box, time: Box) -> float:
    down = abs((code.top + code.bottom) - (time.top + time.bottom)) / 2
    across = abs((code.left + code.right) - (time.left + time.right)) / 2
    return down + across


def _says_signup(page: Page, code: Box) -> bool:
    """Whether the words around a code say that one signs up with it."""
    room = _NEAR * max(code.width, code.height)
    near = Box(left=code.left - room, top=code.top - room, right=code.right + room, bottom=code.bottom + room)
    words = " ".join(
        piece.normalized
        for block in page.blocks
        for piece in block
        if piece.box.left < near.right and piece.box.right > near.left
        and piece.box.top < near.bottom and piece.box.bottom > near.top
    )  # fmt: skip
    return (
        says("signup", words)
        or re.search(r"报名|预约|购票|\bregist|\bsign\s?up\b|\btickets?\b|\brsvp\b", words, re.IGNORECASE) is not None
    )


def _printed(page: Page) -> str | None:
    """The one address that a page shows in print, as a link."""
    text = "\n".join(piece.text for block in page.blocks for piece in block)
    found = {
        match[0].rstrip(".,/") for match in _PRINTED.finditer(text) if text[match.start() - 1 : match.start()] != "@"
    }
    if len(found) != 1:
        return None
    address = found.pop()
    whole = address if address.lower().startswith("http") else f"https://{address}"
    return public_link(whole)
