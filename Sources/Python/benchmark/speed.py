"""What the package costs: speed.py CALL PAGE...

CALL is the compiled call.c. Prints the cost of a call against the same call from C, attribute reads a
second over the facts of a long page, and what a second thread gives. Ends with 1 where a goal is
missed. Other programs on the machine disturb the figures; the best of several tries counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Callable

import dukien

ROUNDS, TIMES = 5, 60


def best(call: Callable[[], object], times: int) -> float:
    shortest = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        call()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def call_cost(extractor: dukien.Extractor, call: str, paths: list[str]) -> float:
    """The cost of all pages, in times of the cost from C."""
    pages = [Path(path).read_bytes() for path in paths]
    from_c = [float("inf")] * len(pages)
    from_python = [float("inf")] * len(pages)
    for _ in range(ROUNDS):
        output = subprocess.run([call, str(TIMES), *paths], capture_output=True, check=True).stdout
        from_c = [min(pair) for pair in zip(from_c, map(float, output.split()), strict=True)]
        for number, page in enumerate(pages):
            took = best(partial(extractor.run, page), TIMES)
            from_python[number] = min(from_python[number], took)
    for path, c, python in zip(paths, from_c, from_python, strict=True):
        print(f"  {Path(path).name:36} C {c * 1e6:7.0f} µs  Python {python * 1e6:7.0f} µs  {python / c:.2f}")
    return sum(from_python) / sum(from_c)


def reads_a_second(extractor: dukien.Extractor) -> float:
    """Attribute reads a second over 10,000 facts, their making counted in."""
    lines = (f"Kim ngạch xuất khẩu sang Lào đạt {n} triệu USD." for n in range(1000, 11000))
    page = "\n\n".join(lines).encode()

    def read() -> tuple[int, float]:
        result = extractor.run(page)
        start = time.perf_counter()
        count = 0
        for fact in result.facts:
            fact.type, fact.rule, fact.polarity, fact.said_by, fact.span
            fact.str_span, fact.roles, fact.evidence
            role, evidence = fact.roles[0], fact.evidence[0]
            role.role, role.text, role.norm, role.span, evidence.quote, evidence.span
            count += 16
        return count, time.perf_counter() - start

    tries = [read() for _ in range(3)]
    print(f"  {tries[0][0] // 16} facts, the first time {min(took for _, took in tries) * 1e3:.0f} ms")
    return max(count / took for count, took in tries)


def second_thread(extractor: dukien.Extractor, paths: list[str]) -> float:
    """How many times as fast two threads are as one."""
    pages = [Path(path).read_bytes() for path in paths] * 100

    def run(threads: int) -> None:
        for _ in extractor.run_many(pages, threads=threads):
            pass

    ones, twos = [], []
    for _ in range(ROUNDS):
        ones.append(best(partial(run, 1), 1))
        twos.append(best(partial(run, 2), 1))
    print(f"  {len(pages)} pages: one thread {min(ones):.2f} s, two {min(twos):.2f} s")
    return min(ones) / min(twos)


def main() -> None:
    call, *paths = sys.argv[1:]
    extractor = dukien.Extractor(dukien.Rules.load("vi-news"))
    missed = False
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    goals: list[tuple[str, Callable[[], float], float, bool]] = [
        ("cost of a call, in calls from C", partial(call_cost, extractor, call, paths), 1.3, False),
        ("attribute reads a second", partial(reads_a_second, extractor), 1e6, True),
        ("speed of two threads, in threads", partial(second_thread, extractor, paths), 1.7, True),
    ]
    for name, measure, goal, at_least in goals:
        found = measure()
        reached = found >= goal if at_least else found <= goal
        missed = missed or not reached
        sign = "at least" if at_least else "at most"
        print(f"{name}: {found:,.2f}, {sign} {goal:,}{'' if reached else '  MISSED'}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
