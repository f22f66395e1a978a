"""Until when one may sign up, as an announcement says it."""

from __future__ import annotations

import re

from spiders.text.late_pattern import LatePattern

_WHEN = r"(?=[^\n。；;，,]{0,40}(?:\d|周[一二三四五六日天]|今[天晚]|明[天晚]|day\b|noon|midnight|tonight|tomorrow))"
_SIGN_UP_UNTIL = LatePattern(
    rf"(?:报名|申请|注册|购票|售票|订票)[^\n。；;，,]{{0,6}}(?:截止|截至){_WHEN}[^\n。；;，,]{{2,40}}"
    rf"|(?:截止|截至)(?:报名|申请|注册)?(?:日期|时间)?\s?[:：为]\s?{_WHEN}[^\n。；;，,]{{2,40}}"
    rf"|请[于在]{_WHEN}[^\n。；;，,]{{2,30}}前(?:完成)?(?:报名|登记|注册|申请|购票)"
    rf"|\b(?:rsvp|register|sign up|book|apply)(?: is required)? by {_WHEN}[^\n.;]{{3,40}}"
    rf"|\b(?:registration|rsvp|sign-?up|application|booking)s?(?: deadline| closes?| ends?)(?: on| is)?\s?:?\s{_WHEN}"
    r"[^\n.;]{3,40}",
    re.IGNORECASE,
)
"""Until when one may sign up, as a text says it; what merely counts or ends by a day is none."""


def sign_up_until(description: str) -> str | None:
    """The clause that names the last day or hour to sign up, in its own words."""
    found = _SIGN_UP_UNTIL.search(description[:4_000])
    return found[0] if found else None
