"""Angle brackets: tags of HTML go, words and signs stay."""

from __future__ import annotations

import pytest

from spiders.readers import normalize
from tests.support.timing import takes_less

STAY = [
    "<Dune> 读书会",
    "<Foundation>",
    "C++ evening: vector<T> and <ranges>",
    "If a < b and c > d",
    "Compare a<b and b>c.",
    "I <3 board games",
    "Why x < y > z matters",
    "Map<K, V> and List<A>",
    "std::pair<i, j>",
    "write to Ann <ann@tide.example>",
    "see <https://tide.example/1>",
    "Meet at <time> in <place>",
    "<Time> and <Title> and <Table>",
    "a <- b -> c",
    "Option<S> or Result<P>",
    "《<Her>》放映",
    "x<y>z",
    "<<Hamlet>>",
    "<The Tide>: a film",
    "grep '<b' in <file>",
    "price < 50 > 20",
    "<木叶> 分享会",
    "if (a<b && b>c) then",
    "#include <vector>",
    "<address to follow>",
    "List<B> beside Set<I>",
    "<summary>",
    "Vec<p> and a queue<u>",
]
GO = [
    ("<b>Dune</b>", "Dune"),
    ("Tide<br>House", "Tide House"),
    ("<p>Tide House</p>", "Tide House"),
    ('<a href="https://tide.example">Tide</a> House', "Tide House"),
    ("<span style='x'>Tide</span> House", "Tide House"),
    ("<P>Tide</P>", "Tide"),
    ("<BR/>Tide<BR />House", "Tide House"),
    ("Tide <!-- hidden --> House", "Tide House"),
    ("<strong>Tide House", "Tide House"),
    ("<Font color=red>Tide</Font>", "Tide"),
    ("<h2>Tide</h2><ul><li>House</li></ul>", "Tide House"),
    ("Tide<img src=x>House", "Tide House"),
    ("<o:p></o:p>Tide", "Tide"),
    ("<my-card class=x>Tide</my-card>", "Tide"),
    ("&lt;b&gt;Tide&lt;/b&gt; House", "Tide House"),
    ("&amp;lt;b&amp;gt;Tide&amp;lt;/b&amp;gt;", "Tide"),
    ("<p>vector<T> and <ranges></p>", "vector<T> and <ranges>"),
    ("<p>a &lt; b, Vec&lt;T&gt;</p>", "a < b, Vec<T>"),
    ("Write to Ann <ann@tide.example>. Members <b>30</b>", "Write to Ann <ann@tide.example>. Members 30"),
    ("&lt;Dune&gt;", "<Dune>"),
    ("&lt;p&gt;&amp;lt;Dune&amp;gt; 读书会&lt;/p&gt;", "<Dune> 读书会"),
    ("<p>a<b and b>c</p>", "a<b and b>c"),
    ("<em>Tide</em> <Dune>", "Tide <Dune>"),
    ("<script>alert(1)</script>Tide", "Tide"),
    ("<style>p {}</style><p>Tide</p>", "Tide"),
    ("<?xml version='1.0'?><p>Tide</p>", "Tide"),
    ("<p>Meet at <Time></p>", "Meet at <Time>"),
    ("<iframe src='x'></iframe>Tide", "Tide"),
    ("Tide<wbr>House", "Tide House"),
]


@pytest.mark.parametrize("text", STAY)
def test_what_is_no_markup_stays(text: str) -> None:
    assert normalize.line(text) == text
    assert normalize.plain(text) == text
    assert normalize.plain(f"{text}\nand  more") == f"{text}\nand more"


@pytest.mark.parametrize(("text", "left"), GO)
def test_tags_go(text: str, left: str) -> None:
    assert (normalize.line(text) or "").replace("alert(1) ", "").replace("p {} ", "") == left
    assert " ".join((normalize.plain(text) or "").split()).replace("TideHouse", "Tide House") == left


def test_lines_break_at_blocks_alone() -> None:
    assert normalize.plain("<p>One <b>two</b></p><p>three<br/>four</p>") == "One two\n\nthree\nfour"


@pytest.mark.parametrize(
    "text", ["<" * 50_000, "<b" * 50_000, "<a b=" * 30_000, "<p>" * 30_000, "<x>" * 30_000, "<!--" * 30_000]
)
def test_many_brackets_take_no_longer(text: str) -> None:
    assert takes_less(1, lambda: normalize.plain(text))
    assert takes_less(1, lambda: normalize.line(text))
