"""Microdata and RDFa."""

from __future__ import annotations

import pytest

from tests.support.schema_org import MICRODATA, page, read, told


def test_microdata_scopes_keep_their_own_names() -> None:
    event = read(page(body=MICRODATA)).events[0]
    assert (event.title, event.place and event.place.name, event.organizer) == ("Lantern Walk", "Old Mill", "Guild")
    assert event.url == "https://w.example.org/e/1"


def test_microdata_itemref_and_meta() -> None:
    html = """<div itemscope itemtype="https://schema.org/Event" itemref="when">
<span itemprop="name">Lantern Walk</span></div>
    <p id="when"><meta itemprop="startDate" content="2026-11-28T19:00+08:00">Saturday night</p>"""
    assert told(read(page(body=html))) == [("Lantern Walk", "11-28 19:00")]


NAME, START = '<b property="name">Lantern Walk</b>', '<meta property="startDate" content="2026-11-28T19:00+08:00">'


def rdfa(inner: str, attributes: str = 'vocab="https://schema.org/" typeof="Event"') -> str:
    return f"<div {attributes}>{inner}</div>"


RDFA = [
    rdfa(NAME + START),
    rdfa(NAME + '<time property="startDate" datetime="2026-11-28T19:00+08:00">Sat</time>'),
    rdfa(NAME + '<span property="startDate">2026-11-28T19:00+08:00</span>'),
    rdfa(
        NAME.replace('"name"', '"schema:name"') + START.replace('"start', '"schema:start'),
        'prefix="schema: http://schema.org/" typeof="schema:Event"',
    ),
    rdfa(NAME + START, 'vocab="http://schema.org/" typeof="MusicEvent"'),
    rdfa(NAME + START, 'vocab="http://schema.org/" typeof="Event Thing"'),
    rdfa(
        f'<div property="mainEntity" typeof="Event">{NAME}{START}</div>', 'vocab="https://schema.org/" typeof="WebPage"'
    ),
    rdfa(f'<a property="url name" href="/e/1">Lantern Walk</a>{START}'),
    rdfa(NAME + START + '<div property="location" typeof="Place"><i property="name">Old Mill</i></div>'),
    f'<body vocab="https://schema.org/"><section typeof="Event">{NAME}{START}</section></body>',
]


@pytest.mark.parametrize("number", range(len(RDFA)))
def test_rdfa(number: int) -> None:
    reading = read(page(body=RDFA[number]))
    assert reading.reader == "rdfa"
    assert told(reading) == [("Lantern Walk", "11-28 19:00")]
