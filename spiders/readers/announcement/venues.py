"""What reads as a place: the kind of venue or room at its end, an address; not what else a line tells."""

from __future__ import annotations

import re

from spiders.text.glyphs import normalize

SHORT_LINE = 40
"""A line of so many characters may be a venue alone."""
_VENUE_LINE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,}.*(?:馆|厅|店|楼|室|剧场|广场|中心|公园|大厦|空间|会议室|教室|酒店|书店|咖啡|校区|大学|学院|路\s?\d+\s?号|弄|座|栋|层|社区|基地|园区|\d+[Ff]\b|号|城|吧|酒馆|茶馆|[停操球农]场|体育场|码头|书[屋院]|工坊|仓库|库房|小院|院子|营地|天台|车站|地铁站|出口|门口|民宿|工作室|俱乐部|草坪|广场|hub\b|hall\b|street\b|road\b|lane\b|avenue\b|centre\b|center\b|library\b|museum\b|cafe\b|building\b|tower\b|campus\b|square\b)",
    re.IGNORECASE,
)
_SHORT_ROOM = re.compile(
    r"^[\u4e00-\u9fff]{1,6}\s?[-–]?\s?[A-Z]?-?\d{2,4}室?$|^[\u4e00-\u9fff]{1,4}[A-Z]\d{2,4}$|^[\u4e00-\u9fff]{1,3}[IVX]+-?\d{2,4}$"
)
_KINDS = (
    "馆|厅|室|店|剧场|剧院|影院|广场|中心|公园|大厦|大楼|空间|酒店|书店|咖啡|校区|大学|学院|学校|[高初]?中学?|小学|国小|国中|幼儿园|医院|"
    "社区|基地|园区|吧|酒馆|茶馆|[停操球农]场|体育场|田径场|码头|书[屋院]|工坊|仓库|小院|营地|天台|车站|火车站|地铁站|民宿|工作室|俱乐部|草坪|"
    "堂|寺|庙|宫|苑|殿|禅林|道场|山庄|舞台|会议区|论坛区|活动区|展位|食堂|客栈|农庄|村委会|居委会|研究所|研究院|文化宫|产业园|科技园|美术馆|报告厅"
)
_ENDS_AS_VENUE = re.compile(
    rf"^(?!\d+[个位名人]).*[\u4e00-\u9fff]{{1,}}.*?(?:{_KINDS})"
    r"(?:\s?[A-Za-z]?\d{0,2}[-.]?\d{1,4}(?:室|教室|厅|号|[Ff])?|[一二三四五六七八九十\d]{1,2}[楼层].{0,8}|[东西南北]{1,2}[门侧角区厅]|\s?\([^()]{1,40}\))?$|"
    r"\d{1,5}\s?号(?:.{0,12}[楼层室厅])?(?:\([^()]{1,40}\))?$|^[A-Z]\d?-\d{1,3}(?:会议[室区])?$"
)
_LABELLED = re.compile(r"^[\u4e00-\u9fff]{2,6}\s?:")
_NOT_PLACE = re.compile(
    r"报名|时间|费用|嘉宾|主题|主持|流程|分享|点击|扫码|欢迎|名额|免费|\d{1,2}:\d\d|\d年|年度|参加|将[于在会有聚]|\d\s?万|万[余名元多]|举办|举行|"
    r"活动(?!中心|室|区)|对象|我们|你|http",
    re.IGNORECASE,
)


def is_venue(piece: str) -> bool:
    """Whether a few words are nothing but a place: they end in what kind of venue or room it is."""
    bare = normalize(piece).strip(" ,.【】·-")
    return reads_as_place(piece) and len(bare) <= SHORT_LINE and bool(_ENDS_AS_VENUE.search(bare))


def reads_as_place(piece: str) -> bool:
    """Whether a few words, set apart beside or below a time, may be its place."""
    bare = normalize(piece).strip(" ,.【】*")
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
    if not 2 <= len(bare) <= 60 or _NOT_PLACE.search(bare) or _LABELLED.search(bare):
        return False
    return bool(_VENUE_LINE.search(bare) or _SHORT_ROOM.match(bare) or _ENDS_AS_VENUE.search(bare))
