"""Writes the narratives of random contracts and has the checker of drafts read each: it should contradict nothing.

    nice python tests/bench/narratives.py --first 0 --contracts 3000 --processes 2

Prints every contradiction as it is found, then how many claims were confirmed. Exit code 1 where anything is contradicted.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from narrative.checked import read  # noqa: E402

_EVERY = 500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0, help="seed of the first contract")
    parser.add_argument("--contracts", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    confirmed = wrong = 0
    start = time.perf_counter()
    seeds = range(options.first, options.first + options.contracts)
    with ProcessPoolExecutor(options.processes) as pool:
        for number, found in enumerate(pool.map(read, seeds, chunksize=20), start=1):
            confirmed += found.confirmed
            wrong += len(found.wrong)
            for seed, paragraph, words, reason in found.wrong:
                print(f"seed {seed}, {paragraph}: {words!r}: {reason}", flush=True)
            if not number % _EVERY:
                print(f"{number} contracts, {confirmed} claims confirmed, {wrong} contradicted.", flush=True)
    seconds = time.perf_counter() - start
    print(f"{len(seeds)} contracts in {seconds:.0f} s: {confirmed} claims confirmed, {wrong} contradicted.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
