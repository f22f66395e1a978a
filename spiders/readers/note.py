"""Notes."""

from __future__ import annotations

from spiders.items import Context, Document, Reading
from spiders.readers import dispatch


def read(text: str, context: Context, *, url: str | None = None) -> Reading:
    return dispatch.read(Document(body=text.encode(), url=url), context, "text")
