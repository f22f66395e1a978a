"""A site asked without a network: what the crawler would ask is answered from the files of a case."""

from __future__ import annotations

from collections.abc import Mapping

from spiders import sites
from spiders.items import Document, FetchResult, Reading
from spiders.listed import of_entry
from spiders.readers import dispatch
from spiders.reasons import Code, Reason
from spiders.settings import MAX_DETAILS
from spiders.spider import ANOTHER_WAY
from tests.support.discovery_cases import is_one_of
from tests.support.site_cases import SiteCase

NOT_FOUND = Reason(Code.STATUS_NOT_FOUND, status=404)


def fetched(case: SiteCase, files: Mapping[str, str]) -> FetchResult:
    """All that the source of a case would give, with these files."""
    source, failure = case.source, None
    reading: Reading | None = None
    for address in sites.addresses(source, case.now):
        reading = _read(case, files, address, sites.kind_of_reading(source))
        why = NOT_FOUND if reading is None else reading.reason if reading.refused else None
        if why is None or why.code not in ANOTHER_WAY:
            break
        failure = failure or why
    if reading is None:
        return FetchResult(source=source.id, failure=failure)
    readings = [] if reading.is_door else [reading]
    for address in reading.more:
        more = _read(case, files, address, sites.kind_of_reading(source))
        readings += [more] if more is not None else []
    for address in readings[0].links[:MAX_DETAILS] if readings else ():
        own = _read(case, files, address, sites.kind_of_own_page(source))
        readings += [of_entry(own, address)] if own is not None else []
    return FetchResult(source=source.id, readings=tuple(readings), failure=None if readings else NOT_FOUND)


def _read(case: SiteCase, files: Mapping[str, str], address: str, kind: str) -> Reading | None:
    name = next((name for pattern, name in case.pages.items() if is_one_of(address, (pattern,))), None)
    if name is None:
        return None
    document = Document(body=files[name].encode(), url=address)
    if sites.reads(kind):
        return sites.read(document, case.context, kind)
    return dispatch.read(document, case.context, "auto")
