"""The services: which addresses are taken, what they are sent, and that no address is told."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from planner.deliver import DeliveryError
from planner.deliver.chat import channels
from planner.deliver.chat.message import body, compose
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.support.chats import HOSTILE, MESSAGE, card, tell, view
from tests.support.outcomes import why

EN = Catalog("en")


# Apprise looks whether this Python still has a module that is going away.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def store(any_store) -> Store:
    return any_store


@pytest.mark.parametrize(
    ("address", "kind", "url", "said"),
    [
        ("wecombot://key-1_A", "wecombot", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-1_A",
         lambda sent: (sent["msgtype"], sent["text"]["content"])),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-1_A", "wecombot",
         "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-1_A",
         lambda sent: (sent["msgtype"], sent["text"]["content"])),
        ("dingtalk://token1", "dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=token1",
         lambda sent: (sent["msgtype"], sent["text"]["content"])),
        ("dingtalk://SECsign@token1", "dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=token1&timestamp=",
         lambda sent: (sent["msgtype"], sent["text"]["content"])),
        ("https://oapi.dingtalk.com/robot/send?access_token=token1", "dingtalk",
         "https://oapi.dingtalk.com/robot/send?access_token=token1",
         lambda sent: (sent["msgtype"], sent["text"]["content"])),
        ("feishu://token-1", "feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/token-1",
         lambda sent: (sent["msg_type"], sent["content"]["text"])),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/token-1", "feishu",
         "https://open.feishu.cn/open-apis/bot/v2/hook/token-1",
         lambda sent: (sent["msg_type"], sent["content"]["text"])),
    ],
)  # fmt: skip
def test_chinese_chats_take_their_addresses_and_plain_text(services, store, address, kind, url, said):
    hostile = compose(view(card(HOSTILE)), "2026-W48", EN)
    outcome = tell(store, address, message=hostile)
    assert (outcome.state, outcome.channels[0].kind) == ("sent", kind), outcome
    ((asked, sent),) = services.heard
    assert asked.startswith(url)
    form, content = said(sent)
    assert form == "text"
    assert content.replace("\r\n", "\n") == f"{hostile.title}\n{body(hostile, 10_000, EN)}"
    assert "at_mobiles" not in str(sent).lower().replace("atmobiles': []", "")


def test_telegram_shows_hostile_titles_as_they_are(services, store):
    services.answer = b'{"ok": true, "result": {"message_id": 1}}'
    hostile = compose(view(card("A <b>&amp; *x* _y_ [z](https://evil.example)")), "2026-W48", EN)
    assert tell(store, "tgram://123456789:abcdefg_hijklmnop/-1001234", message=hostile).state == "sent"
    ((asked, sent),) = services.heard
    assert asked == "https://api.telegram.org/bot123456789:abcdefg_hijklmnop/sendMessage"
    assert (sent["chat_id"], sent["parse_mode"]) == (-1001234, "HTML")
    text = sent["text"].replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "A ＜b＞&amp;amp; *x* _y_ ［z］(https://evil.example)" in text
    assert "<" not in text.replace("<b>Quanzi", "Quanzi").replace("</b>", "")


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("wecombot://hunter2", b'{"errcode": 93000, "errmsg": "invalid webhook url hunter2"}'),
        ("dingtalk://hunter2", b'{"errcode": 310000, "errmsg": "keywords not in content"}'),
        ("feishu://hunter2", b'{"code": 19001, "msg": "param invalid: hunter2"}'),
    ],
)
def test_a_refusal_inside_a_good_answer_is_a_refusal(services, store, address, answer):
    services.answer = answer
    outcome = tell(store, address)
    assert outcome.state == "failed"
    number = next(value for value in json.loads(answer).values() if isinstance(value, int))
    assert why(outcome.channels[0]) == f"the service refuses it ({number})"
    assert "hunter2" not in repr(outcome)
    services.answer = b'{"errcode": 0, "code": 0}'
    assert tell(store, address).state == "sent"


def test_a_long_week_is_cut_at_whole_picks_for_wecom(services, store):
    long = replace(MESSAGE, picks=tuple(f"周二 19:30 读书会{number}（{'样' * 60}）" for number in range(30)))
    assert tell(store, "wecombot://key", message=long).state == "sent"
    ((_, sent),) = services.heard
    content = sent["text"]["content"]
    assert 1700 < len(content.encode()) <= 2048
    lines = content.replace("\r\n", "\n").split("\n")
    assert lines[0] == long.title
    assert all(line in long.picks for line in lines[1:-1])
    assert lines[-1] == EN("notify.more", count=31 - len(lines[1:-1]))


@pytest.mark.parametrize(
    "address",
    ["hunter2", "wecombot://hunter2 bad!", "dingtalk://hun-ter2-hunter2!", "tgram://hunter2", "nothing://hunter2",
     "json://[hunter2", "slack://hunter2"],
)  # fmt: skip
def test_an_address_that_is_not_known_is_not_repeated_anywhere(store, address, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    outcome = tell(store, address)
    assert why(outcome.channels[0]) == EN("delivery.chat_no_address")
    said = repr(outcome) + caplog.text + "".join(capfd.readouterr())
    assert "hunter2" not in said


def test_apprises_own_log_reaches_nobody(chat, store, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    chat.code = 500
    tell(store, f"json://user:hunter2@127.0.0.1:{chat.port}/hunter2")
    assert chat.heard
    assert not [record for record in caplog.records if record.name.startswith("apprise")]
    assert "hunter2" not in caplog.text + "".join(capfd.readouterr())


class Listening(list):
    """A list that tells when something is appended."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell

    def append(self, value: object) -> None:
        self._tell()
        super().append(value)


def test_only_the_answers_to_its_own_plugin_are_heard_and_nothing_else_is_changed(services, monkeypatch):
    import requests
    from apprise.plugins import wecombot

    before = (requests.post, requests.Session.send, wecombot.requests, wecombot.NotifyWeComBot.send)
    one, other = channels.opened("wecombot://one"), channels.opened("wecombot://other")
    assert one is not None
    assert other is not None
    during = []
    monkeypatch.setattr(services, "heard", Listening(lambda: during.append((requests.post, wecombot.requests))))
    services.answer = b'{"errcode": 93000}'
    with pytest.raises(DeliveryError):
        channels.send(one, "t", "b")
    assert during == [(before[0], before[2])], "while it sends, too"
    assert (requests.post, requests.Session.send, wecombot.requests, wecombot.NotifyWeComBot.send) == before
    assert other.service.send.__func__ is wecombot.NotifyWeComBot.send


@pytest.mark.parametrize("kind", sorted(channels._NUMBER_OF_REFUSAL))
def test_the_plugins_still_speak_through_the_name_that_is_replaced(kind):
    channel = channels.opened(f"{kind}://abcdef123")
    assert channel is not None
    send = type(channel.service).send
    assert "requests" in send.__code__.co_names
    assert send.__globals__["requests"].post
