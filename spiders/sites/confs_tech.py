"""confs.tech: conferences of the software trade by topic, kept as files that anybody may use (MIT).

``url`` is a topic's page (``https://confs.tech/?topics=data``); its file of this year is asked for, in its last months
that of the next year too. They tell days and towns, never hours.
"""

from __future__ import annotations

from collections.abc import Sequence

from spiders.items import Context, Document
from spiders.layouts import Proof, Rows, Site, by_rule
from spiders.layouts.rows import Row

_LAST_MONTHS = 8  # from September on
_FOLDER = "/conference-data/main/conferences/"


def _next_year(document: Document, context: Context) -> Sequence[str]:
    if document.url is None or context.now.month <= _LAST_MONTHS:
        return ()
    year, following = str(context.now.year), str(context.now.year + 1)
    before = f"{_FOLDER}{year}/"
    return (document.url.replace(before, f"{_FOLDER}{following}/"),) if before in document.url else ()


def _usual(row: Row, base: str | None) -> Row | None:
    """A conference in a town that is online too is both."""
    if row.get("online") is not True or not row.get("city"):
        return row
    return {key: value for key, value in row.items() if key != "online"} | {"attendanceMode": "hybrid"}


SITE = Site(
    name="confs.tech",
    hosts=("confs.tech",),
    example="https://confs.tech/?topics=data",
    asks=by_rule("confs.tech"),
    layout=Rows(each=("name", "startDate"), put=_usual),
    goes_on=_next_year,
    wants="json",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
