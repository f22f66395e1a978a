"""Who is told once, what a failure costs, and the whole way from the weekly job."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from planner.config.notify import Notify
from planner.deliver.chat import channels, notify
from planner.deliver.chat.message import body
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.planner.deliver.contract import AnyChannel, ChannelTests
from tests.support.chats import AT, MESSAGE, tell
from tests.support.cli import CALENDAR, CONFIG, NOW, run
from tests.support.outcomes import why
from tests.support.servers import free_port

# Apprise looks whether this Python still has a module that is going away.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
EN = Catalog("en")


@pytest.fixture
def store(any_store) -> Store:
    return any_store


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


def test_the_file_must_be_its_owners_alone_and_name_somebody(store, tmp_path):
    file = tmp_path / "channels.secret"
    settings = Notify(channels_file=str(file))
    reasons = []
    for mode, content in ((0o644, "json://127.0.0.1/"), (0o600, "\n"), (0o600, "# nobody\n")):
        file.write_text(content)
        file.chmod(mode)
        reasons.append(why(notify(settings, MESSAGE, store, AT, EN)))
    assert ["chmod 600" in reasons[0], "holds no secret" in reasons[1], "names no channel" in reasons[2]] == [True] * 3
    told = why(notify(Notify(channels_env="NO"), MESSAGE, store, AT, EN, environment={}))
    assert told.startswith("the environment variable that channels_env names is not set")


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
