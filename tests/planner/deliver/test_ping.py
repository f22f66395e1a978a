"""A monitor is called where the configuration says so, and its address is told to nobody."""

from __future__ import annotations

import pytest

from planner.config.monitor import Monitor
from planner.deliver import in_words
from planner.deliver.ping import ping
from planner.i18n.catalog import Catalog

EN = Catalog("en")


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "ping.secret"

    def write(text: str, mode: int = 0o600) -> Monitor:
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return Monitor(ping_file=str(path))

    return write


def test_it_is_called_once(web, secret):
    web.pages["/p/plum-kettle"] = (200, {}, b"OK")
    assert ping(secret(f"http://127.0.0.1:{web.port}/p/plum-kettle\n")) is None
    assert web.paths() == ["/p/plum-kettle"]


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("", 0o600, "holds no secret"),
        ("plum-kettle", 0o600, "holds no web address"),
        ("file:///etc/passwd", 0o600, "holds no web address"),
        ("https://ping.example/plum-kettle", 0o644, "can be read by others"),
        ("http://127.0.0.1:1/plum-kettle", 0o600, "cannot be reached"),
    ],
)
def test_what_stands_in_the_way_is_said_without_the_address(secret, text, mode, said):
    reason = ping(secret(text, mode))
    assert reason is not None
    assert said in in_words(reason, EN)
    assert "plum-kettle" not in in_words(reason, EN)


@pytest.mark.parametrize(("status", "said"), [(404, "answers 404"), (503, "try again later"), (302, "elsewhere")])
def test_what_the_service_answers_is_said(web, secret, status, said):
    web.pages["/p/plum-kettle"] = (status, {"Location": "/p/plum-kettle"}, b"")
    reason = ping(secret(f"http://127.0.0.1:{web.port}/p/plum-kettle"))
    assert reason is not None
    assert said in in_words(reason, EN)


def test_the_variable_is_read_from_the_environment(web):
    web.pages["/p"] = (200, {}, b"OK")
    assert ping(Monitor(ping_env="QUANZI_PING"), environment={"QUANZI_PING": f"http://127.0.0.1:{web.port}/p"}) is None
    missing = ping(Monitor(ping_env="QUANZI_PING"), environment={})
    assert missing is not None
    assert "not set" in in_words(missing, EN)
