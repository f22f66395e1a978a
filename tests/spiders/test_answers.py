"""Riddles in place of answers are known by the headers of those who set them, whatever the status."""

from __future__ import annotations

from datetime import timedelta

import pytest

from spiders.crawl import crawl
from spiders.items import Context, Source
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from tests.support.events import NOW
from tests.support.servers import Web


@pytest.mark.parametrize(("status", "headers", "code"), [
    (200, {"cf-mitigated": "challenge"}, Code.REFUSED),
    (403, {"CF-Mitigated": "challenge"}, Code.REFUSED),
    (202, {"x-amzn-waf-action": "captcha"}, Code.REFUSED),
    (403, {"Server": "cloudflare"}, Code.STATUS_REFUSES_PROGRAMS),
])  # fmt: skip
def test_a_riddle(web: Web, status, headers, code):
    web.pages = {"/list": (status, headers, b"<html><body>One moment</body></html>")}
    context = Context(
        source="a", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
    )
    source = Source(id="a", kind="page", url=f"http://127.0.0.1:{web.port}/list", timezone="Asia/Shanghai")
    (result,) = crawl([(source, context)], {}, CrawlPolicy(allow=("127.0.0.1",), delay=0.0))
    assert result.failure is not None
    assert result.failure.code is code
    if code is Code.REFUSED:
        assert result.failure == Reason(Code.REFUSED, why=Reason(Code.PAGE_CHALLENGE))
