"""Words that say what became of an event: it is cancelled, postponed, moved to another date."""

from __future__ import annotations

import re
from functools import lru_cache

from spiders.items import Status
from spiders.text.late_pattern import LatePattern
from spiders.text.notice import notice_of_title

# Of a title or a line of a listing, whose event is read here: a word in passing must not call it off.
_CANCELLED = LatePattern(
    r"(?<!^)\bcancel+(?:ed|ation)\b|^cancel+(?:ed|ation)\b(?!\s\w)|\bmeeting cancel|\bcalled off\b"
    r"|已取消(?=\W|$)|活动取消(?!了?怎)"
    r"|(?<![“\"'‘])[（(【\[]\s*取消(?!\W?\s*这)|^取消(?=\W|$)|取消[】\])）](?![”\"'’]|\s*这)",
    re.IGNORECASE,
)
_POSTPONED = LatePattern(r"\bpostponed\b|\bdeferred\b|已?延期|推迟|改期|順延|顺延", re.IGNORECASE)
MARKS = LatePattern(
    r"[\W_]*\b(?:meeting )?(?:cancel+ed|postponed|rescheduled|cancellation)\b[\W_]*"
    r"|[（(\[【]?(?:已取消|已延期|延期|取消)[】\])）]?",
    re.IGNORECASE,
)
"""What is said of the status in a title and is no part of it."""
NEW_DATE = LatePattern(r"\W*(?:rescheduled|new date|moved to)\b|\W*(?:改期|延期)(?:至|到|为)", re.IGNORECASE)
"""How an entry begins that gives another date for the one before it."""
EMPTY_WORDS = frozenset({"cancelled", "canceled", "postponed", "取消", "延期", "改期"})
"""Words of status that do not tell one title from another."""
_CHANGE = LatePattern(
    r"\W*(?:\W*\b(?:joint|special|regular|meeting|event|class|location|venue|room|time|date|and|cancel+ed|cancellation|postponed"
    r"|rescheduled|change[ds]?|new|moved|updated|notice|has|been|is|was)\b)+\W*|\W*(?:已取消|已延期|延期|取消|改期)\W*",
    re.IGNORECASE,
)
_SAYS_CHANGE = LatePattern(r"cancel|change|resched|postpon|moved|notice", re.IGNORECASE)


def stated_status(*words: str | None) -> Status:
    """Cancelled or postponed where a title or a list line says so: often the only place where it stands."""
    return next((status for text in words if text and (status := _status_in(text)) != "confirmed"), "confirmed")


@lru_cache(maxsize=1024)
def _status_in(text: str) -> Status:
    notice = notice_of_title(text)
    if notice is not None and not notice.moved:
        return notice.status
    if _POSTPONED.search(text):
        return "postponed"
    return "cancelled" if _CANCELLED.search(text) else "confirmed"


def is_status(text: str) -> bool:
    """Whether a line only says what became of an entry: "MEETING CANCELLED", "Location & time change"."""
    return bool(_CHANGE.fullmatch(text.strip()))


def is_change(text: str) -> bool:
    """Whether a line that `is_status` tells a change, and is not made of words such as "Special meeting" alone."""
    return is_status(text) and bool(_SAYS_CHANGE.search(text))
