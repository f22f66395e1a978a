"""Bevy, on which the groups of GDG and CNCF keep their meetings. Unconfirmed: it rests on what others wrote down in
2026.

``url`` is a group's page (``https://gdg.community.dev/gdg-shanghai/``); it names the number by which the interface
that the page itself uses, and which needs no key, tells what is to come.
"""

from __future__ import annotations

from spiders.layouts import Proof, Rows, Site, by_rule

SITE = Site(
    name="Bevy",
    hosts=("community.dev", "community.cncf.io", "usergroups.snowflake.com"),
    path=r"/(?!events/details/)[\w-]+(?:/\d+)?/?",
    example="https://gdg.community.dev/gdg-shanghai/",
    asks=by_rule("Bevy", or_itself=True),
    layout=Rows(lists=("results",), each=("title", "start_date")),
    door="Bevy",
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
