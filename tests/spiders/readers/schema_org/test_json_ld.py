"""JSON-LD, however it is wrapped and broken."""

from __future__ import annotations

import pytest

from spiders.items import Document
from spiders.readers import schema_org
from tests.support.schema_org import GOOD, context, page, read, script, told

WRAPPED = {
    "plain": GOOD,
    "html comment": f"<!--\n{GOOD}\n-->",
    "bare cdata": f"<![CDATA[{GOOD}]]>",
    "slashed cdata": f"//<![CDATA[\n{GOOD}\n//]]>",
    "starred cdata": f"/*<![CDATA[*/{GOOD}/*]]>*/",
    "trailing semicolon": GOOD + ";",
    "byte order mark": "\ufeff" + GOOD,
    "entities": GOOD.replace('"', "&quot;"),
    "trailing comma": GOOD[:-1] + ",}",
    "line comment": GOOD[:-1] + ', // the place is open\n"url": "https://w.example.org/1"}',
    "block comment": "/* made by hand */" + GOOD,
    "control characters": GOOD.replace("Lantern Walk", "Lantern\tWalk"),
    "raw newline": GOOD[:-1] + ', "description": "one\ntwo"}',
    "single quotes": GOOD.replace('"', "'"),
    "two objects": '{"@type":"Organization","name":"Guild"}\n' + GOOD,
    "two with a comma": GOOD + "," + '{"@type":"Organization","name":"Guild"}',
    "array": f"[{GOOD}]",
    "graph": f'{{"@context":"https://schema.org","@graph":[{{"@type":"WebPage"}},{GOOD}]}}',
    "item list": f'{{"@type":"ItemList","itemListElement":[{{"@type":"ListItem","item":{GOOD}}}]}}',
    "prefixed type": GOOD.replace('"Event"', '"http://schema.org/MusicEvent"'),
    "type list": GOOD.replace('"Event"', '["Event","Thing"]'),
    "place with events": f'{{"@type":"Place","name":"Old Mill","event":[{GOOD}]}}',
    "organisation with events": f'{{"@type":"Organization","name":"Guild","event":{GOOD}}}',
    "sub event": f'{{"@type":"EventSeries","name":"Walks","subEvent":[{GOOD}]}}',
    "empty start behind": GOOD[:-1] + ',"startDate":""}',
}


@pytest.mark.parametrize("name", WRAPPED)
def test_json_ld_however_it_is_wrapped(name: str) -> None:
    assert told(read(page(script(WRAPPED[name])))) == [("Lantern Walk", "11-28 19:00")]


@pytest.mark.parametrize("kind", ["application/ld+json", "application/ld+json; charset=utf-8", "APPLICATION/LD+JSON"])
def test_json_ld_types(kind: str) -> None:
    assert told(read(page(script(GOOD, kind)))) == [("Lantern Walk", "11-28 19:00")]


BROKEN = ["{", '{"@type":"Event",', "not json", "[[[[", '{"a":"b" "c"}', "{'", "<!--", "\\u0000{]"]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_block_hides_no_other(text: str) -> None:
    for blocks in ((script(text), script(GOOD)), (script(GOOD), script(text))):
        assert told(read(page(*blocks))) == [("Lantern Walk", "11-28 19:00")]


def test_json_test_suite() -> None:
    import os
    from pathlib import Path

    folder = os.environ.get("QUANZI_CASES")
    if not folder:
        pytest.skip("QUANZI_CASES: not set")
    files = sorted(Path(folder, "corpus/hostile/jsontestsuite").rglob("*.json"))
    assert len(files) > 300
    for file in files:
        body = b'<html><script type="application/ld+json">' + file.read_bytes() + b"</script></html>"
        reading = schema_org.read(Document(body=body), context())
        assert reading.events == ()
        schema_org.read(Document(body=file.read_bytes()), context())
