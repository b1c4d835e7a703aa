from pathlib import Path

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
