"""Words that stand where a value should and say that there is none yet: "TBD", 待定, 另行通知."""

from __future__ import annotations

import re

_NOTHING = re.compile(
    r"(?:tb[adc]|to be (?:announced|determined|confirmed|decided)|unknown|none|null|n/?a|undefined|-+|\?+"
    r"|待定|未定|暂无|无)\.?",
    re.IGNORECASE,
)
_LONGEST = 40

# Of the place field of an announcement: what it begins with, for it goes on ("详见海报", "报名后群内通知").
PLACE_TO_COME = re.compile(
    r"^(?:待定|另行通知|稍后(?:公布|通知|更新)|详见|见(?:海报|图|原文|详情|下|推文)|报名后|tbd|tba|扫码|点击|群内|私信|另通知|未定|暂定|保密|具体|报名成功)",
    re.IGNORECASE,
)
# Of a sentence about the time: anywhere in it.
TIME_TO_COME = re.compile(
    r"待定|待通知|另行通知|敬请期待|\btb[acd]\b|to be (?:announced|confirmed|decided|fixed)|coming soon", re.IGNORECASE
)


def is_unknown(value: str) -> bool:
    """Whether a value of a field is nothing but such words."""
    return len(value) < _LONGEST and _NOTHING.fullmatch(value) is not None
