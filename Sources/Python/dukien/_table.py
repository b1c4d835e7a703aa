"""Tables in Arrow's memory, for pandas, polars, duckdb, pyarrow and whatever else reads Arrow.

Nothing of these is needed here: they meet the tables through the Arrow capsule protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Protocol, runtime_checkable

from . import _native
from ._errors import Cancelled, InputError
from ._frozen import Frozen
from ._input import Limits, checked_cancel, native_options
from ._interrupt import LONG, interruptible
from ._result import Result
from ._rules import Rules

if TYPE_CHECKING:
    import pandas as _pandas
    import polars as _polars
    import pyarrow as _pyarrow

_TABLES = {"facts": 0, "values": 1, "documents": 2}


@runtime_checkable
class ArrowStream(Protocol):
    """Any object that gives Arrow data: a table of pyarrow or polars, a DataFrame of pandas, a
    relation of duckdb, a `Table`."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


def _table_number(name: str) -> int:
    if name not in _TABLES:
        raise InputError("table.name", f"there is no table {name!r}", f"one of: {', '.join(_TABLES)}")
    return _TABLES[name]


class _Arrow(Frozen):
    """What tables and streams of tables can be turned into."""

    __slots__ = ("name", "__weakref__")

    name: str
    """``facts``, ``values`` or ``documents``."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        raise NotImplementedError

    def __arrow_c_schema__(self) -> object:
        return _native.arrow_schema(_TABLES[self.name])

    def to_arrow(self) -> _pyarrow.Table:
        """A table of pyarrow, which must be installed."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> _pandas.DataFrame:
        """A DataFrame of pandas, which must be installed, with pyarrow."""
        frame: _pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> _polars.DataFrame:
        """A DataFrame of polars, which must be installed."""
        import polars

        return polars.DataFrame(self)


class Table(_Arrow):
    """Rows of facts, values or documents; it can be read any number of times.

    The columns:

    - ``facts``: document, fact, type, rule, polarity, said_by, begin, end, roles, evidence
    - ``values``: document, type, text, norm, approx, begin, end, block
    - ``documents``: document, status, error, partial, title, published, language, blocks, values,
      facts, limits, nanoseconds
    """

    __slots__ = ("_batches",)

    _batches: _native.Batches

    def __init__(self, results: Result | Iterable[Result], name: str = "facts") -> None:
        """The rows that results give, in their order; those of pages that failed give none."""
        number = _table_number(name)
        results = (results,) if isinstance(results, Result) else results
        natives = tuple(result._handle for result in results if result._handle is not None)
        self._fill(name=name, _batches=_native.export(natives, number))

    @classmethod
    def _of(cls, name: str, batches: _native.Batches) -> Table:
        table = object.__new__(cls)
        table._fill(name=name, _batches=batches)
        return table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._batches.stream()

    def __len__(self) -> int:
        return self._batches.rows

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows>"


class Stream(_Arrow):
    """Rows that are made as they are read, once; see `stream`."""

    __slots__ = ("_capsule",)

    _capsule: list[object]

    def __init__(self) -> None:
        raise TypeError("streams come from dukien.stream")

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        if not self._capsule:
            raise InputError(
                "stream.consumed", "the stream was read already", "use dukien.extract for a table"
            )
        return self._capsule.pop()

    def __repr__(self) -> str:
        return f"<Stream {self.name}>"


def stream(
    pages: ArrowStream,
    rules: Rules,
    *,
    text: str = "body",
    id: str | None = "id",
    url: str | None = None,
    published: str | None = None,
    encoding: str | None = None,
    threads: int = 1,
    table: str = "facts",
    limits: Limits | None = None,
    cancel: _native.Cancel | None = None,
) -> Stream:
    """As `extract`, but nothing is read before the stream is: a batch of pages becomes a batch of
    rows when somebody asks for it, so that more pages than fit into memory can pass."""
    number = _table_number(table)
    if not isinstance(rules, Rules):
        raise TypeError("rules must be dukien.Rules")
    if not isinstance(threads, int) or not 1 <= threads <= 256:
        raise ValueError("threads must be 1 to 256")
    if not hasattr(pages, "__arrow_c_stream__"):
        raise TypeError(
            f"{type(pages).__name__} has no __arrow_c_stream__: give a table of pyarrow, pandas, "
            "polars, duckdb or the like"
        )
    capsule = _native.run_arrow(
        rules._handle,
        pages.__arrow_c_stream__(),
        (text, id, url, published, encoding),
        number,
        threads,
        native_options(limits),
        checked_cancel(cancel),
    )
    answer = object.__new__(Stream)
    answer._fill(name=table, _capsule=[capsule])
    return answer


def extract(
    pages: ArrowStream,
    rules: Rules,
    *,
    text: str = "body",
    id: str | None = "id",
    url: str | None = None,
    published: str | None = None,
    encoding: str | None = None,
    threads: int = 1,
    table: str = "facts",
    limits: Limits | None = None,
    cancel: _native.Cancel | None = None,
) -> Table:
    """The facts of a column of pages, as a table.

    ``pages`` is any Arrow object: a table of pyarrow or polars, a DataFrame of pandas, a relation of
    duckdb. ``text`` names the column with the pages, as strings or binary, the others are columns of
    strings, None where there is none. ``table`` is ``"facts"``, ``"values"`` or ``"documents"``, a
    row a page with its status. A page that fails is a row there, and fails nothing else.
    """
    flag = checked_cancel(cancel) or _native.Cancel()
    rows = stream(
        pages,
        rules,
        text=text,
        id=id,
        url=url,
        published=published,
        encoding=encoding,
        threads=threads,
        table=table,
        limits=limits,
        cancel=flag,
    )
    capsule: Any = rows.__arrow_c_stream__()
    batches = interruptible(lambda _: _native.collect(capsule, _TABLES[table]), LONG, flag)
    if isinstance(batches, str):
        if flag.is_set():
            raise Cancelled("cancelled", batches or "the run was cancelled")
        raise InputError("arrow.stream", batches or "the stream of pages failed")
    return Table._of(table, batches)
