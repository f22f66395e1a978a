"""Pages that are not what was asked for: sign-in, consent, challenge, queue, not found, redirected, filled by script.

A title that says so is enough where the page says little else; a long page that merely offers a sign-in is no refusal.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spiders.readers.markup.page import Page
from spiders.reasons import Code

_SHORT = 2500  # visible characters: refusals are short, event pages with such words in their title are not
_FEW, _HARDLY_ANY = 1000, 300
_EMPTY = 200  # fewer visible characters than this beside scripts: the page is filled by script
_HEAD = 60_000

_REDIRECTING = re.compile(
    r"you are being\s*<a|http-equiv\s*=\s*[\"']?refresh[\"']?[^>]{0,40}content\s*=\s*[\"']?0\b", re.IGNORECASE
)
_NEEDS_SCRIPT = re.compile(
    r"enable javascript|requires javascript|javascript (?:is )?(?:disabled|required)"
    r"|doesn.t work properly without javascript|请(?:开启|启用|打开).{0,4}javascript",
    re.IGNORECASE,
)
_SIGN_IN_WORDS = re.compile(r"\b(?:sign|log) ?in\b|登录|登入", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Refusal:
    kind: Code
    says: re.Pattern[str]
    marks: tuple[str, ...]


@cache
def _refusals() -> tuple[_Refusal, ...]:
    text = files("spiders.readers.markup").joinpath("refusal.toml").read_text(encoding="utf-8")
    return tuple(
        _Refusal(Code(entry["kind"]), re.compile("|".join(entry["says"]), re.IGNORECASE), tuple(entry.get("marks", ())))
        for entry in tomllib.loads(text)["refusal"]
    )


def refusal_of(page: Page) -> Code | None:
    """What the page is instead of an answer to what was asked; None if it may hold events.

    The caller asks only about pages in which no markup tells of an event.
    """
    words = page.visible
    if len(words) > _SHORT:
        return None
    return _by_title(page) or (_by_look(page, words) if len(words) <= _FEW else None)


def _by_title(page: Page) -> Code | None:
    title = page.title or ""
    return next((refusal.kind for refusal in _refusals() if title and refusal.says.search(title)), None)


def _by_look(page: Page, words: str) -> Code | None:
    """By the page's source, or its words where they are hardly more than a title."""
    head = page.text[:_HEAD].lower()
    for refusal in _refusals():
        if any(mark in head for mark in refusal.marks):
            return refusal.kind
    if len(words) <= _HARDLY_ANY:
        for refusal in _refusals():
            if refusal.says.search(words):
                return refusal.kind
        if _REDIRECTING.search(head):
            return Code.PAGE_REDIRECTED
    if page.tree.css_first('input[type="password"]') is not None and _SIGN_IN_WORDS.search(words):
        return Code.PAGE_SIGN_IN
    return None


def filled_by_script(page: Page) -> bool:
    """Whether the page shows next to nothing without its scripts."""
    scripts = (s.attributes for s in page.tree.css("script"))
    if not any("src" in s or "json" not in (s.get("type") or "") for s in scripts):
        return False  # data for programs is no program
    return len(page.visible) < _EMPTY or (
        len(page.visible) < 2 * _EMPTY and bool(_NEEDS_SCRIPT.search(page.text[:400_000]))
    )
