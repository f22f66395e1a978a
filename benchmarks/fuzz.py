"""Every reader against inputs that atheris breeds (guided by coverage, from the real corpora as seeds): what raises,
what hangs, what breaks a promise that every event keeps.

Needs atheris, which the project does not (pip install atheris), and QUANZI_CASES for its seeds.

python -m benchmarks.fuzz [NAME ...] [--seconds 300] [--finds FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONGEST, SECONDS_FOR_ONE, MOST_SEEDS = 8_192, 10, 400
SEEDS: dict[str, tuple[str, ...]] = {
    "ical": ("corpus/ics", "corpus/hostile/icalendar-calendars", "corpus/hostile/libical", "corpus/hostile/icaljs"),
    "feed": ("corpus/feeds", "corpus/hostile/feedparser-rss", "corpus/hostile/feedparser-illformed"),
    "html": ("corpus/html", "corpus/hostile/html5lib-tests"),
    "json": ("corpus/json", "corpus/hostile/jsontestsuite"),
    "listing": ("corpus/html",),
    "text": ("corpus/zh-platform", "corpus/labelled"),
    "note": ("corpus/labelled",),
    "when": ("corpus/labelled",),
    "unpack": ("corpus/hostile/scrapy-compressed", "corpus/hostile/feedparser-compression"),
    "headers": (),
}
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STEP = re.compile(r"#(\d+)\s+(?:DONE|REDUCE|NEW|pulse|INITED|RELOAD)\s+cov: (\d+) ft: (\d+)")


def target(name: str) -> Callable[[bytes], None]:
    """What is called with each input; it raises where a promise is broken."""
    from spiders.errors import ReadError, SourceError
    from spiders.items import Context, Document, Event
    from spiders.readers import dispatch, note, unpack
    from spiders.sign_in import parse_headers
    from spiders.text.when import read_when

    now = datetime(2026, 11, 20, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    context = Context(
        source="fuzz", now=now, timezone="Asia/Shanghai", window_start=now, window_end=now + timedelta(days=120)
    )

    def check(event: Event) -> None:
        assert event.start is None or event.start.tzinfo is not None, "a time without a zone"
        assert event.end is None or event.start is None or event.end > event.start, "it ends before it begins"
        for text in (event.title, event.uid, event.description or "", event.organizer or "", str(event.place)):
            assert not _UNWANTED.search(text), "text that is not stored"
        json.dumps([event.title, event.uid, event.url], ensure_ascii=False).encode()

    def document(body: bytes) -> None:
        for event in dispatch.read(Document(body=body, url="https://a.example/x"), context, name).events:  # type: ignore[arg-type]
            check(event)

    def chat(body: bytes) -> None:
        for event in note.read(body.decode("utf-8", "replace"), context).events:
            check(event)

    def time(body: bytes) -> None:
        read_when(body.decode("utf-8", "replace"), now=now, timezone="Asia/Shanghai")

    def packed(body: bytes) -> None:
        try:
            unpack.unpacked(Document(body=b"\x1f\x8b\x08" + body))
        except ReadError:
            return

    def headers(body: bytes) -> None:
        try:
            parse_headers(body)
        except SourceError:
            return

    return {"note": chat, "when": time, "unpack": packed, "headers": headers}.get(name, document)


def breed(name: str, arguments: list[str]) -> None:
    """In a process of its own: libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["spiders"]):
        call = target(name)
    atheris.Setup([sys.argv[0], *arguments], lambda data: call(bytes(data)))
    atheris.Fuzz()


def _seeds(name: str, folder: Path) -> None:
    cases = Path(os.environ["QUANZI_CASES"]) if "QUANZI_CASES" in os.environ else None
    files = [path for part in SEEDS[name] if cases for path in sorted((cases / part).rglob("*")) if path.is_file()]
    small = [path for path in files if path.stat().st_size <= LONGEST]
    for number, path in enumerate(small[:: max(1, len(small) // MOST_SEEDS)]):
        (folder / str(number)).write_bytes(path.read_bytes())


def run(name: str, seconds: int, finds: Path) -> str:
    """Breed for so long; -> a line of figures."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary)
        _seeds(name, corpus)
        seeds = len(list(corpus.iterdir()))
        before = set(finds.glob(f"{name}-*"))
        done = subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.fuzz", "--breed", name, str(corpus), "--"),
                *(f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SECONDS_FOR_ONE}"),
                *("-rss_limit_mb=2048", f"-artifact_prefix={finds}/{name}-", "-print_final_stats=1"),
            ],
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        steps = _STEP.findall(done.stderr)
        new = sorted(path.name for path in set(finds.glob(f"{name}-*")) - before)
        if new or done.returncode:
            (finds / f"{name}.log").write_text(done.stderr[-20_000:])
        count, cover, features = steps[-1] if steps else ("0", "0", "0")
    return f"| {name} | {seeds} | {int(count):,} | {cover} | {features} | {', '.join(new) or 'none'} |"


def main() -> None:
    """Print a table, a line for each reader as it is done."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*SEEDS, []])
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    asked = parser.parse_args()
    asked.finds.mkdir(exist_ok=True)
    print("| reader | seeds | inputs | branches | features | finds |\n|---|---|---|---|---|---|")
    for name in asked.names or SEEDS:
        print(run(name, asked.seconds, asked.finds.absolute()), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--breed"]:
        breed(sys.argv[2], [sys.argv[3], *sys.argv[5:]])
    else:
        main()
