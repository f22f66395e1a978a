"""What the pages do in a real browser: one track at a time without a script, and a policy that bites."""

from __future__ import annotations

import pytest

from tests.support.browser import LANGUAGES, OWN_FILES, PAGES, Ask, made

pytestmark = pytest.mark.long
PAPER = {"light": "rgb(241, 237, 228)", "dark": "rgb(22, 21, 15)"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_track_is_shown_by_its_address_alone(browser: Ask, language: str):
    week = made("full", language)
    tracks = ("industry", "practice", "client")
    views = [{"hash": f"#{track}"} for track in tracks] + [{"hash": "#all"}, {"hash": "#industry", "scheme": "dark"}]
    answer = browser(week.pages["public/index.html"], [{}, *views])
    assert answer["said"] == answer["asked"] == []

    def links_shown(view: dict) -> set[str]:
        return {link["href"] for link in view["links"] if link["href"].startswith("https://hub.example/")}

    every = {card.link for card in week.coming}
    first, *of_tracks, everything, at_night = answer["views"]
    assert links_shown(first) == links_shown(everything) == every
    for track, view in zip(tracks, of_tracks, strict=True):
        assert links_shown(view) == {card.link for card in week.coming if card.track == track}
        assert view["faint"]["plain"] == view["cut"] == []
        hidden_days = {card.day for card in week.coming} - {card.day for card in week.coming if card.track == track}
        assert not {day for day in hidden_days if f"\n{day}\n" in view["text"]}
    assert at_night["faint"]["plain"] == []


@pytest.mark.parametrize("name", [page for page in PAGES if page != "digest.html"])
def test_the_policy_lets_our_style_pass_and_no_other(browser: Ask, name: str):
    page = made("small", "en").pages[name]
    assert "unsafe-inline" not in page
    answer = browser(page, [{"scheme": scheme} for scheme in PAPER])
    assert [view["paper"] for view in answer["views"]] == list(PAPER.values())
    tampered = browser(page.replace("--ground: #f1ede4", "--ground: #f1ede5"), [{}])
    assert any("policy: style-src" in line for line in tampered["said"])
    assert tampered["views"][0]["paper"] != PAPER["light"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("forbidden", "directive"),
    [
        ("<script>document.title = 'taken over'</script>", "script-src"),
        ("<img src='https://tracker.example/x.png' alt=''>", "img-src"),
        ("<base href='https://elsewhere.example/'>", "base-uri"),
        ("<link rel=stylesheet href='https://elsewhere.example/x.css'>", "style-src"),
        ("<iframe src='https://elsewhere.example/' title=x></iframe>", "frame-src"),
    ],
)
def test_what_others_smuggle_in_does_nothing(browser: Ask, name: str, forbidden: str, directive: str):
    page = made("empty", "en").pages[name]
    before = browser(page, [{}])["views"][0]
    answer = browser(page.replace("</body>", f"{forbidden}</body>"), [{}])
    assert any(f"policy: {directive}" in line for line in answer["said"]), answer["said"]
    assert {address.rpartition("/")[2] for address in answer["asked"]} <= OWN_FILES.get(name, set())
    assert answer["views"][0]["title"] == before["title"]
