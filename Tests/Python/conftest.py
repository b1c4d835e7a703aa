import gc
import os
import threading
import time
from pathlib import Path
from typing import Callable

import pytest

import dukien

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def rules() -> dukien.Rules:
    return dukien.Rules.load("vi-news")


@pytest.fixture
def extractor(rules: dukien.Rules) -> dukien.Extractor:
    return dukien.Extractor(rules)


@pytest.fixture(scope="session")
def html() -> bytes:
    return (SEEDS / "06-hai-phong-incheon.html").read_bytes()


@pytest.fixture(scope="session")
def text() -> str:
    return (SEEDS / "05-lang-son-sung-ta.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    return sorted([*SEEDS.glob("*.txt"), *SEEDS.glob("*.html")])


def page_of_facts(count: int) -> str:
    """A page with that many facts."""
    lines = (f"Kim ngạch xuất khẩu sang Lào đạt {n} triệu USD." for n in range(1000, 1000 + count))
    return "\n\n".join(lines)


def after_work(seconds: float, then: Callable[[], object]) -> threading.Thread:
    """Calls `then` in another thread once the process has worked for so long: what else the machine
    does meanwhile does not count."""
    end = time.process_time() + seconds

    def wait() -> None:
        while time.process_time() < end:
            time.sleep(0.001)
        then()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def growth(once: Callable[[], None], *, warm_up: int, rounds: int) -> int:
    """Bytes by which the process grows over so many rounds, after those that warm it up."""
    for _ in range(warm_up):
        once()
    before = _memory()
    for _ in range(rounds):
        once()
    return _memory() - before


def _memory() -> int:
    """Bytes of this process in memory, once what nobody has is gone."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
