"""A bridge of your own from WeChat's official accounts to a feed: wewe-rss, we-mp-rss.

``url`` is a feed of your own bridge (``http://…:4000/feeds/all.rss``, ``http://…:8001/rss/ID``). It is neither shipped
nor started here; it signs in with an account of yours, which may be blocked for it. Items are announcements, whose day
stands in their text. A bridge that hands over titles alone tells no time, and that is said; articles themselves are not
asked for, since their host refuses programs.
"""

from __future__ import annotations

from spiders.layouts import Posts, Proof, Site, itself

SITE = Site(
    name="wewe-rss, we-mp-rss",
    path=r"/(?:feeds/[\w.-]+|rss(?:/[\w./-]*)?)",
    example="http://127.0.0.1:4000/feeds/all.rss",
    asks=itself,
    layout=Posts(),
    wants="feed",
    proof=Proof(basis="recorded", month="2026-11", confidence="B"),
)
