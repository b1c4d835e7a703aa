"""Tables for pyarrow, pandas, polars and duckdb, and pages from them."""

import duckdb
import pandas
import polars
import pyarrow
import pytest

import dukien
from conftest import growth, page_of_facts

PAGES = ["Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.", "", "Cước phí là 5 triệu đồng."]


@pytest.fixture
def results(extractor: dukien.Extractor) -> list[dukien.Result]:
    return list(
        extractor.run_many(dukien.Input(page, id=str(n)) for n, page in enumerate(PAGES))
    )


def test_facts_are_those_of_the_records(extractor: dukien.Extractor, text: str) -> None:
    result = extractor.run(text, id="page")
    table = dukien.Table(result)
    rows = table.to_arrow().to_pylist()
    assert len(table) == len(rows) == len(result.facts) > 3
    assert repr(table) == f"<Table facts: {len(rows)} rows>"
    for number, (row, fact) in enumerate(zip(rows, result.facts)):
        assert row["document"] == "page"
        assert row["fact"] == number
        assert (row["type"], row["rule"], row["polarity"], row["said_by"], row["begin"], row["end"]) == (
            *fact[:4], fact.begin, fact.end)  # fmt: skip
        assert [(r["role"], r["text"] or "", r["norm"], r["from"]) for r in row["roles"]] == [
            role[:4] for role in fact.roles
        ]
        assert [(e["quote"], e["begin"], e["end"], e["block"]) for e in row["evidence"]] == [
            (e.quote, e.begin, e.end, e.block) for e in fact.evidence
        ]


def test_values_and_documents(results: list[dukien.Result]) -> None:
    values = dukien.Table(results, "values").to_arrow().to_pylist()
    assert [(row["document"], row["text"], row["norm"]) for row in values] == [
        (result.id, value.text, value.norm) for result in results for value in result.values
    ]
    documents = dukien.Table(results, "documents").to_arrow().to_pylist()
    assert [row["document"] for row in documents] == ["0", "1", "2"]
    assert [row["facts"] for row in documents] == [len(result.facts) for result in results]
    assert [row["partial"] for row in documents] == [False] * 3


def test_a_table_can_be_read_again_and_alone(extractor: dukien.Extractor, text: str) -> None:
    table = dukien.Table(extractor.run(text))
    first = pyarrow.table(table)
    stream = table.__arrow_c_stream__()
    assert pyarrow.table(table).equals(first)
    rows = len(table)
    del table, stream
    assert first.num_rows == rows
    assert first.column("type").to_pylist()
    first.validate(full=True)


def test_pandas_polars_and_duckdb_take_tables(results: list[dukien.Result]) -> None:
    table = dukien.Table(results, "values")
    expected = [value.text for result in results for value in result.values]
    assert list(table.to_pandas()["text"]) == expected
    assert table.to_polars()["text"].to_list() == expected
    assert polars.DataFrame(table)["text"].to_list() == expected
    found = duckdb.sql('select text from "table" order by document, begin')
    assert [row[0] for row in found.fetchall()] == expected
    facts = dukien.Table(results)
    assert len(facts.to_polars()) == len(facts.to_pandas()) == len(facts) == 1


def test_a_table_of_nothing_has_columns() -> None:
    for name in ("facts", "values", "documents"):
        table = dukien.Table([], name)
        assert len(table) == 0
        assert table.to_arrow().num_rows == 0
        assert "document" in table.to_arrow().schema.names
        assert pyarrow.schema(table).equals(table.to_arrow().schema)
        assert table.to_polars().height == 0


def test_thousands_of_results_come_in_batches(extractor: dukien.Extractor) -> None:
    results = list(extractor.run_many([PAGES[0]] * 3000, threads=2))
    table = dukien.Table(results)
    assert len(table) == 3000
    batches = pyarrow.table(table).to_batches()
    assert len(batches) == 3 and sum(batch.num_rows for batch in batches) == 3000


def test_pages_that_failed_give_no_rows(extractor: dukien.Extractor) -> None:
    rows = list(extractor.run_many([PAGES[0], dukien.Input("x", published="never")]))
    assert len(dukien.Table(rows, "documents")) == 1


def _columns() -> dict[str, list[object]]:
    return {"id": ["a", "b", "c", "d"], "body": [*PAGES, None], "day": ["2024-01-01", None, "x", None]}


@pytest.mark.parametrize("make", [pyarrow.table, polars.DataFrame, pandas.DataFrame])
@pytest.mark.parametrize("threads", [1, 3])
def test_pages_come_from_any_arrow_object(rules: dukien.Rules, make, threads: int) -> None:
    table = dukien.extract(make(_columns()), rules, threads=threads)
    rows = table.to_arrow().to_pylist()
    assert [(row["document"], row["type"]) for row in rows] == [("a", "indicator")]
    assert [role["norm"] for role in rows[0]["roles"] if role["role"] == "value"] == ["90000000 USD"]
    assert pyarrow.table(table).equals(table.to_arrow())
    assert len(table.to_pandas()) == len(table.to_polars()) == len(table)


def test_pages_come_from_duckdb(rules: dukien.Rules) -> None:
    pages = pyarrow.table(_columns())
    relation = duckdb.sql("select id, body from pages where body is not null")
    assert len(dukien.extract(relation, rules)) == 1
    assert pages.num_rows == 4


@pytest.mark.parametrize(
    "type", [pyarrow.string(), pyarrow.binary(), pyarrow.large_string(), pyarrow.large_binary()]
)
def test_pages_may_be_strings_or_binary(rules: dukien.Rules, type: pyarrow.DataType) -> None:
    body = pyarrow.array(PAGES).cast(type) if "string" in str(type) else pyarrow.array(
        [page.encode() for page in PAGES], type)  # fmt: skip
    pages = pyarrow.table({"id": ["a", "b", "c"], "body": body})
    assert len(dukien.extract(pages, rules)) == 1


def test_a_page_that_fails_is_a_row_of_the_documents(rules: dukien.Rules) -> None:
    pages = pyarrow.table(_columns())
    documents = dukien.extract(pages, rules, published="day", table="documents").to_arrow().to_pylist()
    assert [row["document"] for row in documents] == ["a", "b", "c", "d"]
    assert [row["error"] is None for row in documents] == [True, True, False, False]
    assert len({row["status"] for row in documents}) >= 2
    values = dukien.extract(pages, rules, table="values").to_arrow().to_pylist()
    assert {row["document"] for row in values} == {"a", "c"}


def test_the_rows_are_those_of_single_runs(extractor: dukien.Extractor, seeds) -> None:
    bodies = [path.read_bytes() for path in seeds] * 5
    pages = pyarrow.table({"id": [str(n) for n in range(len(bodies))], "body": bodies})
    table = dukien.extract(pages, extractor.rules, threads=2)
    results = extractor.run_many(
        dukien.Input(body, id=str(n)) for n, body in enumerate(bodies)
    )
    assert table.to_arrow().to_pylist() == dukien.Table(results).to_arrow().to_pylist()


def test_a_stream_reads_as_it_is_read(rules: dukien.Rules) -> None:
    taken = []

    def batches():
        for number in range(5):
            taken.append(number)
            yield pyarrow.record_batch({"id": [str(number)], "body": [PAGES[0]]})

    schema = pyarrow.schema({"id": pyarrow.string(), "body": pyarrow.string()})
    pages = pyarrow.RecordBatchReader.from_batches(schema, batches())
    stream = dukien.stream(pages, rules)
    assert repr(stream) == "<Stream facts>"
    assert taken == []
    reader = pyarrow.RecordBatchReader.from_stream(stream)
    assert reader.read_next_batch().num_rows == 1
    assert taken == [0]
    assert sum(batch.num_rows for batch in reader) == 4
    assert taken == [0, 1, 2, 3, 4]
    with pytest.raises(dukien.InputError):
        stream.__arrow_c_stream__()


def test_a_stream_outlives_what_it_came_from() -> None:
    rules = dukien.Rules.load("vi-news")
    pages = pyarrow.table(_columns())
    cancel = dukien.Cancel()
    stream = dukien.stream(pages, rules, cancel=cancel)
    reader = pyarrow.RecordBatchReader.from_stream(stream)
    del rules, pages, cancel, stream
    assert reader.read_all().num_rows == 1


def test_a_flag_ends_a_table(rules: dukien.Rules) -> None:
    cancel = dukien.Cancel()
    cancel.set()
    with pytest.raises(dukien.Cancelled):
        dukien.extract(pyarrow.table(_columns()), rules, cancel=cancel)


def test_a_stream_that_fails_is_told(rules: dukien.Rules) -> None:
    def batches():
        yield pyarrow.record_batch({"id": ["a"], "body": [PAGES[0]]})
        raise OSError("the disk is gone")

    schema = pyarrow.schema({"id": pyarrow.string(), "body": pyarrow.string()})
    pages = pyarrow.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(dukien.InputError, match="the disk is gone"):
        dukien.extract(pages, rules)


@pytest.mark.parametrize("columns", [{"text": "nowhere"}, {"id": "nowhere"}, {"url": "nowhere"}])
def test_a_missing_column_is_told(rules: dukien.Rules, columns: dict[str, str]) -> None:
    with pytest.raises(dukien.InputError, match="nowhere"):
        dukien.extract(pyarrow.table(_columns()), rules, **columns)


def test_wrong_arguments_are_refused(rules: dukien.Rules) -> None:
    pages = pyarrow.table(_columns())
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        dukien.extract([1], rules)
    with pytest.raises(TypeError):
        dukien.extract(pages, "vi-news")
    with pytest.raises(dukien.InputError, match="no table"):
        dukien.extract(pages, rules, table="rows")
    with pytest.raises(dukien.InputError):
        dukien.Table([], "rows")
    with pytest.raises(ValueError):
        dukien.extract(pages, rules, threads=0)
    with pytest.raises(TypeError):
        dukien.Stream()
    consumed = pages.__arrow_c_stream__()

    class Twice:
        def __arrow_c_stream__(self, requested_schema=None):
            return consumed

    assert len(dukien.extract(Twice(), rules)) == 1
    with pytest.raises(ValueError):
        dukien.extract(Twice(), rules)


def test_a_long_page_in_a_table(rules: dukien.Rules) -> None:
    pages = pyarrow.table({"id": ["a"], "body": [page_of_facts(2000)]})
    assert len(dukien.extract(pages, rules)) == 2000


def test_tables_are_given_back(extractor: dukien.Extractor) -> None:
    pages = pyarrow.table(_columns())

    def once() -> None:
        table = dukien.extract(pages, extractor.rules, threads=2, table="documents")
        first = pyarrow.table(table)
        first.column("document").chunk(0)
        table.to_polars(), dukien.Table(extractor.run(PAGES[0])).__arrow_c_stream__()
        dukien.stream(pages, extractor.rules)
        with pytest.raises(dukien.InputError):
            dukien.extract(pages, extractor.rules, text="nowhere")

    assert growth(once, warm_up=200, rounds=1000) < 4 << 20
