"""Words that say that one takes part over the net, in a room, or both.

Three questions have three answers, and so three patterns: in the prose of an announcement "线上" may be about signing
up and "直播" about an account; the place field of a calendar names rooms of both kinds (`spiders.text.place_field`);
and to tell one venue from another any word of the net is enough to leave it out.
"""

from __future__ import annotations

import re

from spiders.text.glyphs import normalize
from spiders.text.late_pattern import LatePattern
from spiders.text.place_field import parted

# Of sentences and of the fields of an announcement, in one spelling (see `glyphs`).
IN_PROSE = LatePattern(
    r"线上(?!线下|下单|报名|缴费|支付|咨询|购票|预约|填)|腾讯会议|腾讯课堂|zoom\b|钉钉(?:直播|会议|群直播|群同步)|飞书(?:会议|直播|妙记)|视频号|小鹅通|哔哩哔哩|(?:b\s?站|bilibili)(?!账号|视频)|抖音直播|快手直播|"
    r"微信群(?:内|直播|分享|语音)|直播间|网络直播|在线直播|同步直播|直播(?=$|[!,。|:：\s、）)!]|形式|平台|链接|"
    r"地址|预约|活动|课)|开播|云端(?:举行|举办|开讲|相见|会议)|webinar|online\b|virtual\b|live\s?stream|"
    r"google meet|microsoft teams|线上(?:直播|分享|会议|活动|沙龙|讲座)|线上见|扣扣群|YY语音|(?:在)?Youtube\s?观看",
    re.IGNORECASE,
)
BOTH_IN_PROSE = LatePattern(
    r"线上线下|线下\s{0,2}[+&/、和与]\s{0,2}线上|线上\s{0,2}[+&/、和与]\s{0,2}线下|线上同步|同步(?:线上)?直播|"
    r"线下.{0,14}线上|线上.{0,14}线下|hybrid|in[- ]person and online",
    re.IGNORECASE,
)
IN_PERSON = LatePattern(r"线下|现场(?!直播)|面对面|到场|in[- ]person|on[- ]?site|offline", re.IGNORECASE)

# Of the place or the title in a calendar or a listing, as written.
BOTH_IN_FIELD = LatePattern(r"\bhybrid\b|线上\s*[+&和与及、/]?\s*线下|线下\s*[+&和与及、/]?\s*线上", re.IGNORECASE)
IN_TITLE = LatePattern(
    r"^\W*(?:online|virtual|webinar|线上|線上)\b|[\[(【（](?:online|virtual|线上|線上)", re.IGNORECASE
)

# Of all that is known of a venue, case-folded.
IN_VENUE = LatePattern(r"\b(?:zoom|online|virtual|webinar|discord|livestream)\b|线上|直播|腾讯会议", re.IGNORECASE)


def is_online(text: str) -> bool:
    """Whether a text says that one takes part over the net."""
    return bool(IN_PROSE.search(normalize(text)))


def is_online_place(text: str | None) -> bool:
    """Whether the words for a place name a web room instead, and no place beside it."""
    if not text:
        return False
    found = parted(text)
    return found.online and found.place is None
