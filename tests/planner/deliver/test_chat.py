"""The message to team chats: what it says, how it is shortened, who gets it once, and that no address is told."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config import parse
from planner.config.notify import Notify
from planner.deliver import DeliveryError
from planner.deliver.chat import channels, notify
from planner.deliver.chat.message import Message, body, compose
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.render.cards import Card
from planner.render.digest import Digest
from planner.store import Store
from tests.planner.deliver.contract import AnyChannel, ChannelTests
from tests.planner.deliver.test_mail import free_port, why
from tests.support.cli import CALENDAR, CONFIG, NOW, run

# Apprise looks whether this Python still has a module that is going away.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

EN = Catalog("en")
AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MESSAGE = Message(
    week="2026-W48",
    title="圈子 11月23日–29日：2 场",
    picks=("周二 19:30 读书会（样板书店）\nhttps://club.example/a?b=1", "周四 19:00 储能沙龙（园区）"),
    changes=("改期：桌游夜",),
)
HOSTILE = '<at user_id="all">x</at> @all @everyone [win](https://evil.example) <!channel> `rm` <b>&amp;</b> *x* _y_'


def card(title: str, **known: str) -> Card:
    values = {
        "id": "x", "title": title, "track": "practice", "track_name": "practice", "day": "Tue 24 Nov",
        "hours": "19:30–21:30", "place": "Sample Hall", "price": "free", "link": "https://club.example/a", "about": "",
    }  # fmt: skip
    return Card(**{**values, **known})  # type: ignore[arg-type]


def view(*cards: Card, changes: tuple[str, ...] = (), initiative: str | None = None) -> Digest:
    return Digest(
        language="en", title="", week="", dates="23–29 Nov", summary=f"{len(cards)} picks", days=(), cards=cards,
        also_good=(), changes=changes, failures=(), notes=(), initiative=initiative,
    )  # fmt: skip


@dataclass
class Chat:
    port: int = 0
    code: int = 200
    answer: bytes = b"{}"
    where: str | None = None
    heard: list[tuple[str, dict[str, object]]] = field(default_factory=list)


@pytest.fixture
def chat() -> Iterator[Chat]:
    state = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            state.heard.append((self.path, json.loads(content)))
            self.send_response(state.code)
            if state.where:
                self.send_header("Location", state.where)
            self.send_header("Content-Length", str(len(state.answer)))
            self.end_headers()
            self.wfile.write(state.answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def services(monkeypatch) -> Chat:
    """What would go to the services themselves, caught where requests sends it."""
    import requests

    state = Chat()

    def caught(session, request, **options):
        content = request.body if isinstance(request.body, str) else request.body.decode()
        state.heard.append((request.url, json.loads(content)))
        assert options["verify"], "a certificate is checked"
        assert options["timeout"] == (channels.TIMEOUT, channels.TIMEOUT)
        assert options["allow_redirects"] is False
        response = requests.Response()
        response.status_code, response._content, response.url = state.code, state.answer, request.url
        return response

    monkeypatch.setattr(requests.Session, "send", caught)
    return state


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with Store(tmp_path / "quanzi.db") as opened:
        yield opened


def tell(store: Store, *addresses: str, message: Message = MESSAGE, **wanted: object):
    settings = Notify.model_validate({"channels_env": "CHATS", **wanted})
    return notify(settings, message, store, AT, EN, environment={"CHATS": "\n".join(addresses)})


# What it says.


def test_a_line_for_each_pick_its_link_and_what_changed():
    message = compose(view(card("Book club"), changes=("Moved: Salon",)), "2026-W48", EN)
    assert message.title == "Quanzi 23–29 Nov: 1 picks"
    assert body(message, 10_000, EN).splitlines() == [
        "Tue 24 Nov 19:30–21:30 Book club (Sample Hall)",
        "https://club.example/a",
        "Changed:",
        "Moved: Salon",
    ]


def test_an_empty_week_says_what_to_do_instead():
    message = compose(view(initiative="Call a friend."), "2026-W48", EN)
    assert body(message, 10_000, EN) == "Call a friend."


def test_signs_that_chats_act_upon_lose_their_power():
    hostile = view(card(HOSTILE, place=HOSTILE, link="https://evil.example/@everyone[x](y)*"), changes=(HOSTILE,))
    text = body(compose(hostile, "2026-W48", EN), 10_000, EN)
    assert not set("<>@[]`") & set(text)
    assert "https://evil.example/%40everyone%5Bx%5D%28y%29%2A" in text
    assert "＠all" in text


@given(
    st.integers(0, 4000),
    st.lists(st.text(min_size=1, max_size=80), max_size=8),
    st.lists(st.text(min_size=1, max_size=80), max_size=8),
)
def test_a_message_never_exceeds_and_is_shortened_at_whole_picks(most, picks, changes):
    message = Message(week="2026-W48", title="t", picks=tuple(picks), changes=tuple(changes))
    text = body(message, most, EN)
    assert len(text.encode()) <= most
    whole = body(message, 10**6, EN)
    if len(whole.encode()) <= most:
        assert text == whole
    elif len(EN("notify.more", count=99)) <= most:
        left_out = text.rpartition("\n")[2]
        kept = next(n for n in range(len(picks), -1, -1) if text.startswith("\n".join(picks[:n])))
        told = [n for n in range(17) if left_out == EN("notify.more", count=n)]
        assert told
        assert told[0] >= len(picks) - kept


# What the configuration may say.


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("{}", "notify", "exactly one of channels_file"),
        ("{channels_file: a, channels_env: B}", "notify", "exactly one of channels_file"),
        ("{channels_env: 'tgram://123:hunter2/4'}", "notify.channels_env", "does not belong here"),
        ("{channels: ['tgram://123:hunter2/4']}", "notify.channels", "not a known key"),
        ("{channels_file: a, when_empty: perhaps}", "notify.when_empty", "must be"),
    ],
)
def test_a_wrong_section_is_named_and_no_address_repeated(text, key, words):
    with pytest.raises(ConfigError) as caught:
        parse(f"notify: {text}\n".encode(), "config.yaml", EN)
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)
    assert "hunter2" not in str(caught.value)


# Sending, over real HTTP.


def test_each_channel_is_told_once_a_week(chat, store):
    one, other = f"json://127.0.0.1:{chat.port}/one", f"json://127.0.0.1:{chat.port}/other"
    assert tell(store, "# ours", one, "", one).state == "sent"
    assert tell(store, one).state == "already"
    assert [each.state for each in tell(store, one, other).channels] == ["already", "sent"]
    assert tell(store, one, message=replace(MESSAGE, week="2026-W49")).state == "sent"
    assert [path for path, _ in chat.heard] == ["/one", "/other", "/one"]
    assert chat.heard[0][1]["title"] == MESSAGE.title
    assert chat.heard[0][1]["message"] == body(MESSAGE, 10_000, EN)


def test_a_failing_channel_costs_only_itself_and_is_tried_again(chat, store):
    good, gone = f"json://127.0.0.1:{chat.port}/", f"json://user:hunter2@127.0.0.1:{free_port()}/hunter2"
    outcome = tell(store, gone, good)
    assert outcome.state == "failed"
    assert [(each.number, each.kind, each.state) for each in outcome.channels] == [
        (1, "json", "failed"),
        (2, "json", "sent"),
    ]
    assert why(outcome.channels[0]) == EN("delivery.chat_no_answer")
    assert "hunter2" not in repr(outcome)
    assert [each.state for each in tell(store, gone, good).channels] == ["failed", "already"]
    chat.code = 403
    refused = tell(store, good + "other")
    assert why(refused.channels[0]) == "the service refuses it (403)"
    chat.code = 200
    assert tell(store, good + "other").state == "sent"


def test_no_redirect_carries_the_message_along(chat, store):
    chat.code, chat.where = 307, f"http://127.0.0.1:{chat.port}/elsewhere"
    assert tell(store, f"json://127.0.0.1:{chat.port}/first").state == "failed"
    assert [path for path, _ in chat.heard] == ["/first"]


def test_a_run_killed_between_is_recorded_and_tells_again(chat, store, monkeypatch):
    address = f"json://127.0.0.1:{chat.port}/"
    really = channels.send

    def killed(*arguments):
        really(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(channels, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        tell(store, address)
    monkeypatch.setattr(channels, "send", really)
    assert tell(store, address).state == "sent"
    assert tell(store, address).state == "already"
    assert len(chat.heard) == 2


# The services of China and Telegram: which addresses are taken, and what they would be sent.


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


# Addresses are secrets.


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


def test_the_file_must_be_its_owners_alone_and_name_somebody(store, tmp_path):
    file = tmp_path / "channels.secret"
    settings = Notify(channels_file=str(file))
    reasons = []
    for mode, content in ((0o644, "json://127.0.0.1/"), (0o600, "\n"), (0o600, "# nobody\n")):
        file.write_text(content)
        file.chmod(mode)
        reasons.append(why(notify(settings, MESSAGE, store, AT, EN)))
    assert ["chmod 600" in reasons[0], "holds no secret" in reasons[1], "names no channel" in reasons[2]] == [True] * 3
    assert why(notify(Notify(channels_env="NO"), MESSAGE, store, AT, EN, environment={})) == (
        "the environment variable NO is not set"
    )


def test_more_channels_than_anybody_has_are_refused_as_a_whole(chat, store):
    outcome = tell(store, *(f"json://127.0.0.1:{chat.port}/{number}" for number in range(21)))
    assert (outcome.state, why(outcome)) == ("failed", "CHATS names more than 20 channels (take some out)")
    assert not chat.heard


class TestChatsAsAChannel(ChannelTests):
    """The contract of all channels; the address of a chat is the secret."""

    EXTRA = "apprise"

    @pytest.fixture
    def channel(self, chat) -> AnyChannel:
        address = f"json://127.0.0.1:{chat.port}/plum-kettle-42"

        def send(store, environment, file, *, empty=False, when_empty="send"):
            where = {"channels_file": file} if file else {"channels_env": "CHANNEL_SECRET"}
            chats = Notify.model_validate({**where, "when_empty": when_empty})
            message = replace(MESSAGE, picks=(), instead="Call a friend.") if empty else MESSAGE
            return notify(chats, message, store, AT, EN, environment=environment)

        def refuse(wanted: bool) -> None:
            chat.code = 403 if wanted else 200

        name = f"notify 2026-W48 {sha256(address.encode()).hexdigest()[:16]}"
        return AnyChannel(
            secret="plum-kettle-42", kept=address, send=send, received=lambda: len(chat.heard), refuse=refuse,
            sent_before=(name, json.dumps({"state": "sent", "at": "2026-11-22T18:00:00+00:00"})),
        )  # fmt: skip


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


# The whole way.


def test_the_week_runs_once_more_for_what_did_not_get_out(tmp_path):
    (tmp_path / "config.yaml").write_text("language: en\n")
    assert run(tmp_path, "cron", "--for", "crontab", "--now", NOW).stdout.count(" week ") == 1
    (tmp_path / "config.yaml").write_text("language: en\nnotify: {channels_env: CHATS}\n")
    assert run(tmp_path, "cron", "--for", "crontab", "--now", NOW).stdout.count(" week ") == 2


def test_the_weekly_job_tells_once_and_the_daily_job_never(tmp_path, chat):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    channels_file = tmp_path / "channels.secret"
    channels_file.write_text(f"# ours\njson://127.0.0.1:{chat.port}/hunter2\n")
    channels_file.chmod(0o600)
    section = "notify: {channels_file: channels.secret}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + section, encoding="utf-8")
    chat.code = 500
    failing = run(tmp_path, "week", "--now", NOW, "--quiet")
    assert (failing.returncode, failing.stdout) == (0, "")
    assert failing.stderr.count("notify: channel 1 (json): not sent: the service refuses it (500)") == 1
    assert (tmp_path / "out/plan.ics").exists()
    chat.code = 200
    chat.heard.clear()
    assert run(tmp_path, "refresh", "--now", NOW, "--quiet").returncode == 0
    assert not chat.heard
    told = run(tmp_path, "week", "--now", NOW, "--json")
    assert json.loads(told.stdout)["notify"] == {
        "state": "sent",
        "channels": [{"kind": "json", "state": "sent", "reason": None}],
        "reason": None,
    }
    again = run(tmp_path, "week", "--now", NOW)
    assert "channel 1" not in again.stdout
    ((_, sent),) = chat.heard
    assert "样板头马俱乐部例会" in sent["message"]
    assert EN("digest.count", count=2) in sent["title"]
    assert "hunter2" not in failing.stderr + told.stdout + told.stderr + again.stdout
    assert b"hunter2" not in (tmp_path / "quanzi.db").read_bytes()
