"""What of a text may be public: numbers, addresses and chat ids go, everything else stays as it is."""

from __future__ import annotations

import pytest

from planner.privacy import excerpt, redact
from tests.support.timing import spent

PRIVATE = [
    # (text, what must not be left of it)
    ("加V：haiquan2026", "haiquan2026"),
    ("加v haiquan 领名额", "haiquan"),
    ("+V abcde123", "abcde123"),
    ("➕V：abcde123", "abcde123"),
    ("报名 V: abcde123", "abcde123"),
    ("v：haiquan", "haiquan"),
    ("小助理微信号是 abcde123", "abcde123"),
    ("加wx13700001111", "13700001111"),
    ("wx13700001111", "13700001111"),
    ("我的微信是 abcde123", "abcde123"),
    ("联系方式：64681234", "64681234"),
    ("Call 2123 4567", "4567"),
    ("wxid_ab12cd34ef56", "ab12cd34ef56"),
    ("咨询电话021-6468 1234", "6468"),
    ("电话１３７００００１１１１", "１３７"),
    ("137.0000.1111", "1111"),
    ("137 0000 1111", "1111"),
    ("137 0000 1111", "1111"),
    ("+86-137-0000-1111", "1111"),
    ("0086 137 0000 1111", "1111"),
    ("微信同号13700001111", "13700001111"),
    ("电话13700001111", "13700001111"),
    ("2026-11-24 13700001111", "13700001111"),
    ("138-1234-0956", "0956"),
    ("微信(abcde124)", "abcde124"),
    ("微信（abcde124）", "abcde124"),
    ("威信：abcde123", "abcde123"),
    ("微❤ abcde123", "abcde123"),
    ("微❤️：abcde", "abcde"),
    ("薇❤ abcde123", "abcde123"),
    ("扫码加 abcde_123 微信", "abcde_123"),
    ("加 haiquan 微信", "haiquan"),
    ("钉钉 abc123", "abc123"),
    ("飞书号 abc123", "abc123"),
    ("企业微信：haiquan", "haiquan"),
    ("QQ：12345678", "12345678"),
    ("qq 12345678 报名", "12345678"),
    ("QQ: 20011224", "20011224"),
    ("Call Ann on 020 7946 0958 or +44 7700 900123", "0958"),
    ("Call Ann on 020 7946 0958 or +44 7700 900123", "900123"),
    ("01632 960123", "960123"),
    ("07700 900123", "900123"),
    ("077009 00123", "00123"),
    ("(707) 555- 0134", "0134"),
    ("01 42 68 53 00", "53 00"),
    ("01.42.68.53.00", "53.00"),
    ("Tel. 030 901820", "901820"),
    ("whatsapp +447700900123", "900123"),
    ("WhatsApp: 7700 900123", "900123"),
    ("https://wa.me/447700900123", "900123"),
    ("Telegram @abcdef", "abcdef"),
    ("tg: @abc_def", "abc_def"),
    ("Telegram: abc_def", "abc_def"),
    ("Line ID: haiquan", "haiquan"),
    ("Signal: +1 707 555 0134", "0134"),
    ("(707) 555-0134", "0134"),
    ("1-707-555-0134", "0134"),
    ("电话：6468 1234", "1234"),
    ("Tel: 2123 4567", "4567"),
    ("(021)64681234", "64681234"),
    ("021-64681234转802", "64681234"),
    ("0571-88881234", "88881234"),
    ("name (at) mail.example", "name"),
    ("name＠mail.example", "name"),
    ("name [at] mail [dot] example", "mail"),
    ("name at mail dot example", "mail"),
    ("邮箱name@mail.example报名", "name@"),
    ("张三@例子.中国", "张三"),
    ("一三八零零一三八零零零", "一三八"),
    ("电话幺三八零零幺三八零零零", "幺三八"),
    ("一三八 零零一三 八零零零", "八零零零"),
    ("138零零一三八零零零", "零零一三"),
    ("1三8 00一3 8000", "8000"),
    ("幺三八-零零一三-八零零零", "零零一三"),
    ("座机零二一六四六八一二三四", "六四六八"),
    ("1 3 8 0 0 1 3 8 0 0 0", "8 0 0 0"),
    ("1.3.8.0.0.1.3.8.0.0.0", "8.0.0.0"),
    ("1 3 8 0 0 1 3 8 0 0 0", "3 8"),
    ("１３８ ００１３ ８０００", "８０００"),
    ("138.0013.8000", "8000"),
    ("钉钉号 haiquan88", "haiquan88"),
    ("钉钉号：haiquan", "haiquan"),
    ("dd：haiquan88", "haiquan88"),
    ("dd号 haiquan88", "haiquan88"),
    ("DD 12345678", "12345678"),
    ("钉钉群 12345678", "12345678"),
    ("钉钉群号：12345678", "12345678"),
    ("群号 123456789", "123456789"),
    ("群号：１２３４５６７８９", "１２３４"),
    ("群号码是123456789", "123456789"),
    ("微信群号 haiquan_9", "haiquan_9"),
    ("QQ群号：123456789", "123456789"),
    ("QQ群：123456789", "123456789"),
    ("小红书号：12345678", "12345678"),
    ("小红书号 haiquan", "haiquan"),
    ("红书号 123456789", "123456789"),
    ("小红书：haiquan_88", "haiquan_88"),
    ("抖音号 haiquan88", "haiquan88"),
    ("抖音号：hai.quan", "hai.quan"),
    ("身份证号 11010519491231002X", "11010519491231002X"),
    ("身份证：110105 19491231 0021", "19491231"),
    ("11010519491231002x", "11010519491231002x"),
    ("护照号 E12345678", "E12345678"),
    ("Passport No. EA1234567", "EA1234567"),
    ("haiquan艾特mail.example", "haiquan"),
    ("haiquan(a)mail.example", "haiquan"),
    ("haiquan（艾特）mail.example", "haiquan"),
    ("haiquan#at#mail.example", "haiquan"),
    ("haiquan@mail dot example", "haiquan"),
    ("haiquan@mail点example", "haiquan"),
    ("Mail: haiquan at mail.example", "haiquan"),
    ("样板小区5号楼1203室", "1203"),
    ("样板小区 5 栋 2 单元 1203 室", "1203"),
    ("样板新村12号301室", "301"),
    ("样板小区三号楼二单元", "三号楼"),
    ("5号楼2单元1203", "1203"),
    ("来我家，5号楼1203室", "1203"),
    ("come to my place, building 5, room 1203", "1203"),
]

PUBLIC = [
    "创业大厦5楼502室",
    "样板科技园3号楼502室",
    "样板小区门口集合",
    "Building 5, room 1203",
    "二零二六年十一月二十八日",
    "一三五晚上",
    "三人行",
    "第一二三期",
    "群号召",
    "发出群号召2026年",
    "小红书：2026 创作者大会",
    "抖音 2026 开放日",
    "第一三八零零一三八零零零期",
    "1 2 3 4 5 6 7 8 9 10 11",
    "订单号 110105",
    "护照旅行分享 2026",
    "2026-11-24",
    "2026.11.24-11.26",
    "2026.11.24 - 2026.11.26",
    "11/24/2026",
    "24.11.2026 19:30-21:00",
    "18.11.2026-19.11.2026 3 pm",
    "20261124",
    "电子票 20261124",
    "2026年11月24日 19:00-21:30",
    "19:00–21:00",
    "09.30-11.30 14.00-17.00",
    "0900-1130 2026-11-24",
    "0930-1130 1400-1700",
    "UTC+8 2026-11-24 19:30",
    "GMT +8 19.30-21.00",
    "18+ 2026-11-24",
    "¥128",
    "1,280元",
    "12000 RMB",
    "128元/人，早鸟 99",
    "100 200 300 4000",
    "第333次",
    "10000 people, 2500 startups",
    "微信10000人大会",
    "QQ 10000 人",
    "WeChat 100000 users",
    "微信 12000 RMB",
    "微信支付 2026 开放日",
    "vx 2026",
    "加 2026 一起来微信",
    "1+1 707 games",
    "票价 138 / 288 / 388 元",
    "共 8 场 137 人 0000",
    "北纬 31.2304，东经 121.4737",
    "021-11.24",
    "0 to 1: founders",
    "Add oil, add spice",
    "Add WeChat to your stack",
    "Night at the museum dot org",
    "Python 3.12.1 and 3.13.0",
    "微信 8.0.50 版本",
    "88 Nanjing Road, Shanghai 200001",
    "1203室, 南京西路1266号",
    "San Francisco, CA 94103-1234",
    "Room 301, Floor 12",
    "Room 1203, 221B Baker Street, London NW1 6XE",
    "WeChat developers meetup",
    "微信小程序大会",
    "微信 minigame 沙龙",
    "参加微信 minigame 沙龙",
    "微信（WeChat）开放日",
    "微信公众号：quanzi2026",
    "微信 2026-2027 白皮书",
    "微信 20261124 大会",
    "WeChat B2B-forum",
    "Telegram founders night",
    "飞书是 ByteDance 的产品",
    "钉钉：DingTalk 生态大会",
    "微信：WeChat 开放日",
    "Call for papers 2026-2027",
    "Telegram: founders night",
    "Signal: processing for musicians",
    "Line: dancing for beginners",
    "V2X forum",
    "+V2X forum",
    "AI+V forum",
    "5V5 werewolf",
    "V: A New Hope",
    "Henry V: shakespeare in the park",
    "参加Vision2026峰会",
    "增加VR体验2026",
    "加入 python 微信群",
    "钉钉生态大会 2026",
    "飞书 AI 沙龙",
    "400-800-1234",
    "服务热线 400 820 8820",
    "电话：400-820-8820",
    "1-800-555-0134",
    "Register at quanzi.example",
    "Dinner at eight",
    "ISBN 978-7-111-54742-6",
    "https://tickets.example/13700001111?wx=abcde123&to=a@b.example",
    "详情见 https://x.example/p/2026-11-24-137-0000-1111。",
    "每月 01 08 15 22 29 日",
    "9:00-12:00 13:30-17:00",
    "COVID-19, GPT-5 与微信 GPT-5",
]


@pytest.mark.parametrize(("text", "secret"), PRIVATE)
def test_numbers_addresses_and_chat_ids_never_become_public(text, secret):
    shown = redact(text)
    assert secret not in shown
    assert "…" in shown
    assert excerpt(f"周末桌游。{text} 欢迎") == f"周末桌游。{excerpt(f'{text} 欢迎')}"
    assert secret not in excerpt(f"周末桌游。{text} 欢迎")


@pytest.mark.parametrize("text", PUBLIC)
def test_what_only_looks_alike_stays(text):
    assert redact(text) == text
    assert redact(f"来吧：{text}。See you") == f"来吧：{text}。See you"


@pytest.mark.parametrize(("text", "secret"), PRIVATE)
def test_what_is_taken_out_is_taken_out_once(text, secret):
    shown = redact(text)
    assert redact(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("周六 137 0000 1111 报名，微信（abcde124）", "周六 … 报名，微信（…）"),
        ("２０２６年１１月２４日，电话１３７００００１１１１", "２０２６年１１月２４日，电话…"),
        ("see https://x.example/13700001111 or name@mail.example", "see https://x.example/13700001111 or …"),
        ("Call Ann on 020 7946 0958 or +44 7700 900123", "Call Ann on … or …"),
        ("扫码加 abcde_123 微信", "扫码加 … 微信"),
        ("邮箱name@mail.example报名", "邮箱…报名"),
    ],
)
def test_an_ellipsis_stands_in_its_place_and_the_rest_stays_as_it_is(text, shown):
    assert redact(text) == shown


def test_no_half_of_a_number_is_left_where_an_excerpt_is_cut():
    for lead in range(40):
        text = "桌" * lead + "13700001111 " * 200
        assert "137" not in excerpt(text)
        assert len(excerpt(text)) <= 200


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "加",
            "微信",
            "微信 ",
            "微信:",
            "v",
            "+",
            "+1",
            "1",
            "0",
            "1 ",
            "0 ",
            "1-",
            "(",
            "a",
            "a.",
            "a@",
            "@",
            "a@a.",
            " ",
        ),
        *(
            "\n",
            "加a",
            "add ",
            "电话",
            "tel ",
            "137 0000 ",
            "https://",
            "http://a",
            "2026-",
            "name at ",
            "（at）",
            "V:",
            "QQ",
        ),
        *("a (at) a ", "a at a dot ", "微信(", "1" * 9 + " ", "0571-"),
        *(
            "一",
            "幺三",
            "零",
            "1.",
            "群号",
            "dd ",
            "艾特",
            "小区",
            "号楼1",
            "单元",
            "我家",
            "my place ",
            "桌",
            "护照",
            "a点",
        ),
    ],
)
def test_long_texts_take_time_in_proportion(piece):
    def cost(size: int) -> float:
        text = (piece * size)[:size]
        return spent(lambda: redact(text), tries=2)

    assert cost(20_000) < 6 * cost(5_000) + 0.1


def test_public_descriptions_are_short_excerpts_redact():
    text = "请加微信 abc_12345 或拨打 138-0013-8000，邮箱 someone@mail.example。" + "很长的介绍。" * 100
    shown = excerpt(text)
    assert len(shown) <= 200
    for secret in ("abc_12345", "138-0013-8000", "someone@mail.example"):
        assert secret not in shown


@pytest.mark.parametrize(
    "number",
    ["13800138000", "+86 138 0013 8000", "021-12345678", "+1 (707) 555-0134", "(707) 555-0134", "707-555-0134"],
)
def test_phone_numbers_never_become_public(number):
    assert number not in excerpt(f"报名电话 {number} 张")


@pytest.mark.parametrize(
    "text",
    [
        "微信 sample_id_1",
        "加微信 abcdefgh",
        "微信号：abcdefgh",
        "vx:abcde",
        "QQ群 123456789",
        "WeChat ID: someone",
        "wechat abc123x",
    ],
)
def test_chat_ids_never_become_public(text):
    assert excerpt(text).endswith("…")
    assert len(excerpt(text)) < len(text)


@pytest.mark.parametrize(
    "text", ["WeChat developers meetup", "微信 minigame 沙龙", "Telegram founders night", "微信小程序大会"]
)
def test_speaking_of_chats_is_no_chat_id(text):
    assert excerpt(text) == text


def test_dates_and_prices_are_no_phone_numbers():
    text = "2026-11-24 19:00-21:30, 128元, 第333次, 2026.11.24"
    assert excerpt(text) == text
