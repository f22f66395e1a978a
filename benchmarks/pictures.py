"""What reading pictures costs, and how many characters are right: python -m benchmarks.pictures [--hostile] [--show].

Needs quanzi[pictures]; QUANZI_CASES for all but --hostile. Each figure is of one thread, as the models run; memory is
the peak of a process of its own for each picture. --show names the lines that were read wrong.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean, median
from unicodedata import category, normalize

from PIL import Image, ImageDraw, ImageFont

from benchmarks import gold

APART = """
import resource, sys, time
from pathlib import Path
began = time.process_time()
from spiders.readers.picture import look
from spiders.readers.picture.models import _session, characters
import spiders.readers.picture.looking
_session("det.onnx"), _session("rec.onnx"), characters()
ready = time.process_time() - began
try:
    look(Path(sys.argv[1]).read_bytes())
except Exception as error:
    print(error, file=sys.stderr)
spent = time.process_time() - began - ready
status = Path("/proc/self/status")  # on Linux the other figure counts the process that started this one
if status.exists():
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(ready, spent, peak)
"""
NARROW = str.maketrans("–—‒―", "----")


def plain(text: str) -> str:
    """Letters, numbers and punctuation in one width; pictures among them (emoji) are no characters."""
    return "".join(c for c in normalize("NFKC", text) if category(c)[0] in "LNP").translate(NARROW)


def right(expected: str, lines: list[str]) -> tuple[int, int]:
    """How many characters of an expected line stand, in its order, in lines that were read; and how many it has."""
    wanted = plain(expected)
    found = [False] * len(wanted)
    least = min(2, len(wanted))
    for line in lines:
        for block in SequenceMatcher(None, wanted, line, autojunk=False).get_matching_blocks():
            if block.size >= least:
                found[block.a : block.a + block.size] = [True] * block.size
    return sum(found), len(wanted)


def characters(show: bool) -> None:
    """Characters right on the rendered pictures, and CPU seconds of all, in this process."""
    from spiders.readers.picture import look

    folder = gold.cases() / "gold" / "posters"
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    look((folder / cases[0]["file"]).read_bytes())
    seconds, good, whole = [], 0, 0
    for case in cases:
        data = (folder / case["file"]).read_bytes()
        began = time.process_time()
        pages = look(data)
        seconds.append(time.process_time() - began)
        lines = [plain(line.text) for page in pages for line in page.lines]
        for expected in case.get("text", ()):
            hits, count = right(expected, lines)
            good, whole = good + hits, whole + count
            if show and hits < count:
                print(f"  {case['id']}: {hits} of {count}: {expected}")
    slow = sorted(zip(seconds, (case["id"] for case in cases), strict=True), reverse=True)[:3]
    within = sum(each <= 1 for each in seconds)
    print(f"characters right on the rendered pictures: {good} of {whole}, {good / whole:.2%}")
    print(
        f"CPU seconds a picture: median {median(seconds):.2f}, mean {mean(seconds):.2f}; {within} of {len(cases)} <= 1"
    )
    print("  slowest:", ", ".join(f"{name} {each:.2f}" for each, name in slow))
    apart([folder / case["file"] for case in cases[:: max(1, len(cases) // 12)]], "ordinary")


def apart(files: list[Path], name: str) -> None:
    """Each picture in a process of its own: seconds until it is ready, seconds of the picture, peak of memory."""
    figures = []
    for file in files:
        result = subprocess.run([sys.executable, "-c", APART, file], capture_output=True, text=True, check=True)
        ready, seconds, peak = (float(word) for word in result.stdout.split())
        figures.append((ready, seconds, peak / 2**20))
        if name == "hostile":
            print(f"  {file.stem}: {seconds:.2f} s, {peak / 2**20:.0f} MiB {result.stderr.strip()}")
    ready, seconds, peaks = zip(*figures, strict=True)
    print(f"{name}, apart: ready after {median(ready):.2f} CPU s, at most {max(seconds):.2f} s, {max(peaks):.0f} MiB")


def sheet(width: int, height: int, size: int, letters: int, gap: int) -> Image.Image:
    """A sheet full of words of that many letters."""
    drawn = random.Random(7)
    picture = Image.new("RGB", (width, height), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size)
    for y in range(4, height - size, round(size * 1.6)):
        x = 4.0
        while x < width - size:
            word = "".join(drawn.choice("ABCDEFGHKLMNPRSTUVWXYZ0123456789:") for _ in range(letters))
            draw.text((x, y), word, fill="black", font=font)
            x += font.getlength(word) + gap
    return picture


def hostile() -> Iterator[tuple[str, Image.Image, str]]:
    """Pictures that cost as much as pictures can: name, picture, form."""
    yield "noise of 40 million pixels", Image.effect_noise((6320, 6320), 90).convert("RGB"), "JPEG"
    yield "one color, 40 million pixels", Image.new("RGB", (6320, 6320), "red"), "WebP"
    yield "transparent, 40 million pixels", Image.new("RGBA", (6320, 6320), (1, 2, 3, 4)), "PNG"
    yield "sheet of 1,500 words", sheet(2000, 2800, 22, 4, 40), "PNG"
    yield "the same on its side", sheet(2000, 2800, 22, 4, 40).transpose(Image.Transpose.ROTATE_270), "PNG"
    yield "page of prose", sheet(1400, 2000, 20, 110, 40), "PNG"
    yield "lines that never end", sheet(1280, 1280, 12, 400, 40), "PNG"
    yield "strip of 30 to 1", sheet(1080, 32_000, 40, 20, 60), "JPEG"
    yield "the same across", sheet(32_000, 1080, 40, 20, 60), "JPEG"
    yield "dots", sheet(1280, 1280, 6, 1, 2), "PNG"
    yield "three pages", sheet(2000, 2800, 22, 4, 40), "PDF"


def main(arguments: list[str]) -> None:
    if "--hostile" not in arguments:
        characters("--show" in arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, picture, form in hostile():
            file = io.BytesIO()
            more = {"save_all": True, "append_images": [picture] * 3} if form == "PDF" else {}
            picture.save(file, form, quality=20, **more)
            files.append(Path(folder) / name)
            files[-1].write_bytes(file.getvalue())
        apart(files, "hostile")


if __name__ == "__main__":
    main(sys.argv[1:])
