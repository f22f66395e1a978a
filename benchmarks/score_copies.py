"""One evening once: what merging makes of the invented worlds of ``tests/cases/copies``.

python -m benchmarks.score_copies [--faults] [WORLD ...]
"""

from __future__ import annotations

import sys

from tests.support.copies import FOLDER, Told, figures, world


def line(kind: str, pair: tuple[Told, Told]) -> str:
    one, other = (told.record.event for told in pair)
    return f"  {kind} ({pair[0].kind}): {one.title} || {other.title}"


def main() -> None:
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    for name in names or sorted(path.stem for path in FOLDER.glob("*.toml")):
        found = figures(world(name))
        pairs = len(found.found) + len(found.missed)
        print(
            f"{name}: recall {found.recall:.3f} ({len(found.found)} of {pairs} pairs of copies), "
            f"precision {found.precision:.3f} ({len(found.wrong)} joined wrongly)"
        )
        if "--faults" in sys.argv:
            for kind, pairs_of_kind in (("missed", found.missed), ("WRONG", found.wrong)):
                for pair in pairs_of_kind:
                    print(line(kind, pair))


if __name__ == "__main__":
    main()
