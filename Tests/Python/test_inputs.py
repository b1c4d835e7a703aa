"""Pages and arguments that are not as they should be."""

import os
import pickle
import random

import pytest

import dukien
from conftest import page_of_facts


@pytest.mark.parametrize(
    "page",
    [b"", "", b"\0", "\0" * 1000, b"\xff" * 1000, b"\xc3", bytes(range(256)) * 10, b"<" * 5000,
     "<div>" * 20_000, "é" * 100_000, "\U0001f600", b"\xff\xfe\x00", b"a" * 300_000],
)  # fmt: skip
def test_any_page_gives_a_result(extractor: dukien.Extractor, page) -> None:
    result = extractor.run(page)
    assert isinstance(result, dukien.Result) and result.error is None
    size = len(page.encode() if isinstance(page, str) else page)
    for block in result.blocks:
        assert 0 <= (block.begin or 0) <= (block.end or 0) <= size
    for hit in result.limits:
        assert hit.name
    result.to_dict()
    assert result._repr_html_()


def test_random_bytes_give_results(extractor: dukien.Extractor, html: bytes) -> None:
    numbers = random.Random(1)
    for _ in range(200):
        page = bytearray(html)
        for _ in range(50):
            page[numbers.randrange(len(page))] = numbers.randrange(256)
        result = extractor.run(page)
        result.facts, result.blocks, result.values, result.article
        assert result.to_dict()["blocks"] is not None


def test_what_bytes_are_wrapped_in_counts_for_nothing(extractor: dukien.Extractor, text: str) -> None:
    page = text.encode()
    expected = extractor.run(page).facts
    assert extractor.run(bytearray(page)).facts == expected
    assert extractor.run(memoryview(page)).facts == expected
    assert extractor.run(memoryview(page + page)[: len(page)]).facts == expected


def test_a_path_is_read(extractor: dukien.Extractor, tmp_path) -> None:
    path = tmp_path / "trang.txt"
    path.write_text("Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.", encoding="utf-8")
    assert extractor.run(path).facts[0].get("value") == "90000000 USD"
    assert extractor.run(path).id == str(path)
    assert extractor.run(path, id="x").id == "x"
    with pytest.raises(dukien.InputError) as caught:
        extractor.run(tmp_path / "missing")
    assert caught.value.code == "input.unreadable"
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    with pytest.raises(dukien.InputError):
        extractor.run(tmp_path)


def test_a_file_name_may_hold_any_bytes(extractor: dukien.Extractor, tmp_path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as file:
        file.write(b"x")
    from pathlib import Path

    assert extractor.run(Path(os.fsdecode(path))).id.endswith("/\ufffd.txt")


@pytest.mark.parametrize("page", [None, 1, 1.5, ["a"], {"a": 1}, object()])
def test_a_page_of_another_type_is_refused(extractor: dukien.Extractor, page) -> None:
    with pytest.raises(TypeError):
        extractor.run(page)
    with pytest.raises(TypeError):
        dukien.parse(page)
    with pytest.raises(TypeError):
        dukien.article(page)
    with pytest.raises(TypeError):
        list(extractor.run_many([page]))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"published": "yesterday"}, "input.published"),
        ({"published": "2024-13-01"}, "input.published"),
        ({"format": "pdf"}, "input.format"),
        ({"until": "dawn"}, "input.until"),
    ],
)
def test_wrong_values_are_told(extractor: dukien.Extractor, arguments, code: str) -> None:
    with pytest.raises(dukien.InputError) as caught:
        extractor.run(b"x", **arguments)
    assert caught.value.code == code
    assert caught.value.hint
    assert isinstance(caught.value, ValueError) and isinstance(caught.value, dukien.Error)


def test_a_str_has_no_encoding(extractor: dukien.Extractor) -> None:
    with pytest.raises(dukien.InputError):
        extractor.run("x", encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [{"url": b"x"}, {"id": 1}, {"published": 2024}, {"encoding": b"utf-8"}, {"log": 1},
     {"trace": "x"}, {"cancel": True}],
)  # fmt: skip
def test_wrong_types_are_refused(extractor: dukien.Extractor, arguments) -> None:
    with pytest.raises(TypeError):
        extractor.run(b"x", **arguments)


def test_positional_mistakes_are_refused(extractor: dukien.Extractor, rules: dukien.Rules) -> None:
    with pytest.raises(TypeError):
        extractor.run(b"x", "html")
    with pytest.raises(TypeError):
        dukien.Extractor("vi-news")
    with pytest.raises(TypeError):
        extractor.extract(b"x")
    with pytest.raises(TypeError):
        dukien.Document()


def test_bounds_give_partial_results(rules: dukien.Rules) -> None:
    page = page_of_facts(50)
    extractor = dukien.Extractor(rules, limits=dukien.Limits(max_facts=10))
    result = extractor.run(page)
    assert result.partial
    assert len(result.facts) == 10
    hit = result.limits[0]
    assert (hit.name, hit.bound) == ("max_facts", 10)
    with pytest.raises(dukien.LimitError) as caught:
        result.raise_for_limits()
    assert caught.value.hits == result.limits
    assert "max_facts" in str(caught.value)
    whole = dukien.Extractor(rules).run(page)
    assert not whole.partial and len(whole.facts) == 50
    whole.raise_for_limits()


def test_a_page_may_be_cut(rules: dukien.Rules) -> None:
    extractor = dukien.Extractor(rules, limits=dukien.Limits(max_input=100))
    result = extractor.run("Huế. " * 100)
    assert result.partial and result.limits[0].name == "max_input"
    assert all(block.end <= 100 for block in result.blocks)
    assert dukien.parse("Huế. " * 100, limits=dukien.Limits(max_input=100)).partial


@pytest.mark.parametrize("bound", [0, -1, 1 << 64])
def test_a_bound_is_at_least_one(bound: int) -> None:
    with pytest.raises(ValueError):
        dukien.Limits(max_facts=bound)


@pytest.mark.parametrize("bound", ["1", 1.0, True])
def test_a_bound_is_a_number(bound) -> None:
    with pytest.raises(TypeError):
        dukien.Limits(max_facts=bound)


def test_errors_pickle() -> None:
    hit = dukien.LimitHit("max_facts", 1, 2, dukien.Span(0, 1))
    with pytest.raises(dukien.RulesError) as caught:
        dukien.Rules.load("no-such-set")
    for error in (
        caught.value,
        dukien.InputError("a.b", "c", "d"),
        dukien.LimitError("a.b", "c", "d", [hit]),
        dukien.Cancelled("a.b", "c"),
        dukien.InternalError("a.b", "c"),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert (again.code, again.message, again.hint) == (error.code, error.message, error.hint)
        assert str(again) == str(error)
    assert pickle.loads(pickle.dumps(caught.value)).diagnostics == caught.value.diagnostics
