"""Measures how the checker reads tables: as many layouts as people use in quarterly reports, each true and made false.

    python tests/bench/layouts.py
    python tests/bench/layouts.py --layout five-columns --misses --show
    python tests/bench/layouts.py --seed 2 --drafts 4

Each layout is laid out with figures of an organisation under ``tests/prose/reports`` and with random ones. Every cell carries
a mark, as in ``tests/bench/claims.py``, so that what it says is known. One line a layout: its figures, those confirmed,
contradictions of what is true; figures changed one at a time and caught; other words changed and caught; figures changed
all at once and caught; versions that are false as a whole and those in which something false was objected to. False as a
whole: two rows or columns swapped, a column filled from another one or one row too low, a heading of another quarter, a sign
or an arrow turned. The layouts stand in ``tests/bench/layouts``.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent
sys.path[:0] = [str(BENCH), str(BENCH.parent), str(BENCH.parents[1])]

from layouts import cards, columns, pasted, periods, places, ratings, shares  # noqa: E402
from layouts.page import LAYOUTS  # noqa: E402
from layouts.review import Review, heading, kinds, line, misses, reviewed  # noqa: E402

ROOMS = (columns, periods, ratings, shares, places, cards, pasted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layout", default="", help="only those whose name holds this")
    parser.add_argument("--seed", type=int, default=1, help="of the figures")
    parser.add_argument("--drafts", type=int, default=2, help="of each layout")
    parser.add_argument("--mutants", type=int, default=4, help="of each draft")
    parser.add_argument(
        "--false", type=int, default=4, help="versions of each draft that are false as a whole, at most"
    )
    parser.add_argument("--misses", action="store_true", help="say each one")
    parser.add_argument("--show", action="store_true", help="print the drafts")
    options = parser.parse_args()
    names = [options.layout] if options.layout in LAYOUTS else [name for name in LAYOUTS if options.layout in name]
    whole, start = Review(), time.perf_counter()
    print(heading())
    for name in names:
        one = reviewed(name, options.seed, options.drafts, options.mutants, options.false)
        print(line(name, one), flush=True)
        if options.show:
            print("\n" + "\n".join(one.drafts))
        if options.misses:
            print("\n".join(f"    {words}" for words in misses(one)))
        whole.add(one)
    print(line(f"{len(names)} layouts", whole))
    print("\n" + "\n".join(kinds(whole)))
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
